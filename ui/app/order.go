package app

import "undercurrent/ui/session"

// order gives the engine a command that the user may give again, such as a key or a motion
// of the mouse: where too many wait it is dropped.
func (a *App) order(command func(*session.Session)) { a.player.Do(a.numbered(command)) }

// must gives the engine a command that ends something, or that was typed in full: it is
// never dropped.
func (a *App) must(command func(*session.Session)) { a.player.Must(a.numbered(command)) }

// numbered is a command that says when it was obeyed. Until a frame shows it, the key line
// says that something is under way.
func (a *App) numbered(command func(*session.Session)) func(*session.Session) {
	a.sent++
	n := a.sent
	a.sentAt = a.ticks
	return func(d *session.Session) {
		command(d)
		d.Obeyed(n)
	}
}

// Milliseconds from which a command that is not obeyed yet is said to be under way,
// and after which it is taken for lost.
const (
	awaitFrom = 12
	awaitTo   = 3000
)

// awaits tells whether a command has been under way for long enough to say so.
func (a *App) awaits() bool {
	if a.frame == nil || a.frame.Obeyed >= a.sent {
		return false
	}
	since := 1000 * (a.ticks - a.sentAt) / (pollsPerFrame * a.fps)
	return since >= awaitFrom && since < awaitTo
}
