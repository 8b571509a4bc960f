package panel

import (
	"fmt"
	"strings"

	"undercurrent/sim"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// part is a piece of the status line; those of higher rank go first when the
// line is too short.
type part struct {
	text  string
	style paint.Style
	rank  int
}

// Status is the line that says what is seen.
func Status(f *session.Frame, t paint.Theme, width int, fps float64) string {
	s, p := f.Settings, f.Report.Progress
	state, style := fmt.Sprintf("▶ ×%d", f.Speed), t.Accent
	if f.Paused {
		state, style = "❚❚ paused", t.Alert
	}
	dt := ""
	if s.Time == sim.Physical {
		dt = fmt.Sprintf(" dt %.2g", s.DT)
	}
	if f.Watching != nil {
		return watchStatus(f, t, width, fps)
	}
	parts := []part{
		{f.Scenario.ID, t.Strong, 0},
		{f.Info.Name, t.Accent, 0},
		{"w = " + f.Info.WeightFormula, t.Text, 1},
		{fmt.Sprintf("step %d", p.Step), t.Text, 1},
		{fmt.Sprintf("t %.3g", p.Time) + dt, t.Text, 3},
		{fmt.Sprintf("N %d", s.Particles), t.Dim, 4},
		{fmt.Sprintf("h %.3g", s.Bandwidth), t.Dim, 4},
		{fmt.Sprintf("capped %.1f%%", 100*p.Capped), t.Dim, 5},
	}
	if tr := f.Training; tr != nil {
		parts = append(parts, part{fmt.Sprintf("%s it %d", tr.Route, tr.Progress.Iteration), t.Alert, 1})
	}
	if n := len(f.Edits); n > 0 {
		parts = append(parts, part{fmt.Sprintf("edits %d", n), t.Alert, 1})
	}
	if z := f.Settings.Drift.ZFactor(); z != 1 {
		parts = append(parts, part{fmt.Sprintf("Z ×%.3g", z), t.Alert, 1})
	}
	if s.Velocity == sim.Blob {
		parts = append(parts, part{"blob velocity", t.Alert, 1})
	}
	if fps > 0 {
		parts = append(parts, part{fmt.Sprintf("%.0f fps", fps), t.Dim, 6})
	}
	if p.Outside > 0 {
		parts = append(parts, part{fmt.Sprintf("held %d", p.Outside), t.Alert, 3})
	}
	return fitParts(parts, part{state, style, 0}, t, width)
}

// watchStatus is the line where particles of a stream are watched.
func watchStatus(f *session.Frame, t paint.Theme, width int, fps float64) string {
	w, p := f.Watching, f.Report.Progress
	state := part{"▶ watching", t.Accent, 0}
	switch {
	case f.Paused:
		state = part{"❚❚ paused", t.Alert, 0}
	case w.Problem != "" && f.Now >= f.Last:
		state = part{"■ broken off", t.Alert, 0}
	case w.Ended && f.Now >= f.Last:
		state = part{"■ over", t.Accent, 0}
	}
	parts := []part{
		{f.Scenario.ID, t.Strong, 0},
		{w.Input, t.Accent, 0},
		{fmt.Sprintf("frame %d", p.Step), t.Text, 0},
		{fmt.Sprintf("N %d", f.Settings.Particles), t.Text, 2},
		{fmt.Sprintf("TV %.3f", f.Report.TV), t.Text, 2},
		{fmt.Sprintf("h %.3g", f.Settings.Bandwidth), t.Dim, 4},
		{"drift " + f.Info.Name, t.Dim, 3},
	}
	if p.Outside > 0 {
		parts = append(parts, part{fmt.Sprintf("outside %d", p.Outside), t.Alert, 1})
	}
	if w.Lost > 0 {
		parts = append(parts, part{fmt.Sprintf("not finite %d", w.Lost), t.Alert, 1})
	}
	if w.Dropped > 0 {
		parts = append(parts, part{fmt.Sprintf("unseen %d", w.Dropped), t.Dim, 5})
	}
	if n := len(f.Edits); n > 0 {
		parts = append(parts, part{fmt.Sprintf("edits %d", n), t.Alert, 1})
	}
	if fps > 0 {
		parts = append(parts, part{fmt.Sprintf("%.0f fps", fps), t.Dim, 6})
	}
	return fitParts(parts, state, t, width)
}

// fitParts joins the parts, leaving out those of the highest ranks until they fit.
func fitParts(parts []part, last part, t paint.Theme, width int) string {
	const separator = " │ "
	for rank := 6; ; rank-- {
		need := len([]rune(last.text)) + 2
		for _, p := range parts {
			if p.rank <= rank {
				need += len([]rune(p.text)) + len([]rune(separator))
			}
		}
		if need > width && rank > 0 {
			continue
		}
		r := paint.NewRow(width).Text(" ", "")
		for _, p := range parts {
			if p.rank <= rank {
				r.Text(p.text, p.style).Text(separator, t.Rule)
			}
		}
		return r.Right(width-1, last.text, last.style).String()
	}
}

// timelineCells is the width of the timeline.
const timelineCells = 24

// Timeline shows where in the past a flow stands, and how much of what came after
// it could see again.
func Timeline(r *paint.Row, f *session.Frame, t paint.Theme) {
	at := (f.Now - f.First) * (timelineCells - 1) / max(f.Last-f.First, 1)
	r.Text(fmt.Sprintf("%d ", f.First), t.Dim).Text(strings.Repeat("━", at), t.Accent).Text("●", t.Strong).
		Text(strings.Repeat("─", timelineCells-1-at), t.Rule).Text(fmt.Sprintf(" %d  ", f.Last), t.Dim)
}
