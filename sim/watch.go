package sim

import (
	"math"
	"slices"

	"undercurrent/divergences"
	"undercurrent/scenarios"
)

// A flow may be shown particles that something else moves, frame by frame, in place of
// stepping its own. All that is measured of where particles are is then measured of those.

// Tracking is what is known of which particle is which from one frame to another.
type Tracking int

const (
	// Untracked frames have no order: there is no transport between them.
	Untracked Tracking = iota
	// FromPrevious frames keep the order of the previous frame; transport is from there.
	FromPrevious
	// FromFirst frames keep an order as well; transport is from the earliest frame of
	// an unbroken row of those.
	FromFirst
)

// Watched is a frame of particles that something else has moved.
type Watched struct {
	// Number counts the frames; it becomes Progress.Step. Frames may be left out.
	Number int
	// Points are the particles, 2 to MostParticles. They are copied.
	Points []scenarios.Point
	// Tracking applies where the previous frame had as many particles.
	Tracking Tracking
}

// Watch makes a frame the flow's particles. Those outside of the padded window stay where
// they are and are counted as Progress.Outside: no region has them, q lacks their mass, and
// the distances to the target count it in full.
func (f *Flow) Watch(w Watched) {
	c := &f.particles
	known := f.progress.Step > 0 && w.Tracking != Untracked && len(w.Points) == f.driven.settings.Particles
	switch {
	case !known:
		c.starts = nil
	case w.Tracking == FromPrevious || c.starts == nil:
		c.starts = c.all()
	}
	c.watch(slices.Clone(w.Points), f.driven.grid.Bounds())
	c.findOrigins(f.driven.target)
	f.use()
	f.progress = Progress{Step: w.Number, Outside: c.outside()}
}

// measuredFrame is what was measured of a frame, to be compared with the next.
type measuredFrame struct {
	step       int
	functional divergences.Functional
	regionTotals
}

// WatchReport shows the flow a frame and reports on it. What has changed since the previous
// frame is Inflow and the Measured of the changes, NaN in the first frame; what a step of
// the drift would do is predicted only where the instruments ask for it.
func (f *Flow) WatchReport(r *Report, w Watched, in Instruments) {
	before := f.previousFrame(in.functional())
	f.Watch(w)
	r.size(len(f.driven.target.Regions.List))
	r.Ahead, r.StepDT, r.IdentityResidual = in.Response, 0, math.NaN()
	p := prediction{}
	if in.Effort || in.Response || in.Identity {
		p = f.meter.predict(f.driven, r, in)
		r.StepDT = p.dt
	}
	t := f.reportState(r, in)
	r.addStep(p)
	now := regionTotalsOf(t)
	f.previous = &measuredFrame{f.progress.Step, in.functional(), now}
	r.UnderCoverageChange.Measured = 0
	for k := range r.Regions {
		inflow, change := math.NaN(), math.NaN()
		if before != nil {
			inflow, change = now.masses[k]-before.masses[k], now.under[k]-before.under[k]
			r.Regions[k].Inflow = inflow
		}
		r.Regions[k].MassChange.Measured, r.Regions[k].UnderCoverageChange.Measured = inflow, change
		r.UnderCoverageChange.Measured += change
	}
}

// previousFrame is what there is to know of the present frame before another is watched, nil
// where there has been none.
func (f *Flow) previousFrame(u divergences.Functional) *measuredFrame {
	if f.progress.Step == 0 {
		return nil
	}
	if s := f.previous; s != nil && s.step == f.progress.Step && s.functional == u {
		return s
	}
	return &measuredFrame{f.progress.Step, u, regionTotalsOf(f.driven.totals(u, false))}
}
