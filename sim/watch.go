package sim

import (
	"math"
	"slices"

	"undercurrent/divergences"
	"undercurrent/scenarios"
)

// A flow can show frames of particles that another program moves, instead of stepping its
// own. Measurements of the particles then apply to the frame.

// Tracking is the correspondence of particles between frames.
type Tracking int

const (
	// Untracked frames have no order: there is no transport between them.
	Untracked Tracking = iota
	// FromPrevious frames keep the order of the previous frame; transport is from there.
	FromPrevious
	// FromFirst frames keep the order too; transport is from the earliest of the consecutive
	// ordered frames.
	FromFirst
)

// Watched is a frame of particles that another program has moved.
type Watched struct {
	// Number is the number of the frame and becomes Progress.Step. Numbers may be skipped.
	Number int
	// Points are the particles, 2 to MaxParticles. They are copied.
	Points []scenarios.Point
	// Shares are those of the particles in the mass, nil if all are equal; see scenarios.Cloud. They are kept and must
	// not change.
	Shares []float64
	// Tracking applies if the previous frame had the same number of particles.
	Tracking Tracking
}

// Watch sets the particles of the flow to a frame. Those outside the padded window stay in
// place and are counted in Progress.Outside: they belong to no region, q does not include
// their mass, and the distances to the target count it in full. Masses, densities and standard errors are by the shares;
// Count and Transport count particles.
func (f *Flow) Watch(w Watched) {
	c := &f.particles
	c.ancestors = nil
	known := f.progress.Step > 0 && w.Tracking != Untracked && len(w.Points) == f.driven.settings.Particles
	switch {
	case !known:
		c.starts = starts{}
	case w.Tracking == FromPrevious || !c.starts.known():
		c.starts = starts{list: c.all()}
	}
	c.watch(scenarios.Cloud{Points: slices.Clone(w.Points), Shares: w.Shares}, f.driven.grid.Bounds())
	c.findOrigins(f.driven.target)
	f.use()
	f.progress = Progress{Step: w.Number, Outside: c.outside()}
}

// measuredFrame contains the totals of a frame, to compare with those of the next one.
type measuredFrame struct {
	step       int
	functional divergences.Functional
	regionTotals
}

// WatchReport watches a frame and reports it. Inflow and the measured changes are those since
// the previous frame, NaN in the first one; the changes in a step of the drift are predicted
// if the instruments request it. The response is that of particles of equal mass: it is not measured of a
// frame with shares.
func (f *Flow) WatchReport(r *Report, w Watched, in Instruments) {
	before := f.previousFrame(in.functional())
	in.Response = in.Response && w.Shares == nil
	f.Watch(w)
	r.size(len(f.driven.target.Regions.List))
	r.Ahead, r.StepDT, r.IdentityResidual = in.Response, 0, math.NaN()
	p := prediction{}
	if in.Effort || in.Response || in.Identity {
		p = f.meter.predictAhead(f.driven, r, in)
		r.StepDT = p.dt
	}
	t := f.reportState(r, in)
	r.addStep(p)
	now := *new(regionTotals).copy(t)
	f.previous = &measuredFrame{f.progress.Step, in.functional(), now}
	if before != nil {
		r.addMeasured(before.regionTotals, now)
		return
	}
	r.UnderCoverageChange.Measured = math.NaN()
	for k := range r.Regions {
		r.Regions[k].MassChange.Measured, r.Regions[k].UnderCoverageChange.Measured = math.NaN(), math.NaN()
	}
}

// previousFrame returns the totals of the current frame, before another one is watched; nil
// if there is none.
func (f *Flow) previousFrame(u divergences.Functional) *measuredFrame {
	if f.progress.Step == 0 {
		return nil
	}
	if s := f.previous; s != nil && s.step == f.progress.Step && s.functional == u {
		return s
	}
	return &measuredFrame{f.progress.Step, u, *new(regionTotals).copy(f.driven.totals(u, false))}
}
