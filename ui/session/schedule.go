package session

import "time"

// schedule decides when the session does its work: how much of a frame's before the next command, and what beside it.
type schedule struct {
	// later runs work beside the session, and what it returns in the session, when it is done; nil to run all work in
	// the session.
	later    later
	launched int // works so far
	// patience is how long the session waits for work that it then goes on without.
	patience time.Duration

	// overdue reports whether the steps of a frame are to end before all are taken, as they take longer than a key may
	// wait, or one waits; nil to take all whatever they take. Of those that are left, one is taken.
	overdue func() bool
	// seekOver reports whether a seek goes on in the next frame; nil for the usual rule.
	seekOver func() bool
	done     int // steps of frames and of seeks so far
}

// later runs the work of a number beside the session.
type later func(number int, work func() (then func(*Session)))

const (
	// besideAfter is the usual patience.
	besideAfter = 50 * time.Millisecond
	// seekTime is how long steps are computed again in a frame.
	seekTime = 20 * time.Millisecond
)

// launch runs work beside the session, where there is somebody to run it, and returns its number.
func (s *schedule) launch(work func() (then func(*Session))) (number int) {
	s.launched++
	s.later(s.launched, work)
	return s.launched
}

func (s *schedule) late() bool { return s.overdue != nil && s.overdue() }

// pausesSeek reports whether a seek that has been going on in this frame since some time goes on in the next.
func (s *schedule) pausesSeek(began time.Time) bool {
	switch {
	case s.seekOver != nil:
		return s.seekOver()
	case s.later == nil:
		return false
	}
	return time.Since(began) > seekTime
}
