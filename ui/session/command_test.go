package session

import (
	"slices"
	"testing"

	"undercurrent/scenarios"
)

// A command that may pass is carried out before edits and slow commands that wait, a pause before all that leave the
// clock alone, but not before others, nor before another pause. What waits is told, also of the commands that were joined.
func TestACommandPassesThoseThatMayBePassed(t *testing.T) {
	edit := scenarios.Edit{Verb: scenarios.Widen, Mode: 1, By: 2}
	var did []string
	command := func(name string, c Command) Command {
		c.Run = func(*Session, int) { did = append(did, name) }
		return c
	}
	q := &queue{wake: make(chan struct{}, 1)}
	for k, c := range []Command{command("seek", Command{}), command("undo", Command{Slow: true}), {Edit: &edit}, command("widen", Command{Slow: true, Kind: "wider"}),
		{Shown: &Shown{}}, command("pause", Command{Haste: BeforeUntimed, Must: true}), command("switch", Command{Haste: BeforeSlow, Untimed: true}), command("reseed", Command{Untimed: true}), command("pause", Command{Haste: BeforeUntimed}), command("widen", Command{Slow: true, Kind: "wider"}), command("step", Command{})} {
		c.ID = k + 1
		q.add(c)
	}
	var ids []int
	for c, ok := q.next(); ok; c, ok = q.next() {
		ids = append(ids, c.ID)
		var w Waiting
		q.tell(&w)
		for id := 1; id <= 12; id++ {
			if w.For(id) != (id == 12 || !slices.Contains(ids, id) && !slices.Contains(c.joined, id)) {
				t.Errorf("after %v: command %d waits: %t", ids, id, w.For(id))
			}
		}
		if c.Edit == nil && c.Shown == nil {
			c.Run(nil, 0)
		}
	}
	if want := []string{"seek", "pause", "pause", "switch", "undo", "widen", "reseed", "widen", "step"}; !slices.Equal(did, want) {
		t.Errorf("they are carried out as %v, expected %v", did, want)
	}
	if want := []int{1, 6, 9, 7, 2, 3, 4, 5, 8, 10, 11}; !slices.Equal(ids, want) {
		t.Errorf("they come as %v, expected %v", ids, want)
	}
}

// A repeater carries out what was passed after what has passed it.
func TestWhatWasPassedIsRepeated(t *testing.T) {
	s := newSession(t, "three-modes")
	r := NewRepeater(s)
	edit := scenarios.Edit{Verb: scenarios.Widen, Mode: 1, By: 2}
	r.Give(Command{Edit: &edit, ID: 1})
	r.Give(Command{Run: once(func(s *Session) { s.Clock.TogglePause() }), ID: 2, Haste: BeforeUntimed})
	for _, act := range []Act{{Commands: []int{2}}, {Frame: true}} {
		if err := r.Do(act); err != nil {
			t.Fatal(err)
		}
	}
	if f := r.Take(); !f.Paused || len(f.Edits) != 0 || !f.Waiting.For(1) || f.Waiting.For(2) {
		t.Errorf("paused %t, with edits %v, waiting are %+v", f.Paused, f.Edits, f.Waiting)
	}
	for _, act := range []Act{{Commands: []int{1}}, {Frame: true}} {
		if err := r.Do(act); err != nil {
			t.Fatal(err)
		}
	}
	if f := r.Take(); len(f.Edits) != 1 || f.Waiting.For(1) || f.Waiting.For(2) {
		t.Errorf("there are the edits %v, waiting are %+v", f.Edits, f.Waiting)
	}
}
