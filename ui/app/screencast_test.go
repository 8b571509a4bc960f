package app

import (
	"errors"
	"fmt"
	"image/color"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// notebook is a recorder that keeps what it is given.
type notebook struct {
	scenario string
	lines    []string
	screen   string
	kept     int
	fails    error
}

func (n *notebook) Name() string { return n.scenario + ".cast" }

func (n *notebook) Add(at time.Duration, width, height int, screen string, text, ground color.Color) {
	n.lines = append(n.lines, fmt.Sprintf("%v %d×%d", at, width, height))
	n.screen = screen
}

func (n *notebook) Keep(time.Duration) (string, error) {
	n.kept++
	return n.Name(), n.fails
}

// recordable is a program that records into a notebook, by a clock that goes on by a second whenever it is read.
func recordable(t *testing.T) (*App, *still, *notebook) {
	t.Helper()
	a, player := screen(t, "uneven-ring", 120, 40, 2, colorprofile.TrueColor)
	n, now := &notebook{}, time.Time{}
	a.cast.now = func() time.Time {
		now = now.Add(time.Second)
		return now
	}
	a.options.Record = func(scenario string, width, height int) (Recorder, error) {
		n.scenario = scenario
		return n, n.fails
	}
	return a, player, n
}

// strikes presses a key and gives the program what its command brings.
func strikes(t *testing.T, a *App, name string) {
	t.Helper()
	_, cmd := a.Update(press(name))
	off := &Offscreen{app: a}
	off.run(cmd)
	a.catchUp()
}

// Every screen between two presses of the key is recorded, each at its time, and nothing else.
func TestTheScreenIsRecordedBetweenTwoKeys(t *testing.T) {
	a, player, n := recordable(t)
	strikes(t, a, "`")
	if plain := ansi.Strip(a.drawn); len(n.lines) != 1 || !strings.Contains(plain, "recording to uneven-ring.cast until ` is pressed again") || a.View().WindowTitle != "undercurrent (recording)" {
		t.Fatalf("%d screens are recorded, the title is %q, the screen\n%s", len(n.lines), a.View().WindowTitle, plain)
	}
	play(a, player, 2)
	send(a, tea.WindowSizeMsg{Width: 80, Height: 24})
	recorded := n.screen
	if recorded != a.drawn {
		t.Error("the last screen recorded is not that which is shown")
	}
	strikes(t, a, "`")
	play(a, player, 1)
	if want := "[1s 120×40 2s 120×40 3s 120×40 4s 80×24]"; fmt.Sprint(n.lines) != want || n.kept != 1 || n.screen != recorded {
		t.Errorf("recorded are %v, kept %d times, expected %s", n.lines, n.kept, want)
	}
	if plain := ansi.Strip(a.drawn); !strings.Contains(plain, "recorded as uneven-ring.cast; asciinema play") || a.View().WindowTitle != "undercurrent" {
		t.Errorf("the title is %q, the screen\n%s", a.View().WindowTitle, plain)
	}
	if a.cast.end(); n.kept != 1 {
		t.Error("the recording is kept again at the end")
	}
}

// A recording that is under way is kept where the program ends, also while the key's own end is under way.
func TestARecordingIsKeptAtTheEnd(t *testing.T) {
	a, _, n := recordable(t)
	strikes(t, a, "`")
	if err := a.cast.end(); err != nil || n.kept != 1 {
		t.Errorf("kept %d times (%v)", n.kept, err)
	}
	a, _, n = recordable(t)
	strikes(t, a, "`")
	_, _ = a.Update(press("`")) // its command is never carried out
	if err := a.cast.end(); err != nil || n.kept != 1 {
		t.Errorf("kept %d times after the key (%v)", n.kept, err)
	}
}

func TestARecordingThatFailsIsTold(t *testing.T) {
	a, _, n := recordable(t)
	n.fails = errors.New("uneven-ring.cast cannot be written")
	if strikes(t, a, "`"); !strings.Contains(ansi.Strip(a.drawn), n.fails.Error()) || len(n.lines) > 0 || a.cast.to != nil {
		t.Errorf("recorded are %v, the screen\n%s", n.lines, ansi.Strip(a.drawn))
	}
	n.fails = nil
	strikes(t, a, "`")
	n.fails = errors.New("the disk is full")
	if strikes(t, a, "`"); !strings.Contains(ansi.Strip(a.drawn), "the disk is full") {
		t.Errorf("the screen is\n%s", ansi.Strip(a.drawn))
	}
}
