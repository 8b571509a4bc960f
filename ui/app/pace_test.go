package app

import (
	"testing"

	"github.com/charmbracelet/colorprofile"

	"undercurrent/ui/session"
)

// A key is shown at once. Hundreds that come together are shown in one screen more, with the next
// tick.
func TestEventsThatComeTogetherAreDrawnOnce(t *testing.T) {
	a, _ := screen(t, "uneven-ring", 120, 40, 2, colorprofile.ASCII)
	send(a, press("right"), tick{})
	start, seen := a.probe.at.X, map[string]bool{a.drawn: true}
	const keys = 60
	for k := range keys {
		a.Update(press([]string{"?", "right"}[k%2]))
		seen[a.drawn] = true
	}
	if len(seen) != 2 {
		t.Errorf("%d keys are drawn %d times before the next tick, expected once", keys, len(seen)-1)
	}
	a.Update(tick{})
	if seen[a.drawn] = true; len(seen) != 3 {
		t.Errorf("with the tick there are %d screens, expected 3", len(seen))
	}
	if !(a.probe.at.X > start) {
		t.Errorf("the probe stays at x = %g", start)
	}
}

// Keys that wait for a slow step are joined where that leaves the same state.
func TestKeysOfOneKindThatWaitAreJoined(t *testing.T) {
	_, alone := newStill(t, "three-modes", "reverse-kl")
	for range 5 {
		alone.session.Motion.ScaleBandwidth(1)
	}
	_, player := newStill(t, "three-modes", "reverse-kl")
	e := session.Start(player.session, 100)
	defer e.Stop()
	gate, done := make(chan struct{}), make(chan [2]int)
	e.Give(session.Command{Run: func(*session.Session, int) { <-gate }})
	a := New(e, Options{FPS: 30})
	for range 5 {
		send(a, press("]"))
	}
	calls, times := 0, 0
	for range 40 {
		e.Give(session.Command{Kind: "test", Run: func(_ *session.Session, n int) { calls, times = calls+1, times+n }})
	}
	e.Give(session.Command{Must: true, Run: func(*session.Session, int) { done <- [2]int{calls, times} }})
	close(gate)
	take := func() *session.Frame {
		for {
			if f := e.Take(); f != nil {
				return f
			}
		}
	}
	if got := <-done; got != [2]int{1, 40} {
		t.Errorf("40 commands of one kind are carried out in %d calls, %d times", got[0], got[1])
	}
	h := <-session.Ask(e, func(s *session.Session) float64 { return s.Recipe().Settings.Bandwidth })
	// What the session asks of itself has no number, and does not count as an earlier one.
	for f := take(); f.Waiting.For(5); f = take() {
	}
	<-session.Ask(e, (*session.Session).Recipe)
	for range 5 {
		if f := take(); f.Waiting.For(5) || !f.Waiting.For(6) {
			t.Fatalf("after a question, waiting are %+v", f.Waiting)
		}
	}
	if want := alone.session.Recipe().Settings.Bandwidth; h != want {
		t.Errorf("five keys lead to a bandwidth of %g, one by one to %g", h, want)
	}
}
