package app

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/textinput"
	"github.com/sahilm/fuzzy"

	"undercurrent/scenarios"
	"undercurrent/ui/engine"
	"undercurrent/ui/paint"
)

// picker chooses a scenario from a list that typing narrows.
type picker struct {
	input textinput.Model
	all   []scenarios.Scenario
	found []scenarios.Scenario
	at    int
}

func (a *App) openPicker() {
	a.picker = &picker{input: newFilter(), all: scenarios.All()}
	a.picker.filter()
	for i, s := range a.picker.found {
		if a.frame != nil && s.ID == a.frame.Scenario.ID {
			a.picker.at = i
		}
	}
}

// newFilter is the line that is typed into to narrow a list.
func newFilter() textinput.Model {
	input := textinput.New()
	input.Prompt = "› "
	input.Placeholder = "type to filter"
	input.CharLimit = 40
	input.SetVirtualCursor(true)
	input.Focus()
	return input
}

// pickerKey gives a key to the open picker.
func (a *App) pickerKey(msg tea.KeyPressMsg) tea.Cmd {
	p := a.picker
	switch msg.String() {
	case "ctrl+c":
		return tea.Quit
	case "esc":
		a.picker = nil
	case "enter":
		a.picker = nil
		if p.at < len(p.found) {
			id := p.found[p.at].ID
			a.order(func(d *engine.Driver) { d.Open(id) })
		}
	case "up", "ctrl+p":
		p.move(-1)
	case "down", "ctrl+n", "tab":
		p.move(1)
	default:
		var cmd tea.Cmd
		p.input, cmd = p.input.Update(msg)
		p.filter()
		return cmd
	}
	return nil
}

func (p *picker) move(by int) {
	if n := len(p.found); n > 0 {
		p.at = (p.at + by + n) % n
	}
}

// searchable makes a scenario's id, name and kind one text.
type searchable []scenarios.Scenario

func (s searchable) String(i int) string { return s[i].ID + " " + s[i].Name + " " + s[i].Kind }
func (s searchable) Len() int            { return len(s) }

// filter keeps what matches the typed text, best first.
func (p *picker) filter() {
	p.at = 0
	typed := p.input.Value()
	if typed == "" {
		p.found = p.all
		return
	}
	p.found = nil
	for _, m := range fuzzy.FindFrom(typed, searchable(p.all)) {
		p.found = append(p.found, p.all[m.Index])
	}
}

func (p *picker) render(t paint.Theme, width, height int) []string {
	inner := width - 4
	p.input.SetWidth(inner - 4)
	lines := []string{paint.NewRow(inner).Text("› ", t.Key).Text(p.input.Value(), t.Strong).Text("▏", t.Accent).String(),
		paint.NewRow(inner).To(11).Text("modes  what to watch", t.Dim).String()}
	room := max(height-len(lines)-2, 1)
	from := max(p.at-room+1, 0)
	for i := from; i < min(from+room, len(p.found)); i++ {
		s := p.found[i]
		r := paint.NewRow(inner)
		name, style := "  ", t.Text
		if i == p.at {
			name, style = "▸ ", t.Selected
		}
		r.Text(name, t.Accent).Text(s.ID, style).To(16)
		r.Text(fmt.Sprintf("%2d  ", len(s.Truth.Modes)), t.Dim).Text(s.Story, t.Dim)
		lines = append(lines, r.String())
	}
	if len(p.found) == 0 {
		lines = append(lines, paint.NewRow(inner).Text("  nothing matches", t.Dim).String())
	}
	for len(lines) < min(len(p.all)+2, height-2) {
		lines = append(lines, paint.NewRow(inner).String())
	}
	return frame(lines, t, inner, "targets", "↑ ↓ choose · enter opens · esc closes")
}
