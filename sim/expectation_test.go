package sim

import (
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
)

// The masses are those of the particles, also in the cells at the edge of the padded window, and the mean of a
// quadratic function over them is that over the particles, without the variance of the deposit.
func TestTheExpectationIsTheMeanOverTheParticles(t *testing.T) {
	const n = 200_000
	g, err := grid.New(scenarios.Window{XMin: -1, XMax: 1, YMin: -1, YMax: 1}, 0.2, 0)
	if err != nil {
		t.Fatal(err)
	}
	d, rng, bounds := grid.NewDeposit(g, grid.NewWorkers()), rand.New(rand.NewPCG(1, 2)), g.Bounds()
	points := make([]scenarios.Point, n)
	for i := range points {
		points[i] = scenarios.Point{X: bounds.XMin + (bounds.XMax-bounds.XMin)*rng.Float64(), Y: bounds.YMin + (bounds.YMax-bounds.YMin)*rng.Float64()}
	}
	d.Set(points, n)
	f := func(p scenarios.Point) float64 { return 3 + p.X - 2*p.Y + p.X*p.X + 4*p.Y*p.Y }
	var mass, mean, deposited, want float64
	for i := range d.Mass {
		m := expectedMass(d, g, i%g.NX, i/g.NX)
		mass += m
		mean += m * f(g.Node(i))
		deposited += d.Mass[i] * f(g.Node(i))
	}
	for _, p := range points {
		want += f(p) / n
	}
	simtest.Near(t, "the mass", mass, 1, 1e-12)
	simtest.Near(t, "the mean", mean, want, 2e-4)
	if off := math.Abs(deposited - want); off < 10*math.Abs(mean-want) {
		t.Errorf("the deposit is off by %.3g, the expectation by %.3g", off, mean-want)
	}
}

// The masses of a row are those of its nodes, at the border too.
func TestTheExpectedMassesOfARowAreThoseOfItsNodes(t *testing.T) {
	g, rng := grid.Grid{Spacing: 1, NX: 11, NY: 7}, rand.New(rand.NewPCG(1, 3))
	d := grid.NewDeposit(g, grid.NewWorkers())
	for i := range d.Mass {
		d.Mass[i] = max(rng.NormFloat64(), 0)
	}
	for iy := range g.NY {
		for first := range g.NX {
			for n := range g.NX - first + 1 {
				dst := make([]float64, n)
				expectedMasses(dst, d, g, first, iy)
				for k, got := range dst {
					if want := expectedMass(d, g, first+k, iy); got != want {
						t.Fatalf("of %d from (%d, %d) on mass %d is %g, expected %g", n, first, iy, k, got, want)
					}
				}
			}
		}
	}
}

// Next to particles at the edge of the grid are nodes where not every difference of V is known, but V is.
func TestTheVelocityIsKnownWhereverAnExpectationHasMass(t *testing.T) {
	for _, id := range []string{"reverse-kl", "lv:mixture:0.2"} {
		f := newFlow(t, simtest.Scenario(t, "uneven-ring"), simtest.Drift(t, id), withParticles(20_000))
		f.driven.evaluate(near)
		field, atEdge := f.driven.field, 0
		field.eachExpected(func(i int, _ float64) {
			ix, iy := i%field.grid.NX, i/field.grid.NX
			_, want := field.combined(i, ix, iy)
			if got := field.velocity[i]; math.Hypot(got.X-want.X, got.Y-want.Y) > 1e-6*math.Hypot(want.X, want.Y) {
				t.Fatalf("%s: at (%d, %d) V is %v, expected %v", id, ix, iy, got, want)
			}
			if field.deposit.Mass[i] == 0 && !field.density.Solid(i, ix, iy) {
				atEdge++
			}
		})
		if atEdge == 0 {
			t.Errorf("%s: no particle is at the edge", id)
		}
	}
}
