//go:build unix

package app

import (
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
)

// StopSignals end the program in order. Those that were ignored when it was started stay so.
func StopSignals() []os.Signal {
	list := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGQUIT}
	if !signal.Ignored(syscall.SIGHUP) {
		list = append(list, syscall.SIGHUP)
	}
	return list
}

// suspend gives the terminal back and stops the program, with all of its job, until it is continued.
func suspend() tea.Cmd {
	return tea.Exec(stop{}, func(error) tea.Msg { return resumed{} })
}

// stop is the time for which the program is stopped.
type stop struct{}

// stopPatience is how long it takes at most to be stopped: a job without a shell that could continue it
// is not.
const stopPatience = 300 * time.Millisecond

func (stop) Run() error {
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, syscall.SIGCONT)
	defer signal.Stop(continued)
	// Nothing may have asked to be notified of it: the runtime would not give up its handler again.
	if err := syscall.Kill(0, syscall.SIGTSTP); err != nil {
		return err
	}
	select {
	case <-continued:
	case <-time.After(stopPatience):
	}
	return nil
}

func (stop) SetStdin(io.Reader)  {}
func (stop) SetStdout(io.Writer) {}
func (stop) SetStderr(io.Writer) {}
