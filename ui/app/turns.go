package app

import (
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// turn is what a command does to the clock.
type turn int

const (
	noTurn turn = iota
	pauses
	flips // pauses or resumes
)

// clock is what the clock of a frame will do. The session carries out the commands that turn it in their order, so that it
// is known however long that takes.
func (l *link) clock(f *session.Frame) (c panel.Clock) {
	paused := f.Paused
	for _, w := range l.waits {
		switch w.turn {
		case pauses:
			paused = true
		case flips:
			paused = !paused
		}
	}
	return panel.Clock{Pausing: paused && !f.Paused, Resuming: f.Paused && !paused}
}
