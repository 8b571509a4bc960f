package app

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/ui/journal"
	"undercurrent/ui/lesson"
	"undercurrent/ui/session"
)

// begins is the session that the logs of the tests begin with.
func begins(t testing.TB) *session.Session {
	t.Helper()
	s, err := catalogue.Named("three-modes")
	if err != nil {
		t.Fatal(err)
	}
	return newSession(t, s, "reverse-kl", func(settings *sim.Settings) { settings.Particles = 400 })
}

// loggedOptions are those that the logs of the tests are written with.
func loggedOptions() Options {
	return Options{FPS: 30, CommandLine: shortCommand, Program: "undercurrent",
		Save: func(scenarios.Scenario) (string, error) { return "saved.yaml", nil }, Files: func() []string { return []string{"mine.yaml"} }}
}

// live is the program on the clock of the machine, without a terminal.
type live struct {
	app    *App
	runner *session.Runner
	out    bytes.Buffer
	log    *journal.Writer
	slow   bool // whether what the system answers is held
	held   []tea.Msg
}

func newLive(t testing.TB, o Options) *live {
	t.Helper()
	return newLiveOf(t, begins(t), journal.Head{}, o)
}

// newLiveOf is newLive on a session, with what a log's head says of it.
func newLiveOf(t testing.TB, s *session.Session, head journal.Head, o Options) *live {
	t.Helper()
	l := &live{}
	head.Screen.FPS = o.FPS
	var err error
	if l.log, err = journal.NewWriter(&l.out, head); err != nil {
		t.Fatal(err)
	}
	o.Log = l.log
	if s.Watches() {
		l.log.First(s.FirstArrival())
	}
	s.ReportEvery(o.FPS / reportsPerSecond)
	l.runner = session.StartObserved(s, o.FPS, l.log.Observe)
	l.app = New(l.runner, o)
	l.give(tea.WindowSizeMsg{Width: 100, Height: 32})
	return l
}

// give gives a message, and what comes of it at once.
func (l *live) give(msg tea.Msg) {
	_, cmd := l.app.Update(msg)
	l.run(cmd)
}

func (l *live) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch m := cmd().(type) {
	case nil, tea.QuitMsg:
	case tea.BatchMsg:
		for _, one := range m {
			l.run(one)
		}
	default:
		if l.slow && answerOf(m) != nil {
			l.held = append(l.held, m)
			return
		}
		l.give(m)
	}
}

// passes lets time pass, with the ticks of the screen.
func (l *live) passes(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(time.Second / 60) {
		l.tick()
	}
}

func (l *live) tick() {
	fresh := l.app.onTick(time.Now())
	l.run(l.app.redraw(fresh, true))
}

// shows lets time pass until the screen has a text.
func (l *live) shows(t testing.TB, text string) {
	t.Helper()
	for late := time.Now().Add(20 * time.Second); !strings.Contains(ansi.Strip(l.app.drawn), text); time.Sleep(time.Second / 60) {
		if l.tick(); time.Now().After(late) {
			t.Fatalf("%q is never seen; the screen is\n%s", text, ansi.Strip(l.app.drawn))
		}
	}
}

// ends is the log.
func (l *live) ends(t testing.TB) string {
	t.Helper()
	l.runner.Stop()
	if err := l.log.Close(); err != nil {
		t.Fatal(err)
	}
	return l.out.String()
}

// lives is the log of somebody who uses keys, the mouse and the palette.
func lives(t testing.TB) string {
	t.Helper()
	l := newLive(t, loggedOptions())
	soon := 40 * time.Millisecond
	l.shows(t, "three-modes")
	l.passes(3 * soon)
	for _, keys := range []string{"d", "+ +", "]", "c", "n", ", , , ,", "space", "s", ": e", "esc", "o", "J", ". left", "space"} {
		for _, k := range strings.Fields(keys) {
			l.give(press(k))
		}
		l.passes(soon)
	}
	l.give(press(":"))
	l.give(tea.PasteMsg{Content: "seed 7"})
	l.give(press("enter"))
	l.passes(soon)
	l.give(press("c"))
	l.passes(3 * soon)
	on := l.app.plane()
	x, y := on.maps[0].X+on.maps[0].W/2, on.maps[0].Y+on.maps[0].H/2
	l.give(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	for k := range 6 {
		l.give(tea.MouseMotionMsg{X: x + k, Y: y, Button: tea.MouseLeft})
		l.passes(soon / 2)
	}
	l.give(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
	l.give(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelUp})
	l.passes(soon)
	l.give(tea.WindowSizeMsg{Width: 90, Height: 30})
	for _, k := range []string{"d", "y", "esc", "m", "up", "w"} {
		l.give(press(k))
	}
	l.passes(3 * soon)
	return l.ends(t)
}

func readLog(t testing.TB, text string) *journal.Log {
	t.Helper()
	log, err := journal.Read(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v of\n%s", err, text)
	}
	return log
}

// replayed is the end of a log.
func replayed(t testing.TB, log *journal.Log, o Options) *Replay {
	t.Helper()
	r := NewReplay(begins(t), log, o)
	if err := r.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	r.Close()
	return r
}

// A session that was lived by the clock is repeated without it, to the bit, on one processor and on two.
func TestALogIsReplayedToTheBit(t *testing.T) {
	text := lives(t)
	log := readLog(t, text)
	if !log.Ended || strings.Count(text, `"digest"`) < 2 || strings.Count(text, `"commands"`) < 15 {
		t.Fatalf("the log is\n%s", text)
	}
	for _, processors := range []int{1, 2} {
		was := runtime.GOMAXPROCS(processors)
		r := replayed(t, log, loggedOptions())
		runtime.GOMAXPROCS(was)
		if r.Err() != nil || r.Digests() != strings.Count(text, `"digest"`) {
			t.Errorf("on %d processors: %v after %d digests of\n%s", processors, r.Err(), r.Digests(), text)
		}
	}
}

// update reports whether goldens are made again.
func update() bool { return flagIsSet("update") }

// A log on file is replayed to its digests, and to the screens on file.
func TestScreensOfAReplay(t *testing.T) {
	name := filepath.Join("testdata", "session.jsonl")
	if update() {
		if err := os.WriteFile(name, []byte(lives(t)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	screensOf(t, NewReplay(begins(t), readLog(t, string(text)), loggedOptions()))
}

// screensOf holds a replay to its digests, and to the screens on file.
func screensOf(t *testing.T, r *Replay) {
	t.Helper()
	defer r.Close()
	for k, name := range []string{"a third", "two thirds", "the end"} {
		r.AdvanceTo(r.Length() * time.Duration(k+1) / 3)
		if r.Err() != nil {
			t.Fatal(r.Err())
		}
		t.Run(name, func(t *testing.T) {
			width, height := r.Size()
			checkCells(t, r.app, width, height)
			golden.RequireEqual(t, r.Screen())
		})
	}
	if !r.Ended() {
		t.Error("the replay does not end")
	}
}

// A lesson is one that begins in the same way.
func TestALessonIsReplayed(t *testing.T) {
	o := loggedOptions()
	var err error
	if o.Lesson, err = lesson.Named("one-field"); err != nil {
		t.Fatal(err)
	}
	l := newLive(t, o)
	l.shows(t, "· 1 of 5")
	for range 4 {
		l.passes(50 * time.Millisecond)
		l.give(press("enter"))
	}
	l.passes(50 * time.Millisecond)
	phase := l.app.tour.play.Phase()
	log := readLog(t, l.ends(t))
	r := replayed(t, log, o)
	if r.Err() != nil || r.app.tour.play.Phase() != phase {
		t.Errorf("the lesson is in phase %v, expected %v: %v", r.app.tour.play.Phase(), phase, r.Err())
	}
}

// What is not as it was is said with its line.
func TestAReplayThatDiffersSaysWhere(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "session.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	change := func(old, to string) (string, int) {
		for k, l := range lines {
			if k > 0 && strings.Contains(l, old) {
				return strings.Join(lines[:k], "") + strings.Replace(l, old, to, 1) + strings.Join(lines[k+1:], ""), k + 1
			}
		}
		t.Fatalf("no line has %s", old)
		return "", 0
	}
	for _, c := range []struct {
		old, to, want string
		differs       bool
	}{
		{`"digest":"`, `"digest":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","`, "", false},
		{`"key":{"name":"d"}`, `"key":{"name":"nonsense"}`, `unknown key "nonsense"`, false},
		{`"commands":[1]`, `"commands":[9]`, "command 9, expected one that was given and not carried out: 1 is the first", false},
		{`"work":1`, `"work":2`, "work is 2, expected 1", false},
		{`"seen":`, `"seen":1`, "the screen shows frame ", false},
	} {
		if c.want == "" {
			continue
		}
		damaged, line := change(c.old, c.to)
		r := replayed(t, readLog(t, damaged), loggedOptions())
		var failure ReplayError
		if !errors.As(r.Err(), &failure) || failure.Line != line || !strings.Contains(r.Err().Error(), c.want) || failure.Differs != c.differs {
			t.Errorf("%s in line %d gives %v, expected %s", c.to, line, r.Err(), c.want)
		}
	}
	at := strings.Index(string(text), `"digest":"`) + len(`"digest":"`)
	line := 1 + strings.Count(string(text)[:at], "\n")
	r := replayed(t, readLog(t, string(text)[:at]+strings.Repeat("0", 64)+string(text)[at+64:]), loggedOptions())
	var failure ReplayError
	if !errors.As(r.Err(), &failure) || failure.Line != line || !failure.Differs || !strings.Contains(failure.Error(), "expected 000000000000…") {
		t.Errorf("another digest in line %d gives %v", line, r.Err())
	}
}

// Every key is read as it was pressed.
func TestKeysAndTheMouseAreLoggedExactly(t *testing.T) {
	for _, msg := range []tea.Msg{
		press("d"), press("D"), press("space"), press("enter"), press("<"), press("ü"), tea.KeyPressMsg{Code: tea.KeyUp, Mod: tea.ModShift | tea.ModAlt},
		tea.KeyPressMsg{Code: 'd', ShiftedCode: 'D', Text: "D", Mod: tea.ModShift}, tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}, tea.KeyPressMsg{}, tea.KeyPressMsg{Code: tea.KeyF1, IsRepeat: true},
		tea.KeyPressMsg{Code: 'a', BaseCode: 'q', Text: "a"}, characterKey('X'),
		tea.MouseClickMsg{X: 1, Y: 2, Button: tea.MouseRight, Mod: tea.ModShift}, tea.MouseReleaseMsg{X: 3}, tea.MouseMotionMsg{Y: 1, Button: tea.MouseLeft}, tea.MouseWheelMsg{Button: tea.MouseWheelDown},
		tea.PasteMsg{Content: "a\nb"}, tea.WindowSizeMsg{Width: 3, Height: 4}, saved{"a", "w", errors.New("x"), nil}, saved{name: "a", figure: &drawnFigure{name: "f"}}, saved{name: "a", figure: &drawnFigure{err: errors.New("y")}}, drawnFigure{"f", nil}, drawnFigure{"", errors.New("z")}, savedModel{"b", nil}, castKept{"c", nil}, recipeMsg("x"), copied{"x", nil},
	} {
		in, ok := inputOf(msg)
		if !ok {
			t.Errorf("%#v is not logged", msg)
			continue
		}
		got, err := messageOf(in, nil)
		if want := msg; err != nil || !equalMessages(got, want) {
			t.Errorf("%#v is read as %#v (%v)", want, got, err)
		}
	}
	for _, msg := range []tea.Msg{tick{}, tea.ColorProfileMsg{}, leave{}, previewed{}} {
		if in, ok := inputOf(msg); ok {
			t.Errorf("%#v is logged as %+v", msg, in)
		}
	}
}

// A file that was opened is read again if it is the same.
func TestAnOpenedFileIsHeldToItsHash(t *testing.T) {
	ring, err := catalogue.Named("ring8")
	if err != nil {
		t.Fatal(err)
	}
	hash := strings.Repeat("a", 64)
	o := loggedOptions()
	o.Open = func(string) (scenarios.Scenario, *sim.Motion, error) { return ring, nil, nil }
	o.Hash = func(string) string { return hash }
	l := newLive(t, o)
	l.shows(t, "three-modes")
	l.give(press(":"))
	l.give(tea.PasteMsg{Content: "scenario other.yaml"})
	l.give(press("enter"))
	l.shows(t, "ring8 │")
	log := readLog(t, l.ends(t))
	r := replayed(t, log, o)
	if r.Err() != nil || !strings.Contains(ansi.Strip(r.Screen()), "ring8") {
		t.Errorf("%v:\n%s", r.Err(), ansi.Strip(r.Screen()))
	}
	hash = strings.Repeat("b", 64)
	if r := replayed(t, log, o); r.Err() == nil || !strings.Contains(r.Err().Error(), "other.yaml is not the file of the log, expected the one with the SHA-256 aaaaaaaaaaaa…") {
		t.Errorf("another file gives %v", r.Err())
	}
}

// What the system answers comes when it came, not when it is asked for: the key before it goes to the flow, the one after
// it closes what it has opened.
func TestAnswersComeWhenTheyCame(t *testing.T) {
	l := newLive(t, loggedOptions())
	l.shows(t, "three-modes")
	l.slow = true
	l.give(press("y"))
	l.give(press("d"))
	l.shows(t, "forward KL")
	for _, m := range l.held {
		l.give(m)
	}
	l.shows(t, "any key closes")
	l.give(press("d"))
	l.shows(t, "three-modes │ forward KL")
	r := replayed(t, readLog(t, l.ends(t)), loggedOptions())
	if r.Err() != nil || len(l.held) != 1 || !strings.Contains(ansi.Strip(r.Screen()), "three-modes │ forward KL") {
		t.Errorf("%v, %d answers:\n%s", r.Err(), len(l.held), ansi.Strip(r.Screen()))
	}
}

// A log that cannot be written is said once, and the program goes on.
func TestALogThatCannotBeWrittenIsSaidOnce(t *testing.T) {
	l := newLive(t, loggedOptions())
	log, err := journal.NewWriter(&fullAfter{left: 1000}, journal.Head{})
	if err != nil {
		t.Fatal(err)
	}
	l.app.log.to = log
	for range 200 {
		l.give(press("right"))
	}
	l.shows(t, "log.jsonl cannot be written")
	l.give(press("d"))
	l.shows(t, "forward KL")
	if err := l.app.log.failed(); err != nil {
		t.Errorf("it is said again: %v", err)
	}
	l.runner.Stop()
}

// fullAfter is a disk that takes some bytes.
type fullAfter struct{ left int }

func (f *fullAfter) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errors.New("log.jsonl cannot be written (no space left on device)")
	}
	return len(p), nil
}
