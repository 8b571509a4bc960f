package check

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim/target"
)

const (
	// sliceNodes of a slice through the target, over sliceReach standard deviations to
	// both sides of its largest region's peak.
	sliceNodes = 1201
	sliceReach = 3.5
	// peakNodes to each side show how wide the hump of the peak is.
	peakNodes = 5000
	// variationStep is the relative change of q in a numerical variation.
	variationStep = 1e-3
)

// slice is a density on a line: the target along a row through its largest
// region, with a Gaussian cloud and a reference on the same line.
type slice struct {
	dx          float64
	logP, q     []float64
	logRho, rho []float64
	drift       divergences.Drift
}

// newSlice cuts the target through the largest region.
func (c *checker) newSlice(d divergences.Drift, at target.Region) *slice {
	sd := c.rowDeviation(at)
	s := &slice{drift: d, dx: 2 * sliceReach * sd / (sliceNodes - 1)}
	cloud := logNormal(at.Peak.X+0.4*sd, 1.2*sd)
	broad := logNormal(at.Peak.X-0.3*sd, 2*sd)
	sum := 0.0
	for j := range sliceNodes {
		x := at.Peak.X + (float64(j)-(sliceNodes-1)/2)*s.dx
		s.logP = append(s.logP, c.scenario.Target.LogDensity(x, at.Peak.Y)-c.scenario.Target.LogDensity(at.Peak.X, at.Peak.Y))
		s.q = append(s.q, math.Exp(cloud(x)))
		s.logRho = append(s.logRho, broad(x))
		sum += math.Exp(s.logP[j]) * s.dx
	}
	for j := range s.logP {
		s.logP[j] -= math.Log(sum)
	}
	s.setReference()
	return s
}

// rowDeviation is the standard deviation of the target along the row through a region's
// peak, of the hump that the peak is of: a bent target or a ring is much narrower along
// the row than it is wide, and a wider slice would be too coarse for it.
func (c *checker) rowDeviation(at target.Region) float64 {
	reach := sliceReach * math.Sqrt(at.VarX)
	top := c.scenario.Target.LogDensity(at.Peak.X, at.Peak.Y)
	sum, mean, squares := 1.0, 0.0, 0.0
	for _, side := range []float64{-1, 1} {
		for j := 1; j <= peakNodes; j++ {
			x := side * reach * float64(j) / peakNodes
			l := c.scenario.Target.LogDensity(at.Peak.X+x, at.Peak.Y) - top
			if l < -sliceReach*sliceReach/2 {
				break
			}
			p := math.Exp(l)
			sum, mean, squares = sum+p, mean+p*x, squares+p*x*x
		}
	}
	mean /= sum
	return math.Sqrt(squares/sum - mean*mean)
}

// logNormal is the logarithm of a Gaussian density on the line.
func logNormal(mean, sd float64) func(x float64) float64 {
	return func(x float64) float64 {
		u := (x - mean) / sd
		return -u*u/2 - math.Log(sd) - math.Log(2*math.Pi)/2
	}
}

// setReference makes ρ of p and q where it is.
func (s *slice) setReference() {
	r := s.drift.Reference()
	for j, q := range s.q {
		if !r.External() {
			s.logRho[j] = math.Log(q) + r.LogRho(s.logP[j]-math.Log(q))
		}
	}
	s.rho = make([]float64, len(s.q))
	for j, l := range s.logRho {
		s.rho[j] = math.Exp(l)
	}
}

// place is what the drift sees of a node.
func (s *slice) logRatios(j int, mean float64) divergences.LogRatios {
	logQ := math.Log(s.q[j])
	return divergences.LogRatios{LogR: s.logP[j] - logQ, LogRho: s.logRho[j] - logQ, Mean: mean}
}

// mean is E_ρ[log r].
func (s *slice) mean() float64 {
	mass, logR := 0.0, 0.0
	for j, rho := range s.rho {
		if s.drift.Reference().Differentiated {
			rho = s.q[j]
		}
		mass += rho
		logR += rho * (s.logP[j] - math.Log(s.q[j]))
	}
	return logR / mass
}

// objective is D of the slice, ρ as it was held.
func (s *slice) objective() float64 {
	mean, sum := s.mean(), 0.0
	for j, q := range s.q {
		at := s.logRatios(j, mean)
		if s.drift.Reference().Differentiated {
			at.LogRho = 0
		}
		sum += q * s.drift.Integrand(at) * s.dx
	}
	return sum
}

// variation is δD/δq at every node by changing q there alone.
func (s *slice) variation() []float64 {
	out := make([]float64, len(s.q))
	for j, q := range s.q {
		s.q[j] = q * (1 + variationStep)
		up := s.objective()
		s.q[j] = q * (1 - variationStep)
		down := s.objective()
		s.q[j] = q
		out[j] = (up - down) / (2 * variationStep * q * s.dx)
	}
	return out
}

// slope is the derivative along the slice, of fourth order.
func (s *slice) slope(values []float64, j int) float64 {
	return (8*(values[j+1]-values[j-1]) - (values[j+2] - values[j-2])) / (12 * s.dx)
}
