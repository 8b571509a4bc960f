package density_test

import (
	"math"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/internal/simtest"
	"undercurrent/sim/target"
)

// underCovered is the target mass that is under-covered by more than a factor of 2.
func underCovered(t *testing.T, s scenarios.Scenario, h float64, points []scenarios.Point) (share float64) {
	t.Helper()
	e, err := density.New(s, density.Kernel{Bandwidth: h})
	if err != nil {
		t.Fatal(err)
	}
	e.Set(points)
	total := 0.0
	for i, p := range e.Target().P {
		total += p
		if e.Q()[i] < p/2 {
			share += p
		}
	}
	return share / total
}

// bandwidthFor is the bandwidth for n points of a scenario.
func bandwidthFor(t *testing.T, s scenarios.Scenario, n int) float64 {
	t.Helper()
	h, err := density.BandwidthFor(s, density.Kernel{Bandwidth: s.Bandwidth}, n)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Exact samples of any size are hardly called under-covered; a sampler that misses a mode is.
func TestTheBandwidthFitsTheNumberOfPoints(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id     string
		shares [4]float64 // at most, by N
		missed float64    // mass of the mode that is left out
	}{
		{"ring8", [4]float64{0.05, 0.02, 0.02, 0.01}, 1. / 8},
		{"three-modes", [4]float64{0.04, 0.02, 0.02, 0.01}, 0.2},
		{"gmm40", [4]float64{0.16, 0.06, 0.02, 0.01}, 1. / 40}, // five points a mode, and then twelve
	} {
		s := simtest.Scenario(t, c.id)
		last := math.Inf(1)
		for k, n := range []int{200, 500, 2000, 10_000} {
			h := bandwidthFor(t, s, n)
			if h < s.Bandwidth || h > last {
				t.Errorf("%s, N %d: the bandwidth is %g, expected %g to %g", c.id, n, h, s.Bandwidth, last)
			}
			last = h
			points := simtest.Exact(s, n, 7)
			exact := underCovered(t, s, h, points)
			if exact > c.shares[k] {
				t.Errorf("%s, N %d, h %g: %.3f of an exact sample is under-covered, expected at most %g", c.id, n, h, exact, c.shares[k])
			}
			missing := underCovered(t, s, h, without(t, s, points))
			if missing < exact+c.missed/2 {
				t.Errorf("%s, N %d, h %g: without a mode %.3f is under-covered, of an exact sample %.3f", c.id, n, h, missing, exact)
			}
		}
	}
}

// without are the points beyond the largest region.
func without(t *testing.T, s scenarios.Scenario, points []scenarios.Point) (kept []scenarios.Point) {
	t.Helper()
	e, err := density.New(s, density.Kernel{Bandwidth: s.Bandwidth})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range points {
		if k := e.Target().Regions.At(p); k != 0 {
			kept = append(kept, p)
		}
	}
	if len(kept) == len(points) {
		t.Fatal("no point is in the largest region")
	}
	return kept
}

// For a round Gaussian C(h) is 1/4π(σ²+h²), so that h is σ/√(nε²−1) less the least smoothing, and
// never so wide that σ²+h² is more than twice what it is at the least bandwidth.
func TestTheBandwidthOfAGaussian(t *testing.T) {
	t.Parallel()
	s := simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1})
	s.Bandwidth = 0.1
	for _, n := range []int{20, 60, 200, 1000, 100_000} {
		wanted := math.Sqrt(1 + 2*s.Bandwidth*s.Bandwidth)
		if x := float64(n)*density.TypicalError*density.TypicalError - 1; x > 0 {
			wanted = min(wanted, 1/math.Sqrt(x))
		}
		wanted = max(wanted, s.Bandwidth)
		if h := bandwidthFor(t, s, n); math.Abs(h/wanted-1) > 0.02 {
			t.Errorf("for %d points the bandwidth is %g, expected %g", n, h, wanted)
		}
	}
}

// Without matched smoothing a wider kernel would be a bias, so the scenario's stays.
func TestASharpTargetKeepsItsBandwidth(t *testing.T) {
	t.Parallel()
	s := simtest.Scenario(t, "ring8")
	k := density.Kernel{Bandwidth: s.Bandwidth, Smoothing: target.Sharp}
	if h, err := density.BandwidthFor(s, k, 50); err != nil || h != s.Bandwidth {
		t.Errorf("the bandwidth is %g, %v, expected %g", h, err, s.Bandwidth)
	}
	if _, err := density.BandwidthFor(s, density.Kernel{Bandwidth: -1}, 50); err == nil {
		t.Error("a bandwidth of −1 is not refused")
	}
}
