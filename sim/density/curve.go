package density

import (
	"math"

	"undercurrent/divergences"
)

// Curve is a smooth function of log r, tabulated at the knots of a LogRatioHistogram for cubic
// interpolation, at a fraction of the cost of an exponential. It is immutable and safe for
// concurrent use.
type Curve struct {
	of     func(logR float64) float64
	values []float64
	// exact reports whether the function is too sharp for the table and is evaluated directly.
	exact bool
	// linear reports whether the function is linear below the knots.
	linear bool
}

// curveTolerance bounds the error of a table, relative to one plus the sizes of the value and of
// those nearby, a tenth away in log r: particles do not resolve it any closer.
const (
	curveTolerance = 1e-8
	nearby         = 15 // knots
)

// NewCurve tabulates a function.
func NewCurve(of func(logR float64) float64) *Curve { return newCurve(of, curveTolerance) }

func newCurve(of func(logR float64) float64, tolerance float64) *Curve {
	c := &Curve{of: of, values: make([]float64, knots)}
	for k := range c.values {
		c.values[k] = of(logRAt(k))
	}
	// Where it is sharp, the cubics of several intervals go astray.
	const every = 3
	agrees := func(got, want, near float64) bool {
		return math.Abs(got-want) <= tolerance*(1+math.Abs(want)+near)
	}
	for k := 1; k < knots-2 && !c.exact; k += every {
		logR := (float64(k-centreKnot) + 0.5) * knotStep
		knot, w := knotsAround(logR)
		c.exact = !agrees(c.interpolate(knot, &w), of(logR), math.Abs(c.values[max(k-nearby, 0)])+math.Abs(c.values[min(k+nearby, knots-1)]))
	}
	c.linear = true
	for _, times := range []float64{2, 8} {
		knot, w := knotsAround(-times * EmptyLogR)
		c.linear = c.linear && agrees(c.interpolate(knot, &w), of(-times*EmptyLogR), 0)
	}
	return c
}

// At is the function of log r.
func (c *Curve) At(logR float64) float64 {
	knot, w := knotsAround(logR)
	return c.between(logR, knot, &w)
}

// atOnce is the number of values that are computed where the vectorised path does not go on.
const atOnce = 4

// Values writes the function of log r to dst, which is as long: the same values as those of At, faster.
func (c *Curve) Values(dst, logR []float64) {
	for done := 0; done < len(logR); {
		if !c.exact {
			done += cubicsInVectors(dst[done:], logR[done:], c.values)
		}
		for end := min(done+atOnce, len(logR)); done < end; done++ {
			dst[done] = c.At(logR[done])
		}
	}
}

// between is the function, given the knots around log r.
func (c *Curve) between(logR float64, knot int, w *[4]float64) float64 {
	if c.exact || !(logR <= EmptyLogR) || logR < -EmptyLogR && !c.linear {
		return c.of(logR)
	}
	return c.interpolate(knot, w)
}

func (c *Curve) interpolate(knot int, w *[4]float64) float64 {
	v := c.values[knot : knot+4 : knot+4]
	return float64(w[0]*v[0]) + float64(w[1]*v[1]) + float64(w[2]*v[2]) + float64(w[3]*v[3])
}

// ObjectiveCurves are the integrand, the potential and the weight of a drift that depends on log r
// alone.
type ObjectiveCurves struct {
	f, potential, weight *Curve
	grows                bool // whether they depend on LogRatios.Beyond
}

// NewObjectiveCurves tabulates the integrand f, the potential Φ and the weight w of a drift.
func NewObjectiveCurves(d divergences.Drift) *ObjectiveCurves {
	at := func(logR float64) divergences.LogRatios { return divergences.LogRatios{LogR: logR} }
	c := &ObjectiveCurves{
		f:         NewCurve(func(logR float64) float64 { return d.Integrand(at(logR)) }),
		potential: NewCurve(func(logR float64) float64 { return d.Potential(at(logR)) }),
		weight:    NewCurve(func(logR float64) float64 { return d.Descent(at(logR)).Beta }),
		grows:     d.GrowsWithR(),
	}
	return c
}

// Objective is ∫ q f dx over the contributing nodes.
func (c *ObjectiveCurves) Objective(t *Totals) float64 { return t.integralOf(c) }

// block is the number of nodes whose values are computed at once.
const block = 128

// starts writes to dst ln r from where on the weight is constant, if it is before log r, for at most a block of nodes.
func (c *ObjectiveCurves) starts(dst, logP, logR []float64, logResolved float64) {
	copy(dst, logR)
	if !c.grows {
		return
	}
	for k, l := range logR {
		dst[k] = c.start(l, beyondResolved(logP[k], l, logResolved))
	}
}

// fs writes F to dst for at most a block of nodes.
func (c *ObjectiveCurves) fs(dst, logP, logR []float64, logResolved float64) {
	c.values(c.f, c.F, dst, logP, logR, logResolved)
}

// potentials writes Potential to dst for at most a block of nodes.
func (c *ObjectiveCurves) potentials(dst, logP, logR []float64, logResolved float64) {
	c.values(c.potential, c.Potential, dst, logP, logR, logResolved)
}

// values writes a curve to dst for at most a block of nodes, and a continued one where it is continued.
func (c *ObjectiveCurves) values(curve *Curve, continued func(logR, beyond float64) float64, dst, logP, logR []float64, logResolved float64) {
	var memory [block]float64
	at := memory[:len(logR)]
	c.starts(at, logP, logR, logResolved)
	curve.Values(dst, at)
	for k, l := range logR {
		if at[k] != l {
			dst[k] = continued(l, beyondResolved(logP[k], l, logResolved))
		}
	}
}

// start is ln r from where on the weight is constant, if it is before logR.
func (c *ObjectiveCurves) start(logR, beyond float64) float64 {
	if !c.grows {
		return logR
	}
	return logR - beyond
}

// F is f where log r is beyond what particles resolve by so much; see divergences.Clipped.FBeyond.
func (c *ObjectiveCurves) F(logR, beyond float64) float64 {
	at := c.start(logR, beyond)
	knot, w := knotsAround(at)
	f := c.f.between(at, knot, &w)
	if at == logR {
		return f
	}
	weight := c.weight.between(at, knot, &w)
	return f - weight*beyond + (c.potential.between(at, knot, &w)+f+weight)*math.Expm1(beyond)
}

// Potential is Φ where log r is beyond what particles resolve by so much; see
// divergences.Clipped.PotentialBeyond.
func (c *ObjectiveCurves) Potential(logR, beyond float64) float64 {
	at := c.start(logR, beyond)
	knot, w := knotsAround(at)
	potential := c.potential.between(at, knot, &w)
	if at == logR {
		return potential
	}
	return potential + c.weight.between(at, knot, &w)*beyond
}
