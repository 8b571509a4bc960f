package panel

import (
	"fmt"
	"math"

	"undercurrent/divergences"
	"undercurrent/sim"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// bestWeight is w* of the chosen region, or of the surroundings of the probe, with the same mean over the particles as the current weight; nothing
// where there is none.
type bestWeight struct {
	nodes []divergences.WeightNode
	at    func(logR float64) float64 // log w*
	text  string
	style paint.Style
}

func newBestWeight(s *Scene) (b bestWeight) {
	d, place, style := sim.PlaceDetail{}, "", s.Theme.Strong
	switch {
	case s.Detail != nil:
		d, place, style = s.Detail.PlaceDetail, fmt.Sprintf("region %d", s.Detail.Region+1), s.Theme.RegionStyle(s.Detail.Region)
	case s.Aimed != nil:
		d, place = s.Aimed.PlaceDetail, "the place of the probe"
		if s.Probe == nil {
			place = "all regions"
		}
	}
	if s.AimsAtCoverage {
		place = "U of " + place
	}
	if len(d.Best) == 0 {
		return b
	}
	weight, shift := divergences.Interpolation(d.Best), math.Log(meanWeight(s.Frame))
	b = bestWeight{nodes: d.Best, style: style}
	b.at = func(logR float64) float64 { return math.Log(weight(logR)) + shift }
	b.text = "┄ w* for " + place
	if !math.IsNaN(d.Current.Efficiency) {
		b.text = fmt.Sprintf("η %.0f%% for %s, ┄ w*", 100*d.Current.Efficiency, place)
	}
	return b
}

// meanWeight is the mean of the size of the current weight over the particles.
func meanWeight(f *session.Frame) (mean float64) {
	step, all := (session.HistogramHi-session.HistogramLo)/float64(len(f.Histogram)), 0.0
	for k, share := range f.Histogram {
		mean += share * math.Abs(weightAt(f, session.HistogramLo+(float64(k)+0.5)*step))
		all += share
	}
	if !(mean > 0 && all > 0) {
		return 1
	}
	return mean / all
}

// write appends what is drawn, and reports whether there is nothing left to say.
func (b bestWeight) write(head *paint.Row) bool {
	if b.at == nil {
		return true
	}
	if paint.Width(b.text)+2 > head.Left() {
		return false
	}
	head.Text("  "+b.text, b.style)
	return true
}

// reach is the largest |log w*| shown, in steps of two.
func (b bestWeight) reach() (top float64) {
	for _, n := range b.nodes {
		if math.Abs(n.LogR) <= shownLogR {
			top = max(top, math.Abs(b.at(n.LogR)))
		}
	}
	return min(2*math.Ceil(top/2), highestLogW)
}

// dash is the number of places of a dash, and of the gap after it.
const dash = 2

// draw draws log w*, dashed where it is extended beyond the particles.
func (b bestWeight) draw(c *chart, xs []float64) {
	if b.at == nil {
		return
	}
	ys := make([]float64, len(xs))
	for k, x := range xs {
		beyond := x < b.nodes[0].LogR || x > b.nodes[len(b.nodes)-1].LogR
		if ys[k] = b.at(x); beyond && k/dash%2 == 1 {
			ys[k] = math.NaN()
		}
	}
	c.curve(xs, ys, b.style)
}
