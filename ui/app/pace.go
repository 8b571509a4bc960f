package app

import "time"

// paintTime is how long the steps of the flow wait for a key to be drawn and written.
const paintTime = 30 * time.Millisecond

// pace decides when the screen is drawn: at once after an event, but then not before the next tick
// of the clock. Many events that come together change the state one by one, and the screen once.
type pace struct {
	stale bool // the screen is not that of the state
	drawn bool // after an event since the last tick
}

// draws reports whether the screen is to be drawn after a message that may have changed the state.
func (p *pace) draws(fresh, tick bool) bool {
	p.stale = p.stale || fresh
	if tick {
		p.drawn = false
	}
	if !p.stale || p.drawn {
		return false
	}
	p.stale, p.drawn = false, !tick
	return true
}
