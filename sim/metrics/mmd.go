package metrics

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// mmd is the unbiased MMD² of a cloud and a sample in a window, with a kernel of width h; NaN if no
// grid over the window resolves it. A mean over pairs of different points of the cloud is
// Σ_{i≠j} sᵢsⱼ k(xᵢ,xⱼ)/(1 − Σ sᵢ²) with the shares s.
func mmd(x scenarios.Cloud, y []scenarios.Point, w scenarios.Window, h float64) float64 {
	if !grid.Resolves(w, h) {
		return math.NaN()
	}
	s := &kernelSums{sums: grid.NewKernelSums(w, h)}
	s.sums.Set(x.Points, x.Shares)
	n, m := float64(len(x.Points)), float64(len(y))
	xx, xy := s.over(x.Points, x.Shares), s.over(y, nil)
	s.sums.Set(y, nil)
	yy := s.over(y, nil)
	if x.Shares == nil {
		return (xx-n)/(n*(n-1)) + (yy-m)/(m*(m-1)) - 2*xy/(n*m)
	}
	alone := floats.Dot(x.Shares, x.Shares)
	return (xx-alone)/(1-alone) + (yy-m)/(m*(m-1)) - 2*xy/m
}

// kernelSums adds up sums of a kernel at points.
type kernelSums struct {
	sums   *grid.KernelSums
	values [1 << 10]float64
}

// over is the sum over points, with weights unless they are nil.
func (s *kernelSums) over(points []scenarios.Point, weights []float64) (sum float64) {
	for from := 0; from < len(points); from += len(s.values) {
		some := points[from:min(from+len(s.values), len(points))]
		values := s.values[:len(some)]
		s.sums.Evaluate(values, some)
		for k, v := range values {
			if weights != nil {
				v *= weights[from+k]
			}
			sum += v
		}
	}
	return sum
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
