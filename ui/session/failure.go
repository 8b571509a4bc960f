package session

import (
	"fmt"
	"runtime/debug"

	"undercurrent/sim/grid"
)

// Failure is a panic: what it said and where. Recipe reproduces the session at the step where it
// happened, nil if that is not known.
type Failure struct {
	Reason any
	Stack  []byte
	Recipe *Recipe
}

// NewFailure is what a deferred function has recovered.
func NewFailure(v any) *Failure {
	switch v := v.(type) {
	case *Failure:
		return v
	case *grid.Fault:
		return &Failure{Reason: v.Reason, Stack: append(v.Stack, debug.Stack()...)}
	}
	return &Failure{Reason: v, Stack: debug.Stack()}
}

func (f *Failure) String() string { return fmt.Sprint(f.Reason) }

// lastRecipe is the recipe of a session after a panic, nil if it cannot be known any more.
func (s *Session) lastRecipe() (r *Recipe) {
	defer func() {
		if recover() != nil {
			r = nil
		}
	}()
	recipe := s.Recipe()
	return &recipe
}
