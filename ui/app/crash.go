package app

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"undercurrent/ui/session"
)

// Crash is the error after a panic.
type Crash struct {
	// Reason is what the panic said, Command what reproduces the view where it happened, empty if
	// that is not known, and Log the file with the details, empty if none could be written. Replay is what
	// repeats the session from its log, empty without one.
	Reason, Command, Log, Replay string
}

func (c *Crash) Error() string {
	text := "sorry, a fault of the program has ended it: " + c.Reason
	if c.Command != "" {
		text += "\nto reproduce it: " + c.Command
	}
	if c.Replay != "" {
		text += "\nto repeat the session: " + c.Replay
	}
	if c.Log != "" {
		text += "\nwhat happened: " + c.Log
	}
	return text
}

// NewCrash makes the error of a panic and writes its log.
func NewCrash(f *session.Failure, command string, events []string) *Crash {
	c := &Crash{Reason: oneLine(f.String()), Command: command}
	log, err := os.CreateTemp("", "undercurrent-crash-*.log")
	if err != nil {
		return c
	}
	defer log.Close()
	text := fmt.Sprintf("%v\n\n%s\n\n%s\nlast events:\n%s\n", f, command, f.Stack, strings.Join(events, "\n"))
	if _, err := log.WriteString(text); err == nil {
		c.Log = log.Name()
	}
	return c
}

// oneLine is the first line of a text.
func oneLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// guard is the program as a model that ends in order after a panic, instead of tearing the terminal
// down with it. It remembers the first fault and the last events.
type guard struct {
	app   *App
	began time.Time

	mu     sync.Mutex
	fault  *session.Failure
	events []string
}

// keptEvents is the number of events in the log of a crash.
const keptEvents = 200

func newGuard(a *App) *guard { return &guard{app: a, began: time.Now()} }

func (g *guard) Init() tea.Cmd { return g.cover(g.app.Init()) }

func (g *guard) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	defer g.rescue(func() { m, cmd = g, tea.Quit })
	g.remember(msg)
	_, cmd = g.app.Update(msg)
	return g, g.cover(cmd)
}

func (g *guard) View() (v tea.View) {
	defer g.rescue(func() {})
	return g.app.View()
}

// rescue is deferred: it keeps the first fault and then calls end.
func (g *guard) rescue(end func()) {
	v := recover()
	if v == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.fault == nil {
		g.fault = session.NewFailure(v)
	}
	end()
}

// cover makes a panic of a command end the program.
func (g *guard) cover(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer g.rescue(func() { msg = tea.QuitMsg{} })
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i, one := range batch {
				batch[i] = g.cover(one)
			}
		}
		return msg
	}
}

// remember keeps what the user did last.
func (g *guard) remember(msg tea.Msg) {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.MouseMsg, tea.WindowSizeMsg, tea.PasteMsg:
		if len(g.events) >= 2*keptEvents {
			g.events = append(g.events[:0], g.events[keptEvents:]...)
		}
		g.events = append(g.events, fmt.Sprintf("%8.3f s  %T %v", time.Since(g.began).Seconds(), msg, msg))
	}
}

// crashed is the first fault, nil without one, and the last events.
func (g *guard) crashed() (*session.Failure, []string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.fault, g.events
}
