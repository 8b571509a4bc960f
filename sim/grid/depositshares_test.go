package grid

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// repeated is every point as often as a whole weight says, up to four times, and a cloud of the same weights.
func repeated(t *testing.T, points []scenarios.Point) (all []scenarios.Point, c scenarios.Cloud) {
	t.Helper()
	rng := rand.New(rand.NewPCG(5, 5))
	weights := make([]float64, len(points))
	for i, p := range points {
		times := 1 + rng.IntN(4)
		weights[i] = float64(times)
		for range times {
			all = append(all, p)
		}
	}
	c, err := scenarios.NewCloud(points, weights)
	if err != nil {
		t.Fatal(err)
	}
	return all, c
}

func TestSharesAreDepositedLikeRepeatedParticles(t *testing.T) {
	all, c := repeated(t, simtest.Sample(2, 2000, 1))
	g, want := deposited(t, "uneven-ring", all...)
	got := NewDeposit(g, NewWorkers())
	got.SetShares(c.Points, c.Shares)
	sum := 0.0
	for i, m := range got.Mass {
		if sum += m; math.Abs(m-want.Mass[i]) > 1e-16+1e-12*want.Mass[i] || m > 0 != (want.Mass[i] > 0) {
			t.Fatalf("the mass at node %d is %g, expected %g", i, m, want.Mass[i])
		}
	}
	simtest.Near(t, "mass", sum, 1, 1e-12)
	if !slices.Equal(got.First, want.First) || !slices.Equal(got.Last, want.Last) {
		t.Error("the columns with mass differ")
	}
	// A deposit without shares afterwards has the bits of one of its own.
	got.Set(all, len(all))
	if !slices.Equal(got.Mass, want.Mass) {
		t.Error("the shares have left something")
	}
}

// The order of the particles, and with it the division among workers, changes no bit.
func TestSharesHaveSumsInAnyOrder(t *testing.T) {
	_, c := repeated(t, simtest.Sample(2, 3*ParticlesAtOnce, 2))
	g, got := deposited(t, "uneven-ring", c.Points...)
	got.SetShares(c.Points, c.Shares)
	points, shares := slices.Clone(c.Points), slices.Clone(c.Shares)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(points), func(i, k int) {
		points[i], points[k] = points[k], points[i]
		shares[i], shares[k] = shares[k], shares[i]
	})
	other := NewDeposit(g, NewWorkers())
	other.SetShares(points, shares)
	if !slices.Equal(got.Mass, other.Mass) {
		t.Error("the order changes the deposit")
	}
}

// All four nodes are occupied however small the share is, and one particle may have all of the mass.
func TestSmallSharesOccupyTheirNodes(t *testing.T) {
	g, d := deposited(t, "uneven-ring", scenarios.Point{})
	p := scenarios.Point{X: g.X(20), Y: g.Y(30)} // on a node
	d.SetShares([]scenarios.Point{p}, []float64{1e-300})
	occupied := 0
	d.EachOccupied(func(int) { occupied++ })
	if occupied != 4 {
		t.Errorf("%d nodes are occupied, expected 4", occupied)
	}
	for _, share := range []float64{1, 0.3, 0x1p-60} {
		nodes := make([]int64, g.Len())
		g.spreadShares(nodes, []scenarios.Point{p}, []float64{share})
		sum := int64(0)
		for _, v := range nodes {
			sum += v
		}
		if want := int64(share*shareOne) + 4; sum != want || slices.Min(nodes) < 0 {
			t.Errorf("the share %g is %d units with a least of %d, expected %d", share, sum, slices.Min(nodes), want)
		}
	}
}
