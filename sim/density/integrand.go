package density

import (
	"math"

	"undercurrent/divergences"
)

// integrand is u(r)/r of a functional, tabulated at the knots for cubic interpolation, at a
// third of the cost of an exponential.
type integrand struct {
	of     divergences.Functional
	values []float64
	empty  float64 // at EmptyLogR
	// exact reports whether the functional is too sharp for the table and is evaluated
	// directly.
	exact bool
	// vanishes reports whether u(r)/r ≤ 1 below the knots, where p < 10⁻¹² q, so that their
	// contribution is below the tolerance.
	vanishes bool
}

// integrandTolerance bounds the interpolation error of the table.
const integrandTolerance = 1e-9

func newIntegrand(u divergences.Functional) *integrand {
	t := &integrand{of: u, values: make([]float64, knots), empty: u.TargetIntegrand(EmptyLogR)}
	t.vanishes = max(u.TargetIntegrand(-EmptyLogR), u.TargetIntegrand(-2*EmptyLogR), u.TargetIntegrand(-8*EmptyLogR)) <= 1
	for k := range t.values {
		t.values[k] = u.TargetIntegrand(logRAt(k))
	}
	for k := 1; k < knots-2 && !t.exact; k++ {
		logR := (float64(k-centreKnot) + 0.5) * knotStep
		t.exact = !(math.Abs(t.value(logR)-u.TargetIntegrand(logR)) <= integrandTolerance)
	}
	return t
}

// value is u(r)/r.
func (t *integrand) value(logR float64) float64 {
	knot, w := knotsAround(logR)
	return t.between(logR, knot, &w)
}

// at is u(r)/r, as it is summed over the nodes.
func (t *integrand) at(logR float64) float64 {
	if logR == EmptyLogR {
		return t.empty
	}
	return t.value(logR)
}

// between is u(r)/r, given the knots around log r.
func (t *integrand) between(logR float64, knot int, w *[4]float64) float64 {
	switch {
	case logR < -EmptyLogR && t.vanishes:
		return 0
	case logR < -EmptyLogR || t.exact:
		return t.of.TargetIntegrand(logR)
	}
	v := t.values[knot : knot+4 : knot+4]
	return w[0]*v[0] + w[1]*v[1] + w[2]*v[2] + w[3]*v[3]
}
