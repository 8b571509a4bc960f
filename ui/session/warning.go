package session

import (
	"strings"

	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// Examine looks for what is wrong with the target that has been opened, mass outside the window
// or features that the grid does not resolve, and notes it. A Runner does so beside the first
// frames, as it takes longer than they do.
func (s *Session) Examine() {
	s.warnings = nil
	s.examine((*Session).tellWarning)
}

// renewWarnings is Examine after an edit of the target, whose note is not replaced.
func (s *Session) renewWarnings() { s.examine(func(*Session) {}) }

// examine finds the warnings and then calls tell.
func (s *Session) examine(tell func(*Session)) {
	f := s.flow()
	scenario, on := f.Scenario(), f.Target()
	work := func() func(*Session) {
		list := target.Warnings(scenario, on, grid.NewWorkers())
		return func(s *Session) {
			if s.flow().Target() == on {
				s.warnings = list
				tell(s)
			}
		}
	}
	if s.schedule.later == nil {
		work()(s)
		return
	}
	s.schedule.launch(work)
}

// tellWarning notes what Examine found, in place of any other note.
func (s *Session) tellWarning() {
	if len(s.warnings) == 0 {
		return
	}
	var texts []string
	for _, w := range s.warnings {
		texts = append(texts, w.Text)
	}
	s.note = Note{s.note.Serial + 1, "warning: " + strings.Join(texts, "; "), true}
}
