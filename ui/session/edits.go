package session

import (
	"fmt"
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim/replay"
)

// EditControl edits target and particles, in every flow or in none.
type EditControl struct {
	s      *Session
	undone []scenarios.Edit // to be redone, the last first

	// dragging stops time while a button is down; pending is an edit to be made with the next
	// frame, and dragged reports whether the last edit belongs to this drag.
	dragging, dragged bool
	pending           *scenarios.Edit
}

// Apply makes an edit.
func (c *EditControl) Apply(e scenarios.Edit) {
	c.EndDrag()
	c.finish(c.apply(replay.Edit{Edit: e}))
}

// Nudge is Apply, but joins the edit with the last one if that was of the same kind at the
// same step.
func (c *EditControl) Nudge(e scenarios.Edit) {
	c.EndDrag()
	if list := c.s.focus.Edits(); len(list) > 0 && c.s.focus.EditedNow() {
		if one, ok := list[len(list)-1].Then(e); ok {
			c.finish(c.replaceLast(one))
			return
		}
	}
	c.finish(c.apply(replay.Edit{Edit: e}))
}

// Drag makes an edit of a drag: until EndDrag, edits are joined into one and time stands
// still.
func (c *EditControl) Drag(e scenarios.Edit) {
	if c.pending != nil {
		if one, ok := c.pending.Then(e); ok {
			c.pending = &one
			return
		}
		c.settle()
	}
	c.dragging, c.pending = true, &e
}

// settle makes the pending edit. Many motions of a mouse cost one.
func (c *EditControl) settle() {
	if c.pending == nil {
		return
	}
	e := *c.pending
	c.pending = nil
	if err := c.join(e); err != nil {
		c.s.tell("%v", err)
		return
	}
	c.dragged, c.undone = true, nil
	c.s.measure()
}

// join joins an edit with the last of the drag if that is of its kind, or makes it.
func (c *EditControl) join(e scenarios.Edit) error {
	if list := c.s.focus.Edits(); c.dragged && len(list) > 0 {
		if one, ok := list[len(list)-1].Then(e); ok {
			return c.replaceLast(one)
		}
	}
	return c.apply(replay.Edit{Edit: e})
}

// EndDrag ends a drag, if there is one.
func (c *EditControl) EndDrag() {
	c.settle()
	if c.dragged {
		c.s.Training.restart()
		c.s.renewWarnings()
		c.s.tell("%s", c.describe())
	}
	c.dragging, c.dragged = false, false
}

// forget drops the state of flows that have been replaced.
func (c *EditControl) forget() { *c = EditControl{s: c.s} }

// Undo undoes the last edit.
func (c *EditControl) Undo() {
	c.EndDrag()
	list := c.s.focus.Edits()
	if len(list) == 0 {
		c.s.tell("nothing to undo")
		return
	}
	last := list[len(list)-1]
	if err := c.apply(replay.Edit{Undo: true}); err != nil {
		c.s.tell("%v", err)
		return
	}
	undone := append(c.undone, last)
	c.finish(nil)
	c.undone = undone
	c.s.tell("undone: %s", last)
}

// Redo makes the edit again that was undone last.
func (c *EditControl) Redo() {
	c.EndDrag()
	n := len(c.undone)
	if n == 0 {
		c.s.tell("nothing to redo")
		return
	}
	e, rest := c.undone[n-1], c.undone[:n-1]
	err := c.apply(replay.Edit{Edit: e})
	c.finish(err)
	if err != nil {
		return
	}
	c.undone = rest
	c.s.tell("redone: %s", e)
}

// apply makes an edit in every flow, or in none.
func (c *EditControl) apply(e replay.Edit) error {
	c.s.Clock.stay()
	last := scenarios.Edit{} // the edit that an undo undoes
	if list := c.s.focus.Edits(); len(list) > 0 {
		last = list[len(list)-1]
	}
	for k, r := range c.s.runs {
		err := r.Apply(e)
		if err == nil {
			continue
		}
		back := replay.Edit{Undo: true}
		if e.Undo {
			back = replay.Edit{Edit: last}
		}
		for _, done := range c.s.runs[:k] {
			// What has just been done can be undone, and the reverse.
			_ = done.Apply(back)
		}
		return err
	}
	return nil
}

// replaceLast replaces the last edit of the target by another one.
func (c *EditControl) replaceLast(e scenarios.Edit) error {
	c.s.Clock.stay()
	for _, r := range c.s.runs {
		if err := r.ReplaceLast(e); err != nil {
			return err
		}
	}
	return nil
}

// finish ends an edit that was not undone or redone.
func (c *EditControl) finish(err error) {
	if err != nil {
		c.s.tell("%v", err)
		return
	}
	c.undone = nil
	c.s.Training.restart()
	c.s.measure()
	c.s.renewWarnings()
	c.s.tell("%s", c.describe())
}

// describe is a message about the last edit.
func (c *EditControl) describe() string {
	list := c.s.focus.Edits()
	if len(list) == 0 {
		return ""
	}
	e := list[len(list)-1]
	m, ok := c.s.flow().Scenario().Target.(*scenarios.Mixture)
	if !ok || !e.OfTarget() {
		return fmt.Sprintf("%d particles", c.s.flow().Settings().Particles)
	}
	components := m.Components()
	k := e.Mode
	if e.Verb == scenarios.Add {
		k = len(components)
	}
	if e.Verb == scenarios.Delete {
		return fmt.Sprintf("mode %d deleted, %d left", k, len(components))
	}
	one := components[k-1]
	return fmt.Sprintf("mode %d of %d at (%.3g, %.3g): mass %.3g, standard deviations %.3g and %.3g",
		k, len(components), one.Mean.X, one.Mean.Y, one.Weight, math.Sqrt(one.Cov.XX), math.Sqrt(one.Cov.YY))
}
