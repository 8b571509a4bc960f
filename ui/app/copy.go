package app

import (
	tea "charm.land/bubbletea/v2"

	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// recipeMsg is the command line that reproduces the session.
type recipeMsg string

// copied is a command line that was given to the clipboard's tool, which may have failed.
type copied struct {
	command string
	err     error
}

// askCommand asks what reproduces the view; copyCommand is called with the answer.
func (a *App) askCommand() tea.Cmd {
	if a.frame == nil || a.options.CommandLine == nil {
		return nil
	}
	answer := session.Ask(a.link.player, (*session.Session).Recipe)
	return func() tea.Msg { return recipeMsg(a.options.CommandLine(<-answer)) }
}

// copyCommand gives the command line that reproduces the view to the clipboard: to that of a tool, which
// answers, or else to the terminal's, which does not.
func (a *App) copyCommand(command string) tea.Cmd {
	if a.options.Clipboard == nil {
		return a.showCommand(command)
	}
	return func() tea.Msg { return copied{command, a.options.Clipboard(command)} }
}

// onCopied says that a command line was copied, or tries the terminal's clipboard.
func (a *App) onCopied(c copied) tea.Cmd {
	if c.err != nil {
		return a.showCommand(c.command)
	}
	a.messages.say("copied: " + c.command)
	return nil
}

// showCommand sends a command line to the terminal's clipboard, and shows it to be selected in case the
// terminal does not take it.
func (a *App) showCommand(command string) tea.Cmd {
	a.overlay = &selection{command, a.options.Tmux}
	return tea.SetClipboard(command)
}

// selection shows a command line on an otherwise empty screen, where the mouse selects it, until a key is
// pressed. It has all columns: what moved beside it would end the selection.
type selection struct {
	command string
	tmux    bool
}

func (s *selection) update(msg tea.Msg) (cmd tea.Cmd, open bool) {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		return nil, false
	}
	return nil, true
}

// about says what became of the command line.
func (s *selection) about() string {
	text := "Sent to the terminal's clipboard, which does not say whether it took it. If it did not, select these lines with the mouse and copy them:"
	if s.tmux {
		text = "Sent to tmux, which hands it to the terminal's clipboard after set -g set-clipboard on in ~/.tmux.conf. Without that, select these lines with the mouse and copy them:"
	}
	return text
}

func (s *selection) render(t paint.Theme, width, height int) []string {
	var rows []*paint.Row
	add := func(text string, style paint.Style) { rows = append(rows, paint.NewRow(width).Text(text, style)) }
	add("", "")
	for _, l := range paint.Wrap(s.about(), width-2) {
		add(" "+l, t.Text)
	}
	add("", "")
	for _, l := range foldCommand(s.command, width) {
		add(l, t.Accent)
	}
	add("", "")
	add(" any key closes", t.Dim)
	for len(rows) < height {
		add("", "")
	}
	lines := make([]string, height)
	for i := range lines {
		lines[i] = rows[i].String()
	}
	return lines
}
