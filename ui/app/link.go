package app

import (
	"fmt"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/ui/session"
)

// link gives commands to the session and knows which of them are not carried out yet.
type link struct {
	player Player
	ticks  int       // a second
	given  int       // the ID of the last command, from 1
	waits  []awaited // oldest first
	notice string    // what is said of those that have waited for long enough to say so
}

// awaited is a command that is not carried out yet.
type awaited struct {
	id   int
	name string // empty for none
	turn turn
	age  int // in ticks
}

// order gives a command that the user may give again, such as a key or a motion of the
// mouse: where too many wait it is dropped. It leaves the clock alone.
func (l *link) order(command func(*session.Session)) {
	l.give(session.Command{Run: once(command), Untimed: true})
}

// timed is order for a command that pauses, such as a single step.
func (l *link) timed(command func(*session.Session)) {
	l.turn(session.Command{Run: once(command)}, pauses)
}

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
	l.turn(session.Command{Run: once(command), Haste: session.BeforeUntimed, Must: true}, flips)
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

// repeatTimed is repeat for a command that pauses.
func (l *link) repeatTimed(kind string, command func(d *session.Session, times int)) {
	l.turn(session.Command{Run: command, Kind: kind}, pauses)
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
func (l *link) show(shown session.Shown) { l.player.Give(session.Command{Shown: &shown, Must: true}) }

// once is a command that is carried out once at a time.
func once(command func(*session.Session)) func(*session.Session, int) {
	return func(d *session.Session, _ int) { command(d) }
}

func (l *link) give(c session.Command) { l.turn(c, noTurn) }

// turn gives a command that turns the clock.
func (l *link) turn(c session.Command, t turn) {
	l.given++
	c.ID = l.given
	l.waits = append(l.waits, awaited{id: c.ID, turn: t})
	l.player.Give(c)
}

// name names the commands that were given after another one, for who waits for them.
func (l *link) name(after int, name string) {
	for k := len(l.waits) - 1; k >= 0 && l.waits[k].id > after; k-- {
		l.waits[k].name = name
	}
}

// awaitFrom is from how many milliseconds on a command that is not carried out yet is said to be
// under way.
const awaitFrom = 12

// tick ages what waits.
func (l *link) tick() {
	for k := range l.waits {
		l.waits[k].age++
	}
}

// await looks at a frame, nil for none yet, for what waits, and reports whether what is said of it has changed.
func (l *link) await(f *session.Frame) (changed bool) {
	was := l.notice
	l.notice = ""
	if f == nil {
		return was != ""
	}
	l.waits = slices.DeleteFunc(l.waits, func(w awaited) bool { return !f.Waiting.For(w.id) })
	if len(l.waits) > 0 && 1000*l.waits[0].age/l.ticks >= awaitFrom {
		l.notice = l.says()
	}
	return l.notice != was
}

// says names the last command that waits, with how many of its name there are and how many others.
func (l *link) says() string {
	name, same := l.waits[len(l.waits)-1].name, 0
	for _, w := range l.waits {
		if w.name == name {
			same++
		}
	}
	others := len(l.waits) - same
	text := "⋯"
	if name != "" {
		text += " " + name
		if same > 1 {
			text += fmt.Sprintf(" ×%d", same)
		}
		if others > 0 {
			text += fmt.Sprintf(" and %d more", others)
		}
	}
	return text + " after this step"
}

// settled reports whether every command is carried out.
func (l *link) settled() bool { return len(l.waits) == 0 }
