package app

import (
	"undercurrent/ui/layout"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// comparison is the screen of flows in lock-step: a map each, a table and a chart.
type comparison struct {
	width, height int
	flows         []*panel.Map
	// field is what all maps show; single opens the flow in focus at full size.
	field  panel.Field
	single bool
}

func newComparison() comparison {
	// Under- and over-covered places show at a glance what divergences differ in.
	c := comparison{field: panel.Ratio}
	for range session.MaxRuns {
		c.flows = append(c.flows, panel.NewMap(c.field, false))
	}
	return c
}

func (c *comparison) resize(width, height int) { c.width, c.height = width, height }

// layout is that of the flows of a frame.
func (c *comparison) layout(f *session.Frame) layout.Comparison {
	return layout.NewComparison(c.width, c.height, len(f.Runs), len(f.Report.Regions))
}

func (c *comparison) maps(f *session.Frame) []layout.Rect { return c.layout(f).Maps }

// needs are none but those of every report.
func (c *comparison) needs(*session.Frame) session.Shown { return session.Shown{} }

func (c *comparison) firstKeys(*session.Frame) []panel.Group {
	return []panel.Group{panel.ComparisonKeys}
}

// nextField passes over the fields that only the flow in focus has.
func (c *comparison) nextField(f *session.Frame) {
	if c.field = c.field.Next(f); c.field.NeedsFields() {
		c.field = panel.Target
	}
	for _, m := range c.flows {
		m.Shows, m.Particles = c.field, c.field == panel.Target
	}
}

func (c *comparison) blocks(s *panel.Scene) (list []block) {
	f, t, l := s.Frame, s.Theme, c.layout(s.Frame)
	for k, r := range l.Maps {
		style := t.RunStyle(k)
		if k == f.Focus {
			style = t.Selected
		}
		head := panel.RunTitle(r.W, t, k, f.Runs[k].Label, style)
		list = append(list, block{r, append([]string{head}, c.flows[k].Render(panel.Alone(f, k), t, r.W, r.H-1)...)})
	}
	table := append([]string{panel.Title(l.Table.W, t, "regions",
		"% of target mass; ▲▲ fastest growing", "% of target; ▲▲ fastest growing", "% of target; ▲▲ fastest")}, panel.RunTable(f, t, l.Table.W, l.Table.H-1)...)
	chart := append([]string{panel.Title(l.Chart.W, t, "U", f.Functional.Text())}, panel.RunChart(s.Histories, f, t, l.Chart.W, l.Chart.H-1)...)
	return append(list, block{l.Table, table}, block{l.Chart, chart})
}
