package session

import (
	"testing"
	"time"

	"undercurrent/scenarios"
)

// slowTarget is a normal distribution whose density waits for a gate.
type slowTarget struct{ gate chan struct{} }

func (s slowTarget) LogDensity(x, y float64) float64 {
	<-s.gate
	return -(x*x + y*y) / 2
}

func (s slowTarget) Score(x, y float64) (float64, float64) { return -x, -y }

// While a target is tabulated that takes long, the flow goes on and keys are answered; the next wish
// replaces it.
func TestASlowTargetHoldsNothing(t *testing.T) {
	d := newSession(t, "three-modes")
	e := Start(d, 100)
	defer e.Stop()
	was := take(t, e, func(f *Frame) bool { return f.Report.Step > 2 })
	s := was.Scenario
	s.ID, s.Target, s.Regions = "slow", slowTarget{make(chan struct{})}, nil
	s.Truth = scenarios.Truth{}
	open := func(s scenarios.Scenario) {
		e.Give(Command{Must: true, Run: func(d *Session, _ int) { d.Scene.OpenScenario(s) }})
	}
	open(s)
	f := take(t, e, func(f *Frame) bool { return f.Note.Text == "tabulating slow …" })
	e.Give(Command{Run: func(d *Session, _ int) { d.Motion.Choose("pearson") }})
	f = take(t, e, func(later *Frame) bool { return later.Info.ID == "pearson" && later.Report.Step > f.Report.Step })
	if f.Scenario.ID != "three-modes" {
		t.Fatalf("the scenario is %s before its target is there", f.Scenario.ID)
	}
	close(s.Target.(slowTarget).gate)
	take(t, e, func(f *Frame) bool { return f.Scenario.ID == "slow" })
	s.ID, s.Target = "slower", slowTarget{make(chan struct{})}
	open(s)
	take(t, e, func(f *Frame) bool { return f.Note.Text == "tabulating slower …" })
	e.Give(Command{Must: true, Run: func(d *Session, _ int) { d.Scene.Open("ring8") }})
	take(t, e, func(f *Frame) bool { return f.Scenario.ID == "ring8" })
	close(s.Target.(slowTarget).gate)
	for end := time.Now().Add(300 * time.Millisecond); time.Now().Before(end); {
		if f := e.Take(); f != nil && f.Scenario.ID == "slower" {
			t.Fatal("a target that is not wished for any more is opened")
		}
		time.Sleep(time.Millisecond)
	}
}
