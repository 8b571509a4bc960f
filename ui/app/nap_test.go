package app

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
)

// ticks lets the clock of the screen tick for some seconds.
func ticks(a *App, seconds int) {
	for range seconds * a.options.ticks() {
		a.Update(tick{})
	}
}

// The clock of the screen rests where nothing on it moves, and where nothing is waited for.
func TestTheClockRestsWhileNothingMoves(t *testing.T) {
	a, player := screen(t, "uneven-ring", 120, 40, 2, colorprofile.ASCII)
	const passed = 20 // seconds, after which no message is left
	if ticks(a, passed); a.idle() {
		t.Error("it rests while the flow goes on")
	}
	send(a, press("space"), tick{})
	if !a.frame.Paused || a.idle() {
		t.Error("it rests as soon as a key was pressed")
	}
	if ticks(a, passed); !a.idle() {
		t.Error("it never rests while the flow is paused")
	}
	a.messages.say("a message")
	if ticks(a, 1); a.idle() {
		t.Error("it rests while a message is shown that is to vanish")
	}
	if ticks(a, passed); !a.idle() {
		t.Error("it does not rest after a message")
	}
	a.link.waits = append(a.link.waits, awaited{})
	if a.idle() {
		t.Error("it rests while a command is under way")
	}
	a.link.waits = nil
	if send(a, press("right"), tick{}); a.idle() {
		t.Error("it rests as soon as the probe was moved")
	}
	ticks(a, passed)
	send(a, press("space"))
	player.advance(1)
	if ticks(a, passed); a.idle() {
		t.Error("it rests while the flow goes on again")
	}
}

// A nap ends with news, and at once with a message; either way there is one tick.
func TestANapEndsWithNewsOrAMessage(t *testing.T) {
	ended := func(wait tea.Cmd) <-chan tea.Msg {
		end := make(chan tea.Msg, 1)
		go func() { end <- wait() }()
		return end
	}
	var n nap
	news := make(chan struct{}, 1)
	for name, wake := range map[string]func(){"news": func() { news <- struct{}{} }, "a message": n.end} {
		began := time.Now()
		end := ended(n.begin(news))
		wake()
		if _, ok := (<-end).(tick); !ok || time.Since(began) >= longestNap {
			t.Errorf("%s does not end a nap with a tick", name)
		}
		n.tick()
	}
	n.end() // without one
	if n.over != nil || n.quiet != 0 {
		t.Error("a nap is under way that never began")
	}
}
