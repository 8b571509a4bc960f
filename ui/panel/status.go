package panel

import (
	"fmt"
	"strings"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// part is a piece of the status line. Where the line is too short, pieces have their short
// forms, and those of the highest rank are left out first.
type part struct {
	text  string
	style paint.Style
	rank  int
	short string // empty for the same
}

// form is the text of a part, or its short form.
func (p part) form(short bool) string {
	if short && p.short != "" {
		return p.short
	}
	return p.text
}

// Clock is what the status line says of time.
type Clock struct {
	FPS               float64 // frames a second, 0 to leave them out
	Pausing, Resuming bool    // what the clock of the frame is to do and has not done yet
}

// state is that of the clock where it is not that of a flow that runs, with an empty text there.
func (c Clock) state(f *session.Frame, t paint.Theme) part {
	switch {
	case c.Pausing:
		return part{text: "❚❚ pausing", style: t.Strong}
	case c.Resuming:
		return part{text: "▶ resuming", style: t.Accent}
	case f.Paused:
		return part{text: "❚❚ paused", style: t.Strong}
	}
	return part{}
}

// Status is the line about the flow.
func Status(f *session.Frame, t paint.Theme, width int, c Clock) string {
	if f.Watching != nil {
		return watchStatus(f, t, width, c)
	}
	s, p := f.Settings, f.Report.Progress
	state := c.state(f, t)
	if state.text == "" {
		state = part{text: running(f), style: t.Accent}
	}
	dt := ""
	if s.Time == sim.Physical {
		dt = fmt.Sprintf(" dt %.2g", s.DT)
	}
	parts := append([]part{{text: scenarioName(f.Scenario), style: t.Strong, rank: 0}}, motionParts(f, t, dt)...)
	parts = append(parts, []part{
		{text: fmt.Sprintf("N %d", s.Particles), style: t.Dim, rank: 4},
		bandwidthInForce(f, t),
	}...)
	if !sampled(f) {
		parts = append(parts, part{text: fmt.Sprintf("step limits: weight %.0f%%, length %.0f%%", 100*p.Capped, 100*p.Limited), style: t.Dim, rank: 6})
	}
	if tr := f.Training; tr != nil {
		parts = append(parts, trainingPart(tr, t))
	}
	if n := len(f.Edits); n > 0 {
		parts = append(parts, part{text: fmt.Sprintf("edits %d", n), style: t.Strong, rank: 1})
	}
	if z := f.Settings.Drift.ZFactor(); z != 1 {
		parts = append(parts, part{text: fmt.Sprintf("Z ×%.3g", z), style: t.Strong, rank: 1})
	}
	if s.Velocity == sim.Blob {
		parts = append(parts, part{text: "smoothed gradient flow", style: t.Strong, rank: 1, short: "blob"})
	}
	if s.BirthDeath > 0 {
		parts = append(parts, part{text: fmt.Sprintf("birth–death %.3g", s.BirthDeath), style: t.Strong, rank: 1})
	}
	parts = append(parts, warnings(f, t)...)
	if c.FPS > 0 {
		parts = append(parts, part{text: fmt.Sprintf("%.0f fps", c.FPS), style: t.Dim, rank: 6})
	}
	if p.Outside > 0 {
		parts = append(parts, part{text: fmt.Sprintf("at the edge %d", p.Outside), style: t.Alert, rank: 3})
	}
	return fitParts(parts, state, t, width)
}

// running is the pace of a flow, and whether it still moves.
func running(f *session.Frame) string {
	state := fmt.Sprintf("▶ %v", f.Pace)
	switch {
	case f.Rest == nil:
		return state
	case f.Rest.Reached():
		return "reached " + state
	}
	return "at rest " + state
}

// motionParts are what moves the particles, the step and the time.
func motionParts(f *session.Frame, t paint.Theme, dt string) []part {
	p := f.Report.Progress
	step := part{text: fmt.Sprintf("step %d", p.Step), style: t.Text, rank: 1}
	if sampled(f) {
		info := f.Settings.Mover.Kind.Info()
		parts := []part{{text: info.Name, style: t.Accent, rank: 0, short: string(f.Settings.Mover.Kind)}, {text: info.Formula, style: t.Text, rank: 5}, step}
		if p.DT > 0 {
			parts = append(parts, part{text: fmt.Sprintf("t %.3g", p.Time), style: t.Text, rank: 3})
		}
		if accepts(f) {
			parts = append(parts, part{text: fmt.Sprintf("accepted %.0f%%", 100*p.Accepted), style: t.Text, rank: 2})
		}
		return append(parts, part{text: "evaluations " + large(p.Evaluations), style: t.Text, rank: 3})
	}
	if f.Settings.Adaptive {
		best := "w = 1"
		if k := f.Report.AdaptedTo; k > 0 {
			best = fmt.Sprintf("w* of region %d", k)
		}
		return []part{{text: "adaptive", style: t.Accent, rank: 0}, {text: best, style: t.Text, rank: 1}, step, {text: fmt.Sprintf("t %.3g", p.Time) + dt, style: t.Text, rank: 3}}
	}
	return []part{
		{text: f.Info.Name, style: t.Accent, rank: 0},
		{text: f.Info.Definition, style: t.Text, rank: 5},
		{text: "w = " + f.Info.WeightFormula, style: t.Text, rank: 1},
		step,
		{text: fmt.Sprintf("t %.3g", p.Time) + dt, style: t.Text, rank: 3},
	}
}

// trainingPart is the part with the progress of a sampler in training.
func trainingPart(p *session.TrainingSnapshot, t paint.Theme) part {
	if p.Done {
		return part{text: fmt.Sprintf("%s trained", p.Route), style: t.Accent, rank: 1, short: "trained"}
	}
	text := fmt.Sprintf("training %d", p.Progress.Iteration)
	return part{text: fmt.Sprintf("%s/%d", text, p.Iterations), style: t.Accent, rank: 1, short: text}
}

// warnings are what is wrong with the target.
func warnings(f *session.Frame, t paint.Theme) (parts []part) {
	for _, w := range f.Warnings {
		parts = append(parts, part{text: w.Short, style: t.Alert, rank: 1})
	}
	return parts
}

// watchStatus is the line where particles of a stream are watched.
func watchStatus(f *session.Frame, t paint.Theme, width int, c Clock) string {
	w, p := f.Watching, f.Report.Progress
	state := c.state(f, t)
	switch {
	case state.text != "":
	case w.Problem != "" && f.Now >= f.Last:
		state = part{text: "■ stopped", style: t.Alert, rank: 0}
	case w.Ended && f.Now >= f.Last:
		state = part{text: "■ ended", style: t.Accent, rank: 0}
	default:
		state = part{text: "▶ watching", style: t.Accent, rank: 0}
	}
	parts := []part{
		{text: scenarioName(f.Scenario), style: t.Strong, rank: 0},
		{text: w.Input, style: t.Accent, rank: 0},
	}
	if text := frameText(f); text != "" {
		parts = append(parts, part{text: text, style: t.Text, rank: 0})
	}
	if text := columnsText(w); text != "" {
		parts = append(parts, part{text: text, style: t.Text, rank: 2})
	}
	parts = append(parts, particlesOf(f, t))
	if !w.Own.Alone() {
		parts = append(parts, part{text: fmt.Sprintf("TV %.3f", f.Report.TV), style: t.Text, rank: 2})
	}
	parts = append(parts, fittedBandwidth(f, t))
	if w.Drift {
		parts = append(parts, part{text: "drift " + f.Info.Name, style: t.Dim, rank: 3})
	}
	parts = append(parts, warnings(f, t)...)
	if p.Outside > 0 {
		parts = append(parts, part{text: fmt.Sprintf("outside %d", p.Outside), style: t.Alert, rank: 1})
	}
	if w.Lost > 0 {
		parts = append(parts, part{text: fmt.Sprintf("not finite %d", w.Lost), style: t.Alert, rank: 1})
	}
	if w.Dropped > 0 {
		parts = append(parts, part{text: fmt.Sprintf("frames skipped %d", w.Dropped), style: t.Dim, rank: 5, short: fmt.Sprintf("skips %d", w.Dropped)})
	}
	if n := len(f.Edits); n > 0 {
		parts = append(parts, part{text: fmt.Sprintf("edits %d", n), style: t.Strong, rank: 1})
	}
	if c.FPS > 0 {
		parts = append(parts, part{text: fmt.Sprintf("%.0f fps", c.FPS), style: t.Dim, rank: 6})
	}
	return fitParts(parts, state, t, width)
}

// particlesOf is the part with the number of watched particles, and of the frames that they are from.
func particlesOf(f *session.Frame, t paint.Theme) part {
	n, k := f.Settings.Particles, f.Watching.Pooled
	text, short := fmt.Sprintf("N %d", n), ""
	switch {
	case effective(f) != "":
		short = effective(f)
		text += ", " + short
	case k > 1 && n%k == 0:
		short = fmt.Sprintf("N %d×%d", k, n/k)
		text += fmt.Sprintf(" = %d frames × %d", k, n/k)
	case k > 1:
		text += fmt.Sprintf(" of %d frames", k)
	}
	return part{text: text, style: t.Text, rank: 2, short: short}
}

// effective is the effective size of the particles of a frame where they have weights, otherwise empty.
func effective(f *session.Frame) string {
	if n := f.Report.Effective; watching(f) && n > 0 && n < float64(f.Settings.Particles) {
		return "n_eff " + scenarios.SizeText(n)
	}
	return ""
}

// fittedBandwidth is the part with the bandwidth, and the number of particles that it was chosen for if
// that made it wider.
func fittedBandwidth(f *session.Frame, t paint.Theme) part {
	p := bandwidth(f.Settings.Bandwidth, t)
	if n := f.Watching.FittedTo; n > 0 && f.Settings.Bandwidth > f.Scenario.Bandwidth {
		of := "N"
		if effective(f) != "" {
			of = "n_eff"
		}
		p.text, p.short = fmt.Sprintf("%s for %s %d", p.text, of, n), fmt.Sprintf("%s for %s %d", p.short, of, n)
		p.rank = 3
	}
	return p
}

// bandwidth is the part with the bandwidth h.
func bandwidth(h float64, t paint.Theme) part {
	return part{text: fmt.Sprintf("bandwidth %.3g", h), style: t.Dim, rank: 4, short: fmt.Sprintf("h %.3g", h)}
}

// bandwidthInForce is the part with the bandwidth, and with that in force while it falls.
func bandwidthInForce(f *session.Frame, t paint.Theme) part {
	h := f.Settings.Bandwidth
	if now := f.Report.Bandwidth; now > h {
		return part{text: fmt.Sprintf("bandwidth %.3g → %.3g", now, h), style: t.Strong, rank: 1, short: fmt.Sprintf("h %.3g → %.3g", now, h)}
	}
	return bandwidth(h, t)
}

// highestRank is that of the parts that are left out first.
const highestRank = 6

// fitParts joins the parts, in their short forms where they do not fit, leaving out those of
// the highest ranks until they do.
func fitParts(parts []part, last part, t paint.Theme, width int) string {
	const separator = " │ "
	for short, rank := false, highestRank; ; {
		need := paint.Width(last.text) + 2
		for _, p := range parts {
			if p.rank <= rank {
				need += paint.Width(p.form(short)) + paint.Width(separator)
			}
		}
		switch {
		case need > width && !short:
			short = true
			continue
		case need > width && rank > 0:
			rank--
			continue
		}
		r := paint.NewRow(width).Text(" ", "")
		between := ""
		for _, p := range parts {
			if p.rank <= rank {
				r.Text(between, t.Rule).Text(p.form(short), p.style)
				between = separator
			}
		}
		return r.Right(width-1, last.text, last.style).String()
	}
}

// timelineCells is the width of the timeline.
const timelineCells = 24

// Timeline shows the current step between the first and the last of the history.
func Timeline(r *paint.Row, f *session.Frame, t paint.Theme) {
	at := (f.Now - f.First) * (timelineCells - 1) / max(f.Last-f.First, 1)
	r.Text(fmt.Sprintf("%d ", f.First), t.Dim).Text(strings.Repeat("━", at), t.Accent).Text("●", t.Strong).
		Text(strings.Repeat("─", timelineCells-1-at), t.Rule).Text(fmt.Sprintf(" %d  ", f.Last), t.Dim)
}

// maxName is the number of characters of a file's name for its scenario that are shown.
const maxName = 24

// scenarioName is the id of a scenario, or the name that its file gives it.
func scenarioName(s scenarios.Scenario) string {
	if s.File != "" && s.Name != "" {
		return scenarios.Shortened(s.Name, maxName)
	}
	return s.ID
}
