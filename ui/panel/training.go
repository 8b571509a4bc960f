package panel

import (
	"fmt"
	"math"

	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// training shows how a sampler learns, in the place of the distances.
func training() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Distance},
		While:   inTraining,
		Caption: "training",
		Shows: func(s *Scene) []string {
			return []string{"loss and TV of the " + string(s.Training.Route), "of the " + string(s.Training.Route)}
		},
		Help:   "loss and total variation of the sampler, over iterations",
		Keys:   []Group{FlowKeys},
		Render: renderTraining,
	}
}

// inTraining reports whether a sampler is in training.
func inTraining(f *session.Frame) bool { return f.Training != nil }

// renderTraining shows the progress of a sampler: loss and TV over the iterations, with the
// current TV of the particles.
func renderTraining(s *Scene, width, height int) []string {
	f, t, p := s.Frame, s.Theme, s.Training
	lines := []string{trainingHead(p, f, t, width), trainingPace(p, t, width)}
	if p.Bandwidth > 1 {
		lines = append(lines, blurLine(p, t, width))
	}
	if room := height - len(lines); room >= minChart && len(p.Past) >= minSamples {
		lines = append(lines, trainingChart(p, f, t, width, room)...)
	}
	return fill(lines, width, height)
}

// trainingHead compares sampler and particles.
func trainingHead(p *session.TrainingSnapshot, f *session.Frame, t paint.Theme, width int) string {
	return paint.NewRow(width).Text(" TV ", t.Dim).Text(fmt.Sprintf("%.3f", p.TV), t.Strong).
		Text(" sampler ", t.Dim).Text(fmt.Sprintf("%.3f", f.Report.TV), t.Text).Text(" particles  loss ", t.Dim).
		Text(fmt.Sprintf("%.2g", p.Progress.Loss), t.Accent).String()
}

// trainingPace is how fast it goes.
func trainingPace(p *session.TrainingSnapshot, t paint.Theme, width int) string {
	r := paint.NewRow(width).Text(fmt.Sprintf(" iteration %d", p.Progress.Iteration), t.Text)
	if p.Rate > 0 {
		r.Text(fmt.Sprintf("  %.0f/s", p.Rate), t.Strong)
	}
	return r.Text(fmt.Sprintf("  %d weights", p.Parameters), t.Dim).String()
}

// blurLine is the kernel that the target is blurred with, in bandwidths.
func blurLine(p *session.TrainingSnapshot, t paint.Theme, width int) string {
	unit := "bandwidth"
	if width < 36 {
		unit = "h"
	}
	return paint.NewRow(width).Text(fmt.Sprintf(" target blurred: %.2g × %s", p.Bandwidth, unit), t.Accent).String()
}

// trainingChart draws TV and loss on a logarithmic scale, and the particles' TV as
// a rule.
func trainingChart(p *session.TrainingSnapshot, f *session.Frame, t paint.Theme, width, height int) []string {
	n := len(p.Past)
	xs, tv, loss := make([]float64, n), make([]float64, n), make([]float64, n)
	lo, hi := -1.0, 0.0
	for i, s := range p.Past {
		xs[i], tv[i], loss[i] = float64(s.Iteration), math.Log10(s.TV), math.Log10(s.Loss)
		for _, v := range []float64{tv[i], loss[i]} {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				lo, hi = min(lo, math.Floor(v)), max(hi, math.Ceil(v))
			}
		}
	}
	lo, hi = max(lo, lowestDecade), min(hi, highestDecade)
	from, to := xs[0], max(xs[n-1], xs[0]+10)
	c := newChart(t, width, height, from, to, lo, hi)
	c.xs = roundMarks(from, to, max(width/12, 2))
	for v := lo; v <= hi; v++ {
		c.ys = append(c.ys, mark{v, power(v)})
	}
	if now := math.Log10(f.Report.TV); now >= lo && now <= hi {
		c.rule(from, now, to, now)
	}
	c.curve(xs, loss, t.Curve)
	c.curve(xs, tv, t.Second)
	return c.lines()
}
