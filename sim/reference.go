package sim

import (
	"fmt"
	"math"

	"undercurrent/divergences"
	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/target"
)

// reference is an external density ρ at the nodes: log ρ and ρ.
type reference struct{ log, rho []float64 }

// gaussianReach is the distance from the centre of the window to its edge in standard
// deviations of the Gaussian reference.
const gaussianReach = 2

// referenceFor returns an external ρ at the nodes, nil for other references.
func (e *DrivenEstimator) referenceFor(r divergences.Reference) *reference {
	switch r.Kind {
	case divergences.Uniform:
		return e.tabulateReference(func(float64, float64) float64 { return 0 })
	case divergences.Gaussian:
		w := e.scenario.Window
		x, y := (w.XMin+w.XMax)/2, (w.YMin+w.YMax)/2
		sx, sy := (w.XMax-w.XMin)/2/gaussianReach, (w.YMax-w.YMin)/2/gaussianReach
		return e.tabulateReference(func(px, py float64) float64 {
			return -(square((px-x)/sx) + square((py-y)/sy)) / 2
		})
	case divergences.Initial:
		return e.initialReference()
	}
	return nil
}

// initialReference returns the density of the initial cloud, smoothed like the target, or
// the density estimate of the initial cloud if its density is not known.
func (e *DrivenEstimator) initialReference() *reference {
	if start, ok := e.scenario.Start.Sampler.(scenarios.Target); ok {
		if t, err := target.Tabulate(start, e.grid, e.bandwidth(), target.Matched, e.workers); err == nil {
			return &reference{log: t.LogP, rho: t.P}
		}
	}
	cloud := density.NewOn(e.target, e.kernel(), e.workers)
	points, _ := e.initialCloud().draw()
	cloud.SetInside(points, len(points))
	return &reference{log: target.LogEstimate(cloud.Deposit().Mass, cloud.Q(), e.grid, e.bandwidth(), e.workers), rho: cloud.Q()}
}

// tabulateReference normalises a log-density over the grid, which covers the padded window, by the
// trapezoidal rule: unlike that of the particles it need not vanish at the edge.
func (e *DrivenEstimator) tabulateReference(logDensity func(x, y float64) float64) *reference {
	g := e.grid
	r := &reference{log: make([]float64, g.Len()), rho: make([]float64, g.Len())}
	sum := 0.0
	for i := range r.log {
		ix, iy := i%g.NX, i/g.NX
		r.log[i] = logDensity(g.X(ix), g.Y(iy))
		sum += portable.Exp(r.log[i]) * trapezoid(ix, g.NX) * trapezoid(iy, g.NY)
	}
	logZ := math.Log(sum * g.Area())
	for i := range r.log {
		r.log[i] -= logZ
		r.rho[i] = portable.Exp(r.log[i])
	}
	return r
}

// trapezoid is the weight of node i of n in the trapezoidal rule.
func trapezoid(i, n int) float64 {
	if i == 0 || i == n-1 {
		return 0.5
	}
	return 1
}

func square(x float64) float64 { return x * x }

// moments are Σρ and Σρ log r over a row.
type moments struct{ mass, logR float64 }

// meanRow sums ρ and ρ log r over the nodes of a row, weighted by the support of the particles.
func (f *field) meanRow(iy int) {
	m := moments{}
	for i := iy * f.grid.NX; i < (iy+1)*f.grid.NX; i++ {
		if s := f.density.Support(i); s > 0 {
			rho := s * f.rho(i)
			m.mass += rho
			m.logR += rho * f.logR[i]
		}
	}
	f.sums[iy] = m
}

// rho is the density of the reference at a node with q > 0.
func (f *field) rho(i int) float64 {
	if f.drift.rho != nil {
		return f.drift.rho.rho[i]
	}
	return f.q[i] * portable.Exp(f.drift.ref.LogRho(f.logR[i]))
}

// writeReference writes the density of the reference to dst, times the support of the particles;
// if the drift differentiates through ρ = q, the support alone. Log r has been evaluated
// everywhere.
func (f *field) writeReference(dst []float64) {
	clear(dst)
	if !f.drift.hasReference() {
		return
	}
	for i := range dst {
		if dst[i] = f.density.Support(i); dst[i] > 0 && !f.drift.ref.Differentiated {
			dst[i] *= f.rho(i)
		}
	}
}

// average is E_ρ[log r], 0 if ρ has no mass.
func average(rows []moments) float64 {
	sum := moments{}
	for _, m := range rows {
		sum.mass += m.mass
		sum.logR += m.logR
	}
	if sum.mass == 0 {
		return 0
	}
	return sum.logR / sum.mass
}

// maxVanished bounds the fraction of the particles where a reference vanishes.
const maxVanished = 0.5

// VanishedError reports that a reference does not cover the particles.
type VanishedError struct {
	Reference divergences.ReferenceKind
	// Share is the fraction of the particles where it vanishes.
	Share float64
}

// Error returns a message with the reference and the fraction.
func (e VanishedError) Error() string {
	return fmt.Sprintf("reference %s vanishes where %.0f%% of the particles are (ρ < q·1e-6), expected one that covers the cloud",
		e.Reference, 100*e.Share)
}

// Setting is the name of the parameter of the drift.
func (VanishedError) Setting() string { return "reference" }

// checkReference returns a VanishedError if the reference vanishes (ρ < q·1e-6) at most of the
// particles, which then would not move.
func (f *field) checkReference() error {
	if !f.drift.hasReference() {
		return nil
	}
	gone := 0.0
	f.deposit.EachOccupied(func(i int) {
		if f.logRatios(i).LogRho < -ClipLogR {
			gone += f.deposit.Mass[i]
		}
	})
	if gone > maxVanished {
		return VanishedError{f.drift.ref.Kind, gone}
	}
	return nil
}
