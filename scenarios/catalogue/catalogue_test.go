package catalogue

import (
	"errors"
	"math"
	"slices"
	"testing"
	"unicode/utf8"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

func TestCatalogueOrder(t *testing.T) {
	want := []string{
		"uneven-ring", "ring8", "ring8-ffjord", "ring8-flows", "pacgan-ring", "grid9", "grid25", "pacgan-grid",
		"gmm40", "three-modes", "four-wells", "banana", "rosenbrock", "squiggle", "two-moons", "u1", "u2", "u3", "u4",
		"donut", "rings3", "double-well", "quartic", "rastrigin", "ackley", "funnel",
		"moons", "checkerboard", "two-spirals", "pinwheel",
	}
	if got := IDs(); !slices.Equal(got, want) {
		t.Errorf("IDs %v", got)
	}
	for k, s := range All() {
		if s.ID != want[k] {
			t.Errorf("scenario %d is %q, want %q", k+1, s.ID, want[k])
		}
		if named, err := Named(s.ID); err != nil || named.ID != s.ID || named.Name != s.Name {
			t.Errorf("Named(%q) is %q, %v", s.ID, named.Name, err)
		}
	}
}

func TestUnknownScenario(t *testing.T) {
	_, err := Named("x")
	var unknown UnknownError
	if !errors.As(err, &unknown) || unknown.ID != "x" || err.Error() != `unknown scenario "x"` {
		t.Errorf("got %v", err)
	}
}

func TestDescriptionsAreComplete(t *testing.T) {
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		for _, text := range []string{s.Name, s.Story, s.Source, s.Start.Text} {
			if text == "" {
				t.Errorf("a text is missing: %+v", s)
			}
		}
		if n := utf8.RuneCountInString(s.Story); n > 70 {
			t.Errorf("the story has %d characters", n)
		}
		if _, isMixture := s.Target.(*scenarios.Mixture); isMixture != (s.Kind == scenarios.KindMixture) {
			t.Errorf("kind %q of a %T", s.Kind, s.Target)
		}
	})
}

// A grid of spacing h/3 over the window padded by 4h stays interactive, and the
// map does not become a ribbon.
func TestDefaultsAreDrawable(t *testing.T) {
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		width, height := s.Window.XMax-s.Window.XMin, s.Window.YMax-s.Window.YMin
		if nodes := (max(width, height)+8*s.Bandwidth)/(s.Bandwidth/3) + 1; nodes > 380 {
			t.Errorf("%.0f nodes a side", nodes)
		}
		if ratio := width / height; ratio < 0.5 || ratio > 2 {
			t.Errorf("aspect ratio %.2f", ratio)
		}
		if s.Particles < 2000 || s.Particles > 10000 {
			t.Errorf("%d particles", s.Particles)
		}
	})
}

func TestFortyMeans(t *testing.T) {
	means := gmm40Means()
	if len(means) != 40 {
		t.Fatalf("%d means", len(means))
	}
	closest := math.Inf(1)
	for k, a := range means {
		for _, b := range means[:k] {
			closest = min(closest, math.Hypot(a.X-b.X, a.Y-b.Y))
		}
	}
	if math.Abs(closest-1.18) > 0.005 {
		t.Errorf("the closest pair is %.4f apart", closest)
	}
}

func TestUnevenRingWeights(t *testing.T) {
	m := unevenRing().Target.(*scenarios.Mixture)
	want := []float64{3, 1, 1, 1, 0.3, 1, 1, 1}
	for k, c := range m.Components() {
		angle := 2 * math.Pi * float64(k) / 8
		if !scenariotest.Near(c.Weight, want[k]/9.3, 1e-14) || !scenariotest.Near(c.Mean.X, 4*math.Cos(angle), 1e-14) || !scenariotest.Near(c.Mean.Y, 4*math.Sin(angle), 1e-14) {
			t.Errorf("component %d is %+v", k+1, c)
		}
	}
}
