// Package panel draws the parts of the screen. Each takes a frame and a size and
// returns exactly that many lines of exactly that width.
package panel

import (
	"strings"

	"undercurrent/ui/paint"
)

// Title is the first line of a panel: its name, what it shows, a rule.
func Title(width int, t paint.Theme, name, shows string) string {
	r := paint.NewRow(width)
	r.Text("── ", t.Rule).Text(name, t.Title)
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
