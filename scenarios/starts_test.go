package scenarios

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// everyKind is the catalogue, and scenarios of a user's own.
func everyKind(t *testing.T) []Scenario {
	t.Helper()
	all := All()
	formula, err := OfFormula("-(norm(x, y) - 3)^2 + log(y)", true, Window{-5, 4, -3, 9})
	if err != nil {
		t.Fatal(err)
	}
	w := Window{-1e-3, 1e-3, 1, 1.001}
	grid, err := NewGridded(gridOf(9, 9, w, func(x, y float64) float64 { return 1e3 * x }), 9, 9, w, true)
	if err != nil {
		t.Fatal(err)
	}
	// A file may show but a corner of its target.
	corner, err := Decode([]byte("version: 1\nid: corner\ntarget:\n  mixture:\n    - {mean: [-8, 0], sigma: 9}\n    - {mean: [400, 3000], sigma: 70, weight: 3}\nwindow: [-100, 50, 2900, 3100]\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return append(all, formula, OfGrid(grid), corner)
}

func TestEveryStartLiesInTheWindow(t *testing.T) {
	for _, s := range everyKind(t) {
		for _, name := range s.StartNames() {
			with, err := s.WithStart(name)
			if err != nil {
				t.Fatal(err)
			}
			points := make([]Point, 20_000)
			with.Start.Sampler.Sample(points, seeded(41))
			inside := 0.0
			for _, p := range points {
				if s.Window.Holds(p) {
					inside++
				}
			}
			if share := inside / float64(len(points)); share < 0.99 || with.Start.Text == "" || len(with.Start.Text) > 50 {
				t.Errorf("%s: the window holds %.4f of %s, %q", s.ID, share, name, with.Start.Text)
			}
		}
	}
}

// A start can be written down, and read as a start of the file's own.
func TestEveryStartIsReadAsItIsWritten(t *testing.T) {
	for _, s := range everyKind(t) {
		if s.Kind == gridKind {
			continue // its values are in another file
		}
		for _, name := range s.StartNames() {
			with, _ := s.WithStart(name)
			text, err := Encode(with)
			if err != nil {
				t.Fatalf("%s, %s: %v", s.ID, name, err)
			}
			if back, err := Decode(text, nil); err != nil || back.Start != with.Start || back.StartName != "" {
				t.Errorf("%s, %s comes back as %+v (%v), expected %+v", s.ID, name, back.Start, err, with.Start)
			}
		}
	}
}

func TestTheStoryIsTheStartOfItsOwn(t *testing.T) {
	for _, s := range everyKind(t) {
		s.StartFile = "cloud.npy"
		for _, name := range s.StartNames() {
			with, _ := s.WithStart(name)
			if again, err := with.WithStart(startStory); err != nil || again.Start != s.Start || again.StartFile != s.StartFile || again.StartName != "" {
				t.Errorf("%s: after %s the story is %+v (%v), expected %+v", s.ID, name, again.Start, err, s.Start)
			}
			if name == startStory {
				if with.StartName != "" || with.Start != s.Start {
					t.Errorf("%s: its own start is called %q", s.ID, with.StartName)
				}
				continue
			}
			if with.StartName != name || with.StartFile != "" || reflect.DeepEqual(with.Start, s.Start) {
				t.Errorf("%s with %s starts as %q from %q: %+v", s.ID, name, with.StartName, with.StartFile, with.Start)
			}
			other, _ := with.WithStart(startBroad)
			if straight, _ := s.WithStart(startBroad); !same(other, straight) {
				t.Errorf("%s: broad is another after %s", s.ID, name)
			}
		}
	}
}

// Names mean the same on every target: narrow lies within, broad and ring reach around it.
func TestStartsAreOfTheTargetsSize(t *testing.T) {
	forEach(t, func(t *testing.T, s Scenario) {
		mean, spread := s.extent()
		start := func(name string) Sampler {
			with, err := s.WithStart(name)
			if err != nil {
				t.Fatal(err)
			}
			return with.Start.Sampler
		}
		narrow, broad, mode := start(startNarrow).(Gaussian), start(startBroad).(Gaussian), start(startOneMode).(Gaussian)
		if d := math.Hypot(narrow.Mean.X-mean.X, narrow.Mean.Y-mean.Y); d > 0.2*spread || narrow.Sigma > 0.3*spread || narrow.Sigma < 0.1*spread {
			t.Errorf("narrow is %+v on a target about %v of deviation %g", narrow, mean, spread)
		}
		if broad.Sigma < 1.5*narrow.Sigma || broad.Sigma > 1.5*spread {
			t.Errorf("broad is %+v beside narrow %+v", broad, narrow)
		}
		if ring := start(startRing).(Ring); ring.Radius < 2*narrow.Sigma {
			t.Errorf("the ring is %+v beside narrow %+v", ring, narrow)
		}
		if at, _ := s.heaviest(); math.Hypot(mode.Mean.X-at.X, mode.Mean.Y-at.Y) > mode.Sigma/3 || mode.Sigma > narrow.Sigma {
			t.Errorf("one-mode is %+v, the heaviest mode at %v", mode, at)
		}
		if start(startUniform) != (Box{s.Window}) {
			t.Error("uniform is not the window")
		}
	})
}

func TestTheHeaviestModeIsTaken(t *testing.T) {
	for id, want := range map[string]Point{"uneven-ring": {4, 0}, "ackley": {0, 0}, "rastrigin": {0, 0}, "funnel": {0, -4.5}, "banana": {0, 1.2}} {
		s, err := Named(id)
		if err != nil {
			t.Fatal(err)
		}
		if at, _ := s.heaviest(); at != want {
			t.Errorf("%s: the heaviest mode is taken to be at %v, expected %v", id, at, want)
		}
	}
}

func TestAnUnknownStartIsRefused(t *testing.T) {
	s := unevenRing()
	if with, err := s.WithStart("wide"); err == nil || !strings.Contains(err.Error(), `unknown start "wide", expected one of story, narrow`) || with.Start != s.Start {
		t.Errorf("got %v and %+v", err, with.Start)
	}
	if names := s.StartNames(); names[0] != startStory || len(names) != 6 || slices.Contains(names, "") {
		t.Errorf("the names are %v", names)
	}
}

func TestRoundedNumbersAreShort(t *testing.T) {
	for _, c := range []struct{ v, scale, want float64 }{
		{1.23456, 0.5, 1.23}, {1.23456, 3, 1.2}, {123456, 3000, 123500}, {-0.0001, 0.4, 0}, {0.30000000000000004, 0.2, 0.3},
	} {
		if got := rounded(c.v, c.scale); got != c.want || math.Signbit(got) != math.Signbit(c.want) {
			t.Errorf("%g to %g is %v, expected %v", c.v, c.scale, got, c.want)
		}
	}
}
