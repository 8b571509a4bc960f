package app

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"undercurrent/ui/command"
	"undercurrent/ui/paint"
)

// palette is the line of commands with arguments.
type palette struct {
	input    textinput.Model
	commands []line
	failure  string
	// reading reports whether a file is being read or written for the command.
	reading bool
}

func newPalette(commands []line) *palette {
	input := newFilter()
	input.CharLimit = 1000 // the path of a file may be long
	return &palette{input: input, commands: commands}
}

// update takes a key, or the file that a command has read or written.
func (p *palette) update(msg tea.Msg) (cmd tea.Cmd, open bool) {
	switch msg := msg.(type) {
	case opened:
		return nil, p.finished(msg.err)
	case savedModel:
		return nil, p.finished(msg.err)
	case drawnFigure:
		return nil, p.finished(msg.err)
	case tea.KeyPressMsg:
		return p.onKey(msg)
	case tea.PasteMsg:
		p.failure = ""
		return insert(&p.input, msg), true
	}
	return nil, true
}

// finished ends the wait for a file, and reports whether the line stays open: with the error of its own.
func (p *palette) finished(err error) (open bool) {
	if p.reading && err == nil {
		return false
	}
	if p.reading {
		p.reading, p.failure = false, err.Error()
	}
	return true
}

func (p *palette) onKey(msg tea.KeyPressMsg) (cmd tea.Cmd, open bool) {
	p.failure = ""
	switch msg.String() {
	case "esc":
		return nil, false
	case "tab":
		p.complete()
	case "enter":
		if p.reading {
			break
		}
		cmd, err := p.execute()
		if err != nil {
			p.failure = err.Error()
			return nil, true
		}
		p.reading = cmd != nil
		return cmd, p.reading
	default:
		p.input, cmd = p.input.Update(msg)
	}
	return cmd, true
}

// execute runs the typed line; what it returns reads or writes a file.
func (p *palette) execute() (tea.Cmd, error) {
	name, argument := command.Split(p.input.Value())
	if name == "" {
		return nil, nil
	}
	k := slices.IndexFunc(p.commands, func(l line) bool { return l.name == name })
	switch {
	case k < 0:
		return nil, command.Unknown(name, p.names())
	case argument == "" && !p.commands[k].optional:
		return nil, command.Missing(name, p.commands[k].argument)
	}
	return p.commands[k].run(argument)
}

// names are those of all commands.
func (p *palette) names() (names []string) {
	for _, c := range p.commands {
		names = append(names, c.name)
	}
	return names
}

// matches are the commands that the typed text may become, and where one is typed
// the values of its argument.
func (p *palette) matches() (list []line, values []string) {
	name, argument, spaced := strings.Cut(strings.TrimLeft(p.input.Value(), " "), " ")
	for _, c := range p.commands {
		if spaced && c.name == name || !spaced && strings.HasPrefix(c.name, name) {
			list = append(list, c)
		}
	}
	if spaced && len(list) == 1 && list[0].values != nil {
		for _, v := range list[0].values() {
			if strings.HasPrefix(v, strings.TrimSpace(argument)) {
				values = append(values, v)
			}
		}
	}
	return list, values
}

// complete extends the typed text as far as all that matches agrees.
func (p *palette) complete() {
	list, values := p.matches()
	name, _, spaced := strings.Cut(strings.TrimLeft(p.input.Value(), " "), " ")
	switch {
	case !spaced && len(list) == 1:
		p.input.SetValue(list[0].name + " ")
	case !spaced && len(list) > 1:
		var names []string
		for _, c := range list {
			names = append(names, c.name)
		}
		p.input.SetValue(commonPrefix(names))
	case len(values) > 0:
		p.input.SetValue(name + " " + commonPrefix(values))
	}
	p.input.CursorEnd()
}

func commonPrefix(words []string) string {
	prefix := words[0]
	for _, w := range words[1:] {
		for !strings.HasPrefix(w, prefix) {
			prefix = prefix[:len(prefix)-1]
		}
	}
	return prefix
}

// render draws the line with what may follow.
func (p *palette) render(t paint.Theme, width, height int) []string {
	inner := min(width-marginX, 96) - 4
	lines := []string{paint.NewRow(inner).Text(":", t.Key).Text(p.input.Value(), t.Strong).Text("▏", t.Accent).String()}
	if p.failure != "" {
		lines = append(lines, paint.NewRow(inner).Text(p.failure, t.Alert).String())
	}
	list, values := p.matches()
	for _, c := range list {
		lines = append(lines, paint.NewRow(inner).Text("  "+c.name, t.Text).Text(" "+c.argument, t.Key).To(32).Text(c.help, t.Dim).String())
	}
	row := paint.NewRow(inner)
	for _, v := range values {
		if row.Left() < paint.Width(v)+4 {
			lines = append(lines, row.String())
			row = paint.NewRow(inner)
		}
		row.Text("    "+v, t.Text)
	}
	lines = append(lines, row.String())
	for len(lines) < len(p.commands)+2 {
		lines = append(lines, paint.NewRow(inner).String())
	}
	hint := "tab completes · enter runs · esc closes"
	if hidden := 1 + len(list) - (height - marginY - 2); p.failure == "" && hidden > 0 && len(values) == 0 {
		hint = fmt.Sprintf("↓ %d more · %s", hidden, hint)
	}
	return boxed(lines[:min(len(lines), height-marginY-2)], t, inner, "command", hint)
}
