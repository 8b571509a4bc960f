package session

import (
	"sync/atomic"
	"testing"
	"time"
)

// A session that stands still has nothing to advance; one that has does not say so.
func TestWhatStandsStillDoesNotAdvance(t *testing.T) {
	s := newSession(t, "three-modes")
	for _, c := range []struct {
		name  string
		do    func()
		still bool
	}{
		{"at first", func() {}, false},
		{"after a step", func() { s.Advance() }, false},
		{"paused", s.Clock.TogglePause, true},
		{"with a step that is owed", s.Clock.SingleStep, false},
		{"after that", func() { s.Advance() }, true},
		{"at another speed", func() { s.Clock.Faster(true) }, true},
		{"back", func() { s.Clock.Back(1) }, true},
		{"after another divergence", func() { s.Motion.Next(1) }, true},
		{"going on", s.Clock.TogglePause, false},
	} {
		c.do()
		if still := s.standsStill(); still != c.still {
			t.Errorf("%s: it stands still: %v, expected %v", c.name, still, c.still)
		}
		if !c.still {
			continue
		}
		step := s.Step()
		if s.Advance() || s.Step() != step || !s.standsStill() {
			t.Errorf("%s: something advances", c.name)
		}
	}
}

// While it stands still, a session is not asked to advance; a command wakes it.
func TestThePausedClockStops(t *testing.T) {
	var advances atomic.Int64
	e := StartObserved(newSession(t, "three-modes"), 1000, func(_ *Session, a Act) { advances.Add(int64(a.Advances)) })
	defer e.Stop()
	take(t, e, func(f *Frame) bool { return f.Report.Step > 2 })
	toggle := Command{Run: func(s *Session, _ int) { s.Clock.TogglePause() }, Must: true}
	e.Give(toggle)
	paused := take(t, e, func(f *Frame) bool { return f.Paused })
	time.Sleep(20 * time.Millisecond) // it may have been about to advance once more
	before := advances.Load()
	time.Sleep(50 * time.Millisecond)
	if n := advances.Load() - before; n != 0 {
		t.Errorf("the paused session is asked to advance %d times", n)
	}
	e.Give(toggle)
	take(t, e, func(f *Frame) bool { return !f.Paused && f.Report.Step > paused.Report.Step })
}

// Whoever waits for news hears of every frame that it has not taken.
func TestAFrameIsNews(t *testing.T) {
	e := Start(newSession(t, "three-modes"), 100)
	defer e.Stop()
	for range 3 {
		select {
		case <-e.News():
		case <-time.After(20 * time.Second):
			t.Fatal("there is no news of a flow that goes on")
		}
		if f := e.Take(); f != nil {
			e.GiveBack(f)
		}
	}
}
