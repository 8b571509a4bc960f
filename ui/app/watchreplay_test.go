package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/stream"
	"undercurrent/ui/journal"
	"undercurrent/ui/session"
)

// brief is a walk of few frames.
type brief struct {
	*walk
	left int
}

func (b *brief) Take(back *stream.Frame) *stream.Frame {
	if b.left == 0 {
		b.ended = true
		return nil
	}
	b.left--
	return b.walk.Take(back)
}

// watchesStream is a session that watches a stream around three modes, fifteen frames a second.
func watchesStream(t testing.TB, source session.Source, first *stream.Frame, chained bool) *session.Session {
	t.Helper()
	s, err := catalogue.Named("three-modes")
	if err != nil {
		t.Fatal(err)
	}
	return newWatcher(t, s, session.Watch{Source: source, First: first, Input: "stdin", PerTick: 0.5, Chained: chained})
}

// watchesLive is the log of somebody who watches a stream to its end, and their last screen.
func watchesLive(t testing.TB, chained bool) (log, screen string) {
	t.Helper()
	source := &brief{walk: newWalk(100), left: 9}
	l := newLiveOf(t, watchesStream(t, source, source.Take(nil), chained), journal.Head{Watch: &journal.Watch{Stream: true, Room: 1 << 20}}, loggedOptions())
	l.give(tea.ColorProfileMsg{Profile: colorprofile.TrueColor})
	l.give(tea.WindowSizeMsg{Width: 132, Height: 40})
	l.shows(t, "frame 3")
	for _, keys := range []string{"]", "[ [", "space", ", ,", "space", "v"} {
		for _, k := range strings.Fields(keys) {
			l.give(press(k))
		}
		l.passes(50 * time.Millisecond)
	}
	l.shows(t, "■ ended")
	for m := l.app.frame.Watching.Metrics; m == nil || m.Frame != 9; m = l.app.frame.Watching.Metrics {
		l.passes(50 * time.Millisecond)
	}
	for chained && (l.app.frame.Watching.Chains == nil || l.app.frame.Watching.Chains.Report.Gathered.Frames != 9) {
		l.passes(50 * time.Millisecond)
	}
	l.passes(100 * time.Millisecond)
	return l.ends(t), l.app.drawn
}

// watchedAgain is a replay of a stream that is not there any more.
func watchedAgain(t testing.TB, text string, chained bool) *Replay {
	t.Helper()
	log := readLog(t, text)
	first, err := log.FirstFrame()
	if err != nil {
		t.Fatal(err)
	}
	return NewReplay(watchesStream(t, session.Awaited{Before: first.Dropped}, first.Frame, chained), log, loggedOptions())
}

// A stream that was watched by the clock is watched again from its log: the same particles, and the same screen.
func TestAStreamIsWatchedAgain(t *testing.T) {
	againFrom(t, false)
}

// The same holds for a stream of chains, and for what is said of them.
func TestAStreamOfChainsIsWatchedAgain(t *testing.T) {
	if screen := againFrom(t, true); !strings.Contains(ansi.Strip(screen), "100 chains, frames 1–9") {
		t.Errorf("the screen is\n%s", ansi.Strip(screen))
	}
}

// againFrom watches a stream, and again from its log, and returns the screen. The repetitions end in one screen, which but
// for the charts is that of the person who watched: a busy machine skips frames, and the charts have those that were shown.
func againFrom(t *testing.T, chained bool) (screen string) {
	t.Helper()
	text, screen := watchesLive(t, chained)
	again := ""
	for _, processors := range []int{1, 2} {
		was := runtime.GOMAXPROCS(processors)
		r := watchedAgain(t, text, chained)
		r.AdvanceTo(r.Length())
		runtime.GOMAXPROCS(was)
		if r.Err() != nil || r.Digests() != strings.Count(text, `"digest"`) || r.Unit() != "frame" || r.Step() != 9 {
			t.Errorf("on %d processors: %v at %s %d after %d digests of\n%s", processors, r.Err(), r.Unit(), r.Step(), r.Digests(), text)
		}
		got := r.Screen()
		if withoutCharts(got) != withoutCharts(screen) {
			t.Errorf("on %d processors the screen differs:\n%s", processors, differing(got, screen))
		}
		if again == "" {
			again = withoutStatus(got)
		}
		if withoutStatus(got) != again {
			t.Errorf("on %d processors the screen is another one:\n%s", processors, differing(got, again))
		}
		r.Close()
	}
	return screen
}

// A log of a stream on file is replayed to its digests, and to the screens on file.
func TestScreensOfAWatchReplay(t *testing.T) {
	name := filepath.Join("testdata", "watched.jsonl")
	if update() {
		text, _ := watchesLive(t, false)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	screensOf(t, watchedAgain(t, string(text), false))
}

// A damaged frame, or one that is not in the log, is said with its line.
func TestAWatchReplayThatDiffersSaysWhere(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "watched.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	at := 0
	for !strings.Contains(lines[at], `"took"`) {
		at++
	}
	for want, c := range map[string]struct {
		line   int
		change func(lines []string)
	}{
		"frame 2 has 100 points, expected the 0 that it keeps and is given": {at, func(lines []string) { lines[at-1] = "" }},
		"the points cannot be unpacked":                                     {at, func(lines []string) { lines[at-1] = strings.Replace(lines[at-1], `"points":"`, `"points":"AAAA`, 1) }},
		"took frame 3, expected no frame to be taken": {at + 3, func(lines []string) {
			lines[at] += strings.NewReplacer(`"number":2`, `"number":3`, `"points":100`, `"points":100,"kept":100`).Replace(lines[at])
		}},
	} {
		damaged := slices.Clone(lines)
		c.change(damaged)
		var failure ReplayError
		r := watchedAgain(t, strings.Join(damaged, ""), false)
		if err := r.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if !errors.As(r.Err(), &failure) || failure.Line != c.line || !strings.Contains(failure.Error(), want) {
			t.Errorf("it gives %v, expected line %d: %s", r.Err(), c.line, want)
		}
		r.Close()
	}
}

// withoutStatus is a screen without its first line, whose frames a second are measured.
func withoutStatus(screen string) string {
	_, rest, _ := strings.Cut(screen, "\n")
	return rest
}

// withoutCharts are the texts of the lines below the status, and of those beside charts, if there are any, what is left of
// them.
func withoutCharts(screen string) string {
	const charts = "── distance to the target"
	lines, from := strings.Split(withoutStatus(ansi.Strip(screen)), "\n"), -1
	for k, line := range lines {
		if before, _, ok := strings.Cut(line, charts); ok && from < 0 {
			from = len([]rune(before))
		}
		if from >= 0 {
			lines[k] = string([]rune(line)[:min(from, len([]rune(line)))])
		}
	}
	return strings.Join(lines, "\n")
}

// differing are the lines that differ of two screens.
func differing(a, b string) string {
	var out strings.Builder
	to := strings.Split(b, "\n")
	for k, l := range strings.Split(a, "\n") {
		if k >= len(to) || l != to[k] {
			fmt.Fprintf(&out, "%d: %s\n%d: %s\n", k, ansi.Strip(l), k, ansi.Strip(to[min(k, len(to)-1)]))
		}
	}
	return out.String()
}
