package session

import (
	"fmt"
	"math"

	"undercurrent/sim"
	"undercurrent/sim/metrics"
	"undercurrent/sim/target"
)

// A flow is at rest when in restSteps steps neither its TV nor the particle mass of a region has changed by
// restChange.
const (
	restSteps  = 100
	restChange = 1e-3
)

// Rest is the end of a flow that is at rest.
type Rest struct {
	TV float64
	// Exact is the TV of exact samples of as many points, or of samples of the tabulated density where the
	// target has no exact ones.
	Exact     metrics.Spread
	Tabulated bool
	// Alone reports whether the drift is alone: birth–death could move mass where it does not.
	Alone bool
}

// Reached reports whether the particles are as near to the target as exact samples.
func (r Rest) Reached() bool { return r.TV <= r.Exact.Mean+2*r.Exact.SD }

// sentence says it with its numbers.
func (r Rest) sentence() string {
	samples := "exact samples"
	if r.Tabulated {
		samples = "samples of the tabulated density"
	}
	exact := fmt.Sprintf("TV %.3f beside %.3f ± %.3f of %s", r.TV, r.Exact.Mean, r.Exact.SD, samples)
	if r.Reached() {
		return "reached: " + exact
	}
	if r.Alone {
		return "at rest: " + exact + ": the drift carries no more mass across; U adds birth–death, H goes from coarse to fine"
	}
	return fmt.Sprintf("at rest: %s; in %d steps nothing changed by %g", exact, restSteps, restChange)
}

// restWatch recognises that the flow in focus has come to rest.
type restWatch struct {
	of   restKey
	past []restSample
	rest *Rest // nil while it moves, or while the exact samples are drawn
	sure bool  // it is at rest
	// islands are those of the last report; told reports whether they have been spoken of.
	islands *Islands
	told    bool
}

// restKey is what a flow comes to rest under: another one begins anew.
type restKey struct {
	run    int
	target *target.OnGrid
	n      int
	motion sim.Motion
}

// restKeyOf is that of the flow in focus.
func restKeyOf(s *Session) restKey {
	f := s.flow()
	return restKey{s.focus.id, f.Target(), f.Settings().Particles, s.focus.motion()}
}

func (k restKey) equal(other restKey) bool {
	return k.run == other.run && k.target == other.target && k.n == other.n && k.motion.Equal(other.motion)
}

// restSample is the part of a report that is to stand still.
type restSample struct {
	step   int
	tv     float64
	masses []float64
}

// near reports whether two samples differ by less than restChange.
func (a restSample) near(b restSample) bool {
	near := math.Abs(a.tv-b.tv) < restChange && len(a.masses) == len(b.masses)
	for k := range a.masses {
		near = near && math.Abs(a.masses[k]-b.masses[k]) < restChange
	}
	return near
}

// follow takes a new report of the flow in focus.
func (w *restWatch) follow(s *Session) {
	key := restKeyOf(s)
	now := restSample{step: s.focus.report.Step, tv: s.focus.report.TV}
	for _, r := range s.focus.report.Regions {
		now.masses = append(now.masses, r.ParticleMass)
	}
	if r := s.focus.report; r.Bandwidth > s.focus.motion().Bandwidth {
		*w = restWatch{of: key} // until the kernel is that of the end
		return
	}
	if n := len(w.past); !key.equal(w.of) || n > 0 && now.step <= w.past[n-1].step {
		*w = restWatch{of: key}
	}
	w.past = append(w.past, now)
	w.findIslands(s)
	first := 0
	for first+1 < len(w.past) && now.step-w.past[first+1].step >= restSteps {
		first++
	}
	w.past = w.past[first:]
	switch still := now.step-w.past[0].step >= restSteps && w.past[0].near(now); {
	case !still:
		w.sure, w.rest = false, nil
	case !w.sure:
		w.sure = true
		w.compare(s, now.tv)
	case w.rest != nil:
		w.rest.TV = now.tv
	}
}

// findIslands looks for islands where the drift is alone, and speaks of them once.
func (w *restWatch) findIslands(s *Session) {
	w.islands = nil
	now := w.past[len(w.past)-1]
	k := len(w.past) - 1
	for k > 0 && now.step-w.past[k].step < islandSteps {
		k--
	}
	if m := s.focus.motion(); now.step-w.past[k].step >= islandSteps && m.BirthDeath == 0 && m.Mover.IsZero() {
		w.islands = findIslands(&s.focus.report, w.past[k])
	}
	if w.islands != nil && !w.told {
		w.told = true
		s.tell("%s", w.islands.sentence())
	}
}

// shown is a copy of the rest of the flow in focus, if it is that.
func (w *restWatch) shown(s *Session) *Rest {
	if w.rest == nil || !w.holds(s) {
		return nil
	}
	rest := *w.rest
	return &rest
}

// shownIslands are the islands of the flow in focus.
func (w *restWatch) shownIslands(s *Session) *Islands {
	if !w.holds(s) {
		return nil
	}
	return w.islands
}

// holds reports whether the last report is of the flow in focus as it is now, and not of a later step.
func (w *restWatch) holds(s *Session) bool {
	n := len(w.past)
	return n > 0 && w.of.equal(restKeyOf(s)) && s.flow().Progress().Step >= w.past[n-1].step
}

// compare draws exact samples, beside the session, and says how the flow has ended.
func (w *restWatch) compare(s *Session, tv float64) {
	f, key := s.flow(), w.of
	scenario, settings, functional, alone := f.Scenario(), f.Settings(), s.Coverage.functional, f.Drift().IsGradientFlow()
	work := func() func(*Session) {
		exact := DrawExact(scenario, settings, functional)
		if !exact.TV.Measured() {
			return func(*Session) {} // the flow has the same target and kernel: it would have no report
		}
		rest := Rest{TV: tv, Exact: exact.TV, Tabulated: exact.Tabulated, Alone: settings.BirthDeath == 0 && alone}
		return func(s *Session) {
			if w := &s.resting; w.sure && w.of.equal(key) {
				w.rest = &rest
				s.tell("%s", rest.sentence())
			}
		}
	}
	if s.schedule.later == nil {
		work()(s)
		return
	}
	s.schedule.launch(work)
}
