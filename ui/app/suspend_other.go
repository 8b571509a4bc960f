//go:build !unix

package app

import (
	"os"
	"syscall"

	tea "charm.land/bubbletea/v2"
)

// StopSignals end the program in order.
func StopSignals() []os.Signal { return []os.Signal{os.Interrupt, syscall.SIGTERM} }

// suspend does nothing: there is no job control.
func suspend() tea.Cmd { return nil }
