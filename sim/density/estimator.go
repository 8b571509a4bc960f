package density

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// Estimator is the density q of points on the nodes of a grid, against a target. Points
// beyond the padded window, the grid's Bounds, are not deposited: q lacks their mass, and
// what is measured counts them as said there. It is not safe for concurrent use.
//
// A node is occupied when a point lies in one of its four cells.
type Estimator struct {
	target  *target.OnGrid
	grid    grid.Grid
	kernel  Kernel
	workers *grid.Workers
	deposit *grid.Deposit
	smooth  *grid.Convolution

	n      int               // points, those outside included
	inside []scenarios.Point // the others
	minQ   float64           // density from which a node is in the support

	q    []float64 // every node
	logR []float64 // log p − log q, unclipped; see LogRatios

	version int // of q, so that what is known of one is not taken for another's
	totals  Totals

	ratios ratioTask
}

// New makes an estimator for the target of a scenario. The error says what in the kernel or
// the target cannot be used.
func New(s scenarios.Scenario, k Kernel) (*Estimator, error) {
	g, err := grid.New(s.Window, k.Bandwidth, k.Spacing)
	if err != nil {
		return nil, err
	}
	w := grid.NewWorkers()
	t, err := target.New(s, g, k.Bandwidth, k.Smoothing, w)
	if err != nil {
		return nil, err
	}
	return NewOn(t, k, w), nil
}

// NewOn makes an estimator for a target that is on a grid already.
func NewOn(t *target.OnGrid, k Kernel, w *grid.Workers) *Estimator {
	g := t.Grid
	e := &Estimator{target: t, grid: g, kernel: k, workers: w, deposit: grid.NewDeposit(g, w),
		smooth: grid.NewConvolution(g, w, k.Taps(g), 1/g.Area()), q: make([]float64, g.Len()), logR: make([]float64, g.Len())}
	e.ratios.run = grid.Rows(g.NY, e.ratioRow)
	return e
}

// Set makes any points the ones that are measured. They are copied.
func (e *Estimator) Set(points []scenarios.Point) {
	inside, _ := Inside(points, e.grid.Bounds())
	e.SetInside(inside, len(points))
}

// SetInside makes points the ones that are measured, all of which lie in the padded window,
// out of n: the others are outside. The slice is kept.
func (e *Estimator) SetInside(points []scenarios.Point, n int) {
	if n != e.n {
		e.n, e.minQ = n, e.kernel.minDensity(n)
	}
	e.inside = points
	e.deposit.Set(points, n)
	e.smooth.Smooth(e.q, e.deposit.Mass, e.deposit.First, e.deposit.Last)
	e.version++
}

// Grid is the grid.
func (e *Estimator) Grid() grid.Grid { return e.grid }

// Target is what the points are measured against.
func (e *Estimator) Target() *target.OnGrid { return e.target }

// Kernel is that of the estimate.
func (e *Estimator) Kernel() Kernel { return e.kernel }

// Q is the density at the nodes, not to be written to. It changes with the points.
func (e *Estimator) Q() []float64 { return e.q }

// LogR is log p − log q at the nodes, not to be written to; see LogRatios.
func (e *Estimator) LogR() []float64 { return e.logR }

// Deposit is the mass of the points at the nodes.
func (e *Estimator) Deposit() *grid.Deposit { return e.deposit }

// N is the number of the points, those outside included.
func (e *Estimator) N() int { return e.n }

// Inside are the points in the padded window, not to be written to.
func (e *Estimator) Inside() []scenarios.Point { return e.inside }

// Outside is the number of points beyond the padded window.
func (e *Estimator) Outside() int { return e.n - len(e.inside) }

// outsideShare is their share of all points.
func (e *Estimator) outsideShare() float64 { return float64(e.Outside()) / float64(e.n) }

// Smooth is K_h * field at the nodes, the kernel with the grid's deposit as the estimate
// has it: of a field of mass by node it makes a density. Row iy is zero outside the
// columns first[iy]..last[iy].
func (e *Estimator) Smooth(dst, field []float64, first, last []int) {
	e.smooth.Smooth(dst, field, first, last)
}

// ratioTask is what LogRatios has its workers do.
type ratioTask struct {
	everywhere    bool
	logRho, byRho []float64
	run           func(part, parts int)
}

// LogRatios brings LogR up to date where the gradient at an occupied node reads it, or
// everywhere at the nodes with q > 0; elsewhere it keeps what it was. Where logRho is not
// nil, it writes log ρ − log q of those nodes to byRho.
func (e *Estimator) LogRatios(everywhere bool, logRho, byRho []float64) {
	e.ratios.everywhere, e.ratios.logRho, e.ratios.byRho = everywhere, logRho, byRho
	e.workers.All(e.ratios.run)
}

// ratioRow computes log r at the nodes of a row. The kernel is wider than the reach of the
// gradient, so q > 0 at all that it reads from an occupied node.
func (e *Estimator) ratioRow(iy int) {
	first, last := e.ratioColumns(iy)
	row, logRho := iy*e.grid.NX, e.ratios.logRho
	for i := row + first; i <= row+last; i++ {
		q := e.q[i]
		if q <= 0 {
			continue
		}
		logQ := math.Log(q)
		e.logR[i] = e.target.LogP[i] - logQ
		if logRho != nil {
			e.ratios.byRho[i] = logRho[i] - logQ
		}
	}
}

// ratioColumns bounds the columns of row iy that LogRatios looks at.
func (e *Estimator) ratioColumns(iy int) (first, last int) {
	if e.ratios.everywhere {
		return 0, e.grid.NX - 1
	}
	d := e.deposit
	first, last = e.grid.NX, -1
	for jy := max(iy-grid.Reach, 0); jy <= min(iy+grid.Reach, e.grid.NY-1); jy++ {
		first, last = min(first, d.First[jy]-grid.Reach), max(last, d.Last[jy]+grid.Reach)
	}
	return max(first, 0), min(last, e.grid.NX-1)
}

// Beta is β = ∇log r at a node; see LogRatios.
func (e *Estimator) Beta(ix, iy int) grid.Vector { return e.grid.Gradient(e.logR, ix, iy) }

// Solid reports whether q > 0 wherever the gradient at a node reads it. The kernel's reach
// is a square, so its corners speak for all.
func (e *Estimator) Solid(i, ix, iy int) bool {
	const r = grid.Reach
	if ix < r || iy < r || ix >= e.grid.NX-r || iy >= e.grid.NY-r {
		return false
	}
	up := r * e.grid.NX
	return min(e.q[i-up-r], e.q[i-up+r], e.q[i+up-r], e.q[i+up+r], e.q[i]) > 0
}

// InSupport reports whether a node is in the support of the points: further out log q is
// the distance of the nearest point, not their number. LogR has been brought up to date
// everywhere.
func (e *Estimator) InSupport(i int) bool {
	return e.q[i] >= e.minQ && e.logR[i] < divergences.ClipLogR
}

// HistogramLogR writes to dst the share of the points in equal bins of log r over lo..hi;
// what lies beyond counts in the first or last bin.
func (e *Estimator) HistogramLogR(dst []float64, lo, hi float64) {
	e.LogRatios(false, nil, nil)
	clear(dst)
	scale := float64(len(dst)) / (hi - lo)
	e.deposit.EachOccupied(func(i int) {
		b := int((e.logR[i] - lo) * scale)
		dst[min(max(b, 0), len(dst)-1)] += e.deposit.Mass[i]
	})
}
