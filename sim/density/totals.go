package density

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"undercurrent/divergences"
	"undercurrent/internal/portable"
	"undercurrent/sim/grid"
)

// An integral over the plane is a sum over the nodes times the area of a node. The integrands
// are clipped (divergences.Clip), so that a node with target mass and q = 0 contributes a
// finite number.

const (
	// NegligibleDensity is a density below which a node does not contribute to integrals: even
	// multiplied by the square of the largest ratio it is below rounding.
	NegligibleDensity = 1e-40
	// EmptyLogR is used for log r where q = 0; it is far beyond the clipping bound, where the
	// integrands have reached their limits.
	EmptyLogR = 2 * divergences.ClipLogR
	// emptyQ is q/p at EmptyLogR.
	emptyQ = 1e-12
)

// defaultFunctional is never written again.
var defaultFunctional = func() divergences.Functional {
	u, _ := divergences.NewUnderCoverage(1, 1) // valid parameters
	return u
}()

// DefaultFunctional returns soft under-coverage at τ = s = 1.
func DefaultFunctional() divergences.Functional { return defaultFunctional }

// Totals are integrals over the nodes, computed in one pass. They are valid until the points
// of their estimator are set again, or Totals is called with another functional.
type Totals struct {
	// TV is the total variation distance ½∫|p − q| dx over the whole plane; the mass of q
	// outside the grid counts in full.
	TV float64
	// Masses and Under are ∫ q dx and the functional U by region of the target.
	Masses, Under []float64
	// Unreached is ∫ p (1 − q/q₀)₊ dx, the target mass where no particles are; see resolved.go.
	Unreached float64
	// Histogram is the distribution of log r, nil unless requested. Points outside count at
	// its lowest knot, as there is no target mass there.
	Histogram *LogRatioHistogram

	nodes     nodeRatios
	grid      grid.Grid
	workers   *grid.Workers
	integrand *integrand
	rows      []float64 // by row of the grid: Σ|p − q| and Σp(1 − q/q₀)₊, then masses and U by region

	logP        []float64 // of the target
	logResolved float64

	sum      func(worker, from, to int)
	integral struct {
		f          func(n NodeRatio) float64
		curves     *ObjectiveCurves
		rows       []float64
		run, curve func(worker, from, to int)
	}

	of struct { // input of the totals
		version    int
		functional divergences.Functional
		histogram  bool
	}
	histogram *LogRatioHistogram
}

// nodeRatios are q and log r at every node; both are zero at nodes that do not contribute.
type nodeRatios struct{ q, logR []float64 }

// ratioOf returns q and log r of a node, with q raised to at least p·emptyQ.
func ratioOf(p, q, logR float64) (raised, used float64) {
	if p < NegligibleDensity && q < NegligibleDensity {
		return 0, 0
	}
	if q == 0 || logR > EmptyLogR {
		return p * emptyQ, EmptyLogR
	}
	return q, logR
}

// Totals returns the totals of the current points, with U by the functional u, nil for
// DefaultFunctional, and with the histogram of log r if requested. Totals of the same points
// are computed once.
func (e *Estimator) Totals(u divergences.Functional, histogram bool) *Totals {
	if u == nil {
		u = DefaultFunctional()
	}
	t := &e.totals
	if t.of.version == e.version && t.of.functional == u && (t.of.histogram || !histogram) {
		return t
	}
	t.prepare(e, u, histogram)
	e.LogRatios(true, nil, nil)
	e.workers.Each(stripes, 1, t.sum)
	t.addUp(e)
	return t
}

// prepare allocates the memory of the totals.
func (t *Totals) prepare(e *Estimator, u divergences.Functional, histogram bool) {
	if t.integrand == nil || t.of.functional != u {
		t.integrand = newIntegrand(u)
	}
	if histogram && t.histogram == nil {
		t.histogram = newLogRatioHistogram(e.workers)
	}
	if t.Histogram = nil; histogram {
		t.Histogram = t.histogram
	}
	t.of.version, t.of.functional, t.of.histogram = e.version, u, histogram
	t.grid, t.workers = e.grid, e.workers
	t.logP, t.logResolved = e.target.LogP, e.logResolved
	if t.sum == nil {
		t.sum = grid.OneByOne(func(stripe int) { e.sumStripe(t, stripe) })
		t.integral.rows = make([]float64, e.grid.NY)
		t.integral.run, t.integral.curve = grid.OneByOne(t.integrateRow), grid.OneByOne(t.integrateCurveRow)
	}
	k, n := len(e.target.Regions.List), e.grid.Len()
	if len(t.Masses) != k {
		t.Masses, t.Under = make([]float64, k), make([]float64, k)
	}
	if rows := e.grid.NY * (rowHead + 2*k); len(t.rows) != rows {
		t.rows = make([]float64, rows)
	}
	if len(t.nodes.q) != n {
		t.nodes = nodeRatios{make([]float64, n), make([]float64, n)}
	}
}

// sumStripe sums the rows of a stripe. The stripes do not depend on the number of workers.
func (e *Estimator) sumStripe(t *Totals, stripe int) {
	var bins *logRatioBins
	if t.Histogram != nil {
		bins = &t.Histogram.stripes[stripe]
		*bins = logRatioBins{}
	}
	from, to := e.grid.NY*stripe/stripes, e.grid.NY*(stripe+1)/stripes
	width := rowHead + 2*len(t.Masses)
	for iy := from; iy < to; iy++ {
		e.sumRow(t.rows[iy*width:(iy+1)*width], t, bins, iy)
	}
}

// rowHead is the number of sums of a row that are not by region.
const rowHead = 2

func (e *Estimator) sumRow(row []float64, t *Totals, bins *logRatioBins, iy int) {
	clear(row)
	k := (len(row) - rowHead) / 2
	masses, under, u := row[rowHead:rowHead+k], row[rowHead+k:], t.integrand
	from, to := iy*e.grid.NX, (iy+1)*e.grid.NX
	ps, logs, qs, labels := e.target.P[from:to], e.target.LogP[from:to], e.q[from:to], e.target.Regions.Labels[from:to]
	ratios, nodes := e.logR[from:to], nodeRatios{t.nodes.q[from:to], t.nodes.logR[from:to]}
	off, unreached, perResolved := 0.0, 0.0, portable.Exp(-e.logResolved)
	for i, p := range ps {
		q := qs[i]
		off += math.Abs(p - q)
		unreached += p * max(1-q*perResolved, 0)
		nodes.q[i], nodes.logR[i] = ratioOf(p, q, ratios[i])
	}
	addByRegion(masses, qs, labels)
	var memory [block]float64
	for at := 0; at < len(ps); at += block {
		end := min(at+block, len(ps))
		values := memory[:end-at]
		u.values(values, nodes.logR[at:end])
		for k, q := range nodes.q[at:end] {
			if values[k] *= ps[at+k]; q == 0 {
				values[k] = 0
			}
		}
		addByRegion(under, values, labels[at:end])
	}
	if bins != nil {
		e.addRow(bins, nodes, logs)
	}
	row[0], row[1] = off, unreached
}

// addRow adds the nodes of a row to a histogram.
func (e *Estimator) addRow(bins *logRatioBins, nodes nodeRatios, logP []float64) {
	empty := emptySums{}
	var memory [block]aroundKnots
	for from := 0; from < len(logP); from += block {
		to := min(from+block, len(logP))
		around := memory[:to-from]
		knotsOfEach(around, nodes.logR[from:to])
		for k := range around {
			i := from + k
			switch q, logR := nodes.q[i], nodes.logR[i]; {
			case q == 0:
			case logR == EmptyLogR:
				// The most frequent case: all such nodes are at one knot.
				empty.add(bins, q, logP[i], e.logResolved)
			default:
				bins.add(q, logR, beyondResolved(logP[i], logR, e.logResolved), &around[k])
			}
		}
	}
	empty.addTo(bins)
}

// emptySums are the sums over the nodes at EmptyLogR, the most frequent case: most of them have
// the resolved ratio 1.
type emptySums struct{ all, own float64 }

// add adds a node.
func (s *emptySums) add(bins *logRatioBins, q, logP, logResolved float64) {
	s.all += q
	if logResolved-logP+EmptyLogR < EmptyLogR {
		bins.addBeyond(q, EmptyLogR, beyondResolved(logP, EmptyLogR, logResolved))
		return
	}
	s.own += q
}

// addTo adds the sums to their knots.
func (s *emptySums) addTo(bins *logRatioBins) {
	bins.rest[knots-1-low] += s.all
	bins.raised[centreKnot-low] += s.own / emptyQ
	bins.own[centreKnot-low] += s.own
	bins.excess[centreKnot-low] += s.own * EmptyLogR
}

// addUp adds the rows, and the stripes of the histogram, in order.
func (t *Totals) addUp(e *Estimator) {
	area, width, k := e.grid.Area(), rowHead+2*len(t.Masses), len(t.Masses)
	t.TV, t.Unreached = 0, 0
	clear(t.Masses)
	clear(t.Under)
	for iy := range e.grid.NY {
		row := t.rows[iy*width : (iy+1)*width]
		t.TV += row[0]
		t.Unreached += row[1]
		floats.Add(t.Masses, row[rowHead:rowHead+k])
		floats.Add(t.Under, row[rowHead+k:])
	}
	t.Unreached *= area
	for _, c := range e.target.Regions.Parts {
		t.Masses[c.Region] += c.Share * e.q[c.Node]
		if q := t.nodes.q[c.Node]; q != 0 {
			t.Under[c.Region] += c.Share * e.target.P[c.Node] * t.integrand.at(t.nodes.logR[c.Node])
		}
	}
	floats.Scale(area, t.Masses)
	floats.Scale(area, t.Under)
	t.TV = t.TV*area/2 + math.Abs(max(1-floats.Sum(t.Masses), 0)-e.target.Beyond)/2
	if t.Histogram != nil {
		t.Histogram.addUp(area)
		t.Histogram.addOutside(e.contents.OutsideShare())
	}
}

// UnderCoverage is U over all regions.
func (t *Totals) UnderCoverage() float64 { return floats.Sum(t.Under) }

// NodeRatio is the density q at the node Index, its log r, and by how much that exceeds the
// resolved ratio; where q is below p·1e-12, it is that and LogR is EmptyLogR.
type NodeRatio struct {
	Index           int
	Q, LogR, Beyond float64
}

// Integral is ∫ f dx over the contributing nodes.
func (t *Totals) Integral(f func(n NodeRatio) float64) float64 {
	t.integral.f = f
	t.workers.Rows(t.grid.NY, t.integral.run)
	return floats.Sum(t.integral.rows) * t.grid.Area()
}

func (t *Totals) integrateRow(iy int) {
	sum := 0.0
	for i := iy * t.grid.NX; i < (iy+1)*t.grid.NX; i++ {
		if q := t.nodes.q[i]; q != 0 {
			logR := t.nodes.logR[i]
			sum += t.integral.f(NodeRatio{i, q, logR, beyondResolved(t.logP[i], logR, t.logResolved)})
		}
	}
	t.integral.rows[iy] = sum
}

// integralOf is ∫ q f dx over the contributing nodes, with f of curves.
func (t *Totals) integralOf(c *ObjectiveCurves) float64 {
	t.integral.curves = c
	t.workers.Rows(t.grid.NY, t.integral.curve)
	return floats.Sum(t.integral.rows) * t.grid.Area()
}

func (t *Totals) integrateCurveRow(iy int) {
	var memory [block]float64
	sum, end := 0.0, (iy+1)*t.grid.NX
	for from := iy * t.grid.NX; from < end; from += block {
		to := min(from+block, end)
		fs := memory[:to-from]
		t.integral.curves.fs(fs, t.logP[from:to], t.nodes.logR[from:to], t.logResolved)
		for k, q := range t.nodes.q[from:to] {
			if q != 0 {
				sum += q * fs[k]
			}
		}
	}
	t.integral.rows[iy] = sum
}
