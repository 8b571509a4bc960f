package metrics

import (
	"math"
	"math/rand/v2"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// mmd is the unbiased MMD² of two samples of the same size in a window, with a kernel of
// width h; NaN if no grid over the window resolves it.
func mmd(x, y []scenarios.Point, w scenarios.Window, h float64) float64 {
	if !grid.Resolves(w, h) {
		return math.NaN()
	}
	s, n := grid.NewKernelSums(w, h), float64(len(x))
	var values [1 << 10]float64
	sum := func(to []scenarios.Point) (sum float64) {
		for some := range slices.Chunk(to, len(values)) {
			s.Evaluate(values[:len(some)], some)
			for _, v := range values[:len(some)] {
				sum += v
			}
		}
		return sum
	}
	s.Set(x, nil)
	xx, xy := sum(x), sum(y)
	s.Set(y, nil)
	yy := sum(y)
	return (xx-n)/(n*(n-1)) + (yy-n)/(n*(n-1)) - 2*xy/(n*n)
}

// widthPoints is the number of exact draws from which the width of the kernel is computed.
const widthPoints = 1 << 14

// kernelWidth is the median distance of independent draws from the target. It belongs to the
// target: it depends on neither the seed of the run nor the points that are measured, so that
// a reading and the floor have the same kernel.
func kernelWidth(s scenarios.Sampler) float64 {
	points := make([]scenarios.Point, widthPoints)
	s.Sample(points, rand.New(rand.NewPCG(0, widthStream)))
	return MedianDistance(points, 0)
}

// medianPairs is the number of random pairs for the median distance.
const medianPairs = 1 << 14

// MedianDistance is the median distance of pairs of points, by random pairs drawn
// from seed: the median rule for the bandwidth of a kernel between points.
func MedianDistance(points []scenarios.Point, seed uint64) float64 {
	rng, d := rand.New(rand.NewPCG(seed, 3)), make([]float64, 0, medianPairs)
	n := len(points)
	for range medianPairs {
		i, k := rng.IntN(n), rng.IntN(n-1)
		if k >= i {
			k++
		}
		d = append(d, math.Hypot(points[i].X-points[k].X, points[i].Y-points[k].Y))
	}
	slices.Sort(d)
	return d[len(d)/2]
}
