package app

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// nap slows the clock of the screen while nothing moves on it: a tick of it is then the next frame, the next message, or
// the end of longestNap.
type nap struct {
	over  chan struct{} // closed to end one that is under way, nil without one
	quiet int           // ticks since the last message
}

// longestNap is the time between ticks while nothing moves. What does not wake the clock, such as a log that cannot be
// written any more, is seen that late.
const longestNap = time.Second

// begin lets the next tick come with news, or when the nap is over.
func (n *nap) begin(news <-chan struct{}) tea.Cmd {
	over := make(chan struct{})
	n.over = over
	return func() tea.Msg {
		latest := time.NewTimer(longestNap)
		defer latest.Stop()
		select {
		case <-over:
		case <-news:
		case <-latest.C:
		}
		return tick(time.Now())
	}
}

// end ends a nap: there is a message.
func (n *nap) end() {
	if n.over != nil {
		close(n.over)
		n.over = nil
	}
	n.quiet = 0
}

// tick notes a tick of the clock, which is the end of a nap.
func (n *nap) tick() {
	n.over = nil
	n.quiet++
}

// idle reports whether there is nothing to do until there is a message or a frame: the flow is paused, no command and no
// answer is waited for, nothing on the screen ends with time, and a second has passed since the last message.
func (a *App) idle() bool {
	f := a.frame
	return f.Paused && f.Watching == nil && a.nap.quiet >= a.options.ticks() && !a.pace.stale &&
		a.link.settled() && !a.messages.passing() && !a.pictures.awaited() && !a.departure.leaving
}
