package app

import (
	"errors"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
)

// newOffscreen is the program on uneven-ring without a terminal.
func newOffscreen(t *testing.T, o Options) *Offscreen {
	t.Helper()
	s, err := catalogue.Named("uneven-ring")
	if err != nil {
		t.Fatal(err)
	}
	session := newSession(t, s, "reverse-kl", func(settings *sim.Settings) { settings.Particles = 1000 })
	o.CommandLine, o.Program = shortCommand, "undercurrent"
	off := NewOffscreen(session, o, 120, 40)
	t.Cleanup(off.Close)
	return off
}

// plays plays a script to its end, and is the text of the screen then.
func plays(t *testing.T, off *Offscreen, script string) string {
	t.Helper()
	s, err := ParseScript(script)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Duration(off.ticks) * time.Second / time.Duration(off.app.options.ticks())
	for _, k := range s.Keys {
		off.AdvanceTo(start + k.At)
		off.Press(k.Key)
	}
	off.AdvanceTo(start + s.Length)
	return ansi.Strip(off.Screen())
}

// Time is the number of frames: a step in each, at thirty in a second. What is shown of them follows at
// ten in a second.
func TestTimeWithoutATerminalIsExact(t *testing.T) {
	off := newOffscreen(t, Options{FPS: 30})
	if first := ansi.Strip(off.Screen()); step(first) != "0" {
		t.Errorf("the first screen is\n%s", first)
	}
	ms := time.Millisecond
	for _, c := range []struct {
		at    time.Duration
		steps int
	}{{1000 * ms, 30}, {1500 * ms, 45}, {1500 * ms, 45}, {1000 * ms, 45}, {1533 * ms, 45}, {1534 * ms, 46}} {
		off.AdvanceTo(c.at)
		if got := off.player.session.Recipe().Step; got != c.steps {
			t.Errorf("after %v the step is %d, expected %d", c.at, got, c.steps)
		}
		if shown, err := strconv.Atoi(step(ansi.Strip(off.Screen()))); err != nil || shown > c.steps || shown < c.steps-2 {
			t.Errorf("after %v the step %d is shown, expected %d or one of the two before (%v)", c.at, shown, c.steps, err)
		}
	}
}

func TestAScriptPlaysTheProgram(t *testing.T) {
	off := newOffscreen(t, Options{FPS: 30})
	for _, c := range []struct{ script, want string }{
		{"wait 0.2; d", "forward KL"},
		{":z 10<enter>", "Z ×10"},
		{"space; wait 0.2", "❚❚ paused"},
		{"type hll", "V = w(r)·∇log r"},
		{"T", "theme light"},
		{":nonsense<enter>", `unknown command "nonsense"`},
		{"esc; y", "undercurrent --scenario uneven-ring"},
		{"esc; c", "A forward-kl"},
		{"t; type grid9", "grid of nine"},
		{"enter", "grid9 │"},
	} {
		if screen := plays(t, off, c.script+"; wait 0.1"); !strings.Contains(screen, c.want) {
			t.Fatalf("after %q there is no %q:\n%s", c.script, c.want, screen)
		}
	}
}

// Keys that come together are all seen, and none takes the time of a blinking cursor.
func TestKeysWithoutATerminalAreSeenAtOnce(t *testing.T) {
	off := newOffscreen(t, Options{FPS: 30})
	off.Press(press(":"), press("t"), press("a"), press("u"))
	if screen := ansi.Strip(off.Screen()); !strings.Contains(screen, ":tau▏") {
		t.Errorf("the screen is\n%s", screen)
	}
	if _, cmd := newFilter().Update(press("a")); cmd != nil {
		t.Error("a typed letter begins something")
	}
}

// What is wrong with the target is told from the first screen on.
func TestWarningsComeWithoutATerminal(t *testing.T) {
	s, err := catalogue.Named("uneven-ring")
	if err != nil {
		t.Fatal(err)
	}
	s.Window = scenarios.Window{XMin: -3, XMax: 3, YMin: -3, YMax: 3}
	session := newSession(t, s, "reverse-kl", func(settings *sim.Settings) { settings.Particles = 100 })
	off := NewOffscreen(session, Options{FPS: 30}, 120, 40)
	defer off.Close()
	if screen := ansi.Strip(off.Screen()); !strings.Contains(screen, "warning: ") {
		t.Errorf("the screen is\n%s", screen)
	}
}

// The program ends where it is left, and stays as it was.
func TestTheProgramEndsWithoutATerminal(t *testing.T) {
	for _, script := range []string{"wait 0.1; q", "ctrl+c"} {
		off := newOffscreen(t, Options{FPS: 30})
		before := plays(t, off, script)
		if !off.Ended() {
			t.Fatalf("after %s the program goes on", script)
		}
		off.AdvanceTo(time.Minute)
		if off.Press(press("d")); ansi.Strip(off.Screen()) != before {
			t.Error("it does something after its end")
		}
	}
}

// Files are read in the goroutine of the caller.
func TestAFileIsReadWithoutATerminal(t *testing.T) {
	read := ""
	off := newOffscreen(t, Options{FPS: 30, Open: func(name string) (scenarios.Scenario, *sim.Motion, error) {
		read = name
		return scenarios.Scenario{}, nil, errors.New("none.yaml: no such file")
	}})
	if screen := plays(t, off, ":scenario none.yaml<enter>"); read != "none.yaml" || !strings.Contains(screen, "none.yaml: no such file") {
		t.Errorf("%q is read, the screen is\n%s", read, screen)
	}
}

// The same script shows the same screens, to the byte, on any number of processors.
func TestAScriptShowsTheSameEveryTime(t *testing.T) {
	const script = "wait 0.1; d; wait 0.1; c; wait 0.1; o; t; type g; enter; wait 0.1"
	play := func() string {
		off := newOffscreen(t, Options{FPS: 30})
		plays(t, off, script)
		return off.Screen()
	}
	want := play()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if play() != want {
		t.Error("one processor shows another screen")
	}
}

func TestTheColoursOfTheGroundFollowTheTheme(t *testing.T) {
	off := newOffscreen(t, Options{FPS: 30})
	_, dark := off.Ground()
	plays(t, off, "T")
	if text, light := off.Ground(); light == dark || text == light || text == nil {
		t.Errorf("the ground is %v and then %v under %v", dark, light, text)
	}
}
