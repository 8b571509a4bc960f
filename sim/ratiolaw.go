package sim

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"undercurrent/divergences"
)

const (
	// lawIntervals of equal length lie between log r = 0 and ClipLogR, so that a knot
	// stands where integrands have their kinks. A cubic through four knots is then
	// right to 4·10⁻⁹ of r³.
	lawIntervals = 2048
	lawStep      = ClipLogR / lawIntervals
	// The knots reach to ±emptyLogR. Further down every integrand has become a line.
	lawCentre = 2 * lawIntervals
	lawKnots  = 2*lawCentre + 1
)

// lawStripes are collected apart and added up in their order, so that the bits do not
// depend on how many workers there are.
const lawStripes = 8

// ratioLaw is the distribution of log r over a cloud: what q dx is at each knot. All
// f-divergences are integrals over it, ∫ q f(r) dx = Σ mass·f(knot), so that one pass
// over the nodes serves them all.
type ratioLaw struct{ stripes [lawStripes][lawKnots]float64 }

// addUp adds the stripes, with what a node's mass is in units of its q.
func (l *ratioLaw) addUp(area float64) {
	for k := 1; k < lawStripes; k++ {
		floats.Add(l.mass(), l.stripes[k][:])
	}
	floats.Scale(area, l.mass())
}

// mass is the law by knot.
func (l *ratioLaw) mass() []float64 { return l.stripes[0][:] }

// spread gives q to the knots around a log r.
func spread(law *[lawKnots]float64, q float64, knot int, w *[4]float64) {
	to := law[knot : knot+4 : knot+4]
	to[0] += q * w[0]
	to[1] += q * w[1]
	to[2] += q * w[2]
	to[3] += q * w[3]
}

// knotsAround is the first of the four knots around a log r and their weights: those of
// cubic interpolation, below the last two knots those of linear extrapolation.
func knotsAround(logR float64) (first int, w [4]float64) {
	x := logR/lawStep + lawCentre
	if x < 1 {
		return 0, [4]float64{1 - x, x}
	}
	k := min(int(x), lawKnots-3)
	u := x - float64(k)
	a, b := u*(1+u)/6, (1-u)*(2-u)/6
	return k - 1, [4]float64{-u * b, 3 * (1 + u) * b, 3 * (2 - u) * a, -(1 - u) * a}
}

// shareTable is the integrand of a functional on the knots: a cubic costs a third of its
// exponential.
type shareTable struct {
	of     divergences.Functional
	values []float64
	empty  float64 // at emptyLogR
	// exact tells that the functional is too sharp for the knots: it is asked itself.
	exact bool
	// vanishes tells that below the knots, where p < 10⁻¹² q, no share is above one: all
	// of them together are below the tolerance.
	vanishes bool
}

// shareTolerance is what a table may be off between its knots.
const shareTolerance = 1e-9

func newShareTable(u divergences.Functional) *shareTable {
	t := &shareTable{of: u, values: make([]float64, lawKnots), empty: u.Share(emptyLogR)}
	t.vanishes = max(u.Share(-emptyLogR), u.Share(-2*emptyLogR), u.Share(-8*emptyLogR)) <= 1
	for k := range t.values {
		t.values[k] = u.Share(float64(k-lawCentre) * lawStep)
	}
	for k := 1; k < lawKnots-2 && !t.exact; k++ {
		logR := (float64(k-lawCentre) + 0.5) * lawStep
		t.exact = !(math.Abs(t.at(logR)-u.Share(logR)) <= shareTolerance)
	}
	return t
}

// at is u(r)/r.
func (t *shareTable) at(logR float64) float64 {
	knot, w := knotsAround(logR)
	return t.between(logR, knot, &w)
}

// between is u(r)/r with the knots around log r given.
func (t *shareTable) between(logR float64, knot int, w *[4]float64) float64 {
	switch {
	case logR < -emptyLogR && t.vanishes:
		return 0
	case logR < -emptyLogR || t.exact:
		return t.of.Share(logR)
	}
	v := t.values[knot : knot+4 : knot+4]
	return w[0]*v[0] + w[1]*v[1] + w[2]*v[2] + w[3]*v[3]
}

// Objectives are divergences whose values are wanted, tabulated on the knots of the law
// of log r. They are immutable: many flows may share them.
type Objectives struct {
	ids    []string
	values [][]float64 // a divergence each, by knot
}

// NewObjectives tabulates divergences, continued beyond the clip of log r.
func NewObjectives(list []divergences.Divergence) *Objectives {
	o := &Objectives{}
	for _, d := range list {
		continued, values := divergences.Continue(d, ClipLogR), make([]float64, lawKnots)
		for k := range values {
			values[k] = continued.F(float64(k-lawCentre) * lawStep)
		}
		o.ids, o.values = append(o.ids, d.Info().ID), append(o.values, values)
	}
	return o
}

// measure appends the value of each, D_f(p‖q) = ∫ q f(p/q) dx, to dst.
func (o *Objectives) measure(dst []Objective, l *ratioLaw) []Objective {
	for k, id := range o.ids {
		dst = append(dst, Objective{id, floats.Dot(o.values[k], l.mass())})
	}
	return dst
}
