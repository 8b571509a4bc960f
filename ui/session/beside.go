package session

import "time"

// later runs work beside the session, and what it returns in the session, when it is done.
type later func(work func() (then func(*Session)))

// besideAfter is how long the session waits for work that it then goes on without.
const besideAfter = 50 * time.Millisecond

// beside does work and then what that returns: in the session if it takes no longer than a key may,
// and otherwise beside it, which is noted. Commands that come meanwhile are carried out before.
func (s *Session) beside(note string, work func() (then func(*Session))) {
	if s.later == nil {
		work()(s)
		return
	}
	made, over := make(chan func(*Session), 1), false
	s.later(func() func(*Session) {
		then := work()
		made <- then
		return func(s *Session) {
			if !over {
				then(s)
			}
		}
	})
	select {
	case then := <-made:
		over = true
		then(s)
	case <-time.After(besideAfter):
		s.tell("%s", note)
	}
}
