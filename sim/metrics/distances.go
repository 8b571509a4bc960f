package metrics

import (
	"fmt"
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// directions is the number of projections, equally spaced over a half circle. The mean of
// |⟨θ, x⟩| over them is 2|x|/π with a relative error of 2·10⁻⁴.
const directions = 64

// slicer computes distances by projections. It keeps its memory, which is most of what metrics need.
type slicer struct {
	workers  *grid.Workers
	parts    []projections      // by worker
	byShares []shareProjections // by worker; none before they are needed
}

func newSlicer(w *grid.Workers) *slicer {
	return &slicer{workers: w, parts: make([]projections, w.Size())}
}

// distances returns the sliced W2 and the energy distance of a cloud and a sample, in units of length.
// A cloud without shares has as many points as the sample. In the plane |x| = (π/2)·mean_θ |⟨θ, x⟩|, so the energy distance is π/2
// times the mean of those of the projections, which need sorting instead of pair sums. It is
// the V-statistic: the means over pairs within a sample include those of a point with itself.
func (s *slicer) distances(c scenarios.Cloud, y []scenarios.Point) (w2, energy float64) {
	x := c.Points
	switch {
	case c.Shares != nil:
		return s.byShare(c, y)
	case len(x) != len(y):
		panic(fmt.Sprintf("metrics: length of second sample is %d, expected %d", len(y), len(x)))
	}
	var squares, energies [directions]float64
	s.workers.EachOf(slicedWorkers(len(x)), directions, 1, func(worker, from, to int) {
		p := &s.parts[worker]
		p.resize(len(x))
		for l := from; l < to; l++ {
			p.project(x, y, math.Pi*float64(l)/directions)
			squares[l], energies[l] = p.squares(), p.energy()
		}
	})
	w2, energy = inOrder(&squares, &energies)
	return math.Sqrt(w2 / float64(len(x)*directions)), math.Pi / 2 * energy / directions
}

// inOrder are the sums over the directions, in order, for the same bits with any number of workers.
func inOrder(squares, energies *[directions]float64) (square, energy float64) {
	for l := range directions {
		square += squares[l]
		energy += energies[l]
	}
	return square, energy
}

// projectedPoints bounds the memory of all workers, 24 bytes for a point.
const projectedPoints = 1 << 24

// slicedWorkers is the number of workers for n points.
func slicedWorkers(n int) int { return max(projectedPoints/n, 1) }

// projections are the sorted projections of two samples on a line, as keys; a number is made of a key
// where it is read, as keys and numbers of many particles side by side are more memory than the rest.
type projections struct{ a, b, scratch []uint64 }

// resize makes room for n points of each sample.
func (p *projections) resize(n int) {
	if len(p.a) != n {
		p.a, p.b, p.scratch = make([]uint64, n), make([]uint64, n), make([]uint64, n)
	}
}

// project projects on the line at an angle to the x axis.
func (p *projections) project(x, y []scenarios.Point, angle float64) {
	sin, cos := math.Sincos(angle)
	p.sorted(p.a, x, cos, sin)
	p.sorted(p.b, y, cos, sin)
}

// sorted writes the keys of the sorted projections to dst.
func (p *projections) sorted(dst []uint64, points []scenarios.Point, cos, sin float64) {
	for i, q := range points {
		dst[i] = key(cos*q.X + sin*q.Y)
	}
	sortKeys(dst, p.scratch)
}

// squares is Σᵢ (a₍ᵢ₎ − b₍ᵢ₎)².
func (p *projections) squares() (sum float64) {
	for i, k := range p.a {
		d := number(k) - number(p.b[i])
		sum += d * d
	}
	return sum
}

// energy is the energy distance of the projections.
func (p *projections) energy() float64 {
	n := float64(len(p.a))
	return energyOf(p.a, p.b, func(i int) float64 { return float64(i) / n })
}

// energyOf is the energy distance of sorted projections, 2∫(F − G)² dt; below is the mass of the first i of a.
func energyOf(a, b []uint64, below func(i int) float64) float64 {
	sum, i, j := 0.0, 0, 0
	t := number(min(a[0], b[0]))
	for i < len(a) || j < len(b) {
		next := math.Inf(1)
		if i < len(a) {
			next = number(a[i])
		}
		if j < len(b) {
			next = min(next, number(b[j]))
		}
		d := below(i) - float64(j)/float64(len(b))
		sum += d * d * (next - t)
		t = next
		for i < len(a) && number(a[i]) == t {
			i++
		}
		for j < len(b) && number(b[j]) == t {
			j++
		}
	}
	return 2 * sum
}
