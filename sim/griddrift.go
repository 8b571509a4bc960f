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

	tabulated  *density.ObjectiveCurves // see curves
	potentials *weightTable             // see potentialTable
	slope      *density.Curve           // see slopes
}

// slopes are dw/d ln r of a drift that depends on log r alone, within the clipping bound. They are tabulated when they are
// first needed, from the elasticity: those of the table of w would agree with it even where it is wrong.
func (d *gridDrift) slopes() *density.Curve {
	if d.slope == nil {
		d.slope = density.NewCurve(func(logR float64) float64 {
			return d.Velocity(divergences.LogRatios{LogR: clipLog(logR)}).BetaByR
		})
	}
	return d.slope
}

// potentialTable is Φ of a drift without a reference within the clipping bound, tabulated when it is
// first needed.
func (d *gridDrift) potentialTable() *weightTable {
	if d.potentials == nil {
		d.potentials = newPotentialTable(d.Drift)
	}
	return d.potentials
}

// curves are the integrand and the potential of a drift without a reference. They are tabulated
// when they are first needed.
func (d *gridDrift) curves() *density.ObjectiveCurves {
	if d.tabulated == nil {
		d.tabulated = density.NewObjectiveCurves(d.Drift)
	}
	return d.tabulated
}

// hasReference reports whether the drift depends on a reference ρ.
func (d *gridDrift) hasReference() bool { return d.ref.Kind != divergences.NoReference }

// objective returns the objective ∫ q G dx of the drift from the totals of the nodes. The
// fraction outside of the particles adds to it with the lowest log r, unless the drift has a
// reference. With a reference, ρ is given at the nodes, and m is E_ρ[log r] over it; see
// field.writeReference.
func (d *gridDrift) objective(t *density.Totals, outside float64, reference []float64) float64 {
	if !d.hasReference() {
		curves := d.curves()
		sum := curves.Objective(t)
		if outside > 0 {
			sum += outside * curves.F(-density.EmptyLogR, 0)
		}
		return sum
	}
	rho := func(n density.NodeRatio) float64 {
		if d.ref.Differentiated {
			return n.Q * reference[n.Index]
		}
		return reference[n.Index]
	}
	mass := t.Integral(rho)
	logR := t.Integral(func(n density.NodeRatio) float64 { return rho(n) * n.LogR })
	mean := average([]moments{{mass: mass, logR: logR}})
	return t.Integral(func(n density.NodeRatio) float64 {
		r := rho(n)
		if r <= 0 {
			return 0
		}
		if d.ref.Differentiated {
			return r * d.Integrand(divergences.LogRatios{LogR: n.LogR, Mean: mean})
		}
		return n.Q * d.Integrand(divergences.LogRatios{LogR: n.LogR, LogRho: math.Log(r / n.Q), Mean: mean})
	})
}
