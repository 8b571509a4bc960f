package app

import "time"

// meter measures frames a second over the last second or so.
type meter struct {
	since  time.Time
	frames int
	rate   float64
}

// add counts a frame. Those of a flow that stands still come when something is to be seen, and say nothing
// of the rate.
func (m *meter) add(now time.Time, paused bool) {
	if paused {
		*m = meter{}
		return
	}
	m.frames++
	if m.since.IsZero() {
		m.since, m.frames = now, 0
		return
	}
	if d := now.Sub(m.since).Seconds(); d >= 1 {
		m.rate, m.since, m.frames = float64(m.frames)/d, now, 0
	}
}
