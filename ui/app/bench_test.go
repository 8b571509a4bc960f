package app

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// BenchmarkFrame is everything a frame costs at 160×48 but Bubble Tea's own part:
// a step, its report, the copies, the drawing.
func BenchmarkFrame(b *testing.B) {
	a, p := newStill(b, "uneven-ring", "reverse-kl")
	send(a, tea.WindowSizeMsg{Width: 160, Height: 48})
	now := time.Unix(0, 0)
	for b.Loop() {
		now = now.Add(time.Second / 30)
		p.advance(1)
		send(a, tick(now))
	}
}
