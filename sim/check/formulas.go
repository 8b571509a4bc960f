package check

import (
	"math"

	"undercurrent/divergences"
)

const (
	// formulaTolerance bounds the relative difference of formula and numerical variation.
	formulaTolerance = 1e-3
	// sliceLogR bounds |log r| of the compared nodes, to exclude the kink of the weights at the
	// clipping bound.
	sliceLogR = divergences.ClipLogR - 1
)

// formulas compares w with q ∂²(q f(p/q))/∂q² and V with −∇ of the numerical first
// variation of the objective.
func (c *checker) formulas(subject string, d divergences.Drift) {
	const expected = "≤ 1e-3 relative"
	s := c.newSlice(d, c.basins[0])
	if d.Reference().Kind == divergences.NoReference {
		e := s.weightError()
		c.add(subject, Weight, "w against ∂²D", expected, e <= formulaTolerance, e)
	}
	e := s.velocityError()
	c.add(subject, Velocity, "V against −∇δD/δq", expected, e <= formulaTolerance, e)
}

// weightError is the relative difference of w, averaged over q.
func (s *slice) weightError() float64 {
	off, size := 0.0, 0.0
	for j, q := range s.q {
		if math.Abs(s.logRatios(j, 0).LogR) > sliceLogR {
			continue
		}
		n := func(q float64) float64 {
			return q * s.drift.Integrand(divergences.LogRatios{LogR: s.logP[j] - math.Log(q)})
		}
		h := 1e-3 * q
		want := q * (n(q+h) - 2*n(q) + n(q-h)) / (h * h)
		off += q * math.Abs(s.drift.Velocity(s.logRatios(j, 0)).Beta-want)
		size += q * math.Abs(want)
	}
	return off / size
}

// velocityError is the relative root mean square difference of V over q. The surrogate is not a
// gradient flow: it is compared with that of the f-divergence with its weight at fixed m.
func (s *slice) velocityError() float64 {
	mean := s.mean()
	of := s
	if !s.drift.IsGradientFlow() {
		of = s.frozen(mean)
	}
	psi := of.variation()
	logR, logRho := make([]float64, len(s.q)), make([]float64, len(s.q))
	for j := range s.q {
		l := s.logRatios(j, mean)
		logR[j], logRho[j] = l.LogR, l.LogRho
	}
	off, size := 0.0, 0.0
	for j := 2; j < len(s.q)-2; j++ {
		if math.Abs(logR[j]) > sliceLogR {
			continue
		}
		c := s.drift.Velocity(s.logRatios(j, mean))
		v := c.Beta*s.slope(logR, j) + c.Gamma*s.slope(logRho, j)
		want := -s.slope(psi, j)
		off += s.q[j] * (v - want) * (v - want)
		size += s.q[j] * want * want
	}
	return math.Sqrt(off / size)
}

// frozen returns the slice under the f-divergence with the weight of the drift at fixed m.
func (s *slice) frozen(mean float64) *slice {
	w := func(r float64) float64 {
		return s.drift.Velocity(divergences.LogRatios{LogR: math.Log(r), Mean: mean}).Beta
	}
	custom, err := divergences.NewCustom("frozen", w)
	if err != nil {
		panic(err) // the weight of the surrogate is positive
	}
	return &slice{dx: s.dx, logP: s.logP, q: s.q, logRho: s.logRho, rho: s.rho, drift: divergences.NewDrift(custom)}
}
