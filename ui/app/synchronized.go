package app

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/x/ansi"
)

// askSynchronized asks a terminal at the other end of a connection whether it shows a frame as a
// whole, which the library asks of terminals on this machine alone; it takes the answer. A terminal
// that writes the question out instead has the line erased, before the first screen.
func askSynchronized(env []string) tea.Cmd {
	for _, e := range env {
		if strings.HasPrefix(e, "SSH_TTY=") {
			return tea.Raw(ansi.RequestModeSynchronizedOutput + "\r" + ansi.EraseEntireLine)
		}
	}
	return nil
}
