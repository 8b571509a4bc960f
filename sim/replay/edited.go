package replay

import (
	"errors"
	"fmt"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// edited is a flow with the edits of its target and its particles.
type edited struct {
	flow *sim.Flow
	base scenarios.Scenario // before any edit
	log  editLog
}

func (r *edited) step() int { return r.flow.Progress().Step }

// Flow is the flow itself, to be measured. Only the methods of its owner move it.
func (r *edited) Flow() *sim.Flow { return r.flow }

// Base is the scenario before any edit.
func (r *edited) Base() scenarios.Scenario { return r.base }

// Edits are the current edits, oldest first; they must not be changed.
func (r *edited) Edits() []scenarios.Edit { return r.log.edits }

// TargetEdits are the current edits of the target.
func (r *edited) TargetEdits() []scenarios.Edit { return r.log.ofTarget() }

// adopt makes a log the current one, and its target that of the flow. The particles stay as
// they are. Nothing changes on an error.
func (r *edited) adopt(log editLog) error {
	if !slices.Equal(log.ofTarget(), r.log.ofTarget()) {
		s, err := r.base.Edited(log.edits...)
		if err != nil {
			return err
		}
		if err := r.flow.Retarget(s); err != nil {
			return err
		}
	}
	r.log = log
	return nil
}

// apply makes an edit or undoes the last one. Nothing changes on an error.
func (r *edited) apply(e Edit) error {
	if e.Undo {
		return r.undo()
	}
	log := r.log.with(e.Edit, r.step())
	switch e.Verb {
	case scenarios.Pour:
		if err := r.flow.Pour(e.At, e.By, e.Count); err != nil {
			return err
		}
	case scenarios.Drain:
		gone, err := r.flow.Drain(e.At, e.By)
		if err != nil {
			return err
		}
		log.drained = append(slices.Clip(log.drained), gone)
	default:
		return r.adopt(log)
	}
	r.log = log
	return nil
}

// undo undoes the last edit.
func (r *edited) undo() error {
	n := len(r.log.edits)
	if n == 0 {
		return errors.New("there is nothing to undo")
	}
	e, log := r.log.edits[n-1], r.log.without()
	switch e.Verb {
	case scenarios.Pour:
		r.flow.Unpour(e.Count)
	case scenarios.Drain:
		last := len(log.drained) - 1
		r.flow.Undrain(log.drained[last])
		log.drained = log.drained[:last]
	default:
		return r.adopt(log)
	}
	r.log = log
	return nil
}

// editTo makes and undoes edits until the log is another one.
func (r *edited) editTo(log editLog) error {
	if log.sameParticles(r.log) {
		return r.adopt(log)
	}
	for _, e := range log.since(r.log) {
		if err := r.apply(e); err != nil {
			return err
		}
	}
	// With the memory that the history has already.
	r.log = log
	return nil
}

// replaceLast replaces the last edit of the target by another one.
func (r *edited) replaceLast(e scenarios.Edit) error {
	last := len(r.log.edits) - 1
	if last < 0 || !e.OfTarget() || !r.log.edits[last].OfTarget() {
		return fmt.Errorf("%s cannot replace the last edit, expected two edits of the target", e)
	}
	return r.adopt(r.log.without().with(e, r.step()))
}

// setMotion changes the motion of the flow. Nothing changes on an error.
func (r *edited) setMotion(m sim.Motion) error {
	old, now := r.flow.Settings().Motion(), sim.Checkpoint{}
	if m.Bandwidth != old.Bandwidth {
		// Another padded window may move particles at its edge.
		now = r.flow.Checkpoint()
		if err := r.flow.SetBandwidth(m.Bandwidth); err != nil {
			return err
		}
	}
	if m.SameDynamics(old) {
		return nil
	}
	err := r.flow.SetDynamics(m)
	if err != nil && m.Bandwidth != old.Bandwidth {
		err = errors.Join(err, r.flow.SetBandwidth(old.Bandwidth))
		r.flow.Restore(now)
	}
	return err
}
