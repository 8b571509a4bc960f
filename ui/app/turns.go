package app

import (
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// turns are the commands to pause or to resume that are not carried out yet, oldest first. The session carries them
// out in their order, so that what the clock will do is known, however long that takes.
type turns struct {
	sent    int
	waiting []turn
}

// turn is a command that pauses, or one that pauses or resumes.
type turn struct {
	serial int // from 1
	flips  bool
}

func (t *turns) pauses() (serial int) { return t.add(false) }

func (t *turns) flips() (serial int) { return t.add(true) }

func (t *turns) add(flips bool) (serial int) {
	t.sent++
	t.waiting = append(t.waiting, turn{t.sent, flips})
	return t.sent
}

// follow forgets what has been carried out by the time of a frame.
func (t *turns) follow(f *session.Frame) {
	for len(t.waiting) > 0 && t.waiting[0].serial <= f.Turned {
		t.waiting = t.waiting[1:]
	}
}

// clock is the clock of a frame, and what it will do.
func (t *turns) clock(f *session.Frame) panel.Clock {
	paused := f.Paused
	for _, turn := range t.waiting {
		paused = !turn.flips || !paused
	}
	return panel.Clock{Pausing: paused && !f.Paused, Resuming: f.Paused && !paused}
}
