package session

import (
	"testing"
	"time"
)

// While the screen is in a hurry the flow takes no step, but a command is carried out; then it goes on.
func TestTheFlowGivesWayToTheScreen(t *testing.T) {
	e := Start(newSession(t, "three-modes"), 100)
	defer e.Stop()
	take(t, e, func(f *Frame) bool { return f.Report.Step > 2 })
	e.Hurry(time.Minute)
	// The step under way is the last.
	step := <-Ask(e, func(s *Session) int { return s.Recipe().Step })
	for range 3 {
		time.Sleep(30 * time.Millisecond)
		now := <-Ask(e, func(s *Session) int { return s.Recipe().Step })
		if now > step+1 {
			t.Fatalf("steps are taken in a hurry: %d after %d", now, step)
		}
		step = now
	}
	e.Hurry(0)
	take(t, e, func(f *Frame) bool { return f.Report.Step > step+2 })
}
