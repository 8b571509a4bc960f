package sim

import (
	"math"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/internal/simtest"
)

// The velocities of ten thousand particles on 256² nodes are those of the whole kernel, summed over all pairs, and of the
// closed form of the smoothed target, to half a percent of their root mean square.
func TestTheVelocitiesAreThoseOfDenseSums(t *testing.T) {
	t.Parallel()
	const n = 10_000
	f := benchFlow(t, n)
	for range 10 {
		f.Step()
	}
	points, velocities := make([]scenarios.Point, n), make([]scenarios.Point, n)
	f.Points(points)
	f.Velocities(velocities)
	h := f.Settings().Bandwidth
	target := smoothedRing8(t, h)
	var off, all float64
	// Every twentieth particle, with the sums over all.
	for i := 0; i < n; i += 20 {
		q, score := simtest.Dense(points, h, points[i])
		r := math.Exp(target.LogDensity(points[i].X, points[i].Y) - math.Log(q))
		px, py := target.Score(points[i].X, points[i].Y)
		w := r / (2 * (1 + r)) // Jensen–Shannon
		dx, dy := velocities[i].X-w*(px-score.X), velocities[i].Y-w*(py-score.Y)
		off += dx*dx + dy*dy
		all += w * w * ((px-score.X)*(px-score.X) + (py-score.Y)*(py-score.Y))
	}
	rms := math.Sqrt(off / all)
	t.Logf("relative RMS of the velocity: %.2g", rms)
	if rms > 0.005 {
		t.Errorf("the velocities are off by %.2g of their root mean square, expected at most 0.005", rms)
	}
}

// smoothedRing8 is ring8 convolved with a Gaussian.
func smoothedRing8(t *testing.T, h float64) *scenarios.Mixture {
	t.Helper()
	s, err := catalogue.Named("ring8")
	if err != nil {
		t.Fatal(err)
	}
	var wider []scenarios.Component
	for _, c := range s.Target.(*scenarios.Mixture).Components() {
		c.Cov.XX += h * h
		c.Cov.YY += h * h
		wider = append(wider, c)
	}
	m, err := scenarios.NewMixture(wider)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
