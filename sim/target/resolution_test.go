package target_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// thinFormula has half its mass in a Gaussian that is narrower than the nodes are apart.
const thinFormula = "gauss(x,0.013,0.01)*gauss(y,0.017,0.01)+gauss(x,3.021,0.3)*gauss(y,1.013,0.3)"

// spike is a broad Gaussian and one of a given width at a given place, of equal mass.
func spike(t *testing.T, at scenarios.Point, width float64) scenarios.Scenario {
	t.Helper()
	one := func(p scenarios.Point, sigma float64) string {
		return fmt.Sprintf("gauss(x,%.17g,%.17g)*gauss(y,%.17g,%.17g)", p.X, sigma, p.Y, sigma)
	}
	return fromFormula(t, one(at, width)+"+"+one(scenarios.Point{X: 3, Y: 1}, 0.5), false, 6)
}

// relativeError is the error of the mass of the grid for the spike, whose mass is 2.
func relativeError(t *testing.T, s scenarios.Scenario) float64 {
	t.Helper()
	return math.Abs(math.Exp(logZ(t, s))/2 - 1)
}

// Wherever a spike lies, a warning is given if the grid's mass is wrong, but for the few
// places where the errors of both sums agree, and none if the spike is wide enough.
func TestSpikesAreWarnedOfIfTheirMassIsWrong(t *testing.T) { spikesAreWarnedOf(t, 21) }

func spikesAreWarnedOf(t *testing.T, spikes int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(11, 1))
	wrong, missed := 0, 0
	for range spikes {
		at := scenarios.Point{X: rng.Float64() - 0.5, Y: rng.Float64() - 0.5}
		width := 0.008 * math.Exp(2.3*rng.Float64())
		s := spike(t, at, width)
		r := target.Resolve(s.Target, gridOf(t, s), target.Matched, grid.NewWorkers())
		switch off := relativeError(t, s); {
		case off > 2e-3:
			if wrong++; r.Resolved() {
				missed++
				t.Logf("%g wide at %v: wrong by %.3g, changes by %.3g", width, at, off, r.Change)
			}
		case width > 1.05*r.Width && !r.Resolved():
			t.Errorf("%g wide at %v: changes by %.3g, although the grid carries %g", width, at, r.Change, r.Width)
		}
	}
	if wrong < spikes/3 || missed > wrong/20 {
		t.Errorf("of %d spikes with a wrong mass %d are not warned of", wrong, missed)
	}
}

// Edges, kinks and steep flanks are no narrow features.
func TestWhatIsResolved(t *testing.T) {
	for text, want := range map[string]bool{
		"-(x^2+y^2)/2":                    true,
		"-abs(x)-abs(y)":                  true,
		"x > 0.013 ? -x-y^2 : -1/0":       true,
		"sqrt(x^2+y^2) < 3.3 ? 0 : -1/0":  true,
		"-(sqrt(x^2+y^2)-3)^2/2/0.1^2":    true,
		"-(sqrt(x^2+y^2)-3)^2/2/0.05^2":   true,
		"-(sqrt(x^2+y^2)-3)^2/2/0.008^2":  false,
		"-(x-0.01)^2/2/0.01^2-y^2/2":      false,
		"-(x-0.01)^2/2/0.05^2-y^2/2":      true,
		"-(x^2+y^2)/2+3*cos(20*(x+0.3))":  true,
		"-1e5*((x-1.003)^2+(y-1.001)^2)":  false,
		"-(abs(x-0.007)+abs(y-0.9))/0.01": false,
	} {
		s := fromFormula(t, text, true, 6)
		if r := target.Resolve(s.Target, gridOf(t, s), target.Matched, grid.NewWorkers()); r.Resolved() != want {
			t.Errorf("%s: changes by %.3g, expected resolved: %v", text, r.Change, want)
		}
	}
}
