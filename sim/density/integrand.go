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
	var value [1]float64
	t.values(value[:], []float64{logR})
	return value[0]
}

// values writes u(r)/r, as it is summed over the nodes, to dst for at most a block of nodes.
func (t *integrand) values(dst, logR []float64) {
	var memory [block]float64
	at := memory[:len(logR)]
	for k, l := range logR {
		if at[k] = l; l < -EmptyLogR && t.vanishes {
			at[k] = 0
		}
	}
	t.Curve.Values(dst, at)
	for k, l := range logR {
		switch {
		case l == EmptyLogR:
			dst[k] = t.empty
		case l < -EmptyLogR && t.vanishes:
			dst[k] = 0
		}
	}
}
