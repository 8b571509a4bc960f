package app

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// waits lets so much time pass that what is under way is said to be.
func waits(a *App) string {
	send(a, tick{}, tick{})
	status, _, _ := strings.Cut(ansi.Strip(a.drawn), "\n")
	return status
}

// While the session is busy, the status line says what the clock will do.
func TestAPauseThatWaitsIsShown(t *testing.T) {
	a, player := screen(t, "uneven-ring", 120, 40, 2, colorprofile.ASCII)
	busy := &late{still: player}
	a.link.player = busy
	for _, step := range []struct{ key, shows string }{
		{"d", "▶ ×"}, {"space", "❚❚ pausing"}, {"space", "▶ ×"}, {",", "❚❚ pausing"}, {"d", "❚❚ pausing"}, {"space", "▶ ×"}, {"space", "❚❚ pausing"},
	} {
		send(a, press(step.key))
		if got := waits(a); !strings.Contains(got, step.shows) {
			t.Errorf("after %s the status is %q, expected %s", step.key, got, step.shows)
		}
	}
	if all := ansi.Strip(a.drawn); !strings.Contains(all, "⋯ pause ×4 and 3 more after this step") {
		t.Errorf("what waits is not named in\n%s", all)
	}
	busy.obey()
	if got := waits(a); !strings.Contains(got, "❚❚ paused") {
		t.Errorf("then it is %q, expected a pause", got)
	}
	send(a, press("space"))
	if got := waits(a); !strings.Contains(got, "▶ resuming") {
		t.Errorf("resumed, it is %q", got)
	}
	if all := ansi.Strip(a.drawn); !strings.Contains(all, "⋯ pause after this step") {
		t.Errorf("the pause is not named in\n%s", all)
	}
}

// What the status line says is what comes, whichever keys wait and however many have been carried out.
func TestWhatTheClockWillDoIsWhatItDoes(t *testing.T) {
	a, player := screen(t, "three-modes", 80, 24, 2, colorprofile.ASCII)
	busy := &late{still: player}
	a.link.player = busy
	rng := rand.New(rand.NewPCG(3, 1))
	keys := []string{"space", "space", ",", ".", "d", "u", "]"}
	for range 60 {
		for range 1 + rng.IntN(5) {
			send(a, press(keys[rng.IntN(len(keys))]))
		}
		waits(a)
		// Some of the commands that wait are carried out, and a frame shows that.
		rest := busy.waiting[rng.IntN(len(busy.waiting)+1):]
		busy.waiting = busy.waiting[:len(busy.waiting)-len(rest)]
		busy.obey()
		waits(a)
		c := a.link.clock(a.frame)
		want := c.Pausing || a.frame.Paused && !c.Resuming
		busy.waiting = rest
		busy.obey()
		waits(a)
		if a.frame.Paused != want {
			t.Fatalf("paused is %t, expected %t", a.frame.Paused, want)
		}
		if len(a.link.waits) > 0 {
			t.Fatalf("%d commands wait for ever", len(a.link.waits))
		}
	}
}
