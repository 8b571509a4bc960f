package sim

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
)

// Smoothed, a Gaussian of variance s² is one of variance s² + h²: the deposit's
// dx²/6 and the kernel's h² − dx²/6.
func TestASmoothedGaussianIsTheWiderOne(t *testing.T) {
	const s = 0.9
	f := newFlow(t, gaussian(t, s, gaussianAt(1)), divergence(t, "reverse-kl"), particles(2))
	v := s*s + f.settings.Bandwidth*f.settings.Bandwidth
	for i, got := range f.target.logP {
		x, y := f.grid.X(i%f.grid.NX), f.grid.Y(i/f.grid.NX)
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

func TestASharpTargetIsTheTargetAtTheNodes(t *testing.T) {
	s := scenario(t, "two-moons")
	f := newFlow(t, s, divergence(t, "reverse-kl"), particles(2), func(s *Settings) { s.Smoothing = Sharp })
	for i, got := range f.target.logP {
		want := s.Target.LogDensity(f.grid.X(i%f.grid.NX), f.grid.Y(i/f.grid.NX)) - f.target.logZ
		if want > -600 && math.Abs(got-want) > 1e-9*(1+math.Abs(want)) {
			t.Fatalf("log p is %g at node %d, expected %g", got, i, want)
		}
	}
}

// The window leaves out less than a ten-thousandth of each target.
func TestZByQuadratureIsTheKnownOne(t *testing.T) {
	for _, s := range scenarios.All() {
		f := newFlow(t, s, divergence(t, "reverse-kl"), particles(2))
		if d := f.LogZ() - s.Truth.LogZ; math.Abs(d) > 1e-4 {
			t.Errorf("%s: log Z is %.6f, expected %.6f", s.ID, f.LogZ(), s.Truth.LogZ)
		}
	}
}

func TestAnExactSampleMatchesTheSmoothedTargetBetterThanTheSharpOne(t *testing.T) {
	s := scenario(t, "grid9")
	s.Start.Sampler = s.Truth.Sampler
	matched := tv(newFlow(t, s, divergence(t, "reverse-kl"), particles(200_000)))
	sharp := tv(newFlow(t, s, divergence(t, "reverse-kl"), particles(200_000), func(s *Settings) { s.Smoothing = Sharp }))
	if matched > 0.03 || sharp < 2*matched {
		t.Errorf("an exact sample is at TV %.4f of the smoothed and %.4f of the sharp target", matched, sharp)
	}
}

// bad is a target that is none.
type bad struct{ value float64 }

func (b bad) LogDensity(x, y float64) float64      { return b.value }
func (b bad) Score(x, y float64) (gx, gy float64)  { return 0, 0 }
func (b bad) Sample([]scenarios.Point, *rand.Rand) {}
func badScenario(t *testing.T, value float64) scenarios.Scenario {
	s := gaussian(t, 1, gaussianAt(1))
	s.Target = bad{value}
	return s
}

func TestATargetThatIsNoDensityIsRefused(t *testing.T) {
	d := divergence(t, "reverse-kl")
	for value, want := range map[float64]string{math.Inf(1): "log-density is +Inf at (", math.Inf(-1): "-Inf everywhere", math.NaN(): "log-density is NaN at ("} {
		s := badScenario(t, value)
		if _, err := New(s, DefaultSettings(s, d)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("a log-density of %g gives %v, expected %q", value, err, want)
		}
	}
}

func TestTheWeightTableIsTheWeight(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, d := range append(members(t), alphaOf(t, 3), alphaOf(t, -3)) {
		table := newWeightTable(divergences.Of(d))
		for range 2000 {
			logR := (2*rng.Float64() - 1) * ClipLogR
			near(t, d.Info().ID+" "+d.Info().WeightFormula, table.at(logR), d.Weight(logR), 1e-6)
		}
		near(t, "the clipped weight", table.at(50), d.Weight(ClipLogR), 1e-9)
	}
}

func alphaOf(t *testing.T, alpha float64) divergences.Divergence {
	t.Helper()
	d, err := divergences.NewAlpha(alpha)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheQuantileOfWeightsIsTheSortedOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	h, w := &weights{}, make([]float64, 20_000)
	for i := range w {
		w[i] = math.Exp(3 * rng.NormFloat64())
		h.add(w[i], 1/float64(len(w)))
	}
	slices.Sort(w)
	for _, level := range []float64{0.02, 0.5, 0.9, EffortQuantile} {
		near(t, "a quantile", h.quantile(level), w[int(level*float64(len(w)))], 0.02)
	}
}
