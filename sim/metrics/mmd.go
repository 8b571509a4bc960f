package metrics

import (
	"math"
	"math/rand/v2"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// mmd is the unbiased MMD² of two samples of the same size in a window, with the median of the
// pooled distances as bandwidth; NaN if no grid over the window resolves it.
func mmd(x, y []scenarios.Point, w scenarios.Window, seed uint64) float64 {
	h := MedianDistance(slices.Concat(x, y), seed)
	if h == 0 {
		return 0 // all points are equal
	}
	if !grid.Resolves(w, h) {
		return math.NaN()
	}
	s, values, n := grid.NewKernelSums(w, h), make([]float64, len(x)), float64(len(x))
	mean := func(of, to []scenarios.Point, pairs, own float64) float64 {
		s.Set(of, nil)
		s.Evaluate(values, to)
		sum := -own
		for _, v := range values {
			sum += v
		}
		return sum / pairs
	}
	return mean(x, x, n*(n-1), n) + mean(y, y, n*(n-1), n) - 2*mean(x, y, n*n, 0)
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
