package app

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/diagnosis"
	"undercurrent/sim/stream"
	"undercurrent/ui/session"
)

// walk is a stream of particles that walk at random from the left of a ring: a sampler
// that has not found everything yet.
type walk struct {
	rng    *rand.Rand
	points []scenarios.Point
	number int
	over   error
	ended  bool
}

func newWalk(n int) *walk {
	w := &walk{rng: rand.New(rand.NewPCG(3, 3)), points: make([]scenarios.Point, n)}
	scenarios.Gaussian{Mean: scenarios.Point{X: -3}, Sigma: 1.2}.Sample(w.points, w.rng)
	return w
}

// Take is a step of every particle; particle 0 leaves the window, and one becomes NaN now and then.
func (w *walk) Take(*stream.Frame) *stream.Frame {
	if w.ended {
		return nil
	}
	w.number++
	for i := range w.points {
		w.points[i].X += 0.4 * w.rng.NormFloat64()
		w.points[i].Y += 0.4 * w.rng.NormFloat64()
	}
	w.points[0].X = 90
	return &stream.Frame{Number: w.number, Points: append([]scenarios.Point(nil), w.points...), Lost: w.number % 3, Ordered: w.number > 1}
}

func (w *walk) Dropped() int       { return 2 * w.number }
func (w *walk) End() (bool, error) { return w.ended, w.over }
func (w *walk) Close()             {}

// watchScreen is the program on a walk around the uneven ring after some frames.
func watchScreen(t *testing.T, width, height, count int, p colorprofile.Profile) (*App, *still, *walk) {
	t.Helper()
	return watchScreenOf(t, width, height, count, p, func(*session.Watch) {})
}

// watchScreenOf is watchScreen after a change of what is watched.
func watchScreenOf(t *testing.T, width, height, count int, p colorprofile.Profile, change func(*session.Watch)) (*App, *still, *walk) {
	t.Helper()
	s, err := catalogue.Named("uneven-ring")
	if err != nil {
		t.Fatal(err)
	}
	return watchScreenAgainst(t, s, width, height, count, p, change)
}

// watchScreenAgainst is watchScreenOf against another target.
func watchScreenAgainst(t *testing.T, s scenarios.Scenario, width, height, count int, p colorprofile.Profile, change func(*session.Watch)) (*App, *still, *walk) {
	t.Helper()
	source := newWalk(1500)
	watched := session.Watch{Source: source, First: source.Take(nil), Input: "stdin", MetricsInline: true}
	change(&watched)
	player := &still{session: newWatcher(t, s, watched)}
	player.publish()
	a := New(player, Options{FPS: 30})
	send(a, tea.ColorProfileMsg{Profile: p}, tea.WindowSizeMsg{Width: width, Height: height}, tick{})
	for range count {
		player.advance(1)
		send(a, tick{})
	}
	return a, player, source
}

func TestScreensOfWatching(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {132, 40}, {200, 60}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			a, _, _ := watchScreen(t, size[0], size[1], 12, colorprofile.ASCII)
			checkCells(t, a, size[0], size[1])
			golden.RequireEqual(t, a.drawn)
		})
	}
}

// The draws of a file with its chains: three walks, of which the last stands still from the middle on.
func TestScreensOfChains(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {132, 40}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			a, _, _ := watchScreenOf(t, size[0], size[1], 2, colorprofile.ASCII, func(w *session.Watch) {
				w.Source.(*walk).ended = true
				d := diagnosis.Draws{Names: []string{"mu", "tau"}, Columns: make([][]float64, 2), Lengths: []int{500, 500, 500}}
				for i := range w.First.Points {
					if i > 1250 {
						w.First.Points[i] = w.First.Points[1250]
					}
					d.Columns[0], d.Columns[1] = append(d.Columns[0], w.First.Points[i].X), append(d.Columns[1], w.First.Points[i].Y)
					d.Divergent = append(d.Divergent, i%100 == 7)
				}
				w.Table = &session.Table{Draws: d, Pair: [2]int{0, 1}}
			})
			send(a, press("tab"), press("tab"), tick{})
			checkCells(t, a, size[0], size[1])
			golden.RequireEqual(t, a.drawn)
		})
	}
}

// A stream whose particles are chains: those of a walk, each of its frames shown.
func TestScreensOfAStreamOfChains(t *testing.T) {
	t.Parallel()
	a, _, _ := watchScreenOf(t, 132, 40, 40, colorprofile.ASCII, func(w *session.Watch) {
		w.Source = &brief{w.Source.(*walk), 38}
		w.Chained, w.PerTick = true, 1
	})
	send(a, press("tab"), press("tab"), tick{})
	checkCells(t, a, 132, 40)
	golden.RequireEqual(t, a.drawn)
}

func TestEveryPanelOfWatchingFits(t *testing.T) {
	t.Parallel()
	a, _, _ := watchScreen(t, 80, 24, 3, colorprofile.TrueColor)
	for _, size := range [][2]int{{60, 20}, {80, 24}, {110, 31}, {120, 40}, {200, 60}, {301, 90}} {
		send(a, tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		for range 8 {
			checkCells(t, a, size[0], size[1])
			send(a, press("tab"))
		}
	}
}

// A drift that moves nothing is shown only on request, with all that belongs to it.
func TestADriftOfWatchedParticlesIsShownOnRequest(t *testing.T) {
	t.Parallel()
	a, player, _ := watchScreen(t, 200, 60, 3, colorprofile.ASCII)
	next := func() string {
		player.advance(1)
		send(a, tick{})
		checkCells(t, a, 200, 60)
		return ansi.Strip(a.drawn)
	}
	words := []string{"reverse KL │", "div V", "w = 1", "share of movement"}
	absent := func(when string) {
		text := next()
		for _, w := range words {
			if strings.Contains(text, w) {
				t.Errorf("%s the screen has %q:\n%s", when, w, text)
			}
		}
		if a.shown.Effort || a.shown.Response || a.shown.Lines {
			t.Errorf("%s the session computes %+v", when, a.shown)
		}
	}
	absent("at first")
	for range 3 {
		send(a, press("v"), press("V"), press("o"))
		absent("with other maps")
	}
	send(a, press("d"))
	if text := next(); !strings.Contains(text, "drift reverse KL") || !strings.Contains(text, "div V") || !strings.Contains(text, "weight") {
		t.Errorf("after d there is no drift:\n%s", text)
	}
	send(a, press("d"))
	if text := next(); !strings.Contains(text, "drift forward KL") {
		t.Errorf("after d twice the drift is not the next:\n%s", text)
	}
	typed(a, ":drift hide")
	absent("hidden again")
	send(a, press("3"))
	if text := next(); !strings.Contains(text, "drift Jeffreys") {
		t.Errorf("after 3 the drift is not the third:\n%s", text)
	}
}

// typed types a line of the palette and runs it.
func typed(a *App, line string) {
	for _, r := range line {
		if r == ' ' {
			send(a, press("space"))
			continue
		}
		send(a, press(string(r)))
	}
	send(a, press("enter"))
}

// What ends a stream is said in the colour of errors, and nothing else is.
func TestErrorsHaveAColourOfTheirOwn(t *testing.T) {
	t.Parallel()
	for _, over := range []error{nil, errors.New("stdin: line 7 is no point, expected x,y")} {
		a, player, source := watchScreen(t, 200, 60, 3, colorprofile.TrueColor)
		source.ended, source.over = true, over
		player.advance(1)
		send(a, tick{})
		line := strings.Split(a.drawn, "\n")[59]
		if alert := strings.Contains(line, string(a.look.theme.Alert)); alert != (over != nil) || !strings.Contains(ansi.Strip(line), "stdin") {
			t.Errorf("after %v the last line is %q", over, line)
		}
	}
}

// Keys that would move the particles are not offered, and say why they do nothing.
func TestKeysOfParticlesOfOursAreNotOffered(t *testing.T) {
	a, player, source := watchScreen(t, 200, 60, 3, colorprofile.ASCII)
	keys := strings.Split(a.drawn, "\n")[59]
	for _, never := range []string{"restart", "compare", "sampler", "target"} {
		if strings.Contains(keys, never) {
			t.Errorf("%q is offered: %s", never, keys)
		}
	}
	for _, k := range []string{"r", "c", "g", "t", "p"} {
		send(a, press(k))
		if keys := ansi.Strip(strings.Split(a.drawn, "\n")[59]); !strings.Contains(keys, "not for a stream") {
			t.Errorf("%s says %q", k, keys)
		}
	}
	source.ended = true
	player.advance(1)
	send(a, tick{})
	if status := ansi.Strip(strings.Split(a.drawn, "\n")[0]); !strings.Contains(status, "■ ended") {
		t.Errorf("in the end the status is %q", status)
	}
}
