package catalogue

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

func TestScoreIsGradientOfLogDensity(t *testing.T) {
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		rng := scenariotest.Seeded(1)
		for _, share := range []float64{0, 1, 5} {
			window := scenariotest.Grown(s.Window, share)
			for range 300 {
				scenariotest.CheckScore(t, s.Target, scenariotest.Uniform(window, rng), min(1e-4, s.Bandwidth/2000))
			}
		}
	})
}

func TestLogDensityIsNeverNaNOrPositiveInfinity(t *testing.T) {
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		for _, far := range []float64{0, 1e3, 1e8, 1e20, 1e77, 1e80, 1e150} {
			for _, p := range []scenarios.Point{{X: far, Y: 0}, {X: -far, Y: 0}, {X: 0, Y: far}, {X: 0, Y: -far}, {X: far, Y: far}, {X: -far, Y: far}} {
				if l := s.Target.LogDensity(p.X, p.Y); math.IsNaN(l) || math.IsInf(l, 1) {
					t.Errorf("log-density at %v is %g", p, l)
				}
			}
		}
	})
}

// The box leaves out less than 1e-6 of the tails.
func TestLogZMatchesQuadrature(t *testing.T) {
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		if math.IsNaN(s.Truth.LogZ) {
			t.Skip("log Z is not known")
		}
		if got := math.Log(quadratureOf(s).z); math.Abs(got-s.Truth.LogZ) > 1e-6 {
			t.Errorf("log Z is stated as %.9f, quadrature gives %.9f", s.Truth.LogZ, got)
		}
	})
}

func TestPublishedValues(t *testing.T) {
	well := doubleWellTruth()
	figures := []struct {
		name      string
		got, want float64
	}{
		{"two moons log Z", moonsLogZ, 0.80421},
		{"U1 log Z", u1LogZ, 1.87750},
		{"donut Z", math.Exp(NewDonut().logZ()), 5.25999},
		{"three rings Z", math.Exp(NewRings3().logZ()), 10.02299},
		{"Rosenbrock Z, y in ones", 10 * math.Exp(rosenbrock().Truth.LogZ), 15.70796},
		{"double well log Z", well.LogZ, 10.29348},
		{"double well right mass", well.ModeMasses[0], 0.84431},
		{"double well right mode", well.Modes[0].X, 1.75252},
		{"double well left mode", well.Modes[1].X, -1.71083},
		{"gmm40 σ", math.Sqrt(gmm40().Target.(*scenarios.Mixture).Components()[0].Cov.XX), 1.3132617},
	}
	for _, f := range figures {
		if math.Abs(f.got-f.want) > 5.1e-6 {
			t.Errorf("%s is %.7f, published %.7f", f.name, f.got, f.want)
		}
	}
}

func TestWindowContainsTheTarget(t *testing.T) {
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		if share := floats.Sum(cellMassesOf(s)) / zOf(s); share < 0.9999 || share > 1+1e-6 {
			t.Errorf("the window contains %.6f of the target", share)
		}
	})
}

// Component means of a mixture are its modes only where components are far
// apart: in three scenarios neighbours pull the maxima visibly off the means.
func TestModesAreStationaryMaxima(t *testing.T) {
	overlapping := map[string]bool{"gmm40": true, "uneven-ring": true, "three-modes": true}
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		if overlapping[s.ID] {
			t.Skip("Modes are component means, which overlap")
		}
		for _, m := range s.Truth.Modes {
			gx, gy := s.Target.Score(m.X, m.Y)
			if math.Hypot(gx, gy) > 1e-4 {
				t.Errorf("score at mode %v is (%g, %g)", m, gx, gy)
			}
			checkMaximum(t, s.Target, m, s.Bandwidth/4)
		}
	})
}

func checkMaximum(t *testing.T, target scenarios.Target, mode scenarios.Point, radius float64) {
	t.Helper()
	top := target.LogDensity(mode.X, mode.Y)
	for k := range 16 {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / 16)
		if target.LogDensity(mode.X+radius*cos, mode.Y+radius*sin) >= top {
			t.Errorf("mode %v is not a maximum towards (%.2f, %.2f)", mode, cos, sin)
		}
	}
}

func TestModeMassesOfTheDoubleWell(t *testing.T) {
	_, _, pass := wellStationary()
	sum := 0.0
	for _, mass := range scenariotest.CellMasses(DoubleWell{}, scenarios.Window{XMin: pass, XMax: 5, YMin: -8, YMax: 8}, 60) {
		sum += mass
	}
	truth := doubleWellTruth()
	if got := sum / math.Exp(truth.LogZ); !scenariotest.Near(got, truth.ModeMasses[0], 1e-10) {
		t.Errorf("right-well mass %.12f, quadrature gives %.12f", truth.ModeMasses[0], got)
	}
}

func TestModeMassesSumToOne(t *testing.T) {
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		if s.Truth.ModeMasses == nil {
			t.Skip("no masses are known")
		}
		if len(s.Truth.ModeMasses) != len(s.Truth.Modes) {
			t.Fatalf("%d masses for %d modes", len(s.Truth.ModeMasses), len(s.Truth.Modes))
		}
		sum := 0.0
		for _, mass := range s.Truth.ModeMasses {
			sum += mass
		}
		if !scenariotest.Near(sum, 1, 1e-12) {
			t.Errorf("masses sum to %.15f", sum)
		}
	})
}

// A kink has no direction.
func TestScoreAtAKinkIsZero(t *testing.T) {
	for _, target := range []scenarios.Target{NewTwoMoons(), NewU1(), NewDonut(), NewRings3(), Ackley{}} {
		if gx, gy := target.Score(0, 0); gx != 0 || gy != 0 {
			t.Errorf("%T: score (%g, %g)", target, gx, gy)
		}
	}
}
