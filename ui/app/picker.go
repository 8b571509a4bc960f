package app

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"undercurrent/scenarios"
	"undercurrent/ui/engine"
	"undercurrent/ui/paint"
)

// picker chooses a scenario from a list that typing narrows.
type picker struct{ filter[scenarios.Scenario] }

func (a *App) openPicker() {
	a.picker = &picker{newFiltered(scenarios.All(), func(s scenarios.Scenario) string { return s.ID + " " + s.Name + " " + s.Kind })}
	for i, s := range a.picker.found {
		if a.frame != nil && s.ID == a.frame.Scenario.ID {
			a.picker.at = i
		}
	}
}

// pickerKey gives a key to the open picker.
func (a *App) pickerKey(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "ctrl+c":
		return tea.Quit
	case "esc":
		a.picker = nil
	case "enter":
		if s, ok := a.picker.chosen(); ok {
			a.order(func(d *engine.Driver) { d.Open(s.ID) })
		}
		a.picker = nil
	default:
		return a.picker.key(msg)
	}
	return nil
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
		modes := "–"
		if n := len(s.Truth.Modes); n > 0 {
			modes = fmt.Sprint(n)
		}
		r.Text(fmt.Sprintf("%3s  ", modes), t.Dim).Text(s.Story, t.Dim)
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
