package journal

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"undercurrent/divergences"
	"undercurrent/internal/fuzztest"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/ui/session"
)

const (
	head   = `{"format":"undercurrent session","version":1,"program":"0.1.0","machine":"amd64","screen":{"fps":30,"opening":0,"history":1,"theme":"dark","palette":"viridis","mouse":true,"clipboard":false}}` + "\n"
	digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
)

// newSession is a flow of few particles.
func newSession(t *testing.T) *session.Session {
	t.Helper()
	s, err := catalogue.Named("three-modes")
	if err != nil {
		t.Fatal(err)
	}
	d, err := divergences.Standard().Parse("reverse-kl", nil)
	if err != nil {
		t.Fatal(err)
	}
	settings := sim.DefaultSettings(s, d)
	settings.Particles = 100
	u, err := session.NewFunctional("under-coverage", 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	made, err := session.New(divergences.Standard(), s, settings, u)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// slow is a clock that a test moves.
type slow struct{ at time.Time }

func (c *slow) now() time.Time       { return c.at }
func (c *slow) pass(d time.Duration) { c.at = c.at.Add(d) }
func (c *slow) writer(t *testing.T) (*Writer, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	w, err := newWriter(&out, Head{Program: "0.1.0", Machine: "amd64", Screen: Screen{FPS: 30, Keys: map[string][]string{"pause": {"p"}}},
		Flags: []Flag{{"scenario", "ring 8"}}, Files: []File{{Name: "a.csv", SHA256: digest}}}, c.now)
	if err != nil {
		t.Fatal(err)
	}
	return w, &out
}

// What is written is read again: inputs and acts in their order, equal advances as one line.
func TestALogIsReadAsItWasWritten(t *testing.T) {
	clock, s := &slow{}, newSession(t)
	w, out := clock.writer(t)
	text, dark := "a\nb\x1b", true
	inputs := []Input{
		{Seen: 3, Key: &Key{Name: "d"}}, {Key: &Key{Exact: true, Code: 'x', Mod: 4, Text: "ü"}}, {Mouse: &Mouse{Did: Wheel, X: 3, Y: 4, Button: 5}},
		{Paste: &text}, {Resize: &Size{80, 24}}, {Dark: &dark}, {Answer: &Answer{Of: Saved, Name: "a.yaml", Error: "no"}},
	}
	acts := []session.Act{
		{Frame: true}, {Commands: []int{1, 2}, Work: 3}, {Asked: true}, {Shown: &session.Shown{Lines: true}}, {Soon: 1}, {Finished: 1}, {Trained: &session.TrainedTo{Iteration: 4, Orders: []int{0, 2}}},
	}
	var want []Line
	for _, in := range inputs {
		clock.pass(time.Second)
		w.Input(in, 7)
		want = append(want, Line{Input: in, Time: clock.at.Sub(time.Time{}).Milliseconds(), Step: 7})
	}
	w.digested = clock.at // no digest but at the end
	for _, a := range acts {
		w.Observe(s, a)
		want = append(want, Line{Act: a, Time: 7000})
	}
	for range 3 {
		clock.pass(10 * time.Millisecond)
		w.Observe(s, session.Act{Advances: 1, Work: 1, Frame: true})
	}
	want = append(want, Line{Act: session.Act{Advances: 3, Work: 1, Frame: true}, Time: 7030})
	w.Observe(s, session.Act{Advances: 1})
	want = append(want, Line{Act: session.Act{Advances: 1}, Time: 7030})
	w.Observe(s, session.Act{End: true})
	want = append(want, Line{Digest: (&session.Digester{}).Digest(s), Time: 7030}, Line{End: true, Time: 7030})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	log, err := Read(out)
	if err != nil {
		t.Fatal(err)
	}
	if !log.Ended || log.Cut || log.Head.Flags[0] != (Flag{"scenario", "ring 8"}) || log.Head.Screen.Keys["pause"][0] != "p" || log.Head.Files[0].SHA256 != digest {
		t.Errorf("the log is %+v", log)
	}
	if len(log.Lines) != len(want) {
		t.Fatalf("there are %d lines, expected %d:\n%+v", len(log.Lines), len(want), log.Lines)
	}
	for k, l := range log.Lines {
		if !reflect.DeepEqual(l, want[k]) {
			t.Errorf("line %d is %+v, expected %+v", Number(k), l, want[k])
		}
	}
}

// Digests come at commands, at most once a second, and seldom without them.
func TestDigestsAreSeldom(t *testing.T) {
	clock, s := &slow{at: time.Unix(1, 0)}, newSession(t)
	w, out := clock.writer(t)
	for range 600 { // twenty seconds
		clock.pass(time.Second / 30)
		w.Observe(s, session.Act{Commands: []int{1}})
	}
	byCommands := strings.Count(flushed(w, out), `"digest"`)
	for range 3000 { // a hundred
		clock.pass(time.Second / 30)
		w.Observe(s, session.Act{Advances: 1, Work: 1, Frame: true})
	}
	alone := strings.Count(flushed(w, out), `"digest"`) - byCommands
	for range 3000 {
		clock.pass(time.Second / 30)
		w.Observe(s, session.Act{Advances: 1})
	}
	still := strings.Count(flushed(w, out), `"digest"`) - byCommands - alone
	if byCommands < 19 || byCommands > 21 || alone < 9 || alone > 11 || still > 1 {
		t.Errorf("there are %d digests in 20 s of commands, %d in 100 s of steps, %d in 100 s of nothing", byCommands, alone, still)
	}
}

func flushed(w *Writer, out *bytes.Buffer) string {
	w.send()
	w.writing.Lock()
	defer w.writing.Unlock()
	return out.String()
}

// stuck is a disk that answers when it is told to.
type stuck struct{ free chan struct{} }

func (s stuck) Write(p []byte) (int, error) {
	<-s.free
	return len(p), nil
}

// A disk that does not answer holds nobody up, and takes no more memory than a bound.
func TestAStuckDiskHoldsNobodyUp(t *testing.T) {
	disk := stuck{make(chan struct{}, 1)}
	disk.free <- struct{}{}
	w, err := NewWriter(disk, Head{})
	if err != nil {
		t.Fatal(err)
	}
	w.Input(Input{}, 0)
	go w.send()
	paste := strings.Repeat("x", 1<<20)
	for range 40 {
		w.Input(Input{Paste: &paste}, 0)
	}
	if err := w.Err(); err == nil || !strings.Contains(err.Error(), "as fast as the session goes on") {
		t.Errorf("the error is %v", err)
	}
	close(disk.free)
}

// What was written is in the file after a while, without an end.
func TestALogIsWrittenAsItGrows(t *testing.T) {
	var out guarded
	w, err := NewWriter(&out, Head{})
	if err != nil {
		t.Fatal(err)
	}
	w.Input(Input{Key: &Key{Name: "d"}}, 0)
	w.Observe(newSession(t), session.Act{Advances: 1, Work: 1, Frame: true})
	for late := time.Now().Add(20 * time.Second); strings.Count(out.text(), "\n") < 3; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatalf("there is\n%s", out.text())
		}
	}
	log, err := Read(strings.NewReader(out.text()))
	if err != nil || log.Ended || log.Cut || len(log.Lines) < 2 {
		t.Errorf("the log is %+v (%v)", log, err)
	}
}

// full takes some bytes.
type full struct{ left int }

var errFull = errors.New("no space left")

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestAFullDiskIsOneErrorAndNoMoreWriting(t *testing.T) {
	if _, err := NewWriter(&full{}, Head{}); !errors.Is(err, errFull) {
		t.Errorf("the error of the head is %v", err)
	}
	w, err := NewWriter(&full{1000}, Head{})
	if err != nil {
		t.Fatal(err)
	}
	paste := strings.Repeat("x", 5000)
	for range 3 {
		w.Input(Input{Paste: &paste}, 0)
	}
	w.send()
	if !errors.Is(w.Err(), errFull) {
		t.Errorf("the error is %v", w.Err())
	}
	w.Observe(newSession(t), session.Act{End: true})
	if err := w.Close(); !errors.Is(err, errFull) {
		t.Errorf("the error in the end is %v", err)
	}
}

// A last line that is cut short is left out; a log without an end is one of a program that was stopped.
func TestALogThatWasCutShortIsReadAsFarAsItGoes(t *testing.T) {
	lines := head + `{"t":1,"step":0,"key":{"name":"d"}}` + "\n" + `{"t":2,"step":0,"advances":7,"work":1,"frame":true}` + "\n" + `{"t":3,"step":7,"end":true}` + "\n"
	for n := len(head); n <= len(lines); n++ {
		log, err := Read(strings.NewReader(lines[:n]))
		if err != nil {
			t.Fatalf("of %q: %v", lines[:n], err)
		}
		before := strings.Count(lines[:n], "\n") - 1
		whole := strings.HasSuffix(lines[:n], "\n")
		if got := len(log.Lines); got != before && !(got == before+1 && strings.HasSuffix(lines[:n], "}")) || log.Cut && whole || !log.Cut && got == before && !whole {
			t.Errorf("of %q there are %d lines, cut %t", lines[len(head):n], got, log.Cut)
		}
	}
}

func TestDamageIsNamedWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "line 1: the file is empty",
		"x\n":                       `line 1: format is not "undercurrent session"`,
		head[:20]:                   "line 1: the first line is cut short",
		`{"format":"other"}` + "\n": `line 1: format is not "undercurrent session"`,
		strings.Replace(head, `"version":1`, `"version":9`, 1):                               "line 1: version is 9, expected 1",
		strings.Replace(head, `"fps":30`, `"fps":"x"`, 1):                                    "line 1: column 100: screen.fps is a string, expected a whole number of its range",
		strings.Replace(head, `"machine"`, `"engine"`, 1):                                    `line 1: unknown field "engine"`,
		strings.Replace(head, `"screen"`, `"files":[{"name":"a","sha256":"1"}],"screen"`, 1): `line 1: sha256 of "a" is "1"`,
		head + "\n":                      "line 2: the line is not whole, expected an input",
		head + "nonsense\n":              "line 2: column 2: invalid character 'o' in literal null",
		head + `{"t":1,"step":0}` + "\n": "line 2: 0 things in a line",
		head + `{"t":1,"step":0,"key":{"name":"d"},"asked":true}` + "\n":                       "line 2: 2 things in a line",
		head + `{"t":1,"step":0,"asked":true,"soon":1}` + "\n":                                 "line 2: 2 acts in a line",
		head + `{"t":1,"step":0,"asked":true} {}` + "\n":                                       "line 2: column 30: more than one value",
		head + `{"t":1,"step":0,"digest":"12"}` + "\n":                                         `line 2: digest is "12", expected 64 hexadecimal digits`,
		head + `{"t":1,"step":-1,"asked":true}` + "\n":                                         "line 2: step is -1",
		head + `{"t":1,"step":0,"commands":[2,1]}` + "\n":                                      "line 2: commands are [2 1], expected numbers of at least 1 that rise",
		head + `{"t":1,"step":0,"advances":9999999}` + "\n":                                    "line 2: advances is 9999999",
		head + `{"t":1,"step":0,"advances":1,"work":-1}` + "\n":                                "line 2: work is -1",
		head + `{"t":1,"step":0,"trained":{"iteration":-1}}` + "\n":                            "line 2: an iteration is -1",
		head + `{"t":1,"step":0,"mouse":{"did":"bite","x":0,"y":0}}` + "\n":                    `line 2: the mouse did "bite", expected press`,
		head + `{"t":1,"step":0,"answer":{"of":"savd"}}` + "\n":                                `line 2: an answer of "savd", expected saved`,
		head + `{"t":1,"step":0,"resize":{"columns":-1,"rows":0}}` + "\n":                      "line 2: the size is -1×0",
		head + `{"t":2,"step":0,"asked":true}` + "\n" + `{"t":1,"step":0,"asked":true}` + "\n": "line 3: t is 1, expected at least the 2",
		head + `{"t":2,"step":0,"end":true}` + "\n" + `{"t":2,"step":0,"asked":true}` + "\n":   "line 3: a line after the end",
		head + "{\"t\":1,\"step\":0,\"paste\":\"\xff\"}\n":                                     "line 2: the line is not UTF-8",
		head + `{"t":1,"step":0,"paste":"` + strings.Repeat("x", maxLine) + `"}` + "\n":        "line 2: the line has more than 262144 bytes",
	} {
		_, err := Read(strings.NewReader(text))
		fuzztest.OneLine(t, text, err)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.300q gives %v, expected %s", text, err, want)
		}
	}
}
