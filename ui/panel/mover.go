package panel

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/sim/movers"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// moverPanel stands in the place of the weight while a mover moves the particles.
func moverPanel() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Weight},
		While:   sampled,
		Caption: "mover",
		Shows:   says("in place of a drift", ""),
		Help:    "what moves the particles in place of a drift, and what it costs",
		Keys:    []Group{DivergenceKeys},
		Render:  renderMover,
	}
}

// sampled reports whether a mover moves the particles.
func sampled(f *session.Frame) bool { return f != nil && !f.Settings.Mover.IsZero() }

// accepts reports whether proposals have been accepted or refused in the last step.
func accepts(f *session.Frame) bool {
	k := f.Settings.Mover.Kind
	return (k == movers.MALA || k == movers.HMC) && f.Report.Evaluations > 0
}

// renderMover says what the mover does, how many proposals it accepts and what it costs, above the number of
// particles by log r.
func renderMover(s *Scene, width, height int) []string {
	f, t := s.Frame, s.Theme
	info, p := f.Settings.Mover.Kind.Info(), f.Report.Progress
	lines := []string{paint.NewRow(width).Text(" "+info.Name, t.Accent).String(), paint.NewRow(width).Text(" "+info.Formula, t.Text).String()}
	for _, line := range strings.Split(ansi.Wordwrap(info.Character, max(width-1, 1), ""), "\n") {
		lines = append(lines, paint.NewRow(width).Text(" "+line, t.Dim).String())
	}
	number := func(label, value string) {
		lines = append(lines, paint.NewRow(width).Text(" "+label+" ", t.Dim).Text(value, t.Strong).String())
	}
	step := f.Settings.Mover.Step
	if step == 0 {
		step = info.Step
	}
	number("step ε =", fmt.Sprintf("%.3g %s", step, info.Unit))
	if accepts(f) {
		number("proposals accepted in this step", fmt.Sprintf("%.0f%%", 100*p.Accepted))
	}
	number("evaluations of the target", large(p.Evaluations))
	const minBars = 4
	if room := height - len(lines); room >= minBars {
		lines = append(lines, weightBars(f, t, width, room-2, true)...)
		lines = append(lines, logRLabels(width, t))
	}
	return fill(lines, width, height)
}

// logRLabels is a line of the marks of log r below bars.
func logRLabels(width int, t paint.Theme) string {
	r, n := paint.NewRow(width), width-axisWidth
	for v := -shownLogR; v <= shownLogR; v += 2 {
		text := strings.ReplaceAll(fmt.Sprintf("%.0f", v), "-", "−")
		if v == -shownLogR {
			text = "log r " + text
		}
		r.Right(min(axisWidth+place(v, n)+1, width), text, t.Dim)
	}
	return r.String()
}

// large is a number in a few cells.
func large(n int) string {
	switch v := float64(n); {
	case n < 10_000:
		return fmt.Sprint(n)
	case n < 1_000_000:
		return fmt.Sprintf("%.0fk", v/1e3)
	default:
		return fmt.Sprintf("%.3gM", v/1e6)
	}
}
