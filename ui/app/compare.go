package app

import (
	"undercurrent/ui/layout"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// comparison is the screen of flows in lock-step: a map each, a table and a chart.
type comparison struct {
	width, height int
	below         int // rows that are left free above the keys
	flows         []*panel.Map
	// field is what all maps show; single opens the flow in focus at full size.
	field  panel.Field
	single bool
	rows   panel.Scroll // of the table
	// charted is what the chart shows, the first one where there are two.
	charted panel.Excess
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
	return layout.ComparisonAbove(c.width, c.height, c.below, len(f.Runs), len(f.Report.Regions))
}

func (c *comparison) maps(f *session.Frame) []layout.Rect { return c.layout(f).Maps }
func (c *comparison) beside(f *session.Frame) layout.Rect {
	if charts := c.layout(f).Charts; len(charts) > 0 {
		return charts[len(charts)-1]
	}
	return layout.Rect{}
}

func (c *comparison) axes(f *session.Frame) bool { return c.layout(f).Axes }

// needs are exact samples, and what is in every report.
func (c *comparison) needs(*session.Frame) session.Shown { return session.Shown{Exact: true} }

func (c *comparison) firstKeys(*session.Frame) []panel.Group {
	return []panel.Group{panel.ComparisonKeys}
}

// nextField passes over the fields that only the flow in focus has.
func (c *comparison) nextField(f *session.Frame) { c.show(c.field.Next(f)) }

// show shows a field on all maps, the target in place of one that only the flow in focus has.
func (c *comparison) show(field panel.Field) {
	if c.field = field; c.field.NeedsFields() {
		c.field = panel.Target
	}
	for _, m := range c.flows {
		m.Shows, m.Particles = c.field, c.field == panel.Target
	}
}

// nextOther changes what the chart shows.
func (c *comparison) nextOther(f *session.Frame) { c.charted = c.charted.Next(f) }

func (c *comparison) blocks(s *panel.Scene) (list []block) {
	f, t, l := s.Frame, s.Theme, c.layout(s.Frame)
	for k, r := range l.Maps {
		c.flows[k].Axes = l.Axes
		style := t.RunStyle(k)
		if k == f.Focus {
			style = t.Selected
		}
		head := panel.RunTitle(r.W, t, k, f.Runs[k].Label, style)
		list = append(list, block{r, append([]string{head}, c.flows[k].Render(panel.Alone(f, k), t, r.W, r.H-1)...)})
	}
	table := append([]string{panel.Title(l.Table.W, t, "regions",
		"% of target mass; ▲▲ fastest growing", "% of target; ▲▲ fastest growing", "% of target; ▲▲ fastest")}, panel.RunTable(f, &c.rows, t, l.Table.W, l.Table.H-1)...)
	list = append(list, block{l.Table, table})
	if r := l.Reached; !r.Empty() {
		head := panel.Title(r.W, t, "reached", panel.ReachedTitle()...)
		list = append(list, block{r, append([]string{head}, panel.ReachedTable(f, t, r.W, r.H-1)...)})
	}
	charted := c.charted.Of(f)
	for _, r := range l.Charts {
		list = append(list, block{r, append([]string{charted.Title(f, t, r.W)}, charted.Chart(s.Histories, f, t, r.W, r.H-1)...)})
		charted = charted.Next(f)
	}
	return list
}
