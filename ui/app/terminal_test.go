package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"

	"undercurrent/ui/session"
)

// user controls the whole program, clock and all, on a virtual terminal.
type user struct {
	t       *testing.T
	program *tea.Program
	keys    io.Writer
	ended   chan error

	mu     sync.Mutex
	screen *vt.Emulator
}

// Write is the terminal's end of the program's output. Without a terminal as its
// input the program leaves it to the line discipline to return the carriage.
func (u *user) Write(p []byte) (int, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if _, err := u.screen.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (u *user) text() string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.screen.String()
}

// start opens the program on uneven-ring in a terminal of the given size.
func start(t *testing.T, width, height int) *user {
	t.Helper()
	// A user mostly waits.
	t.Parallel()
	_, player := newStill(t, "uneven-ring", "reverse-kl")
	// More frames a second keep the processor busy while a user only waits.
	const fps = 10
	e := session.Start(player.session, fps)
	t.Cleanup(e.Stop)
	in, keys := io.Pipe()
	u := &user{t: t, keys: keys, screen: vt.NewEmulator(width, height), ended: make(chan error, 1)}
	// A terminal answers the program's questions; nobody here waits for the answers.
	go io.Copy(io.Discard, u.screen)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	u.program = tea.NewProgram(New(e, Options{FPS: fps, CommandLine: shortCommand}), tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(u),
		tea.WithWindowSize(width, height), tea.WithColorProfile(colorprofile.TrueColor), tea.WithoutSignals(),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	go func() {
		_, err := u.program.Run()
		u.ended <- err
	}()
	return u
}

// patience is how long a user waits for something to be seen: a bound on a
// failing test, not a measure of speed.
const patience = 20 * time.Second

// sees waits until the screen shows a text.
func (u *user) sees(text string) *user {
	u.t.Helper()
	return u.waits("to see "+text, func(s string) bool { return strings.Contains(s, text) })
}

func (u *user) waits(what string, until func(screen string) bool) *user {
	u.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if until(u.text()) {
			return u
		}
	}
	u.t.Fatalf("waited %s, the screen is\n%s", what, u.text())
	return u
}

func (u *user) presses(keys string) *user {
	u.t.Helper()
	if _, err := io.WriteString(u.keys, keys); err != nil {
		u.t.Fatal(err)
	}
	return u
}

func (u *user) resizes(width, height int) *user {
	u.mu.Lock()
	u.screen.Resize(width, height)
	u.mu.Unlock()
	u.program.Send(tea.WindowSizeMsg{Width: width, Height: height})
	return u
}

// quits waits for the program to end by itself.
func (u *user) quits() {
	u.t.Helper()
	select {
	case err := <-u.ended:
		if err != nil {
			u.t.Fatalf("the program ended with %v", err)
		}
	case <-time.After(patience):
		u.t.Fatalf("the program did not end, the screen is\n%s", u.text())
	}
}

// step is the number of steps in the status line.
func step(screen string) string {
	_, after, _ := strings.Cut(screen, "step ")
	number, _, _ := strings.Cut(after, " ")
	return number
}

func TestAUserStartsSwitchesPicksPausesAndQuits(t *testing.T) {
	u := start(t, 120, 40)
	u.sees("uneven-ring").sees("reverse KL").sees("target and particle mass")
	u.waits("for the flow to move", func(s string) bool { return len(step(s)) > 1 })
	u.presses("d").sees("forward KL")
	u.presses("4").sees("Pearson")
	u.presses("t").sees("kind").presses("gmm").sees("gmm40").presses("\r")
	u.sees("N 8000").sees("gmm40")
	u.presses(" ").sees("paused")
	paused := step(u.text())
	u.presses(".").waits("for one step", func(s string) bool { return step(s) != paused })
	u.presses("q").quits()
}

func TestATerminalThatIsTooSmallSaysSoAndRecovers(t *testing.T) {
	u := start(t, 100, 30)
	u.sees("uneven-ring").resizes(50, 10).sees("needs 60×20, has 50×10")
	u.resizes(100, 30).sees("regions").sees("uneven-ring")
	u.resizes(40, 8).sees("needs 60×20").presses("q").quits()
}

// mouseAt is what a terminal sends of the mouse at a cell, counted from 0.
func mouseAt(code, x, y int, end string) string {
	return fmt.Sprintf("\x1b[<%d;%d;%d%s", code, x+1, y+1, end)
}

// A mode is dragged away, the deficit appears; rewound and under another
// divergence the flow branches, and its command can be copied.
func TestAUserDragsAModeRewindsAndBranches(t *testing.T) {
	u := start(t, 120, 40)
	u.waits("for some steps", func(s string) bool { return len(step(s)) >= 2 })
	// The heaviest mode stands at (4, 0), right of the middle of the stage.
	x, y := 32, 11
	u.presses(mouseAt(0, x, y, "M"))
	for k := range 5 {
		u.presses(mouseAt(32, x+k, y+k/2, "M"))
	}
	u.presses(mouseAt(0, x+4, y+2, "m")).sees("edits 1").sees("mode 1 of 8 at")
	u.presses(mouseAt(64, x+4, y+2, "M")).sees("edits 2")
	u.presses("zz").waits("for the edits to be undone", func(s string) bool { return !strings.Contains(s, "edits") })
	u.presses("Z").sees("edits 1").presses("\x1b[1;2D\x1b[1;2D").sees("paused").presses("2").sees("forward KL")
	u.presses("y").sees("undercurrent --scenario uneven-ring").sees("any key closes").presses("q").sees("stage").presses("q").quits()
}

// escape is the key as terminals with the Kitty keyboard protocol send it: a bare
// escape is held back a while and, on a slow machine, taken for Alt with the next key.
const escape = "\x1b[27u"

func TestAUserPlaysALesson(t *testing.T) {
	u := start(t, 80, 24)
	u.sees("uneven-ring").presses("L").sees("One field, one weight").presses("\r").sees("1 of 5").presses("\r").sees("2 of 5").sees("enter asks")
	u.presses("\r").sees("predict, then enter").presses("\r").sees("They empty").sees("step 40").sees("enter goes on")
	u.presses("\x7f").sees("enter asks").presses(escape).sees("left the lesson").waits("for the box to go", func(s string) bool { return !strings.Contains(s, "2 of 5") })
	u.presses(" ").waits("to go on", func(s string) bool { return !strings.Contains(s, "paused") }).presses("q").quits()
}
