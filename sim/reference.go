package sim

import (
	"fmt"
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/target"
)

// reference is a density ρ of its own on the nodes: its logarithm and itself.
type reference struct{ log, rho []float64 }

// gaussianReach is how many standard deviations of the Gaussian reference lie
// between the middle of the window and its edge.
const gaussianReach = 2

// referenceFor is ρ on the nodes, nil where ρ is made of p and q.
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

// initialReference is the density the cloud was drawn from, smoothed like the
// target, or the smoothed initial cloud where no density is known.
func (e *DrivenEstimator) initialReference() *reference {
	if start, ok := e.scenario.Start.Sampler.(scenarios.Target); ok {
		if t, err := target.Tabulate(start, e.grid, e.settings.Bandwidth, target.Matched, e.workers); err == nil {
			return &reference{log: t.LogP, rho: t.P}
		}
	}
	cloud := density.NewOn(e.target, e.settings.Kernel(), e.workers)
	points, _ := e.initialCloud()
	cloud.SetInside(points, len(points))
	r := &reference{log: make([]float64, e.grid.Len()), rho: cloud.Q()}
	for i, q := range cloud.Q() {
		r.log[i] = math.Log(q)
	}
	return r
}

// tabulateReference normalises a log-density over the grid, the padded window
// that particles are kept in.
func (e *DrivenEstimator) tabulateReference(logDensity func(x, y float64) float64) *reference {
	g := e.grid
	r := &reference{log: make([]float64, g.Len()), rho: make([]float64, g.Len())}
	sum := 0.0
	for i := range r.log {
		r.log[i] = logDensity(g.X(i%g.NX), g.Y(i/g.NX))
		sum += math.Exp(r.log[i])
	}
	logZ := math.Log(sum * g.Area())
	for i := range r.log {
		r.log[i] -= logZ
		r.rho[i] = math.Exp(r.log[i])
	}
	return r
}

func square(x float64) float64 { return x * x }

// moments are ∫ρ and ∫ρ log r over a row.
type moments struct{ mass, logR float64 }

// meanRow sums ρ and ρ log r over the nodes of a row in the support of the particles.
func (f *field) meanRow(iy int) {
	m := moments{}
	for i := iy * f.grid.NX; i < (iy+1)*f.grid.NX; i++ {
		if f.density.InSupport(i) {
			rho := f.rho(i)
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
	return f.q[i] * math.Exp(f.drift.ref.LogRho(f.logR[i]))
}

// writeReference writes the present density of the reference to dst, zero where no particles
// are. Log r has been evaluated everywhere.
func (f *field) writeReference(dst []float64) {
	clear(dst)
	if !f.drift.hasReference() {
		return
	}
	for i := range dst {
		if f.density.InSupport(i) {
			dst[i] = f.rho(i)
		}
	}
}

// average is E_ρ[log r], zero where ρ has no mass.
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

// maxVanished is the share of the particles where a reference may vanish.
const maxVanished = 0.5

// VanishedError says that a reference does not cover the particles.
type VanishedError struct {
	Reference divergences.ReferenceKind
	// Share of the particles that it leaves out.
	Share float64
}

// Error names the reference and the share.
func (e VanishedError) Error() string {
	return fmt.Sprintf("reference %s vanishes where %.0f%% of the particles are (ρ < q·1e-6), expected one that covers the cloud",
		e.Reference, 100*e.Share)
}

// checkReference refuses a reference that vanishes (ρ < q·1e-6) where most of the
// particles are: it would leave them where they are, whatever the target.
func (f *field) checkReference() error {
	if !f.drift.hasReference() {
		return nil
	}
	gone := 0.0
	f.deposit.EachOccupied(func(i int) {
		if f.place(i).LogRho < -ClipLogR {
			gone += f.deposit.Mass[i]
		}
	})
	if gone > maxVanished {
		return VanishedError{f.drift.ref.Kind, gone}
	}
	return nil
}
