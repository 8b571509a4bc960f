package target

import (
	"math"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
)

// onGrid is the target of a scenario on its own grid, or on one of another spacing.
func onGrid(t testing.TB, s scenarios.Scenario, m Smoothing, spacing float64) *OnGrid {
	t.Helper()
	g, err := grid.New(s.Window, s.Bandwidth, spacing)
	if err != nil {
		t.Fatal(err)
	}
	on, err := New(s, g, s.Bandwidth, m, grid.NewWorkers())
	if err != nil {
		t.Fatal(err)
	}
	return on
}

// Smoothed, a Gaussian of variance s² is one of variance s² + h²: the deposit's
// dx²/6 and the kernel's h² − dx²/6.
func TestSmoothingAGaussianAddsTheVariances(t *testing.T) {
	const s = 0.9
	sc := simtest.Gaussian(t, s, scenarios.Gaussian{Sigma: 1})
	on := onGrid(t, sc, Matched, 0)
	v := s*s + sc.Bandwidth*sc.Bandwidth
	for i, got := range on.LogP {
		x, y := on.Grid.Node(i).X, on.Grid.Node(i).Y
		r2 := x*x + y*y
		if r2 > 7*7 {
			continue
		}
		want := -r2/(2*v) - math.Log(2*math.Pi*v)
		// A hat is not quite a Gaussian: far out its fourth cumulant shows.
		if math.Abs(got-want) > 2e-4+1e-3*r2/v {
			t.Fatalf("log p is %g at (%g, %g), expected %g", got, x, y, want)
		}
		if r2 < v && math.Abs(got-want) > 2e-5 {
			t.Fatalf("log p is %.8f at (%g, %g), expected %.8f", got, x, y, want)
		}
	}
}

func TestSharpIsTheTargetAtTheNodes(t *testing.T) {
	s := simtest.Scenario(t, "two-moons")
	on := onGrid(t, s, Sharp, 0)
	for i, got := range on.LogP {
		p := on.Grid.Node(i)
		want := s.Target.LogDensity(p.X, p.Y) - on.LogZ
		if want > -600 && math.Abs(got-want) > 1e-9*(1+math.Abs(want)) {
			t.Fatalf("log p is %g at node %d, expected %g", got, i, want)
		}
	}
}

// The window leaves out less than a ten-thousandth of each target.
func TestZByQuadratureEqualsTheKnownZ(t *testing.T) {
	for _, s := range catalogue.All() {
		on := onGrid(t, s, Matched, 0)
		if d := on.LogZ - s.Truth.LogZ; math.Abs(d) > 1e-4 {
			t.Errorf("%s: log Z is %.6f, expected %.6f", s.ID, on.LogZ, s.Truth.LogZ)
		}
	}
}

// bad is a target that is none.
type bad struct{ value float64 }

func (b bad) LogDensity(x, y float64) float64     { return b.value }
func (b bad) Score(x, y float64) (gx, gy float64) { return 0, 0 }

func TestInvalidDensitiesAreRejected(t *testing.T) {
	s := simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1})
	g, err := grid.New(s.Window, s.Bandwidth, 0)
	if err != nil {
		t.Fatal(err)
	}
	for value, want := range map[float64]string{math.Inf(1): "log-density is +Inf at (", math.Inf(-1): "-Inf everywhere", math.NaN(): "log-density is NaN at ("} {
		s.Target = bad{value}
		if _, err := New(s, g, s.Bandwidth, Matched, grid.NewWorkers()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("a log-density of %g gives %v, expected %q", value, err, want)
		}
	}
}

// What is made once is found again; another kernel, comparison or list of regions is made.
func TestCacheReturnsEarlierTabulations(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	w, c := grid.NewWorkers(), NewCache()
	g, err := grid.New(s.Window, s.Bandwidth, 0)
	if err != nil {
		t.Fatal(err)
	}
	other := s
	other.Regions = []scenarios.Region{{Name: "right", Shape: scenarios.HalfPlane{Normal: scenarios.Point{X: 1}}}}
	made := map[*OnGrid]bool{}
	for range 2 {
		for _, k := range []struct {
			s scenarios.Scenario
			h float64
			m Smoothing
		}{{s, s.Bandwidth, Matched}, {s, 2 * s.Bandwidth, Matched}, {s, s.Bandwidth, Sharp}, {other, s.Bandwidth, Matched}} {
			on, err := c.New(k.s, g, k.h, k.m, w)
			if err != nil {
				t.Fatal(err)
			}
			made[on] = true
		}
	}
	if len(made) != 4 {
		t.Errorf("%d targets were made, expected 4", len(made))
	}
	if on, err := (*Cache)(nil).New(s, g, s.Bandwidth, Matched, w); err != nil || made[on] {
		t.Errorf("without a cache a target is found (%v)", err)
	}
}
