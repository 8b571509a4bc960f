package session

import (
	"slices"

	"undercurrent/sim"
)

// MaxRuns is the largest number of flows in a comparison.
const MaxRuns = 4

// ComparisonControl adds and removes flows that run in lock-step.
type ComparisonControl struct{ s *Session }

// contrasts are the divergences that a comparison begins with next to the current one: they
// differ most in which regions gain first.
func contrasts() []string {
	return []string{"reverse-kl", "forward-kl", "neyman", "jensen-shannon", "pearson"}
}

// Toggle adds flows that begin with the same particles, or ends the comparison and keeps the
// flow in focus.
func (c *ComparisonControl) Toggle() {
	s := c.s
	if s.refused("comparison") {
		return
	}
	s.Clock.stay()
	if len(s.runs) > 1 {
		s.runs = []*run{s.focus}
		s.shareHistory()
		s.measure()
		s.tell("left comparison, continuing with %s", s.flow().Drift().Info().Name)
		return
	}
	for _, id := range contrasts() {
		if id != s.Motion.Drift().ID() && len(s.runs) < MaxRuns {
			c.add(id)
		}
	}
	s.measure()
	s.tell("%d flows in lock-step from the same particles", len(s.runs))
}

// Add adds a flow under the first divergence that none of the others has.
func (c *ComparisonControl) Add() {
	s := c.s
	if s.refused("comparison") {
		return
	}
	s.Clock.stay()
	if len(s.runs) >= MaxRuns {
		s.tell("%d flows are compared, expected at most %d", len(s.runs), MaxRuns)
		return
	}
	for _, id := range append(contrasts(), s.Motion.catalogue.IDs()...) {
		taken := slices.ContainsFunc(s.runs, func(r *run) bool { return r.motion().Drift.ID() == id })
		if !taken && c.add(id) {
			break
		}
	}
	s.measure()
}

// add adds a flow under a divergence, with the particles and the history of the one in
// focus, and reports whether it could.
func (c *ComparisonControl) add(id string) bool {
	s := c.s
	family, err := s.Motion.catalogue.Family(id)
	if err != nil {
		s.tell("%v", err)
		return false
	}
	settings := s.focus.settings()
	settings.Drift, settings.Velocity = settings.Drift.WithFamily(family), sim.Plugin
	branch, err := s.focus.own.Branch(settings)
	if err != nil {
		s.tell("%v", err)
		return false
	}
	r := newRun(branch, branch)
	s.number(r)
	s.runs = append(s.runs, r)
	s.shareHistory()
	return true
}

// Remove ends the flow in focus, unless it is the only one.
func (c *ComparisonControl) Remove() {
	s := c.s
	if len(s.runs) == 1 {
		s.tell("only one flow, nothing to remove")
		return
	}
	at := slices.Index(s.runs, s.focus)
	s.runs = slices.Delete(slices.Clone(s.runs), at, at+1)
	s.focus = s.runs[min(at, len(s.runs)-1)]
	s.shareHistory()
	s.measure()
}

// Focus moves the focus by a number of flows.
func (c *ComparisonControl) Focus(by int) {
	s := c.s
	n := len(s.runs)
	s.focus = s.runs[((slices.Index(s.runs, s.focus)+by)%n+n)%n]
	s.measure()
}
