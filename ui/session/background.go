package session

// background is one kind of work beside the session: one at a time, and not at once after the one before.
type background struct {
	inline bool // it is done in the session
	busy   bool // it is being done
	wait   int  // calls of Session.Advance until the next
}

// backgroundReports is the least number of reports from one work to the next: about a second, from ten frames a second
// on. It is not a time, which could not be repeated.
const backgroundReports = 10

// tick says that Session.Advance is called.
func (b *background) tick() { b.wait = max(b.wait-1, 0) }

// hurry ends the time between two works once: the next one is about a frame that stays.
func (b *background) hurry() { b.wait = 0 }

// ask begins work on a request, unless there was some a short time ago, and reports whether it did. The request is made in
// the session, and the result taken there.
func (b *background) ask(s *Session, request func() (work func() (take func()))) bool {
	switch {
	case b.inline:
		request()()()
	case b.busy || b.wait > 0 || s.schedule.later == nil:
		return false
	default:
		work := request()
		b.busy, b.wait = true, backgroundReports*s.measuring.every
		s.schedule.launch(func() func(*Session) {
			take := work()
			return func(*Session) {
				take()
				b.busy = false
			}
		})
	}
	return true
}
