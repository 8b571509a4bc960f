package check

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/internal/portable"
	"undercurrent/sim/target"
)

const (
	// sliceNodes is the number of nodes of a slice, which extends over ±sliceReach standard
	// deviations around the peak of the largest region.
	sliceNodes = 1201
	sliceReach = 3.5
	// peakNodes is the number of nodes on each side of the peak for its standard deviation.
	peakNodes = 5000
	// variationStep is the relative change of q in a numerical variation.
	variationStep = 1e-3
)

// slice is a one-dimensional problem: the target along a line of constant y through its largest
// region, a Gaussian q next to it, and a reference ρ.
type slice struct {
	dx          float64
	logP, q     []float64
	logRho, rho []float64
	drift       divergences.Drift
}

// newSlice returns the slice through the peak of a region.
func (c *checker) newSlice(d divergences.Drift, region target.Region) *slice {
	sd := c.rowDeviation(region)
	s := &slice{drift: d, dx: 2 * sliceReach * sd / (sliceNodes - 1)}
	cloud := logNormal(region.Peak.X+0.4*sd, 1.2*sd)
	broad := logNormal(region.Peak.X-0.3*sd, 2*sd)
	sum := 0.0
	for j := range sliceNodes {
		x := region.Peak.X + (float64(j)-(sliceNodes-1)/2)*s.dx
		s.logP = append(s.logP, c.scenario.Target.LogDensity(x, region.Peak.Y)-c.scenario.Target.LogDensity(region.Peak.X, region.Peak.Y))
		s.q = append(s.q, portable.Exp(cloud(x)))
		s.logRho = append(s.logRho, broad(x))
		sum += portable.Exp(s.logP[j]) * s.dx
	}
	for j := range s.logP {
		s.logP[j] -= math.Log(sum)
	}
	s.setReference()
	return s
}

// rowDeviation is the standard deviation of the target along the line through a region's peak,
// restricted to the interval around the peak where it is not small: a curved target or a ring is
// much narrower along the line than in total, and a wider slice would be too coarse for it.
func (c *checker) rowDeviation(region target.Region) float64 {
	reach := sliceReach * math.Sqrt(region.VarX)
	top := c.scenario.Target.LogDensity(region.Peak.X, region.Peak.Y)
	sum, mean, squares := 1.0, 0.0, 0.0
	for _, side := range []float64{-1, 1} {
		for j := 1; j <= peakNodes; j++ {
			x := side * reach * float64(j) / peakNodes
			l := c.scenario.Target.LogDensity(region.Peak.X+x, region.Peak.Y) - top
			if l < -sliceReach*sliceReach/2 {
				break
			}
			p := portable.Exp(l)
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

// setReference sets ρ from p and q, unless it is external.
func (s *slice) setReference() {
	r := s.drift.Reference()
	for j, q := range s.q {
		if !r.External() {
			s.logRho[j] = math.Log(q) + r.LogRho(s.logP[j]-math.Log(q))
		}
	}
	s.rho = make([]float64, len(s.q))
	for j, l := range s.logRho {
		s.rho[j] = portable.Exp(l)
	}
}

// logRatios returns the log-ratios at a node.
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

// objective is D of the slice at fixed ρ, unless the drift differentiates through ρ.
func (s *slice) objective() float64 {
	mean, sum := s.mean(), 0.0
	for j, q := range s.q {
		l := s.logRatios(j, mean)
		if s.drift.Reference().Differentiated {
			l.LogRho = 0
		}
		sum += q * s.drift.Integrand(l) * s.dx
	}
	return sum
}

// variation is δD/δq at every node, by central differences in q at the node.
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

// slope is the derivative along the slice, by fourth-order central differences.
func (s *slice) slope(values []float64, j int) float64 {
	return (8*(values[j+1]-values[j-1]) - (values[j+2] - values[j-2])) / (12 * s.dx)
}
