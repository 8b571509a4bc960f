package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim/density"
)

// gridDrift is a drift prepared for the nodes of a grid.
type gridDrift struct {
	divergences.Drift
	ref   divergences.Reference
	rho   *reference   // an external ρ, otherwise nil
	table *weightTable // of a drift that depends on log r alone, otherwise nil
	blob  *blob        // nil for the plug-in velocity
}

// hasReference reports whether the drift depends on a reference ρ.
func (d *gridDrift) hasReference() bool { return d.ref.Kind != divergences.NoReference }

// objective returns the objective ∫ q G dx of the drift from the totals of the nodes. The
// fraction outside of the particles adds to it with the lowest log r, unless the drift has a
// reference. With a reference, ρ is given at the nodes, 0 where it does not count, and m is
// E_ρ[log r] over it.
func (d *gridDrift) objective(t *density.Totals, outside float64, reference []float64) float64 {
	if !d.hasReference() {
		sum := t.Integral(func(_ int, q, logR float64) float64 {
			return q * d.Integrand(divergences.LogRatios{LogR: logR})
		})
		if outside > 0 {
			sum += outside * d.Integrand(divergences.LogRatios{LogR: -density.EmptyLogR})
		}
		return sum
	}
	rho := func(i int, q float64) float64 {
		if d.ref.Differentiated && reference[i] > 0 {
			return q
		}
		return reference[i]
	}
	mass := t.Integral(func(i int, q, _ float64) float64 { return rho(i, q) })
	logR := t.Integral(func(i int, q, logR float64) float64 { return rho(i, q) * logR })
	mean := average([]moments{{mass: mass, logR: logR}})
	return t.Integral(func(i int, q, logR float64) float64 {
		r := rho(i, q)
		if r <= 0 {
			return 0
		}
		return q * d.Integrand(divergences.LogRatios{LogR: logR, LogRho: math.Log(r / q), Mean: mean})
	})
}
