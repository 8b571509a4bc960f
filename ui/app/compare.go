package app

import (
	"undercurrent/ui/layout"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// comparison is what the screen keeps of flows in lock-step.
type comparison struct {
	maps []*panel.Map
	// shows is the field of all maps; single opens the flow in focus at full size.
	shows  panel.Field
	single bool
}

func newComparison() comparison {
	c := comparison{shows: panel.Target}
	for k := range session.MaxRuns {
		c.maps = append(c.maps, panel.NewMap(panel.LaneMark(k), panel.Target, true))
	}
	return c
}

// comparing tells whether the screen is that of a comparison.
func (a *App) comparing() bool {
	return a.frame != nil && len(a.frame.Runs) > 1 && !a.comparison.single
}

// compare begins a comparison, or ends it.
func (a *App) compare() {
	a.comparison.single = false
	a.must(func(s *session.Session) { s.Comparison.Toggle() })
}

// openLane shows the flow in focus at full size, or all again.
func (a *App) openLane() { a.comparison.single = !a.comparison.single }

// showNextStage changes what the stage shows, or the maps of a comparison.
func (a *App) showNextStage() {
	if !a.comparing() {
		a.showNext(a.stage)
		return
	}
	c := &a.comparison
	if c.shows = c.shows.Next(); c.shows.NeedsFields() {
		c.shows = panel.Target
	}
	for _, m := range c.maps {
		m.Shows, m.Particles = c.shows, c.shows == panel.Target
	}
}

// comparedBlocks draws a comparison.
func (a *App) comparedBlocks() []block {
	f, t := a.frame, a.theme
	l := layout.OfComparison(a.screen.Width, a.screen.Height, len(f.Runs), len(f.Report.Regions))
	list := []block{{l.Status, []string{panel.Status(f, t, l.Status.W, a.meter.rate)}}}
	for k, r := range l.Maps {
		m := a.comparison.maps[k]
		lines := m.Render(panel.Alone(f, k), t, r.W, r.H)
		style := t.LaneStyle(k)
		if k == f.Focus {
			style = t.Selected
		}
		lines[0] = panel.LaneTitle(r.W, t, k, f.Runs[k].Label, style)
		list = append(list, block{r, lines})
	}
	table := append([]string{panel.Title(l.Table.W, t, "regions", "of their due; ▲▲ is fed first")}, panel.Lanes(f, t, l.Table.W, l.Table.H-1)...)
	chart := append([]string{panel.Title(l.Chart.W, t, "U", f.Functional.Text())}, panel.LaneChart(a.histories(), f, t, l.Chart.W, l.Chart.H-1)...)
	return append(list, block{l.Table, table}, block{l.Chart, chart}, block{l.Keys, []string{a.keyLine(l.Keys.W)}})
}
