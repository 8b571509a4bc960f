package engine

import (
	"fmt"
	"math"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// hand is what was changed of a flow by hand. Values are shared with the tape and
// never written.
type hand struct {
	edits []scenarios.Edit
	// drained are the particles that each Drain among the edits took away.
	drained [][]sim.Drained
}

// HandEdit is an edit, or the undoing of the last one.
type HandEdit struct {
	scenarios.Edit
	Undo bool
}

// undoWord is the text of an undone edit.
const undoWord = "undo"

// String is the edit as ParseHandEdit reads it.
func (e HandEdit) String() string {
	if e.Undo {
		return undoWord
	}
	return e.Edit.String()
}

// ParseHandEdit reads an edit, or undo.
func ParseHandEdit(text string) (HandEdit, error) {
	if text == undoWord {
		return HandEdit{Undo: true}, nil
	}
	e, err := scenarios.ParseEdit(text)
	return HandEdit{Edit: e}, err
}

// since is what leads from other edits to those in force.
func (h hand) since(before []scenarios.Edit) (list []HandEdit) {
	same := 0
	for same < min(len(before), len(h.edits)) && before[same] == h.edits[same] {
		same++
	}
	for range before[same:] {
		list = append(list, HandEdit{Undo: true})
	}
	for _, e := range h.edits[same:] {
		list = append(list, HandEdit{Edit: e})
	}
	return list
}

// ofTarget are the edits of the target alone.
func (h hand) ofTarget() []scenarios.Edit {
	return slices.DeleteFunc(slices.Clone(h.edits), func(e scenarios.Edit) bool { return !e.OfTarget() })
}

// takeUp puts the target in force that another hand has made of the base.
func (l *lane) takeUp(h hand) error {
	if !slices.Equal(h.ofTarget(), l.hand.ofTarget()) {
		s, err := l.base.Edited(h.edits...)
		if err != nil {
			return err
		}
		if err := l.retarget(s); err != nil {
			return err
		}
	}
	l.hand = h
	return nil
}

func (l *lane) retarget(s scenarios.Scenario) error {
	if err := l.flow.Retarget(s); err != nil {
		return err
	}
	l.report = sim.Report{}
	return nil
}

// edit makes an edit. The flow is unchanged on an error.
func (l *lane) edit(e scenarios.Edit) error {
	h := hand{append(slices.Clip(l.hand.edits), e), l.hand.drained}
	switch e.Verb {
	case scenarios.Pour:
		if err := l.flow.Pour(e.At, e.By, e.Count); err != nil {
			return err
		}
	case scenarios.Drain:
		gone, err := l.flow.Drain(e.At, e.By)
		if err != nil {
			return err
		}
		h.drained = append(slices.Clip(h.drained), gone)
	default:
		return l.takeUp(h)
	}
	l.hand = h
	return nil
}

// undo takes the last edit back.
func (l *lane) undo() error {
	n := len(l.hand.edits)
	if n == 0 {
		return fmt.Errorf("there is nothing to undo")
	}
	e, h := l.hand.edits[n-1], hand{l.hand.edits[:n-1], l.hand.drained}
	switch e.Verb {
	case scenarios.Pour:
		l.flow.Unpour(e.Count)
	case scenarios.Drain:
		last := len(h.drained) - 1
		l.flow.Undrain(h.drained[last])
		h.drained = h.drained[:last]
	default:
		return l.takeUp(h)
	}
	l.hand = h
	return nil
}

// byHand makes a change by hand in every flow, or in none.
func (d *Driver) byHand(e HandEdit) error {
	if d.watching != nil && !e.Undo && !e.OfTarget() {
		return errForeign(d.watching.Input)
	}
	for k, l := range d.lanes {
		n := len(l.hand.edits)
		err := l.byHand(e)
		if err == nil {
			continue
		}
		for _, done := range d.lanes[:k] {
			// What has just been done can be undone, and the reverse.
			if e.Undo {
				_ = done.edit(l.hand.edits[n-1])
			} else {
				_ = done.undo()
			}
		}
		return err
	}
	for _, l := range d.lanes {
		l.tape.change(l)
	}
	return nil
}

func (l *lane) byHand(e HandEdit) error {
	if e.Undo {
		return l.undo()
	}
	return l.edit(e.Edit)
}

// amend puts another edit of the target in the place of the last one.
func (d *Driver) amend(e scenarios.Edit) error {
	for _, l := range d.lanes {
		last := len(l.hand.edits) - 1
		if err := l.takeUp(hand{append(slices.Clip(l.hand.edits[:last]), e), l.hand.drained}); err != nil {
			return err
		}
		l.tape.change(l)
	}
	return nil
}

// Edit changes the target or the cloud by hand.
func (d *Driver) Edit(e scenarios.Edit) {
	d.Drop()
	d.attempt(e)
}

// Nudge is Edit, but one with the last edit where that was of the same kind at the
// same step.
func (d *Driver) Nudge(e scenarios.Edit) {
	d.Drop()
	if n := len(d.hand.edits); n > 0 && d.editedNow() {
		if one, ok := d.hand.edits[n-1].Then(e); ok {
			d.done(d.amend(one))
			return
		}
	}
	d.attempt(e)
}

// editedNow tells whether the last edit was made at the present step.
func (d *Driver) editedNow() bool {
	step := d.flow.Progress().Step
	m, ok := d.lane.tape.before(step)
	earlier, _ := d.lane.tape.before(step - 1)
	return ok && m.Step == step && m.kept && !slices.Equal(m.hand.edits, earlier.hand.edits)
}

// attempt makes an edit, or says why it cannot be.
func (d *Driver) attempt(e scenarios.Edit) { d.done(d.byHand(HandEdit{Edit: e})) }

// describe says what the last edit has made.
func (d *Driver) describe() string {
	n := len(d.hand.edits)
	if n == 0 {
		return ""
	}
	e := d.hand.edits[n-1]
	m, ok := d.flow.Scenario().Target.(*scenarios.Mixture)
	if !ok || !e.OfTarget() {
		return fmt.Sprintf("%d particles", d.flow.Settings().Particles)
	}
	components := m.Components()
	k := e.Mode
	if e.Verb == scenarios.Add {
		k = len(components)
	}
	if e.Verb == scenarios.Delete {
		return fmt.Sprintf("mode %d is gone, %d are left", k, len(components))
	}
	c := components[k-1]
	return fmt.Sprintf("mode %d of %d at (%.3g, %.3g): mass %.3g, standard deviations %.3g and %.3g",
		k, len(components), c.Mean.X, c.Mean.Y, c.Weight, math.Sqrt(c.Cov.XX), math.Sqrt(c.Cov.YY))
}

// done ends an edit that was not undone or redone.
func (d *Driver) done(err error) {
	if err != nil {
		d.tell("%v", err)
		return
	}
	d.undone = nil
	d.retrain()
	d.remeasure()
	d.tell("%s", d.describe())
}

// Undo takes the last edit back.
func (d *Driver) Undo() {
	d.Drop()
	n := len(d.hand.edits)
	if n == 0 {
		d.tell("there is nothing to undo")
		return
	}
	last := d.hand.edits[n-1]
	if err := d.byHand(HandEdit{Undo: true}); err != nil {
		d.tell("%v", err)
		return
	}
	undone := append(d.undone, last)
	d.done(nil)
	d.undone = undone
	d.tell("undone: %s", last)
}

// Redo makes the edit again that was undone last.
func (d *Driver) Redo() {
	d.Drop()
	n := len(d.undone)
	if n == 0 {
		d.tell("there is nothing to redo")
		return
	}
	e, rest := d.undone[n-1], d.undone[:n-1]
	err := d.byHand(HandEdit{Edit: e})
	d.done(err)
	if err != nil {
		return
	}
	d.undone = rest
	d.tell("redone: %s", e)
}
