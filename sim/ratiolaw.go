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

// ratioLaw is the distribution of log r over a cloud: what q dx is at each knot. All
// f-divergences are integrals over it, ∫ q f(r) dx = Σ mass·f(knot), so that one pass
// over the nodes serves them all.
type ratioLaw struct{ mass [lawKnots]float64 }

// of fills in the law of the ratios. A node's mass goes to the four knots around it with
// the weights of cubic interpolation, below the last two knots of linear extrapolation.
func (l *ratioLaw) of(n *ratios, area float64) {
	clear(l.mass[:])
	for i, q := range n.q {
		if q == 0 {
			continue
		}
		x := n.logR[i]/lawStep + lawCentre
		k := int(math.Floor(x))
		if k < 1 {
			l.mass[0] += q * (1 - x)
			l.mass[1] += q * x
			continue
		}
		k = min(k, lawKnots-3)
		u := x - float64(k)
		v, a, b := 1-u, u*(1+u)/6, (1-u)*(2-u)/6
		to := l.mass[k-1 : k+3 : k+3]
		to[0] -= q * u * b
		to[1] += q * (1 + u) * b * 3
		to[2] += q * (2 - u) * a * 3
		to[3] -= q * v * a
	}
	floats.Scale(area, l.mass[:])
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
		dst = append(dst, Objective{id, floats.Dot(o.values[k], l.mass[:])})
	}
	return dst
}
