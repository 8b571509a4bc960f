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

// slicedDistances returns the sliced W2 and the energy distance of two samples of equal size,
// in units of length. In the plane |x| = (π/2)·mean_θ |⟨θ, x⟩|, so the energy distance is π/2
// times the mean of those of the projections, which need sorting instead of pair sums. It is
// the V-statistic: the means over pairs within a sample include those of a point with itself.
func slicedDistances(w *grid.Workers, x, y []scenarios.Point) (w2, energy float64) {
	if len(x) != len(y) {
		panic(fmt.Sprintf("metrics: length of second sample is %d, expected %d", len(y), len(x)))
	}
	var squares, energies [directions]float64
	w.Do(slicedParts(len(x)), func(part, parts int) {
		p := newProjections(len(x))
		from, to := grid.Partition(directions, part, parts)
		for l := from; l < to; l++ {
			p.project(x, y, math.Pi*float64(l)/directions)
			squares[l], energies[l] = p.squares(), energyOnLine(p.a, p.b)
		}
	})
	// In order, for the same bits with any number of workers.
	for l := range directions {
		w2 += squares[l]
		energy += energies[l]
	}
	return math.Sqrt(w2 / float64(len(x)*directions)), math.Pi / 2 * energy / directions
}

// projectedPoints bounds the memory of all workers, 32 bytes for a point.
const projectedPoints = 1 << 24

// slicedParts is the number of workers for n points.
func slicedParts(n int) int { return max(projectedPoints/n, 1) }

// projections are the sorted projections of two samples on a line.
type projections struct {
	a, b          []float64
	keys, scratch []uint64
}

func newProjections(n int) *projections {
	return &projections{make([]float64, n), make([]float64, n), make([]uint64, n), make([]uint64, n)}
}

// project projects on the line at an angle to the x axis.
func (p *projections) project(x, y []scenarios.Point, angle float64) {
	sin, cos := math.Sincos(angle)
	p.sorted(p.a, x, cos, sin)
	p.sorted(p.b, y, cos, sin)
}

// sorted writes the sorted projections to dst.
func (p *projections) sorted(dst []float64, points []scenarios.Point, cos, sin float64) {
	for i, q := range points {
		p.keys[i] = key(cos*q.X + sin*q.Y)
	}
	sortKeys(p.keys, p.scratch)
	for i, k := range p.keys {
		dst[i] = number(k)
	}
}

// squares is Σᵢ (a₍ᵢ₎ − b₍ᵢ₎)².
func (p *projections) squares() (sum float64) {
	for i, a := range p.a {
		sum += (a - p.b[i]) * (a - p.b[i])
	}
	return sum
}

// energyOnLine is the energy distance of two sorted samples, 2∫(F − G)² dt.
func energyOnLine(a, b []float64) float64 {
	sum, i, j := 0.0, 0, 0
	t := min(a[0], b[0])
	for i < len(a) || j < len(b) {
		next := math.Inf(1)
		if i < len(a) {
			next = a[i]
		}
		if j < len(b) {
			next = min(next, b[j])
		}
		d := float64(i)/float64(len(a)) - float64(j)/float64(len(b))
		sum += d * d * (next - t)
		t = next
		for i < len(a) && a[i] == t {
			i++
		}
		for j < len(b) && b[j] == t {
			j++
		}
	}
	return 2 * sum
}
