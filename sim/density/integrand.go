package density

import "undercurrent/divergences"

// integrand is u(r)/r of a functional.
type integrand struct {
	*Curve
	empty float64 // at EmptyLogR
	// vanishes reports whether u(r)/r ≤ 1 below the knots, where p < 10⁻¹² q, so that their
	// contribution is below the tolerance.
	vanishes bool
}

// integrandTolerance bounds the interpolation error of the table.
const integrandTolerance = 1e-9

func newIntegrand(u divergences.Functional) *integrand {
	t := &integrand{Curve: newCurve(u.TargetIntegrand, integrandTolerance), empty: u.TargetIntegrand(EmptyLogR)}
	t.vanishes = max(u.TargetIntegrand(-EmptyLogR), u.TargetIntegrand(-2*EmptyLogR), u.TargetIntegrand(-8*EmptyLogR)) <= 1
	return t
}

// at is u(r)/r, as it is summed over the nodes.
func (t *integrand) at(logR float64) float64 {
	if logR == EmptyLogR {
		return t.empty
	}
	knot, w := knotsAround(logR)
	return t.between(logR, knot, &w)
}

// between is u(r)/r, given the knots around log r.
func (t *integrand) between(logR float64, knot int, w *[4]float64) float64 {
	if logR < -EmptyLogR && t.vanishes {
		return 0
	}
	return t.Curve.between(logR, knot, w)
}
