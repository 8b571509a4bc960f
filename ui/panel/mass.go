package panel

import (
	"fmt"
	"math"
	"slices"

	"undercurrent/sim"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
)

// maxDoublings bounds the mass chart: from an eighth of a region's target mass to eight
// times it.
const maxDoublings = 3

// mass shows the mass of every region over time.
func mass() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Mass, Kind: layout.Chart, Tab: 2},
		Caption: "mass",
		Shows: func(s *Scene) []string {
			if own := ownTarget(s.Frame); own.Is() {
				return []string{"particle mass ÷ mass of " + own.Of + " by region", "by region"}
			}
			return []string{"particle mass ÷ target mass by region", "by region"}
		},
		Help:   "particle mass ÷ target mass of each region: all curves should go to 1",
		Keys:   []Group{FlowKeys},
		Render: renderMass,
	}
}

// renderMass is the chart of every region's mass over its target's, in doublings: all
// flow to one.
func renderMass(s *Scene, width, height int) []string {
	h, f, t := s.History, s.Frame, s.Theme
	if own := ownTarget(f); own.Alone() {
		return fill(notCompared(own, t, width), width, height)
	}
	head := paint.NewRow(width).Text(" mass ÷ "+targetWord(f)+"  ", t.Dim)
	key := massKey(f.Report.Regions, head.Left())
	for i, k := range f.Report.Regions {
		switch {
		case k.ID == s.Chosen():
			head.Text(key[i], t.Selected)
		case head.Left() > 3:
			head.Text(key[i], curveStyle(s, k.ID))
		}
	}
	lines := []string{head.String()}
	if height < minChart || len(h.Samples) < minSamples {
		return fill(append(lines, unbegun(h, t, width)...), width, height)
	}
	reach := doublings(h)
	c := stepChart(h, t, width, height-1, -reach, reach)
	for v := -reach; v <= reach; v++ {
		c.ys = append(c.ys, mark{v, number(math.Exp2(v))})
	}
	from, to := h.Steps()
	c.rule(from, 0, to, 0)
	xs, ys := make([]float64, len(h.Samples)), make([]float64, len(h.Samples))
	var ends []letter
	draw := func(number int) {
		for i, s := range h.Samples {
			xs[i] = float64(s.Step)
			ys[i] = min(max(math.Log2(s.MassRatio[number-1]), -reach), reach)
		}
		c.curve(xs, ys, curveStyle(s, number))
		ends = append(ends, letter{xs[len(xs)-1], ys[len(ys)-1], fmt.Sprint(number), curveStyle(s, number)})
	}
	for number := len(f.Report.Regions); number > 0; number-- {
		draw(number)
	}
	if chosen := s.Chosen(); chosen > 0 {
		draw(chosen)
	}
	slices.Reverse(ends)
	c.labels(ends)
	return fill(append(lines, c.lines()...), width, height)
}

// massKey is what the regions are called over the chart: by number, and by name where
// there is room for all.
func massKey(regions []sim.RegionReport, room int) []string {
	numbers, names, need := make([]string, len(regions)), make([]string, len(regions)), 0
	for i, k := range regions {
		numbers[i], names[i] = fmt.Sprintf("%d ", k.ID), numberAndName(k, room)+"  "
		need += paint.Width(names[i])
	}
	if len(regions) > 0 && regions[0].Name != "" && need <= room {
		return names
	}
	return numbers
}

// doublings is how far the mass ratios have been from 1, in whole doublings.
func doublings(h *History) float64 {
	reach := 1.0
	for _, s := range h.Samples {
		for _, d := range s.MassRatio {
			if !math.IsNaN(d) {
				reach = max(reach, math.Abs(math.Log2(d)))
			}
		}
	}
	return min(math.Ceil(reach), maxDoublings)
}

// curveStyle is the style of a region's curve: where one is chosen, the others step back.
func curveStyle(s *Scene, number int) paint.Style {
	if chosen := s.Chosen(); chosen > 0 && chosen != number {
		return s.Theme.Guide
	}
	return s.Theme.RegionStyle(number - 1)
}
