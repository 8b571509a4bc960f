package movers

import (
	"fmt"
	"math"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// DriftingField is the field of a drifting model,
//
//	V(x) = V⁺(x) − V⁻(x), V⁺(x) = Σⱼ k(x, yⱼ)(yⱼ − x) / Σⱼ k(x, yⱼ),
//
// with V⁺ over samples of the target and V⁻ alike over those of the cloud, in units of length: Deng, Li,
// Li, Du, He (2026), Generative modeling via drifting, arXiv 2602.04770. A particle of the cloud counts
// among its own neighbours. Under the Gaussian kernel of bandwidth h the mean shift is h²∇log of the kernel
// density estimate, so that V = h²(∇log p_h − ∇log q_h): h² times the reverse-KL drift with matched
// smoothing (Lai et al. 2026, A unified view of drifting and score-based models, arXiv 2603.07514).
//
// The sums take a time linear in the number of points; see pairSums. Where all points are so far that their
// sum is lost, the mean shift is over some of them; see farShift.
type DriftingField struct {
	kernel  radial
	levels  []*pairSums // from the finest
	workers *grid.Workers
	points  [2][]scenarios.Point // target, cloud

	at       []scenarios.Point
	dst      []grid.Vector
	own      bool
	far      []int // by chunk: mean shifts that the sums do not have
	stride   int   // of the points of a far mean shift; 0 while they are counted
	evaluate func(worker, from, to int)
}

// minKernelNodes is the smallest number of nodes per bandwidth for a usable accuracy.
const minKernelNodes = 2

// NewDriftingField returns the field of a kernel, Gaussian or Laplace, of bandwidth h. Points outside the
// bounds are left out of sums. The error says that the kernel is unknown, or that h is too small for the
// bounds.
func NewDriftingField(kernel string, h float64, bounds scenarios.Window, w *grid.Workers) (*DriftingField, error) {
	if err := (Spec{Kind: Drifting, Kernel: kernel}).Validate(); err != nil {
		return nil, err
	}
	side := max(bounds.XMax-bounds.XMin, bounds.YMax-bounds.YMin)
	if least := minKernelNodes * side / maxSideNodes; h < least {
		return nil, fmt.Errorf("bandwidth is %g, expected at least %.2g for drifting in bounds of %g", h, least, side)
	}
	f := &DriftingField{kernel: gaussianKernel(h), workers: w}
	if kernel == Laplace {
		f.kernel = laplaceKernel(h)
	}
	for _, l := range f.kernel.levels {
		f.levels = append(f.levels, newPairSums(f.kernel, l, h, bounds, w))
	}
	f.evaluate = f.evaluateRange
	return f, nil
}

// Set sets the samples of the target and the cloud, which are kept until the next Set.
func (f *DriftingField) Set(target, cloud []scenarios.Point) {
	f.points = [2][]scenarios.Point{target, cloud}
	for _, l := range f.levels {
		l.set(f.points)
	}
}

// At writes V at points to dst.
func (f *DriftingField) At(dst []grid.Vector, points []scenarios.Point) { f.run(dst, points, false) }

// OfCloud writes V at the points of the cloud to dst. It is more accurate than At: the kernel from a
// particle to itself is exact.
func (f *DriftingField) OfCloud(dst []grid.Vector) { f.run(dst, f.points[1], true) }

// run evaluates V, first without the far mean shifts.
func (f *DriftingField) run(dst []grid.Vector, points []scenarios.Point, own bool) {
	f.dst, f.at, f.own, f.stride = dst[:len(points)], points, own, 0
	if chunks := (len(points) + chunk - 1) / chunk; len(f.far) != chunks {
		f.far = make([]int, chunks)
	}
	f.workers.Each(len(points), chunk, f.evaluate)
	far := 0
	for _, n := range f.far {
		far += n
	}
	if far > 0 {
		f.stride = f.strideFor(far)
		f.workers.Each(len(points), chunk, f.evaluate)
	}
	f.dst, f.at = nil, nil
}

func (f *DriftingField) evaluateRange(_, from, to int) {
	far := 0
	for i := from; i < to; i++ {
		if f.stride > 0 && !math.IsNaN(f.dst[i].X) {
			continue
		}
		attraction, lost := f.shift(f.at[i], 0)
		repulsion, lostToo := f.shift(f.at[i], 1)
		f.dst[i] = attraction.Plus(repulsion.Times(-1))
		if lost || lostToo {
			far++
		}
	}
	f.far[from/chunk] = far
}

// shift is the mean shift over a cloud. Where its sum is lost it is that of farShift, or NaN while those
// are counted.
func (f *DriftingField) shift(p scenarios.Point, c int) (shift grid.Vector, lost bool) {
	for _, l := range f.levels {
		if s := l.at(p, c, f.own && c == 1); l.keeps(s) {
			return s.slope.Times(1 / s.kernel), false
		}
	}
	if f.stride == 0 {
		return grid.Vector{X: math.NaN(), Y: math.NaN()}, true
	}
	return f.farShift(p, f.points[c]), true
}

const (
	// farPairs bounds the time of far mean shifts: they are over every point while their pairs are fewer,
	// and over some of the points beyond, but over leastFar of them. A particle that is far needs a
	// direction, and is near after a few steps.
	farPairs = 1 << 24
	leastFar = 64
)

// strideFor is the stride of the points of far mean shifts, where there are n of them.
func (f *DriftingField) strideFor(n int) int {
	points := max(len(f.points[0]), len(f.points[1]))
	return max(min((n*points+farPairs-1)/farPairs, points/leastFar), 1)
}

// farShift is the mean shift over every stride-th point of a cloud, relative to the nearest of them, so
// that no exponential underflows.
func (f *DriftingField) farShift(p scenarios.Point, cloud []scenarios.Point) grid.Vector {
	square := math.Inf(1)
	for j := 0; j < len(cloud); j += f.stride {
		to := grid.Vector{X: cloud[j].X - p.X, Y: cloud[j].Y - p.Y}
		square = min(square, to.Dot(to))
	}
	top, sum, shift := f.kernel.logKernel(math.Sqrt(square)), 0.0, grid.Vector{}
	for j := 0; j < len(cloud); j += f.stride {
		to := grid.Vector{X: cloud[j].X - p.X, Y: cloud[j].Y - p.Y}
		if log := f.kernel.logKernel(math.Sqrt(to.Dot(to))) - top; log > negligible {
			k := portable.Exp(log)
			sum, shift = sum+k, shift.Plus(to.Times(k))
		}
	}
	if sum == 0 {
		return grid.Vector{}
	}
	return shift.Times(1 / sum)
}

// negligible is the logarithm of a weight that counts for nothing next to one.
const negligible = -35
