package app

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"undercurrent/ui/session"
)

// reportsPerSecond is how often texts and charts change; maps follow every frame.
const reportsPerSecond = 10

// sparePlaces are goroutines that may run in addition to one on every processor.
const sparePlaces = 2

// Run shows the session's flow until the user quits, a signal to stop comes, or the context ends.
// It leaves the terminal as it was, also after a panic, which is a Crash.
func Run(ctx context.Context, d *session.Session, o Options, in io.Reader, out io.Writer) error {
	// While the simulation has every processor, a goroutine of the screen would wait for
	// its turn at each of its hops; the system shares them out more finely.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + sparePlaces))
	d.ReportEvery(o.FPS / reportsPerSecond)
	var observe session.Observer
	if o.Log != nil {
		observe = o.Log.Observe
	}
	e := session.StartObserved(d, o.FPS, observe)
	defer e.Leave()
	restore := keepTerminal(in)
	defer restore()
	app := New(e, o)
	model := newGuard(app)
	// The renderer's own clock beats against ours; at twice the rate no frame is lost.
	options := []tea.ProgramOption{tea.WithInput(promptEscape(in, os.Environ())), tea.WithOutput(out), tea.WithFPS(min(o.ticks(), 120)), tea.WithoutSignalHandler()}
	if p, ok := profile(os.Environ()); ok {
		options = append(options, tea.WithColorProfile(p))
	}
	program := tea.NewProgram(model, options...)
	ended := make(chan error, 1)
	go func() {
		favour()
		_, err := program.Run()
		ended <- err
	}()
	failure, stopped, err := conduct(ctx, program, e, ended)
	kept := app.cast.end()
	if crash := crashOf(model, failure, e, o); crash != nil {
		return crash
	}
	if stopped {
		return errors.New("stopped by a signal")
	}
	return errors.Join(err, kept)
}

// keepTerminal returns what restores the modes of a terminal, whatever happens to the program.
func keepTerminal(in io.Reader) func() {
	f, ok := in.(term.File)
	if !ok {
		return func() {}
	}
	state, err := term.GetState(f.Fd())
	if err != nil {
		return func() {}
	}
	return func() { _ = term.Restore(f.Fd(), state) }
}

// gracePeriod is how long the program may take to end by itself, and then to be killed.
const gracePeriod = 3 * time.Second

// conduct gives signals and failures to the running program until it has ended. A program that
// does not end in time, or that is told again, is killed; one whose terminal takes nothing any more
// is given up.
func conduct(ctx context.Context, program *tea.Program, e *session.Runner, ended <-chan error) (failure *session.Failure, stopped bool, err error) {
	// The second signal must not have its usual effect either: the terminal would stay as it is.
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, StopSignals()...)
	defer signal.Stop(signals)
	var late <-chan time.Time
	told, killed, done := 0, false, ctx.Done()
	end := func() {
		if late == nil {
			go program.Send(leave{})
			late = time.After(gracePeriod)
		}
	}
	kill := func() {
		if !killed {
			go program.Kill()
			killed, late = true, time.After(gracePeriod)
		}
	}
	for {
		select {
		case err := <-ended:
			return failure, stopped, err
		case failure = <-e.Failure():
			end()
		case <-done:
			stopped, done = true, nil
			end()
		case <-signals:
			stopped = true
			if told++; told > 1 {
				kill()
			} else {
				end()
			}
		case <-late:
			if killed {
				return failure, stopped, errors.New("the terminal takes nothing any more")
			}
			kill()
		}
	}
}

// answerWithin is how long a session that may be alive has for an answer after a panic.
const answerWithin = 5 * time.Second

// crashOf is the error of a panic in the simulation or the screen, nil without one.
func crashOf(g *guard, failure *session.Failure, e *session.Runner, o Options) error {
	shown, events := g.crashed()
	if failure == nil && shown == nil {
		return nil
	}
	if failure == nil {
		failure = shown
	}
	if failure.Recipe == nil {
		// The session may still be alive.
		select {
		case r := <-session.Ask(e, (*session.Session).Recipe):
			failure.Recipe = &r
		case <-time.After(answerWithin):
		}
	}
	command := ""
	if failure.Recipe != nil && o.CommandLine != nil {
		command = o.CommandLine(*failure.Recipe)
	}
	crash := NewCrash(failure, command, events)
	crash.Replay = o.ReplayLine
	return crash
}

// profile is the colours that the environment asks for where the library would
// not see it: NO_COLOR with any value, and truecolor inside tmux or screen.
func profile(env []string) (p colorprofile.Profile, ok bool) {
	get := func(name string) string { return variable(env, name) }
	if get("NO_COLOR") != "" {
		return colorprofile.ASCII, true
	}
	multiplexed := get("TMUX") != "" || strings.HasPrefix(get("TERM"), "screen") || strings.HasPrefix(get("TERM"), "tmux")
	if c := get("COLORTERM"); multiplexed && (c == "truecolor" || c == "24bit") {
		return colorprofile.TrueColor, true
	}
	return p, false
}

// variable is the value of a variable of an environment.
func variable(env []string, name string) string {
	for _, e := range env {
		if v, found := strings.CutPrefix(e, name+"="); found {
			return v
		}
	}
	return ""
}
