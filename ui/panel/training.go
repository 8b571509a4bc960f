package panel

import (
	"fmt"
	"math"

	"undercurrent/sim/metrics"
	"undercurrent/sim/sampler"
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
		Keys:   []Group{SamplerKeys, FlowKeys},
		Render: renderTraining,
	}
}

// inTraining reports whether a sampler is in training.
func inTraining(f *session.Frame) bool { return f.Training != nil }

// renderTraining shows the progress of a sampler: its TV beside that of exact samples and of the particles,
// the loss, and both over the iterations. At the end it says how the loss goes, and all metrics stand in
// the place of the chart where they fit.
func renderTraining(s *Scene, width, height int) []string {
	f, t, p := s.Frame, s.Theme, s.Training
	lines := packed(trainingState(p, t), width, t)
	table := finalLines(p, t, width)
	if need := len(lines) + len(table); p.Final != nil && need <= height {
		lines = append(lines, table...)
	} else {
		lines = append(lines, packed(trainingNumbers(p, f, t, width), width, t)...)
	}
	names := packed(curveNames(t), width, t)
	if room := height - len(lines) - len(names); room >= minChart && len(p.Past) >= minSamples {
		lines = append(append(lines, names...), trainingChart(p, f, t, width, room)...)
	}
	return fill(lines, width, height)
}

// labelled is a value with its name.
type labelled struct {
	label, value string
	style        paint.Style
}

// packed are values with their names in as many lines as they need: none is cut.
func packed(list []labelled, width int, t paint.Theme) (lines []string) {
	row := paint.NewRow(width)
	for _, l := range list {
		label := l.label
		if label != "" && l.value != "" {
			label += " "
		}
		if row.Left() < width && row.Left() < paint.Width(label+l.value)+3 {
			lines, row = append(lines, row.String()), paint.NewRow(width)
		}
		between := "  "
		if row.Left() == width {
			between = " "
		}
		row.Text(between+label, t.Dim).Text(l.value, l.style)
	}
	return append(lines, row.String())
}

// trainingState is how far the training is, and in the end what the loss does and what can be done.
func trainingState(p *session.TrainingSnapshot, t paint.Theme) (list []labelled) {
	if !p.Done {
		list = append(list, labelled{"iteration", fmt.Sprintf("%d of %d", p.Progress.Iteration, p.Iterations), t.Text})
		if p.Rate > 0 {
			list = append(list, labelled{"", fmt.Sprintf("%.0f/s", p.Rate), t.Strong})
		}
		if p.Bandwidth > 1 {
			list = append(list, labelled{"target still blurred", fmt.Sprintf("%.2g×", p.Bandwidth), t.Accent})
		}
		return list
	}
	list = append(list, labelled{"done:", fmt.Sprintf("%d iterations", p.Progress.Iteration), t.Accent})
	switch p.Trend {
	case sampler.Falls:
		list = append(list, labelled{"the loss", "still falls", t.Text})
	case sampler.Level:
		list = append(list, labelled{"the loss", "no longer falls", t.Text})
	}
	list = append(list, labelled{"", "M trains on · Y saves it", t.Key})
	if p.Final == nil {
		list = append(list, labelled{"comparing with exact", "", t.Dim})
	}
	return list
}

// trainingNumbers are the TV of the sampler, of exact samples and of the particles, and the loss.
func trainingNumbers(p *session.TrainingSnapshot, f *session.Frame, t paint.Theme, width int) []labelled {
	exact := "exact"
	if p.Tabulated {
		exact = "of p"
	}
	style, mark := gradeStyle(t, metrics.Table()[0].Grade(metrics.Value{V: p.TV, OK: true}, p.Exact, 0))
	list := []labelled{
		{"TV", fmt.Sprintf("%.3f%s", p.TV, mark), style},
		{exact, fmt.Sprintf("%.3f±%.3f", p.Exact.Mean, p.Exact.SD), t.Text},
		{"particles", fmt.Sprintf("%.3f", f.Report.TV), t.Text},
		{"loss", fmt.Sprintf("%.2g", p.Progress.Loss), t.Curve},
	}
	if width >= formulaWidth {
		list = append(list, labelled{"weights", fmt.Sprint(p.Parameters), t.Dim})
	}
	return list
}

// finalLines are the metrics of a sampler that is done, next to those of exact samples; nil before.
func finalLines(p *session.TrainingSnapshot, t paint.Theme, width int) []string {
	if p.Final == nil {
		return nil
	}
	return append(metricTable(t, p.Final, "samples", "", width), gradeLegend(t, width))
}

// curveNames are the curves with their letters.
func curveNames(t paint.Theme) []labelled {
	return []labelled{{"loss", "L", t.Curve}, {"TV", "T", t.Second}, {"particles", "P", t.Text}, {"exact", "E", t.Balanced}}
}

// trainingChart draws TV and loss on a logarithmic scale, with the TV of the particles and of exact samples
// as rules.
func trainingChart(p *session.TrainingSnapshot, f *session.Frame, t paint.Theme, width, height int) []string {
	n := len(p.Past)
	xs, tv, loss := make([]float64, n), make([]float64, n), make([]float64, n)
	lo, hi := -1.0, 0.0
	include := func(v float64) {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			lo, hi = min(lo, math.Floor(v)), max(hi, math.Ceil(v))
		}
	}
	for i, s := range p.Past {
		xs[i], tv[i], loss[i] = float64(s.Iteration), math.Log10(s.TV), math.Log10(s.Loss)
		include(tv[i])
		include(loss[i])
	}
	exact, particles := math.Log10(p.Exact.Mean), math.Log10(f.Report.TV)
	include(exact)
	lo, hi = max(lo, lowestDecade), min(hi, highestDecade)
	from, to := xs[0], max(xs[n-1], xs[0]+10)
	c := newChart(t, width, height, from, to, lo, hi)
	c.xs = roundMarks(from, to, max(width/12, 2))
	if len(c.xs) > 0 {
		c.xs[0].text = "iteration " + c.xs[0].text
	}
	for v := lo; v <= hi; v++ {
		c.ys = append(c.ys, mark{v, power(v)})
	}
	var names []letter
	for _, l := range []letter{{to, loss[n-1], "L", t.Curve}, {to, tv[n-1], "T", t.Second}, {to, particles, "P", t.Text}, {to, exact, "E", t.Balanced}} {
		if l.y >= lo && l.y <= hi {
			names = append(names, l)
		}
	}
	for _, v := range []float64{particles, exact} {
		if v >= lo && v <= hi {
			c.rule(from, v, to, v)
		}
	}
	c.curve(xs, loss, t.Curve)
	c.curve(xs, tv, t.Second)
	c.letters(names)
	return c.lines()
}
