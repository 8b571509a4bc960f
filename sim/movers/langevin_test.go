package movers

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// Chains with a Metropolis test keep the target, however long their steps.
func TestAdjustedChainsKeepAGaussian(t *testing.T) {
	mean, cov := scenarios.Point{X: 1, Y: -2}, scenarios.Cov{XX: 2, XY: 0.9, YY: 1}
	target := normal(t, mean, cov)
	for _, text := range []string{"mala:0.2", "mala:1.5", "hmc:0.3:4", "hmc:1.1:3"} {
		points := draw(target, 15000, 1)
		moved := run(mover(t, text, target), points, 12)
		checkMoments(t, text, points, mean, cov)
		if !(moved.Displacement > 0.3) || !(moved.Accepted > 0.2 && moved.Accepted < 1) {
			t.Errorf("%s: a mean displacement of %.3f and %.2f accepted keep nothing that was not there", text, moved.Displacement, moved.Accepted)
		}
	}
}

func TestAdjustedChainsReachAGaussian(t *testing.T) {
	mean, cov := scenarios.Point{X: 1, Y: -2}, scenarios.Cov{XX: 2, XY: 0.9, YY: 1}
	target := normal(t, mean, cov)
	for text, steps := range map[string]int{"mala:0.7": 40, "hmc:0.5:3": 15} {
		points := draw(scenarios.Gaussian{Mean: scenarios.Point{X: -3}, Sigma: 0.3}, 8000, 2)
		run(mover(t, text, target), points, steps)
		checkMoments(t, text, points, mean, cov)
	}
}

// Within bounds the target is cut off there: the standard normal within ±1 has the variance
// 1 − 2φ(1)/(2Φ(1) − 1).
func TestAdjustedChainsKeepATargetCutOffByTheBounds(t *testing.T) {
	phi := math.Exp(-0.5) / math.Sqrt(2*math.Pi)
	want := 1 - 2*phi/math.Erf(1/math.Sqrt2)
	box := scenarios.Window{XMin: -1, XMax: 1, YMin: -1, YMax: 1}
	for _, text := range []string{"mala:0.3", "hmc:0.5:3"} {
		points := draw(scenarios.Gaussian{Sigma: 0.1}, 10000, 3)
		m := mover(t, text, scenarios.Gaussian{Sigma: 1}, within(box))
		held := 0
		for k := range 20 {
			held += m.Step(points, 1, k).Held
		}
		_, cov := moments(points)
		if held > 0 || math.Abs(cov.XX-want) > 0.016 || math.Abs(cov.YY-want) > 0.016 {
			t.Errorf("%s: variances are %.4f and %.4f, expected %.4f; %d held, expected none", text, cov.XX, cov.YY, want, held)
		}
	}
}

// On N(μ, σ²I) ULA is an autoregression x′ − μ = (1 − ε/σ²)(x − μ) + √(2ε)ξ.
func TestULAHasItsBiasedVariance(t *testing.T) {
	target := scenarios.Gaussian{Mean: scenarios.Point{X: 1, Y: 2}, Sigma: 1.5}
	for _, epsilon := range []float64{0.3, 1, 2} {
		points := draw(scenarios.Gaussian{Sigma: 0.5}, 10000, 4)
		moved := run(mover(t, fmt.Sprintf("ula:%g", epsilon), target), points, int(15/epsilon))
		v := 2.25 / (1 - epsilon/4.5)
		checkMoments(t, fmt.Sprintf("ε = %g", epsilon), points, target.Mean, scenarios.Cov{XX: v, YY: v})
		if !math.IsNaN(moved.Accepted) {
			t.Errorf("ULA accepts %g, expected NaN", moved.Accepted)
		}
	}
}

// acceptedOnGaussian is the acceptance of MALA at rest on N(0, σ²I) in the plane. With y = bx + √(2ε)ξ,
// b = 1 − ε/σ², the logarithm of the ratio is −c(|y|² − |x|²), c = ε/4σ⁴. In each coordinate y² − x² is a
// quadratic form of two standard normals with eigenvalues of both signs; over two coordinates it is the
// difference of two exponential variables with the means twice those.
func acceptedOnGaussian(sigma, epsilon float64) float64 {
	s2, b := sigma*sigma, 1-epsilon/(sigma*sigma)
	trace := (b*b-1)*s2 + 2*epsilon
	determinant := (b*b-1)*s2*2*epsilon - b*b*s2*2*epsilon
	root := math.Sqrt(trace*trace/4 - determinant)
	up, down := 2*(trace/2+root), 2*(root-trace/2)
	c := epsilon / (4 * s2 * s2)
	return (down + 1/(c+1/up)) / (up + down)
}

// The same formula as in acceptedOnGaussian, for single pairs.
func TestTheAcceptanceOfAPairInClosedForm(t *testing.T) {
	const sigma, epsilon = 1.5, 0.7
	g := scenarios.Gaussian{Sigma: sigma}
	pairs := draw(scenarios.Gaussian{Sigma: 2}, 100, 11)
	for k := 0; k < len(pairs); k += 2 {
		x, y := pairs[k], pairs[k+1]
		want := epsilon / (4 * sigma * sigma * sigma * sigma) * (x.X*x.X + x.Y*x.Y - y.X*y.X - y.Y*y.Y)
		if got := LogAcceptance(x, y, At(g, x), At(g, y), epsilon); math.Abs(got-want) > 1e-12 {
			t.Fatalf("from %v to %v it is %g, expected %g", x, y, got, want)
		}
	}
}

// One leapfrog step of length δ is a Langevin step of ε = δ²/2 (Neal 2011, section 5.2).
func TestTheAcceptanceAtRestInClosedForm(t *testing.T) {
	target := scenarios.Gaussian{Sigma: 1.5}
	for _, epsilon := range []float64{0.5, 1.5, 3, 6} {
		points := draw(target, 20000, 5)
		want := acceptedOnGaussian(1.5, epsilon)
		for _, text := range []string{fmt.Sprintf("mala:%g", epsilon), fmt.Sprintf("hmc:%g:1", math.Sqrt(2*epsilon))} {
			got := mover(t, text, target).Step(slices.Clone(points), 1, 0).Accepted
			if math.Abs(got-want) > 4.5*math.Sqrt(want*(1-want)/20000) {
				t.Errorf("%s: %.4f are accepted, expected %.4f", text, got, want)
			}
		}
	}
}

// The default steps suit targets of different scales relative to h, from exact draws.
func TestDefaultStepsOnTheCatalogue(t *testing.T) {
	for _, id := range []string{"uneven-ring", "gmm40", "banana"} {
		s := simtest.Scenario(t, id)
		for _, k := range []Kind{ULA, MALA, HMC} {
			points := simtest.Exact(s, 3000, 6)
			m, err := New(Spec{Kind: k}, Config{Target: s.Target, Bounds: s.Window, Bandwidth: s.Bandwidth})
			if err != nil {
				t.Fatal(err)
			}
			moved, held := Moved{}, 0
			for step := range 10 {
				moved = m.Step(points, 1, step)
				held += moved.Held
			}
			if k != ULA && !(moved.Accepted > 0.5 && moved.Accepted < 0.97) {
				t.Errorf("%s, %s: %.3f are accepted, expected 0.5 to 0.97", id, k, moved.Accepted)
			}
			if held > 300 {
				t.Errorf("%s, %s: %d particles in 30000 moves meet the edge", id, k, held)
			}
		}
	}
}
