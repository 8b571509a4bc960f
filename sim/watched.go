package sim

import (
	"math"
	"slices"

	"undercurrent/divergences"
	"undercurrent/scenarios"
)

// A flow may be shown particles that something else moves, frame by frame, in place of
// stepping its own. All that is measured of where particles are is then measured of those.

// Tracking says what is known of who is who from one frame to another.
type Tracking int

const (
	// Untracked frames do not tell: there is no transport between them.
	Untracked Tracking = iota
	// FromPrevious frames keep the order of the frame before; transport is from there.
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
	// Tracking applies where as many particles were in the frame before.
	Tracking Tracking
}

// Watch makes a frame the flow's particles. Those outside of the padded window stay where
// they are and are counted as Progress.Held: no region has them, q lacks their mass, and
// the distances to the target count it in full.
func (f *Flow) Watch(w Watched) {
	known := f.progress.Step > 0 && w.Tracking != Untracked && len(w.Points) == f.settings.Particles
	switch {
	case !known:
		f.starts = nil
	case w.Tracking == FromPrevious || f.starts == nil:
		f.starts = f.all()
	}
	f.show(slices.Clone(w.Points))
	f.noteOrigins()
	f.progress = Progress{Step: w.Number, Held: f.strays()}
}

// sight is what was measured of the frame before, to tell what has changed.
type sight struct {
	step       int
	functional divergences.Functional
	masses     []float64
	under      []float64
}

// WatchReport shows the flow a frame and reports on it. What has changed since the frame
// before is Inflow and the Measured of the changes, NaN in the first frame; what a step of
// the drift would do is foretold only where the instruments ask for it.
func (f *Flow) WatchReport(r *Report, w Watched, in Instruments) {
	before := f.sighted(in.functional())
	f.Watch(w)
	r.size(len(f.regions.List))
	r.Ahead, r.StepDT, r.IdentityResidual = in.Response, 0, math.NaN()
	if in.Effort || in.Response || in.Identity {
		r.StepDT = f.prepare(r, in).dt
	}
	f.refresh()
	f.reportState(r, in)
	f.reportChanges(r, in)
	now := f.look(in.functional())
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

// sighted is what is known of the present frame, nil where there has been none.
func (f *Flow) sighted(u divergences.Functional) *sight {
	if f.progress.Step == 0 {
		return nil
	}
	if s := f.seen; s != nil && s.step == f.progress.Step && s.functional == u {
		return s
	}
	return f.look(u)
}

// look keeps what is measured of the present frame.
func (f *Flow) look(u divergences.Functional) *sight {
	t := f.totals(u, false)
	s := &sight{f.progress.Step, u, slices.Clone(t.Masses), slices.Clone(t.Under)}
	f.seen = s
	return s
}
