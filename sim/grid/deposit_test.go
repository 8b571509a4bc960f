package grid

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// deposited is a cloud of a catalogue's start on the grid of a scenario.
func deposited(t *testing.T, id string, points ...scenarios.Point) (Grid, *Deposit) {
	t.Helper()
	s := simtest.Scenario(t, id)
	g, err := New(s.Window, s.Bandwidth, 0)
	if err != nil {
		t.Fatal(err)
	}
	d := NewDeposit(g, NewWorkers())
	d.Set(points, len(points))
	return g, d
}

func TestTheDepositKeepsMassAndCentre(t *testing.T) {
	points := simtest.Sample(2, 3001, 1)
	g, d := deposited(t, "uneven-ring", points...)
	sum, cx, cy := 0.0, 0.0, 0.0
	for i, m := range d.Mass {
		sum += m
		cx += m * g.Node(i).X
		cy += m * g.Node(i).Y
	}
	centre := scenarios.Point{}
	for _, p := range points {
		centre.X, centre.Y = centre.X+p.X/float64(len(points)), centre.Y+p.Y/float64(len(points))
	}
	simtest.Near(t, "mass", sum, 1, 1e-14)
	// A fraction is stored in units of 2⁻¹⁸ of a cell, rounded down to odd.
	if d := math.Hypot(cx-centre.X, cy-centre.Y); d > g.Spacing/fractionOne*2 {
		t.Errorf("the centre of the deposit is off by %g", d)
	}
}

func TestAllFourNodesAroundAParticleAreOccupied(t *testing.T) {
	s := simtest.Scenario(t, "uneven-ring")
	g, err := New(s.Window, s.Bandwidth, 0)
	if err != nil {
		t.Fatal(err)
	}
	// Some particles right on nodes and on the bounds, where a fraction is none.
	b := g.Bounds()
	points := append(simtest.Sample(3, 497, 1), scenarios.Point{X: g.X(40), Y: g.Y(50)}, scenarios.Point{X: b.XMax, Y: b.YMax}, scenarios.Point{X: b.XMin, Y: b.YMin})
	for i, p := range points {
		points[i], _ = Clamp(p, b)
	}
	_, d := deposited(t, "uneven-ring", points...)
	for _, p := range points {
		ix, iy := int((p.X-g.X0)/g.Spacing), int((p.Y-g.Y0)/g.Spacing)
		for _, i := range []int{iy*g.NX + ix, iy*g.NX + ix + 1, (iy+1)*g.NX + ix, (iy+1)*g.NX + ix + 1} {
			if d.Mass[i] == 0 {
				t.Fatalf("node %d next to the particle at %v is empty", i, p)
			}
		}
	}
}

// The visits of a deposit are those of a loop over all nodes.
func TestEachOccupiedVisitsTheOccupiedNodes(t *testing.T) {
	_, d := deposited(t, "three-modes", simtest.Sample(0.7, 300, 2)...)
	want, spans := 0, 0
	for _, m := range d.Mass {
		if m > 0 {
			want++
		}
	}
	for iy := range d.First {
		first, end := d.Span(iy)
		for _, m := range d.Mass[first:end] {
			if m > 0 {
				spans++
			}
		}
	}
	if spans != want {
		t.Errorf("the spans contain %d occupied nodes, expected %d", spans, want)
	}
	last := -1
	d.EachOccupied(func(i int) {
		if i <= last || d.Mass[i] == 0 {
			t.Fatalf("node %d is visited after node %d", i, last)
		}
		last, want = i, want-1
	})
	if want != 0 {
		t.Errorf("%d occupied nodes are not visited", want)
	}
}

func TestTheDepositHasTheBitsOfSinglePoints(t *testing.T) {
	g, err := New(scenarios.Window{XMin: -3, XMax: 2, YMin: -1, YMax: 5}, 0.4, 0.11)
	if err != nil {
		t.Fatal(err)
	}
	rng, bounds := rand.New(rand.NewPCG(3, 4)), g.Bounds()
	points := []scenarios.Point{{X: bounds.XMin, Y: bounds.YMin}, {X: bounds.XMax, Y: bounds.YMax}, g.Node(5*g.NX + 7)}
	for range 5000 {
		points = append(points, scenarios.Point{X: bounds.XMin + rng.Float64()*(bounds.XMax-bounds.XMin), Y: bounds.YMin + rng.Float64()*(bounds.YMax-bounds.YMin)})
	}
	got, want := make([]int64, g.Len()), make([]int64, g.Len())
	g.spread(got, points)
	g.spreadEach(want, points)
	if !slices.Equal(got, want) {
		t.Error("the sums at the nodes are not those of points added one by one")
	}
}
