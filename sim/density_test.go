package sim

import (
	"math"
	"testing"

	"undercurrent/scenarios"
)

// dense is the kernel density estimate of a cloud and its score at a place, by
// sums over all particles.
func dense(points []scenarios.Point, h float64, at scenarios.Point) (q float64, score vector) {
	var sum, sx, sy float64
	for _, b := range points {
		dx, dy := (b.X-at.X)/h, (b.Y-at.Y)/h
		k := math.Exp(-(dx*dx + dy*dy) / 2)
		sum += k
		sx += k * dx / h
		sy += k * dy / h
	}
	return sum / (2 * math.Pi * h * h * float64(len(points))), vector{sx / sum, sy / sum}
}

// scoreOnGrid is ∇log q at the particles as the engine moves them by it.
func scoreOnGrid(f *Flow, points []scenarios.Point) []vector {
	d := &Fields{}
	f.Fields(d)
	nodes := make([]vector, len(d.Q))
	f.field.eachOccupied(func(i int) { nodes[i] = f.grid.gradient(d.LogQ, i%f.grid.NX, i/f.grid.NX) })
	score := make([]vector, len(points))
	for i, p := range points {
		score[i] = gather(nodes, f.grid.NX, (p.X-f.grid.X0)/f.grid.Spacing, (p.Y-f.grid.Y0)/f.grid.Spacing)
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
		wrong += (got.x-want.x)*(got.x-want.x) + (got.y-want.y)*(got.y-want.y)
		all += want.x*want.x + want.y*want.y
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

func TestTheDepositKeepsMassAndCentre(t *testing.T) {
	f := newFlow(t, scenario(t, "three-modes"), divergence(t, "reverse-kl"), particles(3001))
	f.refresh()
	sum, cx, cy := 0.0, 0.0, 0.0
	for i, m := range f.field.deposit.mass {
		sum += m
		cx += m * f.grid.X(i%f.grid.NX)
		cy += m * f.grid.Y(i/f.grid.NX)
	}
	centre, _ := momentsOf(f.points)
	near(t, "mass", sum, 1, 1e-14)
	// A fraction is held in units of 2⁻¹⁸ of a cell, rounded down to odd.
	if d := math.Hypot(cx-centre.X, cy-centre.Y); d > f.grid.Spacing/fractionOne*2 {
		t.Errorf("the centre of the deposit is off by %g", d)
	}
}

func TestAllFourNodesAroundAParticleAreOccupied(t *testing.T) {
	f := newFlow(t, scenario(t, "uneven-ring"), divergence(t, "reverse-kl"), particles(500))
	g := f.grid
	// Some particles right on nodes and on the bounds, where a fraction is none.
	b := g.bounds()
	f.points[0], f.points[1] = scenarios.Point{X: g.X(40), Y: g.Y(50)}, scenarios.Point{X: b.XMax, Y: b.YMax}
	f.points[2] = scenarios.Point{X: b.XMin, Y: b.YMin}
	f.fresh = false
	f.refresh()
	for _, p := range f.points {
		ix, iy := int((p.X-g.X0)/g.Spacing), int((p.Y-g.Y0)/g.Spacing)
		for _, i := range []int{iy*g.NX + ix, iy*g.NX + ix + 1, (iy+1)*g.NX + ix, (iy+1)*g.NX + ix + 1} {
			if f.field.deposit.mass[i] == 0 {
				t.Fatalf("node %d beside the particle at %v is empty", i, p)
			}
		}
	}
}
