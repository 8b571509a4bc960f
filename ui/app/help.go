package app

import (
	"slices"
	"strings"

	"undercurrent/ui/paint"
)

// byRank picks the actions that fit into a key line, quit last.
func byRank(keys []action, width int) []action {
	sorted := slices.Clone(keys)
	slices.SortStableFunc(sorted, func(a, b action) int { return a.rank - b.rank })
	var fit []action
	for _, k := range sorted {
		h := k.Help()
		need := paint.Width(h.Key) + paint.Width(h.Desc) + 3
		if need > width {
			break
		}
		width -= need
		fit = append(fit, k)
	}
	// Help and quit have the first rank so that they always fit, and the last place.
	always := 0
	for always < len(fit) && fit[always].rank == 0 {
		always++
	}
	return append(slices.Clone(fit[always:]), fit[:always]...)
}

// overlay is what covers the screen: the picker, the help, or nothing.
func (a *App) overlay() []string {
	width, height := a.screen.Width-4, a.screen.Height-2
	switch {
	case a.picker != nil:
		return a.picker.render(a.theme, min(width, 96), min(height, 24))
	case a.help:
		return a.helpBox(min(width, 96), height)
	}
	return nil
}

// helpBox lists every key by group, in two columns where there is room.
func (a *App) helpBox(width, height int) []string {
	var entries [][2]string // key and text; a group's name has no key
	for _, g := range []string{groupFlow, groupDivergence, groupMeasure, groupCompare, groupSampler, groupView, groupProgram} {
		entries = append(entries, [2]string{"", g})
		for _, k := range a.keys {
			if k.group == g {
				entries = append(entries, [2]string{k.Help().Key, k.Help().Desc})
			}
		}
	}
	inner := width - 4
	columns := max(min(inner/26, 3), 1)
	per := (len(entries) + columns - 1) / columns
	per = min(per, height-4)
	lines := make([]string, 0, per)
	for i := range per {
		r := paint.NewRow(inner)
		for c := range columns {
			at := c*per + i
			r.To(c * inner / columns)
			if at >= len(entries) {
				continue
			}
			if e := entries[at]; e[0] == "" {
				r.Text(e[1], a.theme.Title)
			} else {
				r.Text("  "+e[0], a.theme.Key).To(c*inner/columns+9).Text(e[1], a.theme.Text)
			}
		}
		lines = append(lines, r.String())
	}
	return frame(lines, a.theme, inner, "keys", "? or esc closes")
}

// frame draws a box around lines of the given inner width.
func frame(lines []string, t paint.Theme, inner int, name, hint string) []string {
	top := paint.NewRow(inner+4).Text("╭─ ", t.Rule).Text(name, t.Title).Text(" ", "")
	top.Text(strings.Repeat("─", max(top.Left()-1, 0))+"╮", t.Rule)
	out := []string{top.String()}
	for _, l := range lines {
		out = append(out, paint.NewRow(2).Text("│ ", t.Rule).String()+l+paint.NewRow(2).Text(" │", t.Rule).String())
	}
	bottom := paint.NewRow(inner+4).Text("╰─ ", t.Rule).Text(hint, t.Dim).Text(" ", "")
	bottom.Text(strings.Repeat("─", max(bottom.Left()-1, 0))+"╯", t.Rule)
	return append(out, bottom.String())
}
