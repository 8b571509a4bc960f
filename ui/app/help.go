package app

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"undercurrent/ui/paint"
	"undercurrent/ui/panel"
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

// manual is the list of keys, narrowed by typing. It is the keymap's: what is bound
// is listed, and enter runs it.
type manual struct {
	filter[action]
	run func(action) tea.Cmd
}

// groups of the keys, in the order of the list.
func groups() []panel.Group {
	return []panel.Group{panel.FlowKeys, panel.DivergenceKeys, panel.CoverageKeys, panel.ComparisonKeys, panel.SamplerKeys, panel.ViewKeys, panel.RegionKeys, panel.ProbeKeys, panel.EditKeys, panel.ProgramKeys}
}

func newManual(keys []action, run func(action) tea.Cmd) *manual {
	var all []action
	for _, g := range groups() {
		for _, k := range keys {
			if k.group == g {
				all = append(all, k)
			}
		}
	}
	text := func(k action) string { return k.Help().Key + " " + k.Help().Desc + " " + string(k.group) }
	return &manual{newFiltered(all, text), run}
}

// update moves the choice, narrows the list, or runs what is chosen.
func (m *manual) update(msg tea.Msg) (cmd tea.Cmd, open bool) {
	if text, ok := msg.(tea.PasteMsg); ok {
		return m.paste(text), true
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, true
	}
	switch key.String() {
	case "esc", "?":
		return nil, false
	case "enter":
		if k, ok := m.chosen(); ok {
			return m.run(k), false
		}
		return nil, false
	}
	return m.key(key), true
}

// entry is a line of the list: a group's name, or the index of a key.
type entry struct {
	group panel.Group
	key   int
}

// entries are the lines of the list, groups named where nothing was typed.
func (m *manual) entries() (list []entry, chosen int) {
	group := panel.Group("")
	for i, k := range m.found {
		if m.input.Value() == "" && k.group != group {
			group = k.group
			list = append(list, entry{group: group})
		}
		if i == m.at {
			chosen = len(list)
		}
		list = append(list, entry{key: i})
	}
	return list, chosen
}

// columnWidth is the least width of a column of keys.
const columnWidth = 26

// render draws the list in columns; where they do not all fit, those around the
// chosen key.
func (m *manual) render(t paint.Theme, width, height int) []string {
	inner := min(width, 96) - 4
	lines := []string{paint.NewRow(inner).Text("› ", t.Key).Text(m.input.Value(), t.Strong).Text("▏", t.Accent).String()}
	list, chosen := m.entries()
	columns := max(min(inner/columnWidth, 3), 1)
	per := max(min((len(m.all)+len(groups())+columns-1)/columns, height-4), 1)
	first := max(chosen/per-columns+1, 0)
	for i := range per {
		r := paint.NewRow(inner)
		for c := range columns {
			from := c * inner / columns
			r.To(from)
			if at := (first+c)*per + i; at < len(list) {
				m.line(r, list[at], from, at == chosen, t)
			}
		}
		lines = append(lines, r.String())
	}
	if len(list) == 0 {
		lines[1] = paint.NewRow(inner).Text("  nothing matches", t.Dim).String()
	}
	return boxed(lines, t, inner, "keys", "type to filter · ↑ ↓ choose · enter runs · esc closes")
}

func (m *manual) line(r *paint.Row, e entry, from int, chosen bool, t paint.Theme) {
	if e.group != "" {
		r.Text(string(e.group), t.Title)
		return
	}
	h, mark, style := m.found[e.key].Help(), "  ", t.Text
	if chosen {
		mark, style = "▸ ", t.Selected
	}
	r.Text(mark, t.Accent).Text(h.Key, t.Key).To(from+8).Text(h.Desc, style)
}
