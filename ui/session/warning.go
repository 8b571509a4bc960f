package session

import (
	"strings"

	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// examine notes what is wrong with the target that has been opened: mass outside the window,
// features that the grid does not resolve.
func (s *Session) examine() {
	f := s.flow()
	s.warning = strings.Join(target.Warnings(f.Scenario(), f.Grid(), f.Target().LogZ, grid.NewWorkers()), "; ")
	s.tellWarning()
}

// tellWarning notes what examine found, in place of any other note.
func (s *Session) tellWarning() {
	if s.warning != "" {
		s.note = Note{s.note.Serial + 1, "warning: " + s.warning, true}
	}
}
