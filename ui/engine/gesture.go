package engine

import "undercurrent/scenarios"

// gesture is what a hand is doing.
type gesture struct {
	// held stops time while a button is down; pending waits to be made, and dragged
	// tells that the last edit is of this gesture.
	held, dragged bool
	pending       *scenarios.Edit
	undone        []scenarios.Edit
}

// Drag makes an edit that others of the same gesture will follow until Drop: they are
// one with it, and time stands still.
func (d *Driver) Drag(e scenarios.Edit) {
	if d.pending != nil {
		if one, ok := d.pending.Then(e); ok {
			d.pending = &one
			return
		}
		d.settle()
	}
	d.held, d.pending = true, &e
}

// settle makes the edit that waits. Many motions of a mouse cost one.
func (d *Driver) settle() {
	if d.pending == nil {
		return
	}
	e := *d.pending
	d.pending = nil
	err := d.join(e)
	if err != nil {
		d.tell("%v", err)
		return
	}
	d.dragged, d.undone = true, nil
	d.remeasure()
}

// join makes an edit one with the last of the gesture, where that is of its kind.
func (d *Driver) join(e scenarios.Edit) error {
	if n := len(d.hand.edits); d.dragged && n > 0 {
		if one, ok := d.hand.edits[n-1].Then(e); ok {
			return d.amend(one)
		}
	}
	return d.byHand(HandEdit{Edit: e})
}

// Drop ends a gesture.
func (d *Driver) Drop() {
	d.settle()
	if d.dragged {
		d.retrain()
		d.tell("%s", d.describe())
	}
	d.held, d.dragged = false, false
}
