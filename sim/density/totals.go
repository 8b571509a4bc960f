package density

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"undercurrent/divergences"
	"undercurrent/sim/grid"
)

// An integral over the plane is a sum over the nodes times the area of one. The
// integrands are continued beyond the clipping bound of log r (divergences.Clip), so
// that an empty place under the target costs a finite number.

const (
	// NegligibleDensity is a density under which a node adds nothing to any integral: even
	// multiplied by the square of the largest ratio it is lost in rounding.
	NegligibleDensity = 1e-40
	// EmptyLogR stands for log r where q = 0, far beyond the clipping bound, where
	// integrands have reached their limits.
	EmptyLogR = 2 * divergences.ClipLogR
	// emptyQ is q/p there.
	emptyQ = 1e-12
)

// DefaultFunctional is soft under-coverage at τ = s = 1.
func DefaultFunctional() divergences.Functional {
	// τ = s = 1 is in range.
	u, _ := divergences.NewUnderCoverage(1, 1)
	return u
}

// Totals are the integrals over the nodes of where the points are, from one pass. They
// hold until the points of their estimator are set again, or Totals of another functional
// are asked for.
type Totals struct {
	// TV is the total variation distance ½∫|p − q| dx over the whole plane: q that the grid
	// does not hold counts in full.
	TV float64
	// Masses and Under are ∫ q dx and the functional U by region of the target.
	Masses, Under []float64
	// Histogram is that of log r, nil unless it was asked for. Where points outside are
	// there is no target: they are at its lowest knot.
	Histogram *LogRatioHistogram

	nodes     nodeRatios
	grid      grid.Grid
	workers   *grid.Workers
	integrand *integrand
	rows      []float64 // by row of the grid: Σ|p − q|, then masses and U by region

	of struct { // what they are of
		version    int
		functional divergences.Functional
		histogram  bool
	}
	histogram *LogRatioHistogram
}

// nodeRatios is log r at every node, with q; both are zero where the node does not matter
// to an integral.
type nodeRatios struct{ q, logR []float64 }

// ratioOf is q and log r at a node, q as small as it may be where no points are.
func ratioOf(p, logP, q float64) (least, logR float64) {
	if p < NegligibleDensity && q < NegligibleDensity {
		return 0, 0
	}
	if q > 0 {
		logR = logP - math.Log(q)
	}
	if q == 0 || logR > EmptyLogR {
		return p * emptyQ, EmptyLogR
	}
	return q, logR
}

// Totals are those of the present points, U by a functional, nil for DefaultFunctional, with
// the histogram of log r if it is asked for. What was computed of the same points before is not computed again.
func (e *Estimator) Totals(u divergences.Functional, histogram bool) *Totals {
	if u == nil {
		u = DefaultFunctional()
	}
	t := &e.totals
	if t.of.version == e.version && t.of.functional == u && (t.of.histogram || !histogram) {
		return t
	}
	t.prepare(e, u, histogram)
	e.workers.Do(stripes, func(part, parts int) {
		from, to := grid.Partition(stripes, part, parts)
		for stripe := from; stripe < to; stripe++ {
			e.sumStripe(t, stripe)
		}
	})
	t.addUp(e)
	return t
}

// prepare makes room.
func (t *Totals) prepare(e *Estimator, u divergences.Functional, histogram bool) {
	if t.integrand == nil || t.of.functional != u {
		t.integrand = newIntegrand(u)
	}
	if histogram && t.histogram == nil {
		t.histogram = &LogRatioHistogram{}
	}
	if t.Histogram = nil; histogram {
		t.Histogram = t.histogram
	}
	t.of.version, t.of.functional, t.of.histogram = e.version, u, histogram
	t.grid, t.workers = e.grid, e.workers
	k, n := len(e.target.Regions.List), e.grid.Len()
	if len(t.Masses) != k {
		t.Masses, t.Under = make([]float64, k), make([]float64, k)
	}
	if rows := e.grid.NY * (1 + 2*k); len(t.rows) != rows {
		t.rows = make([]float64, rows)
	}
	if len(t.nodes.q) != n {
		t.nodes = nodeRatios{make([]float64, n), make([]float64, n)}
	}
}

// sumStripe sums some rows. The stripes are the same however many workers there are.
func (e *Estimator) sumStripe(t *Totals, stripe int) {
	var bins *[knots]float64
	if t.Histogram != nil {
		bins = &t.Histogram.stripes[stripe]
		clear(bins[:])
	}
	from, to := grid.Partition(e.grid.NY, stripe, stripes)
	width := 1 + 2*len(t.Masses)
	for iy := from; iy < to; iy++ {
		e.sumRow(t.rows[iy*width:(iy+1)*width], t, bins, iy)
	}
}

func (e *Estimator) sumRow(row []float64, t *Totals, bins *[knots]float64, iy int) {
	clear(row)
	k := len(row) / 2
	masses, under, u := row[1:1+k], row[1+k:], t.integrand
	from, to := iy*e.grid.NX, (iy+1)*e.grid.NX
	ps, logs, qs, labels := e.target.P[from:to], e.target.LogP[from:to], e.q[from:to], e.target.Regions.Labels[from:to]
	nodes := nodeRatios{t.nodes.q[from:to], t.nodes.logR[from:to]}
	off, empty := 0.0, 0.0
	for i, p := range ps {
		q, region := qs[i], labels[i]
		off += math.Abs(p - q)
		masses[region] += q
		q, logR := ratioOf(p, logs[i], q)
		nodes.q[i], nodes.logR[i] = q, logR
		switch {
		case q == 0:
		case logR == EmptyLogR:
			// Most places of most clouds: all of them are at one knot.
			under[region] += p * u.empty
			empty += q
		default:
			knot, w := knotsAround(logR)
			under[region] += p * u.between(logR, knot, &w)
			if bins != nil {
				spread(bins, q, knot, &w)
			}
		}
	}
	row[0] = off
	if bins != nil {
		bins[knots-1] += empty
	}
}

// addUp adds the rows, and the stripes of the histogram, in their order.
func (t *Totals) addUp(e *Estimator) {
	area, width := e.grid.Area(), 1+2*len(t.Masses)
	t.TV = 0
	clear(t.Masses)
	clear(t.Under)
	for iy := range e.grid.NY {
		row := t.rows[iy*width : (iy+1)*width]
		t.TV += row[0]
		floats.Add(t.Masses, row[1:1+len(t.Masses)])
		floats.Add(t.Under, row[1+len(t.Masses):])
	}
	floats.Scale(area, t.Masses)
	floats.Scale(area, t.Under)
	t.TV = t.TV*area/2 + max(1-floats.Sum(t.Masses), 0)/2
	if t.Histogram != nil {
		t.Histogram.addUp(area)
		t.Histogram.mass()[0] += e.outsideShare()
	}
}

// UnderCoverage is U over all regions.
func (t *Totals) UnderCoverage() float64 { return floats.Sum(t.Under) }

// Integral is ∫ of a function of a node with its q and log r, over the nodes that matter. q
// is as small as it may be where no points are, and log r is EmptyLogR there.
func (t *Totals) Integral(at func(i int, q, logR float64) float64) float64 {
	g, rows := t.grid, make([]float64, t.grid.NY)
	t.workers.All(grid.Rows(g.NY, func(iy int) {
		for i := iy * g.NX; i < (iy+1)*g.NX; i++ {
			if q := t.nodes.q[i]; q != 0 {
				rows[iy] += at(i, q, t.nodes.logR[i])
			}
		}
	}))
	return floats.Sum(rows) * g.Area()
}
