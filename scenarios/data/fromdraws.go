package data

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"undercurrent/scenarios"
)

const (
	// maxDraws bounds the points of the density of draws: by Scott's rule more of them change its kernel
	// by a few percent.
	maxDraws = 1 << 18
	// mostBandwidths is the largest extent of the window in default bandwidths: the grid has room for 1024
	// nodes, three to a bandwidth, and four bandwidths on either side.
	mostBandwidths = 300
)

// Draws collects points of which FromDraws takes the density: all that are finite, or of more than 2¹⁸ a
// random subset that is always the same (algorithm R of J. S. Vitter, Random sampling with a reservoir, ACM
// Transactions on Mathematical Software 11, 1985). The zero value is empty.
type Draws struct {
	points  []scenarios.Point
	weights []float64 // nil if all are equal
	seen    int
	rng     *rand.Rand
}

// Add adds points with their weights, nil for equal ones; they all have weights, or none has.
func (d *Draws) Add(points []scenarios.Point, weights []float64) {
	for i, p := range points {
		k := d.add(p)
		switch {
		case weights == nil || k < 0:
		case k == len(d.weights):
			d.weights = append(d.weights, weights[i])
		default:
			d.weights[k] = weights[i]
		}
	}
}

// add returns the place of the point, −1 if it is not kept.
func (d *Draws) add(p scenarios.Point) (k int) {
	if !scenarios.IsFinite(p.X) || !scenarios.IsFinite(p.Y) {
		return -1
	}
	if d.seen++; d.seen <= maxDraws {
		d.points = append(d.points, p)
		return d.seen - 1
	}
	if d.rng == nil {
		d.rng = rand.New(rand.NewPCG(1, 1))
	}
	if k = d.rng.IntN(d.seen); k >= maxDraws {
		return -1
	}
	d.points[k] = p
	return k
}

// FromDraws returns the scenario whose target is the kernel density estimate of draws. The name says what
// they are of, such as "all chains".
func FromDraws(name string, draws *Draws) (scenarios.Scenario, error) {
	t, err := NewWeighted(slices.Clone(draws.points), draws.weights, 0)
	if err != nil {
		return scenarios.Scenario{}, fmt.Errorf("the density of %s: %w", name, err)
	}
	s := scenarios.Scenario{
		ID: "KDE of " + name, Name: "KDE of " + name, Kind: scenarios.KindSamples, Story: "the map is the density of " + name,
		Target: t, Truth: scenarios.Truth{LogZ: math.NaN(), Sampler: t}, Window: t.around(),
	}
	s.FillDefaults()
	s.Bandwidth = max(s.Bandwidth, max(s.Window.XMax-s.Window.XMin, s.Window.YMax-s.Window.YMin)/mostBandwidths)
	return s, s.Window.Check()
}
