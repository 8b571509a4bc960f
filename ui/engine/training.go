package engine

import (
	"time"

	"undercurrent/sim/sampler"
)

// training is a sampler beside the flow: an apprentice's, or for a player without a
// clock a studio that works so many iterations a frame.
type training struct {
	route      sampler.Route
	apprentice *apprentice
	studio     *Studio
	portrait   *Portrait
	iterations int
	seen       int // serial of the portrait in the last frame
	told       string
}

// on tells whether there is a sampler.
func (t *training) on() bool { return t.apprentice != nil || t.studio != nil }

// tell gives the studio an order.
func (t *training) tell(order func(*Studio)) {
	switch {
	case t.apprentice != nil:
		t.apprentice.tell(order)
	case t.studio != nil:
		order(t.studio)
		t.portrait = t.studio.Portray(time.Time{})
	}
}

// stop ends the training.
func (t *training) stop() {
	if t.apprentice != nil {
		t.apprentice.end()
	}
	t.apprentice, t.studio, t.portrait, t.seen = nil, nil, nil, 0
}

// TrainInline has the sampler train so many iterations in every Advance, instead of
// in a goroutine of its own as fast as it can.
func (d *Driver) TrainInline(iterations int) { d.training.iterations = iterations }

// ToggleSampler starts to train a sampler beside the flow, or ends it.
func (d *Driver) ToggleSampler() {
	if d.foreign("a one-step sampler") {
		return
	}
	if d.training.on() {
		d.training.stop()
		d.tell("the sampler is put away")
		return
	}
	d.train()
}

// NextRoute trains the other kind of sampler.
func (d *Driver) NextRoute() {
	if d.foreign("a one-step sampler") {
		return
	}
	if d.training.route == sampler.Flow {
		d.training.route = sampler.Generator
	} else {
		d.training.route = sampler.Flow
	}
	d.train()
}

// train starts anew with what the flow is set to.
func (d *Driver) train() {
	t := &d.training
	t.stop()
	if t.route == "" {
		t.route = sampler.Generator
	}
	s, err := NewStudio(d.flow.Scenario(), d.flow.Settings(), t.route)
	if err != nil {
		d.tell("%v", err)
		return
	}
	if t.iterations > 0 {
		t.studio, t.portrait = s, s.Portray(time.Time{})
	} else {
		t.apprentice = startApprentice(s, d.paused)
	}
	d.tell("training a %s: one pass of a network is one sample", t.route)
}

// retrain starts anew where there is a sampler.
func (d *Driver) retrain() {
	if d.training.on() {
		d.train()
	}
}

// trainOn lets the sampler go on, and tells whether there is news of it.
func (d *Driver) trainOn() (news bool) {
	t := &d.training
	switch {
	case t.studio != nil && !d.paused:
		for range t.iterations {
			t.studio.Train()
		}
		t.portrait = t.studio.Portray(time.Time{})
	case t.apprentice != nil:
		if failure := t.apprentice.failure.Load(); failure != nil {
			panic("training: " + *failure)
		}
		if p := t.apprentice.newest.Load(); p != nil {
			t.portrait = p
		}
	}
	if t.portrait == nil {
		return false
	}
	if t.portrait.Note != t.told {
		if t.told = t.portrait.Note; t.told != "" {
			d.tell("%s", t.told)
		}
	}
	return t.portrait.Serial != t.seen
}

// Close ends what the driver has started.
func (d *Driver) Close() {
	d.training.stop()
	if d.watching != nil {
		d.watching.assessor.end()
		d.watching.Source.Close()
	}
}
