package metrics

import (
	"math"

	"undercurrent/scenarios"
)

// byShare is distances of a cloud with shares. With the quantile functions F⁻¹ and G⁻¹ of the projections the square
// of W2 is ∫₀¹ (F⁻¹(u) − G⁻¹(u))² du; see C. Villani, Topics in Optimal Transportation, 2003, theorem 2.18.
func (s *slicer) byShare(c scenarios.Cloud, y []scenarios.Point) (w2, energy float64) {
	if s.byShares == nil {
		s.byShares = make([]shareProjections, s.workers.Size())
	}
	var squares, energies [directions]float64
	s.workers.EachOf(slicedWorkers(len(c.Points)+len(y)), directions, 1, func(worker, from, to int) {
		p := &s.byShares[worker]
		p.resize(len(c.Points), len(y))
		for l := from; l < to; l++ {
			p.project(c, y, math.Pi*float64(l)/directions)
			squares[l], energies[l] = p.square(), energyOf(p.a, p.b, func(i int) float64 { return p.below[i] })
		}
	})
	w2, energy = inOrder(&squares, &energies)
	return math.Sqrt(w2 / directions), math.Pi / 2 * energy / directions
}

// shareProjections are the sorted projections of a cloud and a sample on a line, as keys. The k-th of
// the cloud is that of point order[k], and below[k] is the mass of those before it.
type shareProjections struct {
	a, b, scratch []uint64
	order, spare  []uint32
	below         []float64
}

// resize makes room for n points of the cloud and m of the sample.
func (p *shareProjections) resize(n, m int) {
	if len(p.a) != n || len(p.b) != m {
		p.a, p.b, p.scratch = make([]uint64, n), make([]uint64, m), make([]uint64, max(n, m))
		p.order, p.spare = make([]uint32, n), make([]uint32, n)
		p.below = make([]float64, n+1)
	}
}

// project projects on the line at an angle to the x axis.
func (p *shareProjections) project(c scenarios.Cloud, y []scenarios.Point, angle float64) {
	sin, cos := math.Sincos(angle)
	for i, q := range c.Points {
		p.a[i], p.order[i] = key(cos*q.X+sin*q.Y), uint32(i)
	}
	sortKeysWith(p.a, p.scratch[:len(p.a)], p.order, p.spare)
	for k, i := range p.order {
		p.below[k+1] = p.below[k] + c.Shares[i]
	}
	for i, q := range y {
		p.b[i] = key(cos*q.X + sin*q.Y)
	}
	sortKeys(p.b, p.scratch[:len(p.b)])
}

// square is ∫₀¹ (F⁻¹(u) − G⁻¹(u))² du.
func (p *shareProjections) square() (sum float64) {
	u, j := 0.0, 0
	for i, k := range p.a {
		at, below := number(k), p.below[i+1]
		for last := i == len(p.a)-1; j < len(p.b); j++ {
			end := float64(j+1) / float64(len(p.b))
			if !last && below < end {
				break
			}
			d := at - number(p.b[j])
			sum += (end - u) * d * d
			u = end
		}
		if j < len(p.b) && below > u {
			d := at - number(p.b[j])
			sum += (below - u) * d * d
			u = below
		}
	}
	return sum
}
