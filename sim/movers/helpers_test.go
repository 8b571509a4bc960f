package movers

import (
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/scenarios"
)

// draw returns n draws.
func draw(s scenarios.Sampler, n int, seed uint64) []scenarios.Point {
	points := make([]scenarios.Point, n)
	s.Sample(points, rand.New(rand.NewPCG(seed, 7)))
	return points
}

// wide are bounds that no test meets by accident.
func wide() scenarios.Window { return scenarios.Window{XMin: -30, XMax: 30, YMin: -30, YMax: 30} }

// mover returns the mover of a text, with h = 1 in wide bounds.
func mover(t testing.TB, text string, target scenarios.Target, edits ...func(*Config)) *Mover {
	t.Helper()
	c := Config{Target: target, Bounds: wide(), Bandwidth: 1}
	if s, ok := target.(scenarios.Sampler); ok {
		c.Sampler = s
	}
	for _, edit := range edits {
		edit(&c)
	}
	s, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	m, err := New(s, c)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// within returns an edit of the bounds.
func within(w scenarios.Window) func(*Config) { return func(c *Config) { c.Bounds = w } }

// run takes steps from 0 and returns the last report.
func run(m *Mover, points []scenarios.Point, steps int) (last Moved) {
	for k := range steps {
		last = m.Step(points, 1, k)
	}
	return last
}

// moments are the means and the covariance.
func moments(points []scenarios.Point) (mean scenarios.Point, cov scenarios.Cov) {
	n := float64(len(points))
	for _, p := range points {
		mean.X += p.X / n
		mean.Y += p.Y / n
	}
	for _, p := range points {
		dx, dy := p.X-mean.X, p.Y-mean.Y
		cov.XX += dx * dx / n
		cov.XY += dx * dy / n
		cov.YY += dy * dy / n
	}
	return mean, cov
}

// checkMoments holds independent points to a Gaussian within z standard errors.
func checkMoments(t *testing.T, what string, points []scenarios.Point, mean scenarios.Point, cov scenarios.Cov) {
	t.Helper()
	const z = 4.5
	m, c := moments(points)
	root := math.Sqrt(float64(len(points)))
	for _, v := range []struct {
		name              string
		got, want, spread float64
	}{
		{"mean of x", m.X, mean.X, math.Sqrt(cov.XX)},
		{"mean of y", m.Y, mean.Y, math.Sqrt(cov.YY)},
		{"variance of x", c.XX, cov.XX, math.Sqrt2 * cov.XX},
		{"variance of y", c.YY, cov.YY, math.Sqrt2 * cov.YY},
		{"covariance", c.XY, cov.XY, math.Sqrt(cov.XX*cov.YY + cov.XY*cov.XY)},
	} {
		if math.Abs(v.got-v.want) > z*v.spread/root {
			t.Errorf("%s: %s is %.4f, expected %.4f ± %.4f", what, v.name, v.got, v.want, v.spread/root)
		}
	}
}

// normal is a Gaussian with any covariance, as a target with an exact sampler.
func normal(t testing.TB, mean scenarios.Point, c scenarios.Cov) *scenarios.Mixture {
	t.Helper()
	m, err := scenarios.NewMixture([]scenarios.Component{{Mean: mean, Cov: c, Weight: 1}})
	if err != nil {
		t.Fatal(err)
	}
	return m
}
