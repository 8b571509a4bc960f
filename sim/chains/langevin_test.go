package chains_test

import (
	"math"
	"math/rand/v2"

	"undercurrent/sim/chains"
)

// point is a point of the plane with log density and score.
type point struct{ x, y, logP, gx, gy float64 }

// threeModes is a mixture of three Gaussian modes of standard deviation 0.7 with masses ½, ¼, ¼;
// its region is the nearest mode.
type threeModes struct{}

func (threeModes) modes() (centres [3][2]float64, masses [3]float64, sd float64) {
	return [3][2]float64{{-2, -1}, {2, -1}, {0, 2}}, [3]float64{0.5, 0.25, 0.25}, 0.7
}

func (m threeModes) at(x, y float64) point {
	centres, masses, sd := m.modes()
	var sum, gx, gy float64
	for k, c := range centres {
		w := masses[k] * math.Exp(-((x-c[0])*(x-c[0])+(y-c[1])*(y-c[1]))/(2*sd*sd))
		sum, gx, gy = sum+w, gx+w*(c[0]-x)/(sd*sd), gy+w*(c[1]-y)/(sd*sd)
	}
	return point{x, y, math.Log(sum), gx / sum, gy / sum}
}

func (m threeModes) region(x, y float64) int {
	centres, _, _ := m.modes()
	best, least := 0, math.Inf(1)
	for k, c := range centres {
		if d := math.Hypot(x-c[0], y-c[1]); d < least {
			best, least = k, d
		}
	}
	return best
}

// sample draws from the mixture.
func (m threeModes) sample(rng *rand.Rand) (x, y float64) {
	centres, masses, sd := m.modes()
	u, k := rng.Float64(), 0
	for ; k < 2 && u > masses[k]; k++ {
		u -= masses[k]
	}
	return centres[k][0] + sd*rng.NormFloat64(), centres[k][1] + sd*rng.NormFloat64()
}

// proposer proposes x + κε∇log p(x) + √(2ε)ξ, corrected for what it proposes: κ = 1 is MALA, 0 a
// random walk, −1 a MALA whose gradient has the wrong sign in proposal and correction.
type proposer struct{ kappa, epsilon float64 }

func (p proposer) logK(from, to point) float64 {
	dx, dy := to.x-from.x-p.kappa*p.epsilon*from.gx, to.y-from.y-p.kappa*p.epsilon*from.gy
	return -(dx*dx + dy*dy) / (4 * p.epsilon)
}

func (p proposer) step(target threeModes, from point, rng *rand.Rand) point {
	noise := math.Sqrt(2 * p.epsilon)
	to := target.at(from.x+p.kappa*p.epsilon*from.gx+noise*rng.NormFloat64(), from.y+p.kappa*p.epsilon*from.gy+noise*rng.NormFloat64())
	if math.Log(rng.Float64()) < to.logP-from.logP+p.logK(to, from)-p.logK(from, to) {
		return to
	}
	return from
}

// run makes chains that start in the stationary law; after draw stop, chain stuck stays where it
// is. No chain is stuck for −1.
func (p proposer) run(number, draws, stuck, stop int, seed uint64) chains.Samples {
	target, s := threeModes{}, chains.Samples{Positions: make([][][]float64, 2), RegionCount: 3}
	for i := range number {
		rng := rand.New(rand.NewPCG(seed, uint64(i)))
		at := target.at(target.sample(rng))
		var x, y, logP []float64
		var region []int
		for t := range draws {
			if i != stuck || t < stop {
				at = p.step(target, at, rng)
			}
			x, y, logP, region = append(x, at.x), append(y, at.y), append(logP, at.logP), append(region, target.region(at.x, at.y))
		}
		s.Positions[0], s.Positions[1] = append(s.Positions[0], x), append(s.Positions[1], y)
		s.LogDensity, s.Regions = append(s.LogDensity, logP), append(s.Regions, region)
	}
	return s
}
