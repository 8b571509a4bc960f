package app

import "undercurrent/ui/session"

// link gives commands to the session and knows whether it has carried them out.
type link struct {
	player Player
	fps    int
	sent   int // commands so far
	age    int // ticks since the last
	// waiting reports whether a command has been under way for long enough to say so.
	waiting bool
}

// order gives a command that the user may give again, such as a key or a motion of the
// mouse: where too many wait it is dropped.
func (l *link) order(command func(*session.Session)) { l.player.Do(l.numbered(command)) }

// must gives a command that ends something, or that was typed in full: it is never dropped.
func (l *link) must(command func(*session.Session)) { l.player.Must(l.numbered(command)) }

// numbered is a command that says when it was carried out.
func (l *link) numbered(command func(*session.Session)) func(*session.Session) {
	l.sent++
	l.age = 0
	n := l.sent
	return func(d *session.Session) {
		command(d)
		d.Obeyed(n)
	}
}

// Milliseconds from which a command that is not carried out yet is said to be under way,
// and after which it counts as lost.
const (
	awaitFrom = 12
	awaitTo   = 3000
)

// await looks at a frame, nil for none yet, for the last command, and reports whether
// waiting has changed.
func (l *link) await(f *session.Frame) (changed bool) {
	was := l.waiting
	since := 1000 * l.age / (pollsPerFrame * l.fps)
	l.waiting = f != nil && f.Obeyed < l.sent && since >= awaitFrom && since < awaitTo
	return l.waiting != was
}
