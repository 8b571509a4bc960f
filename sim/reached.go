package sim

import (
	"slices"

	"undercurrent/sim/density"
	"undercurrent/sim/target"
)

// ReachedRatio is the mass ratio from which on a region counts as reached.
const ReachedRatio = 0.9

// NotReached stands for the step at which a region was reached where it has not been. Regions
// without target mass, and those of watched particles, are never reached.
const NotReached = -1

// reached follows the masses of the regions over all steps, also those without a report.
type reached struct {
	at    *arrivals // nil before the first step is noted
	noted bool      // whether the current particles are
}

// arrivals are the steps at which regions were reached. They are never written, so that checkpoints
// share them: going back restores those of the step.
type arrivals struct {
	regions []target.Region
	steps   []int // by region
	all     int
}

// noteReached notes which regions are reached by the current particles. Regions of another target
// are counted from the current step on.
func (f *Flow) noteReached() {
	r, list := &f.reached, f.driven.target.Regions.List
	if r.noted || f.particles.watched() {
		return
	}
	r.noted = true
	if r.at == nil || !sameRegions(r.at.regions, list) {
		r.at = newArrivals(list)
	}
	if r.at.all == NotReached || slices.Contains(r.at.steps, NotReached) {
		r.at = r.at.with(f.driven.atFinest().Masses(), f.progress.Step)
	}
}

// sameRegions reports whether two lists of regions are equal; those of one target are the same in memory.
func sameRegions(a, b []target.Region) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0] || slices.Equal(a, b))
}

// newArrivals are those of regions of which none is reached.
func newArrivals(regions []target.Region) *arrivals {
	return &arrivals{regions, slices.Repeat([]int{NotReached}, len(regions)), NotReached}
}

// with is a with the particle masses by region at a step, a itself where that changes nothing.
func (a *arrivals) with(masses []float64, step int) *arrivals {
	steps, all, any := a.steps, a.all, false
	every := true
	for k, region := range a.regions {
		ratio := density.RegionTotals{Region: region, ParticleMass: masses[k]}.MassRatio()
		switch {
		case ratio < ReachedRatio:
			every = false
		case ratio >= ReachedRatio: // not NaN
			any = true
			if steps[k] == NotReached {
				if &steps[0] == &a.steps[0] {
					steps = slices.Clone(steps)
				}
				steps[k] = step
			}
		}
	}
	if every && any && all == NotReached {
		all = step
	}
	if all == a.all && &steps[0] == &a.steps[0] {
		return a
	}
	return &arrivals{a.regions, steps, all}
}

// addReached adds the steps at which regions were reached to the report.
func (r *Report) addReached(f *Flow) {
	f.noteReached()
	r.Reached = NotReached
	for k := range r.Regions {
		r.Regions[k].Reached = NotReached
	}
	if f.particles.watched() || f.reached.at == nil {
		return
	}
	r.Reached = f.reached.at.all
	for k, step := range f.reached.at.steps {
		r.Regions[k].Reached = step
	}
}
