package panel

import (
	"fmt"
	"math"
	"strings"

	"undercurrent/ui/engine"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
)

// metric is a figure of a watched frame beside what another sample of the target has, nil
// where it was not measured.
type metric struct {
	name           string
	reached, floor *float64
	text           func(v float64) string
	// nearer reports whether less is better: such a figure can be compared with its floor.
	nearer bool
}

// atFloor is how many times its floor a figure may be to count as being there.
const atFloor = 2

// metrics compares a watched stream with samples of the target, in the place of the
// response, which its particles have not.
func metrics() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Response},
		While:   func(f *engine.Frame) bool { return f.Watching != nil },
		Caption: "metrics",
		Shows:   says("beside samples of the target"),
		Help:    "distances to samples of the target beside the floor that samples have among themselves",
		Keys:    []Group{CoverageKeys},
		Render:  renderMetrics,
	}
}

// renderMetrics compares a watched frame with samples of the target: every figure beside its
// floor, which nobody can be expected to pass.
func renderMetrics(s *Scene, width, height int) []string {
	f, t := s.Frame, s.Theme
	a := f.Watching.Assessment
	if a == nil {
		return fill([]string{paint.NewRow(width).String(), paint.NewRow(width).Text(" the first frame is being compared", t.Dim).String()}, width, height)
	}
	samples := "exact samples"
	if !a.Exact {
		samples = "samples of p"
	}
	name, reached, floor := width-22, width-11, width-1
	lines := []string{
		paint.NewRow(width).Text(fmt.Sprintf(" frame %d", a.Frame), t.Dim).Right(reached, "cloud", t.Dim).Right(floor, "floor", t.Dim).String(),
	}
	for _, m := range metricsOf(a) {
		style := t.Text
		if m.nearer && m.reached != nil && *m.reached > atFloor*math.Abs(*m.floor) {
			style = t.Starved
		}
		r := paint.NewRow(width).Text(" "+clip(m.name, name-1), t.Text).Right(reached, m.shown(m.reached), style).Right(floor, m.shown(m.floor), t.Dim)
		lines = append(lines, r.String())
	}
	lines = append(lines, paint.NewRow(width).Text(fmt.Sprintf(" n %d against n %s", a.N, samples), t.Dim).String())
	return fill(lines, width, height)
}

func (m metric) shown(v *float64) string {
	if v == nil {
		return "–"
	}
	return strings.ReplaceAll(m.text(*v), "-", "−")
}

func metricsOf(a *engine.Assessment) []metric {
	short := func(v float64) string { return fmt.Sprintf("%.2g", v) }
	whole := func(v float64) string { return fmt.Sprintf("%.0f of %d", v, a.Modes) }
	share := func(v float64) string { return fmt.Sprintf("%.1f%%", 100*v) }
	r, f := &a.Reached, &a.Floor
	covered, floor := float64(r.Covered), float64(f.Covered)
	return []metric{
		{"TV", &r.TV, &f.TV, short, true},
		{"sliced W2", r.SlicedW2, f.SlicedW2, short, true},
		{"energy dist.", r.Energy, f.Energy, short, true},
		{"MMD²", r.MMD, f.MMD, short, true},
		{"KL of masses", r.MassKL, f.MassKL, short, true},
		{"modes", &covered, &floor, whole, false},
		{"within 3σ", &r.Quality, &f.Quality, share, false},
		{"entropy", &r.Entropy, &f.Entropy, short, false},
	}
}

// clip is as much of a text as has room.
func clip(text string, room int) string {
	if runes := []rune(text); len(runes) > room {
		return string(runes[:max(room, 0)])
	}
	return text
}
