package app

import (
	"slices"
	"strings"

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

// manual is the list of keys and words, narrowed by typing. Its keys are the keymap's: what is
// bound is listed, and enter runs it.
type manual struct {
	filter[topic]
	run func(action) tea.Cmd
	// first and last are the topics that were shown at the last drawing.
	first, last int
}

// topic is an entry of the manual: a key, or a word of the field.
type topic struct {
	group               panel.Group
	key, name, sentence string
	run                 *action // nil for a word
}

// groups of the keys, in the order of the list.
func groups() []panel.Group {
	return []panel.Group{panel.FlowKeys, panel.DivergenceKeys, panel.CoverageKeys, panel.ComparisonKeys, panel.SamplerKeys, panel.ViewKeys, panel.RegionKeys, panel.ProbeKeys, panel.EditKeys, panel.ProgramKeys}
}

// newManual is the manual of some keys, of what has to do with a typed text alone unless that is empty.
func newManual(keys []action, run func(action) tea.Cmd, typed string) *manual {
	var all []topic
	said := sentences()
	for _, g := range groups() {
		for _, k := range keys {
			if k.group == g {
				all = append(all, topic{g, k.Help().Key, k.Help().Desc, said[k.name()], &k})
			}
		}
	}
	m := &manual{filter: newFiltered(append(all, words()...), nil), run: run}
	m.search = searchTopics
	m.input.Placeholder = "type to filter: a key, a name, a word such as mode-seeking"
	m.input.SetValue(typed)
	m.narrow()
	return m
}

// searchTopics are the topics that a typed text is found in, in the order of where it is found: it is the key,
// it begins the name, it is in the name, all its words are somewhere. What is found nowhere may
// be a mistyped name.
func searchTopics(typed string, all []topic) (found []topic) {
	plain := strings.ToLower(typed)
	places := []func(topic) bool{
		func(t topic) bool { return slices.Contains(strings.Fields(t.key), typed) },
		func(t topic) bool { return strings.HasPrefix(strings.ToLower(t.name), plain) },
		func(t topic) bool { return strings.Contains(strings.ToLower(t.name), plain) },
		func(t topic) bool { return t.has(strings.Fields(plain)) },
	}
	taken := make([]bool, len(all))
	for _, place := range places {
		for i, t := range all {
			if !taken[i] && place(t) {
				taken[i], found = true, append(found, t)
			}
		}
	}
	if found == nil {
		return fuzzily(typed, all, func(t topic) string { return t.name })
	}
	return found
}

// has reports whether all words are in the topic.
func (t topic) has(words []string) bool {
	text := strings.ToLower(strings.Join([]string{t.key, t.name, t.sentence, string(t.group)}, " "))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// update moves the choice, narrows the list, or runs what is chosen.
func (m *manual) update(msg tea.Msg) (cmd tea.Cmd, open bool) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return m.paste(msg), true
	case tea.MouseWheelMsg:
		m.turn(msg.Button == tea.MouseWheelDown)
	case tea.KeyPressMsg:
		return m.onKey(msg)
	}
	return nil, true
}

func (m *manual) onKey(key tea.KeyPressMsg) (cmd tea.Cmd, open bool) {
	switch key.String() {
	case "esc", "?":
		return nil, false
	case "pgup":
		m.jump(min(m.first, m.at-1))
	case "pgdown":
		m.jump(max(m.last, m.at+1))
	case "home":
		m.jump(0)
	case "end":
		m.jump(len(m.found) - 1)
	case "enter":
		k, ok := m.chosen()
		if ok && k.run == nil {
			return nil, true
		}
		if ok {
			return m.run(*k.run), false
		}
		return nil, false
	default:
		return m.key(key), true
	}
	return nil, true
}

// wheelTopics is how many topics the wheel goes on at once.
const wheelTopics = 2

// turn follows the wheel.
func (m *manual) turn(down bool) {
	by := wheelTopics
	if !down {
		by = -by
	}
	m.jump(m.at + by)
}

// jump chooses a topic, the first or the last beyond them.
func (m *manual) jump(to int) { m.at = max(min(to, len(m.found)-1), 0) }
