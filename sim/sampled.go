package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/movers"
)

// A flow can move its particles by a Markov chain or another mover in place of its drift, to be seen beside
// the flows of divergences. The density, the regions and the objective of the drift are measured as
// before; nothing is predicted of a step. A mover uses the target itself, not its table.

// newMoverOn returns the mover of the settings on a grid, nil without one.
func (e *DrivenEstimator) newMoverOn(g grid.Grid, s Settings) (*movers.Mover, error) {
	if s.Mover.IsZero() {
		return nil, nil
	}
	return movers.New(s.Mover, movers.Config{
		Target: e.scenario.Target, Sampler: e.scenario.Truth.Sampler, Bounds: g.Bounds(), Bandwidth: s.Bandwidth, Workers: e.workers,
	})
}

// moverTime is the length of a step in the time of the reverse-KL flow, whose densities the Langevin diffusion
// has too, and whose drift the Gaussian kernel of drifting follows; 0 for movers without one.
func (e *DrivenEstimator) moverTime() float64 {
	s, h := e.settings.Mover, e.settings.Bandwidth
	switch {
	case s.Kind == movers.ULA, s.Kind == movers.MALA, s.Kind == movers.Drifting && s.Kernel != movers.Laplace:
		if s.Step == 0 {
			return s.Kind.Info().Step * h * h
		}
		return s.Step * h * h
	}
	return 0
}

// validateMover returns an error if the settings have what a mover has not.
func (s Settings) validateMover() error {
	if s.Mover.IsZero() {
		return nil
	}
	refuse := func(name, what string) error {
		return divergences.SettingError{Name: name, Problem: string(s.Mover.Kind) + " moves the particles without a drift, expected no " + what}
	}
	switch {
	case s.BirthDeath > 0:
		return refuse("birth-death", "birth–death")
	case s.Coarse.On():
		return refuse("coarse", "coarse bandwidth")
	case s.Velocity == Blob:
		return refuse("velocity", "blob velocity")
	case s.Adaptive:
		return refuse("mover", "adaptive weight")
	}
	if err := s.Mover.Validate(); err != nil {
		return divergences.SettingError{Name: "mover", Problem: err.Error()}
	}
	return nil
}

// sampled reports whether a mover moves the particles.
func (f *Flow) sampled() bool { return f.driven.sampling != nil }

// sample takes a step of the mover.
func (f *Flow) sample() Progress {
	f.noteReached()
	p := &f.progress
	moved := f.driven.sampling.Step(f.particles.points, f.driven.settings.Seed, p.Step)
	p.Step++
	p.DT, p.Capped, p.Limited = f.driven.moverTime(), 0, 0
	p.Time += p.DT
	p.Outside, p.Accepted = moved.Held, moved.Accepted
	p.Evaluations += moved.Evaluations
	f.use()
	return f.progress
}

// sampleReport is StepReport of a mover: the changes in the step are measured, and none is predicted.
func (f *Flow) sampleReport(r *Report, in Instruments) {
	before := *new(regionTotals).copy(f.driven.totals(in.functional(), false))
	f.sample()
	f.reportSampled(r, in)
	r.addMeasured(before, *new(regionTotals).copy(f.driven.totals(in.functional(), false)))
}

// reportSampled reports the particles of a mover. Changes are zero.
func (f *Flow) reportSampled(r *Report, in Instruments) *density.Totals {
	r.size(len(f.driven.target.Regions.List))
	t := f.reportState(r, in)
	r.Ahead, r.StepDT, r.Mean, r.IdentityResidual = false, 0, 0, math.NaN()
	r.addStep(prediction{})
	return t
}

// addMeasured adds the changes of the regions between two states.
func (r *Report) addMeasured(before, now regionTotals) {
	r.UnderCoverageChange.Measured = 0
	for k := range r.Regions {
		change := now.under[k] - before.under[k]
		r.Regions[k].Inflow = now.masses[k] - before.masses[k]
		r.Regions[k].MassChange.Measured, r.Regions[k].UnderCoverageChange.Measured = r.Regions[k].Inflow, change
		r.UnderCoverageChange.Measured += change
	}
}
