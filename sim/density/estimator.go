package density

import (
	"undercurrent/internal/vectors"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// Estimator is the density q of points at the nodes of a grid, compared with a target. Points
// outside the padded window, the grid's Bounds, are not deposited: q does not include their
// mass, and each measurement documents how it counts them. It is not safe for concurrent use.
//
// A node is occupied when a point lies in one of its four cells.
type Estimator struct {
	target  *target.OnGrid
	grid    grid.Grid
	kernel  Kernel
	workers *grid.Workers
	deposit *grid.Deposit
	smooth  *grid.Convolution

	contents Contents // of the padded window
	// Logarithms of q₀, and of the density at the edge of the support; see resolved.go.
	logResolved, logOuter float64

	q    []float64 // every node
	logR []float64 // log p − log q, unclipped; see LogRatios

	version     int // of q, to detect outdated totals and ratios
	ratiosKnown int // version whose log-ratios are known everywhere
	totals      Totals
	regionMasses

	ratios ratioTask
}

// New returns an estimator for the target of a scenario. The error names what is invalid in
// the kernel or the target.
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

// NewOn returns an estimator for a target that is tabulated already.
func NewOn(t *target.OnGrid, k Kernel, w *grid.Workers) *Estimator {
	g := t.Grid
	e := &Estimator{target: t, grid: g, kernel: k, workers: w, deposit: grid.NewDeposit(g, w),
		smooth: grid.NewConvolution(g, w, k.Taps(g), 1/g.Area()), q: make([]float64, g.Len()), logR: make([]float64, g.Len())}
	e.ratios.run, e.ratios.logQ = e.ratioRows, make([][]float64, w.Size())
	for k := range e.ratios.logQ {
		e.ratios.logQ[k] = make([]float64, g.NX)
	}
	return e
}

// Set sets the points, which may lie anywhere. They are copied.
func (e *Estimator) Set(points []scenarios.Point) {
	e.SetCloud(scenarios.Cloud{Points: points})
}

// SetCloud sets points with their shares of the mass; they may lie anywhere.
func (e *Estimator) SetCloud(c scenarios.Cloud) {
	in, _ := ContentsOf(c, e.grid.Bounds())
	e.SetContents(in)
}

// SetInside sets the points in the padded window; n is their number including those outside.
// The slice is kept.
func (e *Estimator) SetInside(points []scenarios.Point, n int) { e.SetContents(AllEqual(points, n)) }

// SetContents sets what is in the padded window. The slices are kept.
func (e *Estimator) SetContents(c Contents) {
	if n := c.Effective; n != e.contents.Effective {
		e.logResolved, e.logOuter = e.kernel.logOne(n, resolvedBandwidths), e.kernel.logOne(n, outerSupport)
	}
	e.contents = c
	if c.Shares != nil {
		e.deposit.SetShares(c.Points, c.Shares)
	} else {
		e.deposit.Set(c.Points, c.N)
	}
	e.smooth.Smooth(e.q, e.deposit.Mass, e.deposit.First, e.deposit.Last)
	e.version++
}

// Version counts how often the points were set.
func (e *Estimator) Version() int { return e.version }

// Grid returns the grid.
func (e *Estimator) Grid() grid.Grid { return e.grid }

// Target returns the target.
func (e *Estimator) Target() *target.OnGrid { return e.target }

// Kernel returns the kernel.
func (e *Estimator) Kernel() Kernel { return e.kernel }

// Q is the density at the nodes, read only. It changes with the points.
func (e *Estimator) Q() []float64 { return e.q }

// LogR is log p − log q at the nodes, read only; see LogRatios.
func (e *Estimator) LogR() []float64 { return e.logR }

// Deposit is the mass of the points at the nodes.
func (e *Estimator) Deposit() *grid.Deposit { return e.deposit }

// Radius is the distance, in nodes along either axis, at which the kernel is truncated.
func (e *Estimator) Radius() int { return e.smooth.Radius() }

// N is the number of points, including those outside.
func (e *Estimator) N() int { return e.contents.N }

// Inside returns the points in the padded window, read only.
func (e *Estimator) Inside() []scenarios.Point { return e.contents.Points }

// Outside is the number of points beyond the padded window.
func (e *Estimator) Outside() int { return e.contents.Outside() }

// Smooth writes K_h * field to dst, with the kernel of the estimate: a field of mass by node
// becomes a density. Row iy of field is zero outside the columns first[iy]..last[iy].
func (e *Estimator) Smooth(dst, field []float64, first, last []int) {
	e.smooth.Smooth(dst, field, first, last)
}

// ratioTask is the input of the workers of LogRatios.
type ratioTask struct {
	everywhere    bool
	logRho, byRho []float64
	logQ          [][]float64 // by worker: a row
	run           func(worker, from, to int)
}

// LogRatios updates LogR at the nodes with q > 0: at all of them if everywhere is true,
// otherwise at least at those that the gradient at an occupied node reads. Other nodes keep their
// values. If logRho is not nil, it writes log ρ − log q of the same nodes to byRho.
func (e *Estimator) LogRatios(everywhere bool, logRho, byRho []float64) {
	if e.ratiosKnown == e.version && logRho == nil {
		return
	}
	e.ratios.everywhere, e.ratios.logRho, e.ratios.byRho = everywhere, logRho, byRho
	e.workers.Rows(e.grid.NY, e.ratios.run)
	if everywhere {
		e.ratiosKnown = e.version
	}
}

// ratioRows computes log r at the nodes of rows. The kernel is wider than the stencil of the
// gradient, so q > 0 at every node that the gradient at an occupied node reads.
func (e *Estimator) ratioRows(worker, from, to int) {
	for iy := from; iy < to; iy++ {
		if first, last := e.ratioColumns(iy); first <= last {
			e.ratioRange(iy*e.grid.NX+first, iy*e.grid.NX+last+1, e.ratios.logQ[worker])
		}
	}
}

// ratioRange computes log r at the nodes from..to−1.
func (e *Estimator) ratioRange(from, to int, logQ []float64) {
	q, logP, logR := e.q[from:to], e.target.LogP[from:to], e.logR[from:to]
	vectors.Logs(logQ, q)
	logQ = logQ[:len(q)]
	for k, v := range q {
		if v > 0 {
			logR[k] = logP[k] - logQ[k]
		}
	}
	if e.ratios.logRho == nil {
		return
	}
	logRho, byRho := e.ratios.logRho[from:to], e.ratios.byRho[from:to]
	for k, v := range q {
		if v > 0 {
			byRho[k] = logRho[k] - logQ[k]
		}
	}
}

// ratioColumns bounds the columns of row iy that LogRatios computes.
func (e *Estimator) ratioColumns(iy int) (first, last int) {
	if e.ratios.everywhere {
		return 0, e.grid.NX - 1
	}
	return e.deposit.Around(iy, grid.Reach)
}

// Beta is β = ∇log r at a node; see LogRatios.
func (e *Estimator) Beta(ix, iy int) grid.Vector { return e.grid.Gradient(e.logR, ix, iy) }

// Solid reports whether q > 0 at every node that the gradient at a node reads. The support of
// the kernel is a square, so it suffices to check the corners.
func (e *Estimator) Solid(i, ix, iy int) bool {
	const r = grid.Reach
	if ix < r || iy < r || ix >= e.grid.NX-r || iy >= e.grid.NY-r {
		return false
	}
	up := r * e.grid.NX
	return min(e.q[i-up-r], e.q[i-up+r], e.q[i+up-r], e.q[i+up+r], e.q[i]) > 0
}

// Potentials writes Φ of a drift at the nodes from..from+len(dst)−1, which LogRatios has computed. Where q = 0 it means
// nothing.
func (e *Estimator) Potentials(c *ObjectiveCurves, dst []float64, from int) {
	for at := 0; at < len(dst); at += block {
		end := min(at+block, len(dst))
		c.potentials(dst[at:end], e.target.LogP[from+at:from+end], e.logR[from+at:from+end], e.logResolved)
	}
}

// HistogramLogR writes to dst the share of the points in len(dst) equal bins of log r from
// lo to hi; values beyond count in the first or last bin.
func (e *Estimator) HistogramLogR(dst []float64, lo, hi float64) {
	e.LogRatios(false, nil, nil)
	clear(dst)
	scale := float64(len(dst)) / (hi - lo)
	e.deposit.EachOccupied(func(i int) {
		b := int((e.logR[i] - lo) * scale)
		dst[min(max(b, 0), len(dst)-1)] += e.deposit.Mass[i]
	})
}
