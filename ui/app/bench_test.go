package app

import (
	"fmt"
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

// BenchmarkKey is a key that changes the screen while time stands still: every panel is drawn.
func BenchmarkKey(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}, {300, 90}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			a, p := newStill(b, "uneven-ring", "reverse-kl")
			p.session.Clock.TogglePause()
			p.advance(1)
			send(a, tea.WindowSizeMsg{Width: size[0], Height: size[1]}, tick{})
			for b.Loop() {
				a.Update(press("tab"))
				a.Update(tick{})
			}
		})
	}
}
