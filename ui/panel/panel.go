// Package panel holds the parts of the screen. Each panel is one file with all that the
// program knows of it: the room that it wants, its caption and help, the keys that concern
// it, what has to be measured for it, and how it is drawn. All lists them.
package panel

import (
	"strings"

	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// Scene is what panels are drawn from: a frame, the history of its flow, and the colours.
type Scene struct {
	*session.Frame
	History *History
	// Histories are those of the flows of a comparison, in their order.
	Histories []*History
	Theme     paint.Theme
	// Order is that of the regions, Rows the scrolling of their table. OneTable reports whether the tables share a rectangle, of which
	// one is seen.
	Order    Order
	Rows     *Scroll
	OneTable bool
}

// Panel is a part of the screen.
type Panel struct {
	// Panel is its id and the room that it wants.
	layout.Panel
	// While reports whether it stands in the place of the panel with the same id; nil for
	// the one that has the place otherwise, and whose room counts.
	While func(f *session.Frame) bool
	// Absent reports whether its place is left out of the screen, nil for never.
	Absent func(f *session.Frame) bool
	// Caption is its name, Help says in a line what it shows, and Shows in a few words, the
	// longest form first: the first that fits is shown.
	Caption string
	Shows   func(s *Scene) []string
	Help    string
	// Keys are the groups of keys that concern it, the nearest first.
	Keys []Group
	// Needs are the instruments that it reads, nil for none.
	Needs func() session.Shown
	// Map is the map that it shows, nil for a panel that does not show the plane. A map is
	// drawn with every frame, other panels are with every report.
	Map *Map
	// Render draws what is below the first line: height lines of exactly width cells.
	Render func(s *Scene, width, height int) []string
}

// onMap is a panel that shows a map.
func onMap(m *Map, p Panel) *Panel {
	p.Map, p.Needs = m, m.needs
	p.Shows = func(s *Scene) []string { return m.describe(s.Frame, s.Theme) }
	p.Render = func(s *Scene, width, height int) []string { return m.Render(s.Frame, s.Theme, width, height) }
	return &p
}

// says is Shows where it is constant, needs is Needs where it is.
func says(forms ...string) func(*Scene) []string     { return func(*Scene) []string { return forms } }
func needs(shown session.Shown) func() session.Shown { return func() session.Shown { return shown } }

// Group is a group of keys, as the help lists them.
type Group string

// The groups of keys.
const (
	FlowKeys       Group = "flow"
	DivergenceKeys Group = "divergence"
	CoverageKeys   Group = "coverage"
	ComparisonKeys Group = "comparison"
	SamplerKeys    Group = "sampler"
	ViewKeys       Group = "view"
	RegionKeys     Group = "regions"
	ProbeKeys      Group = "probe"
	EditKeys       Group = "edit"
	ProgramKeys    Group = "program"
)

// Title is the first line of a panel: its caption, what it shows, a rule. Of the forms in
// which the latter is given, the first that fits is taken, cut where none does.
func Title(width int, t paint.Theme, caption string, shows ...string) string {
	r := paint.NewRow(width)
	r.Text("── ", t.Rule).Text(caption, t.Title)
	if text := longest(shows, r.Left()-1); text != "" {
		r.Text(" "+text, t.Dim)
	}
	return r.Text(" "+strings.Repeat("─", max(r.Left()-1, 0)), t.Rule).String()
}

// longest is the first of some forms that fits into a number of cells, the last where none
// does, empty without any.
func longest(forms []string, room int) (form string) {
	for _, form = range forms {
		if paint.Width(form) <= room {
			break
		}
	}
	return form
}

// fill cuts or pads lines to the height.
func fill(lines []string, width, height int) []string {
	blank := strings.Repeat(" ", max(width, 0))
	for len(lines) < height {
		lines = append(lines, blank)
	}
	return lines[:max(height, 0)]
}

// Nothing is an empty panel.
func Nothing(width, height int) []string { return fill(nil, width, height) }

// Tabs is the first line of the tabbed panel.
func Tabs(width int, t paint.Theme, names []string, active int) string {
	r := paint.NewRow(width)
	room := width - len("─ ") - len(" tab")
	for _, n := range names {
		room -= len(n) + 1
	}
	r.Text("─ ", t.Rule)
	for i, n := range names {
		style := t.Dim
		if i == active {
			style = t.Selected
		} else if room < 0 {
			n = n[:min(len(n), 3)]
		}
		r.Text(n, style).Text(" ", "")
	}
	if r.Left() >= len("tab ") {
		r.Text("tab ", t.Key)
	}
	return r.Text(strings.Repeat("─", r.Left()), t.Rule).String()
}
