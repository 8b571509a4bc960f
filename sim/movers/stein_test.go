package movers

import (
	"math"
	"slices"
	"testing"

	"undercurrent/internal/streams"
	"undercurrent/scenarios"
	"undercurrent/sim/metrics"
)

// φ against its definition, pair by pair.
func TestTheDirectionOfSVGDIsItsSumOverPairs(t *testing.T) {
	const n, seed = 250, 9
	g := scenarios.Gaussian{Mean: scenarios.Point{X: 1}, Sigma: 1.5}
	points := draw(scenarios.Gaussian{Sigma: 1}, n, 7)
	sigma := metrics.MedianDistance(points, seed) / math.Sqrt(2*math.Log(n))
	if got := MedianRule(points, seed, 1); got != sigma {
		t.Errorf("the median rule gives %g, expected %g", got, sigma)
	}
	s := NewStein(n)
	s.SetScores(points, g, 0, n)
	s.Direction(points, scenarios.Window{XMin: -8, XMax: 8, YMin: -8, YMax: 8}, sigma)
	for i, x := range points {
		var want scenarios.Point
		for _, y := range points {
			dx, dy := x.X-y.X, x.Y-y.Y
			k := math.Exp(-(dx*dx + dy*dy) / (2 * sigma * sigma))
			gx, gy := g.Score(y.X, y.Y)
			want.X += k * (gx + dx/(sigma*sigma)) / n
			want.Y += k * (gy + dy/(sigma*sigma)) / n
		}
		if got := s.Phi[i]; math.Hypot(got.X-want.X, got.Y-want.Y) > 6e-3 {
			t.Fatalf("φ at %v is %v, expected %v", x, got, want)
		}
	}
}

// afterDirection returns φ, σ and the mean of the kernel over pairs for the step 3 of the seed 5.
func afterDirection(points []scenarios.Point, target scenarios.Target) (phi []scenarios.Point, sigma, kappa float64) {
	n := len(points)
	sigma = MedianRule(points, uint64(streams.New(5^salt, 3)), 1)
	s := NewStein(n)
	s.SetScores(points, target, 0, n)
	s.Direction(points, boxAround(points, 1), sigma)
	for _, x := range points {
		for _, y := range points {
			kappa += math.Exp(-(math.Pow(x.X-y.X, 2)+math.Pow(x.Y-y.Y, 2))/(2*sigma*sigma)) / float64(n*n)
		}
	}
	return s.Phi, sigma, kappa
}

func TestAStepOfSVGDIsItsDirection(t *testing.T) {
	const step = 0.1
	g := scenarios.Gaussian{Mean: scenarios.Point{X: 1}, Sigma: 1.5}
	points := draw(scenarios.Gaussian{Sigma: 1}, 300, 8)
	before := slices.Clone(points)
	phi, _, kappa := afterDirection(points, g)
	mover(t, "svgd:0.1", g).Step(points, 5, 3)
	for i, p := range points {
		x, y := before[i].X+step*phi[i].X/kappa, before[i].Y+step*phi[i].Y/kappa
		if math.Hypot(p.X-x, p.Y-y) > 1e-3*step {
			t.Fatalf("a particle goes to %v, expected (%g, %g)", p, x, y)
		}
	}
}

func TestAStepOfSVGDIsAtMostAsLongAsItsKernel(t *testing.T) {
	g := scenarios.Gaussian{Mean: scenarios.Point{X: 1}, Sigma: 1.5}
	before := draw(scenarios.Gaussian{Sigma: 1}, 300, 8)
	_, sigma, _ := afterDirection(before, g)
	for _, text := range []string{"svgd:2", "svgd:8", "svgd:1000"} {
		moved := slices.Clone(before)
		mover(t, text, g).Step(moved, 5, 3)
		longest := 0.0
		for i, p := range moved {
			longest = max(longest, math.Hypot(p.X-before[i].X, p.Y-before[i].Y))
		}
		if math.Abs(longest-sigma) > 1e-9 {
			t.Errorf("%s: the longest displacement is %g, expected σ = %g", text, longest, sigma)
		}
	}
}

func TestSVGDReachesAGaussian(t *testing.T) {
	g := scenarios.Gaussian{Mean: scenarios.Point{X: 1}, Sigma: 1.5}
	points := draw(scenarios.Gaussian{Mean: scenarios.Point{X: -2}, Sigma: 0.5}, 300, 8)
	run(mover(t, "svgd:1", g), points, 60)
	if mean, cov := moments(points); math.Abs(mean.X-1) > 0.1 || math.Abs(cov.XX/2.25-1) > 0.1 || math.Abs(cov.YY/2.25-1) > 0.1 {
		t.Errorf("mean and variances are %.3f, %.3f and %.3f, expected 1 and 2.25", mean.X, cov.XX, cov.YY)
	}
}

// One particle far from a tight cluster makes the median small against the grid of the sums.
func TestSVGDWithAnOutlier(t *testing.T) {
	points := draw(scenarios.Gaussian{Sigma: 1e-3}, 200, 9)
	points[0] = scenarios.Point{X: 25, Y: 25}
	run(mover(t, "svgd:6", scenarios.Gaussian{Sigma: 1}), points, 9)
	if _, cov := moments(points[1:]); !(cov.XX > 0.1 && cov.XX < 2) {
		t.Errorf("the variance of the cluster is %.3f, expected it to spread", cov.XX)
	}
}
