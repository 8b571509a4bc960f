package app

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// maxPaste bounds what is taken of a pasted text, in bytes: more than a line takes.
const maxPaste = 1 << 14

// onPaste gives a pasted text to what is open; without that it means nothing.
func (a *App) onPaste(msg tea.PasteMsg) tea.Cmd {
	msg.Content = strings.TrimSpace(pasted(msg.Content))
	return a.toOverlay(msg)
}

// pasted is what is taken of a pasted text.
func pasted(text string) string {
	return strings.ToValidUTF8(text[:min(len(text), maxPaste)], "")
}

// insert puts a pasted text into a line.
func insert(line *textinput.Model, msg tea.PasteMsg) (cmd tea.Cmd) {
	*line, cmd = line.Update(msg)
	return cmd
}

// paste puts a pasted text into what is typed, and narrows the list.
func (f *filter[T]) paste(msg tea.PasteMsg) tea.Cmd {
	cmd := insert(&f.input, msg)
	f.narrow()
	return cmd
}
