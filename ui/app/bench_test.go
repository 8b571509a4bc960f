package app

import (
	"fmt"
	"slices"
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

// BenchmarkPaint is the drawing of a new frame alone, as a median: each frame draws the panels that are due.
func BenchmarkPaint(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}, {300, 90}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			a, p := newStill(b, "uneven-ring", "reverse-kl")
			send(a, tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			now := time.Unix(0, 0)
			var times []time.Duration
			for b.Loop() {
				now = now.Add(time.Second / 30)
				p.advance(1)
				began := time.Now()
				send(a, tick(now))
				times = append(times, time.Since(began))
			}
			slices.Sort(times)
			b.ReportMetric(times[len(times)/2].Seconds()*1e3, "median-ms")
			b.ReportMetric(times[len(times)*95/100].Seconds()*1e3, "95%-ms")
		})
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
