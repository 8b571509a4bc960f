package app

import "undercurrent/ui/engine"

// order gives the engine a command. Until a frame shows that it was obeyed, the key
// line says that something is under way.
func (a *App) order(command func(*engine.Driver)) {
	a.sent++
	n := a.sent
	a.sentAt = a.ticks
	a.player.Do(func(d *engine.Driver) {
		command(d)
		d.Obeyed(n)
	})
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
