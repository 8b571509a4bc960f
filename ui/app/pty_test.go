//go:build unix

package app

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/ui/session"
)

// asProgram is set in the environment of a process that is to be the program itself.
const asProgram = "UNDERCURRENT_AS_PROGRAM"

// TestMain runs the tests, or the program on a target with faults, which no file could have.
func TestMain(m *testing.M) {
	if os.Getenv(asProgram) == "" {
		os.Exit(m.Run())
	}
	if err := runFaulty(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// faulty is a normal distribution of which one part panics once it is armed.
type faulty struct {
	part  string // density or sampler
	armed atomic.Bool
}

func (f *faulty) LogDensity(x, y float64) float64 {
	if f.part == "density" && f.armed.Load() {
		panic("a fault of the density")
	}
	return -(x*x + y*y) / 2
}

func (f *faulty) Score(x, y float64) (float64, float64) { return -x, -y }

func (f *faulty) Sample(dst []scenarios.Point, rng *rand.Rand) {
	if f.part == "sampler" && f.armed.Load() {
		panic("a fault of the sampler")
	}
	for i := range dst {
		dst[i] = scenarios.Point{X: rng.NormFloat64(), Y: rng.NormFloat64()}
	}
}

// runFaulty runs the program. The key y arms the faults: then a wider kernel makes the density panic
// in several workers, and another seed the sampler in the goroutine of the session. It may itself
// panic in the goroutine of the screen, and s in one of its own.
func runFaulty() error {
	t := &testing.T{}
	f := &faulty{part: os.Getenv(asProgram)}
	s := scenarios.Scenario{ID: "faulty", Target: f, Start: scenarios.Start{Sampler: f, Text: "normal"},
		Window: scenarios.Window{XMin: -4, XMax: 4, YMin: -4, YMax: 4}, Bandwidth: 0.3, Particles: 500}
	made := newSession(t, s, "reverse-kl", func(*sim.Settings) {})
	commands := 0
	return Run(context.Background(), made, Options{FPS: 30,
		Save:       func(scenarios.Scenario) (string, error) { panic("a fault of a command") },
		ReplayLine: "undercurrent replay s.jsonl",
		CommandLine: func(r session.Recipe) string {
			if commands++; commands == 1 && os.Getenv(asProgram) == "screen" {
				panic("a fault of the screen")
			}
			f.armed.Store(true)
			return fmt.Sprintf("undercurrent --scenario %s --at %d", r.Scenario.ID, r.Step)
		}}, os.Stdin, os.Stdout)
}

// answers are those of a terminal to the questions of the program.
var answers = []struct{ question, answer string }{
	{"\x1b[c", "\x1b[?62;22c"}, {"\x1b[?2026$p", "\x1b[?2026;2$y"}, {"\x1b[?2027$p", "\x1b[?2027;0$y"},
	{"\x1b]11;?", "\x1b]11;rgb:0000/0000/0000\x07"}, {"\x1b[?u", "\x1b[?0u"},
}

// terminal is a real pseudo-terminal with the program on it, and answers its questions after a delay.
type terminal struct {
	t             *testing.T
	master, slave *os.File
	before        *term.State
	cmd           *exec.Cmd
	ended         chan struct{}

	mu    sync.Mutex
	wrote bytes.Buffer
	read  int // bytes in which questions have been looked for
}

// mute is the delay of a terminal that never answers.
const mute = time.Duration(-1)

// turnsOn starts the program, or a line of a shell with it as $PROGRAM.
func turnsOn(t *testing.T, delay time.Duration, line string, env ...string) *terminal {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Skip("no pseudo-terminal:", err)
	}
	if err := pty.Setsize(master, &pty.Winsize{Rows: 30, Cols: 100}); err != nil {
		t.Fatal(err)
	}
	u := &terminal{t: t, master: master, slave: slave, ended: make(chan struct{})}
	if u.before, err = term.GetState(slave.Fd()); err != nil {
		t.Fatal(err)
	}
	u.cmd = exec.Command(os.Args[0])
	if line != "" {
		u.cmd = exec.Command("sh", "-c", line)
	}
	u.cmd.Env = append(os.Environ(), append([]string{asProgram + "=1", "PROGRAM=" + os.Args[0], "TERM=xterm-256color", "SSH_TTY=", "TMPDIR=" + t.TempDir()}, env...)...)
	u.cmd.Stdin, u.cmd.Stdout, u.cmd.Stderr = slave, slave, slave
	u.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := u.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go u.answer(delay)
	go func() {
		_ = u.cmd.Wait()
		close(u.ended)
	}()
	t.Cleanup(func() {
		_ = syscall.Kill(-u.cmd.Process.Pid, syscall.SIGKILL)
		slave.Close()
		master.Close()
	})
	return u
}

// answer reads what the program writes and answers its questions.
func (u *terminal) answer(delay time.Duration) {
	chunk := make([]byte, 64<<10)
	for {
		n, err := u.master.Read(chunk)
		if err != nil {
			return
		}
		u.mu.Lock()
		u.wrote.Write(chunk[:n])
		text := u.wrote.String()[u.read:]
		u.read = u.wrote.Len()
		u.mu.Unlock()
		if delay == mute {
			continue
		}
		for _, a := range answers {
			for range strings.Count(text, a.question) {
				time.AfterFunc(delay, func() { _, _ = u.master.WriteString(a.answer) })
			}
		}
	}
}

func (u *terminal) text() string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.wrote.String()
}

// end is what was written last.
func (u *terminal) end() string {
	text := u.text()
	return text[max(len(text)-300, 0):]
}

// sees waits until something was written.
func (u *terminal) sees(text string) *terminal {
	u.t.Helper()
	for late := time.Now().Add(patience); !strings.Contains(u.text(), text); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(late) {
			u.t.Fatalf("%q is never seen; written is %q", text, u.end())
		}
	}
	return u
}

func (u *terminal) presses(keys string) *terminal {
	u.t.Helper()
	if _, err := u.master.WriteString(keys); err != nil {
		u.t.Fatal(err)
	}
	return u
}

func (u *terminal) gets(s syscall.Signal) *terminal {
	u.t.Helper()
	if err := u.cmd.Process.Signal(s); err != nil {
		u.t.Fatal(err)
	}
	return u
}

// leaves waits for the program to end, and fails unless it has left the terminal as it was.
func (u *terminal) leaves(status int) string {
	u.t.Helper()
	select {
	case <-u.ended:
	case <-time.After(patience):
		u.t.Fatalf("the program does not end; written is %q", u.end())
	}
	if got := u.cmd.ProcessState.ExitCode(); got != status {
		u.t.Errorf("the exit status is %d, expected %d", got, status)
	}
	const end = "that was the end"
	if _, err := u.slave.WriteString(end); err != nil {
		u.t.Fatal(err)
	}
	text := u.sees(end).text()
	u.isRestored(text)
	if after, err := term.GetState(u.slave.Fd()); err != nil || !reflect.DeepEqual(after, u.before) {
		u.t.Errorf("the terminal is left in another mode: %+v, before %+v", after, u.before)
	}
	return text
}

// isRestored fails unless every mode of the terminal that was set is reset, and no question was
// asked after the screen was left.
func (u *terminal) isRestored(text string) {
	u.t.Helper()
	for _, mode := range []string{"1049", "2004", "1002", "1006", "2026"} {
		if strings.LastIndex(text, "\x1b[?"+mode+"h") > strings.LastIndex(text, "\x1b[?"+mode+"l") {
			u.t.Errorf("mode %s is left set", mode)
		}
	}
	if strings.LastIndex(text, "\x1b[?25l") > strings.LastIndex(text, "\x1b[?25h") {
		u.t.Error("the cursor is left hidden")
	}
	if on, off := strings.Count(text, "\x1b[>1u"), strings.Count(text, "\x1b[<1u"); on > off {
		u.t.Errorf("the keyboard's mode is pushed %d times and popped %d times", on, off)
	}
	left := strings.LastIndex(text, "\x1b[?1049l")
	for _, a := range answers {
		if left >= 0 && strings.Contains(text[left:], a.question) {
			u.t.Errorf("%q is asked after the screen is left", a.question)
		}
	}
}

// isClean fails if an answer of the terminal waits for the shell.
func (u *terminal) isClean(delay time.Duration) {
	u.t.Helper()
	time.Sleep(delay + 50*time.Millisecond)
	if err := syscall.SetNonblock(int(u.slave.Fd()), true); err != nil {
		u.t.Fatal(err)
	}
	// A line is read once it ends.
	u.presses("\n")
	line := make([]byte, 1024)
	for late := time.Now().Add(patience); time.Now().Before(late); time.Sleep(5 * time.Millisecond) {
		if n, err := syscall.Read(int(u.slave.Fd()), line); err == nil {
			if n != 1 {
				u.t.Errorf("%q is left for the shell", line[:n-1])
			}
			return
		}
	}
	u.t.Error("the end of the line is not read")
}

// However the program ends, also before its first frame, it leaves the terminal as it was: one that
// answers questions at once, late, or never.
func TestTheTerminalIsLeftAsItWas(t *testing.T) {
	const shown, early = "\x1b[?1049h", "\x1b[?25l"
	for name, c := range map[string]struct {
		delay  time.Duration
		after  string // what is seen before
		keys   string
		signal syscall.Signal
		status int
	}{
		"q at once":                  {keys: "q"},
		"q at once, late answers":    {delay: 300 * time.Millisecond, keys: "q"},
		"q at once, no answers":      {delay: mute, keys: "q"},
		"q":                          {after: "faulty", keys: "q"},
		"q, late answers":            {delay: 300 * time.Millisecond, after: shown, keys: "q"},
		"q, no answers":              {delay: mute, after: "faulty", keys: "q"},
		"q twice":                    {after: early, keys: "qq"},
		"ctrl+c":                     {after: "faulty", keys: "\x03"},
		"esc and ctrl+c in one read": {after: "faulty", keys: "\x1b\x03"},
		"SIGINT":                     {after: shown, signal: syscall.SIGINT, status: 1},
		"SIGTERM":                    {after: shown, signal: syscall.SIGTERM, status: 1},
		"SIGHUP":                     {after: "faulty", signal: syscall.SIGHUP, status: 1},
		"SIGQUIT, late answers":      {delay: 300 * time.Millisecond, after: shown, signal: syscall.SIGQUIT, status: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := turnsOn(t, c.delay, "")
			if c.after != "" {
				u.sees(c.after)
			}
			if c.keys != "" {
				u.presses(c.keys)
			}
			if c.signal != 0 {
				u.gets(c.signal)
			}
			u.leaves(c.status)
			if c.keys != "qq" {
				u.isClean(max(c.delay, 0))
			}
		})
	}
}

// After a panic in any goroutine of the program the terminal is as it was; an apology says what
// reproduces it, what repeats the session from its log, and where the details are.
func TestAPanicLeavesTheTerminalAsItWas(t *testing.T) {
	for name, c := range map[string]struct{ env, arm, keys, reason string }{
		"of workers":     {"density", "y", " ]", "a fault of the density"},
		"of the session": {"sampler", "y", " R", "a fault of the sampler"},
		"of the screen":  {"screen", "", "y", "a fault of the screen"},
		"of a command":   {"1", "", "s", "a fault of a command"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := turnsOn(t, 0, "", asProgram+"="+c.env).sees("faulty")
			if c.arm != "" {
				u.presses(c.arm).sees("undercurrent --scenario")
			}
			u.presses(c.keys)
			text := u.leaves(1)
			_, after, _ := strings.Cut(text, "sorry, a fault of the program has ended it: "+c.reason)
			for _, part := range []string{"to reproduce it: undercurrent --scenario faulty --at ", "to repeat the session: undercurrent replay s.jsonl\r\n", "what happened: "} {
				if !strings.Contains(after, part) {
					t.Errorf("the apology %q does not have %q", after[:min(len(after), 500)], part)
				}
			}
			_, log, _ := strings.Cut(after, "what happened: ")
			log, _, _ = strings.Cut(log, "\r\n")
			if content, err := os.ReadFile(log); err != nil || !strings.Contains(string(content), "pty_test.go") || !strings.Contains(string(content), "last events") {
				t.Errorf("the log is %q, %v", content, err)
			}
		})
	}
}

// The terminal goes away.
func TestTheProgramEndsWithItsTerminal(t *testing.T) {
	u := turnsOn(t, 0, "").sees("faulty")
	u.slave.Close()
	u.master.Close()
	select {
	case <-u.ended:
	case <-time.After(patience):
		t.Fatal("the program does not end")
	}
}

// A job is stopped by ctrl+z and continued by fg; without job control, the key does nothing.
func TestTheProgramIsStoppedAndContinued(t *testing.T) {
	u := turnsOn(t, 0, `set -m; "$PROGRAM"; echo; echo "it is stopped with $?"; stty -a | grep -o '.icanon'; fg > /dev/null; echo it has ended`).sees("faulty")
	if u.presses("\x1a").sees("it is stopped with "); strings.Contains(u.text(), "-icanon") {
		t.Errorf("while it is stopped, the terminal is %q", u.end())
	}
	u.isRestored(u.text()[:strings.Index(u.text(), "it is stopped")])
	// It is shown anew.
	for late := time.Now().Add(patience); strings.Count(u.text(), "\x1b[?1049h") < 2; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatalf("it is not continued: %q", u.end())
		}
	}
	u.presses("q").sees("it has ended")
	u.leaves(0)

	u = turnsOn(t, 0, "").sees("faulty").presses("\x1a")
	for late := time.Now().Add(patience); strings.Count(u.text(), "\x1b[?1049h") < 2; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatalf("it does not go on: %q", u.end())
		}
	}
	u.presses("q").leaves(0)
}

// Over a connection, where frames tear most, they are shown as a whole by a terminal that can do so.
func TestFramesAreShownAsAWholeOverAConnection(t *testing.T) {
	u := turnsOn(t, 0, "", "SSH_TTY=/dev/pts/9").sees("\x1b[?2026h").presses("q")
	u.leaves(0)
	u = turnsOn(t, mute, "", "SSH_TTY=/dev/pts/9").sees("faulty").presses("q")
	if text := u.leaves(0); strings.Contains(text, "\x1b[?2026h") {
		t.Error("frames are wrapped for a terminal that has not answered")
	}
}
