// Package panel holds the parts of the screen. Each panel is one file with all that the
// program knows of it: the room that it wants, its caption and help, the keys that concern
// it, what has to be measured for it, and how it is drawn. All lists them.
package panel

import (
	"strings"

	"undercurrent/ui/engine"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
)

// Scene is what panels are drawn from: a frame, the history of its flow, and the colours.
type Scene struct {
	*engine.Frame
	History *History
	// Histories are those of the flows of a comparison, in their order.
	Histories []*History
	Theme     paint.Theme
}

// Panel is a part of the screen.
type Panel struct {
	// Panel is its id and the room that it wants.
	layout.Panel
	// While reports whether it stands in the place of the panel with the same id; nil for
	// the one that has the place otherwise, and whose room counts.
	While func(f *engine.Frame) bool
	// Caption is its name, Shows says in a few words what is seen in it, Help in a line.
	Caption string
	Shows   func(s *Scene) string
	Help    string
	// Keys are the groups of keys that concern it, the nearest first.
	Keys []Group
	// Needs are the instruments that it reads, nil for none.
	Needs func() engine.Shown
	// Map is the map that it shows, nil for a panel that does not show the plane. A map is
	// drawn with every frame, other panels are with every report.
	Map *Map
	// Render draws what is below the first line: height lines of exactly width cells.
	Render func(s *Scene, width, height int) []string
}

// onMap is a panel that shows a map.
func onMap(m *Map, p Panel) *Panel {
	p.Map, p.Needs = m, m.needs
	p.Shows = func(s *Scene) string { return m.describe(s.Frame, s.Theme) }
	p.Render = func(s *Scene, width, height int) []string { return m.Render(s.Frame, s.Theme, width, height) }
	return &p
}

// says is a constant text for Shows, needs are constant instruments.
func says(text string) func(*Scene) string         { return func(*Scene) string { return text } }
func needs(shown engine.Shown) func() engine.Shown { return func() engine.Shown { return shown } }

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
	ProbeKeys      Group = "probe"
	EditKeys       Group = "edit"
	ProgramKeys    Group = "program"
)

// Title is the first line of a panel: its caption, what it shows, a rule.
func Title(width int, t paint.Theme, caption, shows string) string {
	r := paint.NewRow(width)
	r.Text("── ", t.Rule).Text(caption, t.Title)
	if shows != "" {
		r.Text(" "+shows, t.Dim)
	}
	return r.Text(" "+strings.Repeat("─", max(r.Left()-1, 0)), t.Rule).String()
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

// viewLines splits what a chart library drew into lines of its width.
func viewLines(view string, width, height int) []string {
	return fill(strings.Split(strings.TrimSuffix(view, "\n"), "\n"), width, height)
}
