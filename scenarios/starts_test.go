package scenarios_test

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/data"
	"undercurrent/scenarios/file"
	"undercurrent/scenarios/internal/scenariotest"
)

// everyKind is the catalogue, and scenarios of a user's own.
func everyKind(t *testing.T) []scenarios.Scenario {
	t.Helper()
	all := catalogue.All()
	formula, err := data.NewScenario(scenarios.Origin{Source: "log_density", Text: "-(norm(x, y) - 3)^2 + log(y)"}, scenarios.Window{XMin: -5, XMax: 4, YMin: -3, YMax: 9}, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := scenarios.Window{-1e-3, 1e-3, 1, 1.001}
	grid, err := data.NewScenario(scenarios.Origin{Source: "log_density_grid", Text: "slope.npz"}, scenarios.Window{}, slope(w))
	if err != nil {
		t.Fatal(err)
	}
	// A file may show but a corner of its target.
	corner, err := file.Decode([]byte("version: 1\nid: corner\ntarget:\n  mixture:\n    - {mean: [-8, 0], sigma: 9}\n    - {mean: [400, 3000], sigma: 70, weight: 3}\nwindow: [-100, 50, 2900, 3100]\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return append(all, formula, grid, corner)
}

// slope is a file of log-densities 1000x on 9 × 9 nodes in a window.
type slope scenarios.Window

func (slope) Locate(name string) string { return name }
func (slope) Points(string, scenarios.Selection) (data.Cloud, error) {
	return data.Cloud{}, errors.New("no points")
}
func (slope) Picture(string) (data.Nodes, error) { return data.Nodes{}, errors.New("no picture") }
func (w slope) Grid(_ string, log bool) (data.Nodes, error) {
	values := scenariotest.Tabulate(9, 9, scenarios.Window(w), func(x, _ float64) float64 { return 1e3 * x })
	return data.Nodes{Values: values, Columns: 9, Rows: 9, Window: scenarios.Window(w)}, nil
}

func TestEveryStartLiesInTheWindow(t *testing.T) {
	for _, s := range everyKind(t) {
		for _, name := range s.StartNames() {
			with, err := s.WithStart(name)
			if err != nil {
				t.Fatal(err)
			}
			points := make([]scenarios.Point, 20_000)
			with.Start.Sampler.Sample(points, scenariotest.Seeded(41))
			inside := 0.0
			for _, p := range points {
				if s.Window.Contains(p) {
					inside++
				}
			}
			if share := inside / float64(len(points)); share < 0.99 || with.Start.Text == "" || len(with.Start.Text) > 50 {
				t.Errorf("%s: the window contains %.4f of %s, %q", s.ID, share, name, with.Start.Text)
			}
		}
	}
}

// A start can be written down, and read as a start of the file's own.
func TestStartsRoundTripThroughFiles(t *testing.T) {
	for _, s := range everyKind(t) {
		if s.Kind == scenarios.KindGrid {
			continue // its values are in another file
		}
		for _, name := range s.StartNames() {
			with, _ := s.WithStart(name)
			text, err := file.Encode(with)
			if err != nil {
				t.Fatalf("%s, %s: %v", s.ID, name, err)
			}
			if back, err := file.Decode(text, nil); err != nil || back.Start != with.Start || back.StartName != "" {
				t.Errorf("%s, %s comes back as %+v (%v), expected %+v", s.ID, name, back.Start, err, with.Start)
			}
		}
	}
}

func TestDefaultRestoresTheOwnStart(t *testing.T) {
	for _, s := range everyKind(t) {
		s.StartFile = "cloud.npy"
		for _, name := range s.StartNames() {
			with, _ := s.WithStart(name)
			for _, own := range []string{"default", "story"} {
				if again, err := with.WithStart(own); err != nil || again.Start != s.Start || again.StartFile != s.StartFile || again.StartName != "" {
					t.Errorf("%s: after %s %s is %+v (%v), expected %+v", s.ID, name, own, again.Start, err, s.Start)
				}
			}
			if name == "default" {
				if with.StartName != "" || with.Start != s.Start {
					t.Errorf("%s: its own start is called %q", s.ID, with.StartName)
				}
				continue
			}
			if with.StartName != name || with.StartFile != "" || reflect.DeepEqual(with.Start, s.Start) {
				t.Errorf("%s with %s starts as %q from %q: %+v", s.ID, name, with.StartName, with.StartFile, with.Start)
			}
			other, _ := with.WithStart("broad")
			if straight, _ := s.WithStart("broad"); !scenariotest.Same(other, straight) {
				t.Errorf("%s: broad is another after %s", s.ID, name)
			}
		}
	}
}

// Names mean the same on every target: narrow lies within, broad and ring reach around it.
func TestStartsScaleWithTheTarget(t *testing.T) {
	scenariotest.ForEach(t, catalogue.All(), func(t *testing.T, s scenarios.Scenario) {
		mean, spread := s.Extent()
		start := func(name string) scenarios.Sampler {
			with, err := s.WithStart(name)
			if err != nil {
				t.Fatal(err)
			}
			return with.Start.Sampler
		}
		narrow, broad, mode := start("narrow").(scenarios.Gaussian), start("broad").(scenarios.Gaussian), start("one-mode").(scenarios.Gaussian)
		if d := math.Hypot(narrow.Mean.X-mean.X, narrow.Mean.Y-mean.Y); d > 0.2*spread || narrow.Sigma > 0.3*spread || narrow.Sigma < 0.1*spread {
			t.Errorf("narrow is %+v on a target about %v of deviation %g", narrow, mean, spread)
		}
		if broad.Sigma < 1.5*narrow.Sigma || broad.Sigma > 1.5*spread {
			t.Errorf("broad is %+v, narrow is %+v", broad, narrow)
		}
		if ring := start("ring").(scenarios.Ring); ring.Radius < 2*narrow.Sigma {
			t.Errorf("the ring is %+v, narrow is %+v", ring, narrow)
		}
		if at, _ := s.Heaviest(); math.Hypot(mode.Mean.X-at.X, mode.Mean.Y-at.Y) > mode.Sigma/3 || mode.Sigma > narrow.Sigma {
			t.Errorf("one-mode is %+v, the heaviest mode at %v", mode, at)
		}
		if start("uniform") != (scenarios.Box{s.Window}) {
			t.Error("uniform is not the window")
		}
	})
}

func TestOneModeStartsAtTheHeaviestMode(t *testing.T) {
	for id, want := range map[string]scenarios.Point{"uneven-ring": {4, 0}, "ackley": {0, 0}, "rastrigin": {0, 0}, "funnel": {0, -4.5}, "banana": {0, 1.2}} {
		s, err := catalogue.Named(id)
		if err != nil {
			t.Fatal(err)
		}
		if at, _ := s.Heaviest(); at != want {
			t.Errorf("%s: the heaviest mode is taken to be at %v, expected %v", id, at, want)
		}
	}
}

func TestUnknownStartsAreRejected(t *testing.T) {
	s := named(t, "uneven-ring")
	if with, err := s.WithStart("wide"); err == nil || !strings.Contains(err.Error(), `unknown start "wide", expected one of default, narrow`) || with.Start != s.Start {
		t.Errorf("got %v and %+v", err, with.Start)
	}
	if names := s.StartNames(); names[0] != "default" || len(names) != 6 || slices.Contains(names, "") {
		t.Errorf("the names are %v", names)
	}
}

func TestRoundedNumbersAreShort(t *testing.T) {
	for _, c := range []struct{ v, scale, want float64 }{
		{1.23456, 0.5, 1.23}, {1.23456, 3, 1.2}, {123456, 3000, 123500}, {-0.0001, 0.4, 0}, {0.30000000000000004, 0.2, 0.3},
	} {
		if got := scenarios.Rounded(c.v, c.scale); got != c.want || math.Signbit(got) != math.Signbit(c.want) {
			t.Errorf("%g to %g is %v, expected %v", c.v, c.scale, got, c.want)
		}
	}
}

// named is a scenario of the catalogue.
func named(t *testing.T, id string) scenarios.Scenario {
	t.Helper()
	s, err := catalogue.Named(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
