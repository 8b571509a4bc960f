package density

import (
	"math"
	"math/rand/v2"
	"testing"

	"golang.org/x/sys/cpu"

	"undercurrent/divergences"
	"undercurrent/sim/internal/simtest"
)

// The tables of an f-divergence are the integrand, the potential and the weight of its drift, also where
// the weight is continued beyond what the particles resolve.
func TestTheCurvesAreThoseOfTheDivergence(t *testing.T) {
	for _, d := range append(simtest.Divergences(t), scaled(t, 64)...) {
		drift := divergences.NewDrift(d)
		curves := NewObjectiveCurves(drift)
		for logR := -60.; logR < 40; logR += 0.0371 {
			beyond := []float64{0}
			if logR > 0 {
				beyond = append(beyond, logR/3, logR)
			}
			for _, b := range beyond {
				l := divergences.LogRatios{LogR: logR, Beyond: b}
				near := func(what string, got, want float64) {
					// f and Φ change by less than three times their size with log r, and beyond c by the rest.
					size := math.Abs(drift.Integrand(l)) + math.Abs(drift.Potential(l)) + drift.Descent(l).Beta
					if !(math.Abs(got-want) <= 3e-8*(1+size)*(1+math.Expm1(b))) {
						t.Fatalf("%s: %s at %g, %g beyond, is %g, expected %g", d.Info().ID, what, logR, b, got, want)
					}
				}
				near("f", curves.F(logR, b), drift.Integrand(l))
				near("Φ", curves.Potential(logR, b), drift.Potential(l))
			}
		}
	}
}

// scaled are the divergences with a wrong normalizing constant.
func scaled(t *testing.T, factor float64) (list []divergences.Divergence) {
	t.Helper()
	for _, d := range simtest.Divergences(t) {
		s, err := divergences.ScaleZ(d, factor)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	return list
}

// No divergence is so sharp that its table is not used.
func TestTheCurvesOfDivergencesAreTabulated(t *testing.T) {
	for _, factor := range []float64{1, 64, 0.25} {
		for _, d := range scaled(t, factor) {
			curves := NewObjectiveCurves(divergences.NewDrift(d))
			if curves.f.exact || curves.potential.exact || curves.weight.exact {
				t.Errorf("%s at Z × %g is evaluated directly", d.Info().ID, factor)
			}
		}
	}
}

// Values has the bits of At, with vectors of every width that the processor has: between and at the knots, at the kinks,
// beyond the table, and for what is not a number.
func TestValuesAreThoseOfAt(t *testing.T) {
	valuesAreThoseOfAt(t)
	defer func(wide bool) { cpu.X86.HasAVX512F = wide }(cpu.X86.HasAVX512F)
	cpu.X86.HasAVX512F = false
	valuesAreThoseOfAt(t)
}

func valuesAreThoseOfAt(t *testing.T) {
	t.Helper()
	rng := rand.New(rand.NewPCG(7, 1))
	special := []float64{0, math.Copysign(0, -1), EmptyLogR, -EmptyLogR, divergences.ClipLogR, -divergences.ClipLogR, math.Nextafter(EmptyLogR, 99),
		math.Inf(1), math.Inf(-1), math.NaN(), -EmptyLogR + knotStep, 300, -700}
	for k := -3; k <= 3; k++ {
		for _, knee := range []int{lowerKnee, upperKnee, 1, knots - 2} {
			at := logRAt(knee + k)
			special = append(special, at, at+knotStep/3)
		}
	}
	d := divergences.Clip(divergences.JensenShannon{}, divergences.ClipLogR)
	for _, c := range []*Curve{NewCurve(d.F), NewCurve(d.Weight), NewCurve(d.Potential), NewCurve(func(l float64) float64 { return math.Sin(1e5 * l) })} {
		for n := range 70 {
			logR, got := make([]float64, n), make([]float64, n+1)
			for i := range logR {
				logR[i] = 20 * rng.NormFloat64()
				if rng.IntN(8+n/2) == 0 {
					logR[i] = special[rng.IntN(len(special))]
				}
			}
			got[n] = 42
			c.Values(got[:n], logR)
			for i, l := range logR {
				if want := c.At(l); math.Float64bits(got[i]) != math.Float64bits(want) {
					t.Fatalf("at %v it is %v, expected %v", l, got[i], want)
				}
			}
			if got[n] != 42 {
				t.Fatalf("the number behind %d values is changed", n)
			}
		}
	}
}

// BenchmarkValues is a curve at the nodes of 256².
func BenchmarkValues(b *testing.B) {
	c := NewCurve(divergences.Clip(divergences.JensenShannon{}, divergences.ClipLogR).F)
	logR, dst := make([]float64, 1<<16), make([]float64, 1<<16)
	rng := rand.New(rand.NewPCG(7, 1))
	for i := range logR {
		logR[i] = 4 * rng.NormFloat64()
	}
	b.Run("values", func(b *testing.B) {
		for b.Loop() {
			c.Values(dst, logR)
		}
	})
	b.Run("at", func(b *testing.B) {
		for b.Loop() {
			for i, l := range logR {
				dst[i] = c.At(l)
			}
		}
	})
}
