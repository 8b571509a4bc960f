//go:build long

package session

import (
	"reflect"
	"testing"
)

func TestManyActsAreRepeatedToTheBit(t *testing.T) { actsAreRepeated(t, 6, 100) }

// A sampler that was trained as fast as the machine was is trained again as far, order by order.
func TestTrainingIsRepeated(t *testing.T) {
	orders := []func(*Session){func(s *Session) { s.Training.SetIterations(20) }, func(s *Session) { s.Training.Toggle() }, func(s *Session) { s.Motion.Next(1) },
		func(s *Session) { s.Training.Extend(5) }, func(s *Session) { s.Clock.SingleStep() }, func(s *Session) { s.Clock.TogglePause() }}
	var commands []Command
	n := &notes{}
	first := newSession(t, "three-modes")
	r := StartObserved(first, 200, n.observe)
	for k, f := range orders {
		c := Command{Run: once(f), Must: true, ID: k + 1}
		commands = append(commands, c)
		r.Give(c)
		take(t, r, func(f *Frame) bool { return !f.Waiting.For(k+1) && (k == 0 || f.Training != nil) })
	}
	last := take(t, r, func(f *Frame) bool { return f.Training != nil && f.Training.Final != nil }).Training
	r.Stop()
	again := newSession(t, "three-modes")
	repeats(t, again, commands, n.list)
	got := again.Training.snapshot
	if got == nil || got.Progress != last.Progress || got.TV != last.TV || len(got.ordered) != len(last.ordered) || !reflect.DeepEqual(got.Final, last.Final) {
		t.Errorf("the sampler is %+v, expected %+v", got, last)
	}
}
