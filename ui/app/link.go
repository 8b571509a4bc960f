package app

import (
	"undercurrent/scenarios"
	"undercurrent/ui/session"
)

// link gives commands to the session and knows whether it has carried them out.
type link struct {
	player Player
	ticks  int // a second
	sent   int // commands so far
	asked  int // of them, those that are not about what is shown
	age    int // ticks since the last
	// waiting reports whether a command has been under way for long enough to say so.
	waiting bool
}

// order gives a command that the user may give again, such as a key or a motion of the
// mouse: where too many wait it is dropped. It leaves the clock alone.
func (l *link) order(command func(*session.Session)) {
	l.give(session.Command{Run: once(command), Untimed: true})
}

// timed is order for a command of the clock, such as a single step.
func (l *link) timed(command func(*session.Session)) { l.give(session.Command{Run: once(command)}) }

// end gives a command that ends something, and leaves the clock alone: it is never dropped.
func (l *link) end(command func(*session.Session)) {
	l.give(session.Command{Run: once(command), Must: true, Untimed: true})
}

// must gives a command that was typed in full, and may be of the clock: it is never dropped.
func (l *link) must(command func(*session.Session)) {
	l.give(session.Command{Run: once(command), Must: true})
}

// first gives a command that passes edits and other slow ones that wait.
func (l *link) first(command func(*session.Session)) {
	l.give(session.Command{Run: once(command), Haste: session.BeforeSlow, Untimed: true})
}

// pause gives a command that pauses or resumes: it passes all that leave the clock alone, and is never dropped.
func (l *link) pause(command func(*session.Session)) {
	l.give(session.Command{Run: once(command), Haste: session.BeforeUntimed, Must: true})
}

// slow gives a command like repeat, which may take long and may be passed.
func (l *link) slow(kind string, command func(d *session.Session, times int)) {
	l.give(session.Command{Run: command, Kind: kind, Slow: true, Untimed: true})
}

// repeat gives a command that may be carried out several times at once, with others of its kind. It leaves the clock
// alone.
func (l *link) repeat(kind string, command func(d *session.Session, times int)) {
	l.give(session.Command{Run: command, Kind: kind, Untimed: true})
}

// repeatTimed is repeat for a command of the clock.
func (l *link) repeatTimed(kind string, command func(d *session.Session, times int)) {
	l.give(session.Command{Run: command, Kind: kind})
}

// nudge gives an edit that is joined with those of its kind that wait.
func (l *link) nudge(e scenarios.Edit) { l.give(session.Command{Edit: &e}) }

// drag gives an edit of a drag, which is joined with those of its kind that wait.
func (l *link) drag(e scenarios.Edit) { l.give(session.Command{Edit: &e, Dragged: true}) }

// endDrag ends a drag. Like its edits it may be passed.
func (l *link) endDrag() {
	l.give(session.Command{Run: once(func(s *session.Session) { s.Edits.EndDrag() }), Must: true, Slow: true, Untimed: true})
}

// show gives the instruments that are shown. Since they depend on when the screen is drawn, the command has no ID.
func (l *link) show(shown session.Shown) { l.send(session.Command{Shown: &shown, Must: true}) }

// once is a command that is carried out once at a time.
func once(command func(*session.Session)) func(*session.Session, int) {
	return func(d *session.Session, _ int) { command(d) }
}

func (l *link) give(c session.Command) {
	l.asked++
	c.ID = l.asked
	l.send(c)
}

func (l *link) send(c session.Command) {
	l.sent++
	l.age = 0
	c.Number = l.sent
	l.player.Give(c)
}

// awaitFrom is from how many milliseconds on a command that is not carried out yet is said to be
// under way.
const awaitFrom = 12

// await looks at a frame, nil for none yet, for the last command, and reports whether
// waiting has changed.
func (l *link) await(f *session.Frame) (changed bool) {
	was := l.waiting
	since := 1000 * l.age / l.ticks
	l.waiting = f != nil && f.Obeyed < l.sent && since >= awaitFrom
	return l.waiting != was
}

// settled reports whether a frame is that after the last command, and nothing else is said.
func (l *link) settled(f *session.Frame) bool { return f.Obeyed >= l.sent && !l.waiting }
