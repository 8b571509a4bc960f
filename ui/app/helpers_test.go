package app

import (
	"flag"
	"fmt"
	"reflect"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/ui/session"
)

// still is a player without a clock: frames come when a test asks for them.
type still struct {
	session *session.Session
	ready   *session.Frame
}

func (s *still) Give(c session.Command) {
	c.Do(s.session)
	s.publish()
}

func (s *still) GiveBack(*session.Frame) {}

func (s *still) News() <-chan struct{} { return nil }
func (s *still) Hurry(time.Duration)   {}

func (s *still) Take() *session.Frame {
	f := s.ready
	s.ready = nil
	return f
}

// advance takes the steps of n frames.
func (s *still) advance(n int) {
	for range n {
		s.session.Advance()
	}
	s.publish()
}

func (s *still) publish() {
	s.ready = &session.Frame{}
	s.session.Frame(s.ready)
}

// newStill is a program on a scenario under a divergence, before its first step.
func newStill(t testing.TB, scenario, divergence string) (*App, *still) {
	t.Helper()
	s, err := catalogue.Named(scenario)
	if err != nil {
		t.Fatal(err)
	}
	return newStillOf(t, s, divergence)
}

// newStillOf is newStill on any scenario.
func newStillOf(t testing.TB, s scenarios.Scenario, divergence string) (*App, *still) {
	t.Helper()
	player := &still{session: newSession(t, s, divergence, func(*sim.Settings) {})}
	player.publish()
	return New(player, Options{FPS: 30, CommandLine: shortCommand, Program: "undercurrent"}), player
}

// shortCommand stands for the writer of the command line, which is the cli's.
func shortCommand(r session.Recipe) string {
	return fmt.Sprintf("undercurrent --scenario %s --divergence %s --at %d", r.Scenario.ID, r.Settings.Drift, r.Step)
}

// newSession has changed settings.
func newSession(t testing.TB, s scenarios.Scenario, divergence string, change func(*sim.Settings)) *session.Session {
	t.Helper()
	settings, u := defaults(t, s, divergence)
	change(&settings)
	made, err := session.New(divergences.Standard(), s, settings, u)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// newWatcher is a session that watches frames beside reverse KL.
func newWatcher(t testing.TB, s scenarios.Scenario, w session.Watch) *session.Session {
	t.Helper()
	settings, u := defaults(t, s, "reverse-kl")
	made, err := session.NewWatcher(divergences.Standard(), s, settings, u, w)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// defaults are the settings and the coverage measure of a scenario under a divergence.
func defaults(t testing.TB, s scenarios.Scenario, divergence string) (sim.Settings, session.Functional) {
	t.Helper()
	d, err := divergences.Standard().Parse(divergence, nil)
	if err != nil {
		t.Fatal(err)
	}
	u, err := session.NewFunctional("under-coverage", 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	return sim.DefaultSettings(s, d), u
}

// send gives messages to the program, as Bubble Tea would.
func send(a *App, messages ...tea.Msg) {
	for _, m := range messages {
		a.Update(m)
	}
	a.catchUp()
}

// press is a key as a terminal sends it.
func press(name string) tea.KeyPressMsg {
	special := map[string]rune{"tab": tea.KeyTab, "enter": tea.KeyEnter, "esc": tea.KeyEscape,
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "backspace": tea.KeyBackspace}
	if code, ok := special[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	r := []rune(name)[0]
	return tea.KeyPressMsg{Code: r, Text: name}
}

// opensPicker and opensPalette are what is open, if it is that.
func opensPicker(a *App) *picker {
	p, _ := a.overlay.(*picker)
	return p
}

func opensPalette(a *App) *palette {
	p, _ := a.overlay.(*palette)
	return p
}

// flagIsSet reports whether a flag of the tests that is true or false is true.
func flagIsSet(name string) bool {
	f := flag.Lookup(name)
	return f != nil && f.Value.String() == "true"
}

// equalMessages reports whether two messages say the same; errors are compared by their texts.
func equalMessages(a, b tea.Msg) bool {
	if of := answerOf(a); of != nil {
		return reflect.DeepEqual(of, answerOf(b))
	}
	return reflect.DeepEqual(a, b)
}
