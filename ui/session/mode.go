package session

import "undercurrent/sim"

// mode is the origin of the particles: flows of this program, or a stream that is watched.
type mode interface {
	// advance does the work of one frame and reports whether anything changed.
	advance(s *Session) bool
	// standsStill reports whether advance does nothing until a command has been carried out, where no sampler is in
	// training.
	standsStill(s *Session) bool
	// measure updates every report without a step.
	measure(s *Session)
	// refuse is an error if a feature is not available in this mode.
	refuse(feature string) error
	// detail is that of the k-th region.
	detail(s *Session, k int) sim.RegionDetail
	// view is the state of the stream, nil without one.
	view(s *Session) *Watching
	// showDrift shows the drift of the settings, and reports whether it was hidden; hideDrift hides it,
	// unless it moves the particles.
	showDrift() (news bool)
	hideDrift()
	// describe completes a recipe.
	describe(r *Recipe)
	close()
}

// ownFlow is the mode of flows that this program steps.
type ownFlow struct{}

func (ownFlow) advance(s *Session) bool {
	news := s.Training.advance()
	if s.Clock.seeking {
		s.Clock.proceed()
		return true
	}
	said, releasing := s.note.Serial, s.Clock.release.on
	steps := s.Clock.steps()
	if steps == 0 {
		return news || s.note.Serial != said || s.Clock.release.on != releasing
	}
	left := steps - 1
	for ; left > 0 && !s.schedule.late(); left-- {
		s.step(false)
	}
	s.Clock.owe(left)
	report := s.reports()
	if report {
		s.unmeasured = false
	}
	s.step(report)
	if report {
		s.resting.follow(s)
	}
	return true
}

func (ownFlow) standsStill(s *Session) bool {
	c := &s.Clock
	return c.stopped() && c.owed == 0 && !c.seeking
}

func (ownFlow) measure(s *Session) {
	for _, r := range s.runs {
		r.measure(s.instruments(r))
	}
}

func (ownFlow) detail(s *Session, k int) sim.RegionDetail {
	return s.flow().RegionDetail(k, s.Aim.functional(), s.Motion.catalogue)
}

func (ownFlow) refuse(string) error     { return nil }
func (ownFlow) view(*Session) *Watching { return nil }
func (ownFlow) showDrift() bool         { return false }
func (ownFlow) hideDrift()              {}
func (ownFlow) describe(*Recipe)        {}
func (ownFlow) close()                  {}
