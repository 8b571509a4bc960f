package session

import "time"

// beside does work and then what that returns: in the session if it takes no longer than a key may,
// and otherwise beside it, which is noted. Commands that come meanwhile are carried out before.
func (s *Session) beside(note string, work func() (then func(*Session))) {
	if s.schedule.later == nil {
		work()(s)
		return
	}
	made, over := make(chan func(*Session), 1), false
	number := s.schedule.launch(func() func(*Session) {
		then := work()
		made <- then
		return func(s *Session) {
			if !over {
				then(s)
			}
		}
	})
	then, soon := within(made, s.schedule.patience)
	if !soon {
		s.tell("%s", note)
		return
	}
	s.observed(Act{Soon: number})
	over = true
	then(s)
}

// within is what a channel has within some time.
func within[T any](from <-chan T, most time.Duration) (v T, ok bool) {
	// Of two that are ready, a select takes any.
	select {
	case v = <-from:
		return v, true
	default:
	}
	select {
	case v = <-from:
		return v, true
	case <-time.After(most):
		return v, false
	}
}
