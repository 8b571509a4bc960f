package target

import (
	"math/rand/v2"
	"sort"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Sampler draws from the bilinear interpolant of a density on a grid: a node by its mass, then
// an offset from the hat function of the node. Its variance exceeds that of the density by a
// sixth of the squared spacing.
type Sampler struct {
	grid       grid.Grid
	cumulative []float64
}

var _ scenarios.Sampler = (*Sampler)(nil)

// NewSampler tabulates a target at half the spacing of g. It returns a DensityError if the
// target is not a density there.
func NewSampler(t scenarios.Target, g grid.Grid, w *grid.Workers) (*Sampler, error) {
	fine := g.Fine()
	logs := make([]float64, fine.Len())
	logDensities(logs, t, fine, w)
	top, err := highest(logs, fine)
	if err != nil {
		return nil, err
	}
	sum := 0.0
	for i, l := range logs {
		sum += portable.Exp(l - top)
		logs[i] = sum
	}
	return &Sampler{fine, logs}, nil
}

// Sample fills dst with draws.
func (s *Sampler) Sample(dst []scenarios.Point, rng *rand.Rand) {
	total, g := s.cumulative[len(s.cumulative)-1], s.grid
	for i := range dst {
		u := total * rng.Float64()
		k := sort.Search(len(s.cumulative), func(k int) bool { return s.cumulative[k] > u })
		hat := func() float64 { return g.Spacing * (rng.Float64() + rng.Float64() - 1) }
		dst[i] = scenarios.Point{X: g.X(k%g.NX) + hat(), Y: g.Y(k/g.NX) + hat()}
	}
}
