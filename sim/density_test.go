package sim

import (
	"math"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// dense is the kernel density estimate of a cloud and its score at a place, by
// sums over all particles.
func dense(points []scenarios.Point, h float64, at scenarios.Point) (q float64, score grid.Vector) {
	var sum, sx, sy float64
	for _, b := range points {
		dx, dy := (b.X-at.X)/h, (b.Y-at.Y)/h
		k := math.Exp(-(dx*dx + dy*dy) / 2)
		sum += k
		sx += k * dx / h
		sy += k * dy / h
	}
	return sum / (2 * math.Pi * h * h * float64(len(points))), grid.Vector{X: sx / sum, Y: sy / sum}
}

// scoreOnGrid is ∇log q at the particles as the engine moves them by it.
func scoreOnGrid(f *Flow, points []scenarios.Point) []grid.Vector {
	d := &Fields{}
	f.Fields(d)
	nodes := make([]grid.Vector, len(d.Q))
	f.field.deposit.EachOccupied(func(i int) { nodes[i] = f.grid.Gradient(d.LogQ, i%f.grid.NX, i/f.grid.NX) })
	score := make([]grid.Vector, len(points))
	for i, p := range points {
		score[i] = grid.Gather(nodes, f.grid.NX, (p.X-f.grid.X0)/f.grid.Spacing, (p.Y-f.grid.Y0)/f.grid.Spacing)
	}
	return score
}

// onFineGrid is a sample of ring8, far from the border where particles are held,
// with h = 0.3 on 256² nodes over [−7, 7]².
func onFineGrid(t *testing.T, n int) *Flow {
	t.Helper()
	const h = 0.3
	s := scenario(t, "ring8")
	s.Start.Sampler = s.Truth.Sampler
	s.Window = scenarios.Window{XMin: -7 + 4*h, XMax: 7 - 4*h, YMin: -7 + 4*h, YMax: 7 - 4*h}
	return newFlow(t, s, divergence(t, "reverse-kl"), particles(n), func(s *Settings) { s.Bandwidth, s.Spacing = h, 14/254.9999 })
}

func TestTheScoreAtTheParticlesIsTheDenseSum(t *testing.T) {
	const n = 10_000
	f := onFineGrid(t, n)
	var wrong, all float64
	for i, got := range scoreOnGrid(f, f.points) {
		_, want := dense(f.points, f.settings.Bandwidth, f.points[i])
		wrong += (got.X-want.X)*(got.X-want.X) + (got.Y-want.Y)*(got.Y-want.Y)
		all += want.X*want.X + want.Y*want.Y
	}
	e := math.Sqrt(wrong / all)
	t.Logf("relative RMS of the score over %d particles at %d² nodes: %.2g", n, f.grid.NX, e)
	if e > 1e-3 {
		t.Errorf("the score is off by %.2g, expected at most 1e-3", e)
	}
}

func TestTheDensityAtTheNodesIsTheDenseSum(t *testing.T) {
	const n = 10_000
	f := onFineGrid(t, n)
	f.refresh()
	var wrong, all float64
	for _, p := range f.points[:3000] {
		i := f.grid.Nearest(p.X, p.Y)
		want, _ := dense(f.points, f.settings.Bandwidth, scenarios.Point{X: f.grid.X(i % f.grid.NX), Y: f.grid.Y(i / f.grid.NX)})
		wrong += (f.field.q[i] - want) * (f.field.q[i] - want)
		all += want * want
	}
	e := math.Sqrt(wrong / all)
	t.Logf("relative RMS of the density at %d² nodes: %.2g", f.grid.NX, e)
	if e > 1e-3 {
		t.Errorf("the density is off by %.2g, expected at most 1e-3", e)
	}
}
