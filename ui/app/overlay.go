package app

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"undercurrent/scenarios"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// overlay is what covers the panels while it is open, and has the keys: the list of keys,
// the picker or the palette.
type overlay interface {
	// update takes a key, or what a command of its own has brought, and reports whether it
	// stays open.
	update(msg tea.Msg) (cmd tea.Cmd, open bool)
	// render draws it on a screen of the given size, in a box of at most that.
	render(t paint.Theme, width, height int) []string
}

// Margins around a box, on both sides together.
const (
	marginX = 4
	marginY = 2
)

// boxed draws a box around lines of the given inner width.
func boxed(lines []string, t paint.Theme, inner int, name, hint string) []string {
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

// lay puts a box in the middle of the screen.
func lay(lines, box []string, width int) []string {
	w := paint.Width(box[0])
	x, y := max((width-w)/2, 0), max((len(lines)-len(box))/2, 0)
	for i, line := range box {
		if y+i < len(lines) {
			lines[y+i] = paint.Overlay(lines[y+i], x, line, "", width)
		}
	}
	return lines
}

// toOverlay gives a message to what is open.
func (a *App) toOverlay(msg tea.Msg) tea.Cmd {
	o := a.overlay
	if o == nil {
		return nil
	}
	cmd, open := o.update(msg)
	// What it has run may have opened another.
	if !open && a.overlay == o {
		a.overlay = nil
	}
	return cmd
}

func (a *App) openHelp() { a.help("") }

// help opens the manual, at what has to do with a typed text.
func (a *App) help(typed string) {
	a.overlay = newManual(available(a.keys, a.frame), a.run, typed)
}

func (a *App) openPicker() tea.Cmd {
	id := ""
	if a.frame != nil {
		id = a.frame.Scenario.ID
	}
	p := newPicker(id, func(s scenarios.Scenario, start string) {
		a.link.must(func(d *session.Session) { d.Scene.OpenAt(s, start) })
	})
	a.overlay = p
	return p.ask()
}

func (a *App) openPalette() tea.Cmd {
	if a.frame == nil {
		return nil
	}
	a.overlay = newPalette(a.lines())
	return a.options.list()
}
