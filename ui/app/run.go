package app

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"

	"undercurrent/ui/session"
)

// reportsPerSecond is how often texts and charts change; maps follow every frame.
const reportsPerSecond = 10

// sparePlaces are goroutines that may run in addition to one on every processor.
const sparePlaces = 2

// Run shows the session's flow until the user quits or the context ends.
func Run(ctx context.Context, d *session.Session, o Options, in io.Reader, out io.Writer) error {
	// While the simulation has every processor, a goroutine of the screen would wait for
	// its turn at each of its hops; the system shares them out more finely.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + sparePlaces))
	d.ReportEvery(o.FPS / reportsPerSecond)
	e := session.Start(d, o.FPS)
	defer e.Stop()
	// The renderer's own clock beats against ours; at twice the rate no frame is lost.
	options := []tea.ProgramOption{tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(out), tea.WithFPS(min(2*o.FPS, 120))}
	if p, ok := profile(os.Environ()); ok {
		options = append(options, tea.WithColorProfile(p))
	}
	program := tea.NewProgram(New(e, o), options...)
	ended := make(chan struct{})
	defer close(ended)
	failed := make(chan error, 1)
	go func() {
		select {
		case err := <-e.Failure():
			failed <- err
			program.Quit()
		case <-ended:
		}
	}()
	_, err := program.Run()
	select {
	case err := <-failed:
		return err
	default:
	}
	if ctx.Err() != nil {
		return errors.New("stopped by a signal")
	}
	return err
}

// profile is the colours that the environment asks for where the library would
// not see it: NO_COLOR with any value, and truecolor inside tmux or screen.
func profile(env []string) (p colorprofile.Profile, ok bool) {
	get := func(name string) string {
		for _, e := range env {
			if v, found := strings.CutPrefix(e, name+"="); found {
				return v
			}
		}
		return ""
	}
	if get("NO_COLOR") != "" {
		return colorprofile.ASCII, true
	}
	multiplexed := get("TMUX") != "" || strings.HasPrefix(get("TERM"), "screen") || strings.HasPrefix(get("TERM"), "tmux")
	if c := get("COLORTERM"); multiplexed && (c == "truecolor" || c == "24bit") {
		return colorprofile.TrueColor, true
	}
	return p, false
}
