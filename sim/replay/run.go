package replay

import (
	"fmt"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// Run is a flow with its history. It is not safe for concurrent use.
type Run struct {
	edited
	history history[state]
}

// state is the motion and the edits of a flow at a checkpoint.
type state struct {
	motion sim.Motion
	log    editLog
}

// equal reports whether two states have the same motion and edits.
func (s state) equal(other state) bool {
	return s.motion.Equal(other.motion) && slices.Equal(s.log.edits, other.log.edits)
}

// NewRun returns a run at the initial cloud, with edits applied to the target. The error is
// that of sim.New, or names an invalid edit.
func NewRun(s scenarios.Scenario, settings sim.Settings, edits ...scenarios.Edit) (*Run, error) {
	flow, err := sim.New(s, settings)
	if err != nil {
		return nil, err
	}
	r := &Run{edited: edited{flow: flow, base: s}, history: history[state]{limit: DefaultHistory}}
	if err := r.adopt(editLog{edits: edits}); err != nil {
		return nil, err
	}
	r.Rewind()
	return r, nil
}

// SetHistoryLimit bounds the memory of the history, in bytes.
func (r *Run) SetHistoryLimit(bytes int) { r.history.limit = bytes }

func (r *Run) step() int { return r.flow.Progress().Step }

func (r *Run) state() state { return state{r.flow.Settings().Motion(), r.log} }

// present returns an entry of the history for the current step.
func (r *Run) present(changed bool) entry[state] {
	return entry[state]{r.flow.Checkpoint(), r.state(), changed}
}

// record adds the current step to the history if it wants it.
func (r *Run) record() {
	if r.history.wants(r.step()) {
		r.history.add(r.present(false))
	}
}

// change removes later steps from the history and adds the current one, after an event.
func (r *Run) change() {
	r.history.cut(r.step())
	r.history.add(r.present(true))
}

// Rewind clears the history and starts a new one at the current step.
func (r *Run) Rewind() {
	r.history.clear()
	r.change()
}

// Step calls take, which moves the flow one step, records the step, and applies the events that
// the history has at it, so that stepping after Seek repeats the history.
func (r *Run) Step(take func(*sim.Flow)) error {
	take(r.flow)
	r.record()
	c, ok := r.history.before(r.step())
	if !ok || c.Step != r.step() || !c.changed || c.state.equal(r.state()) {
		return nil
	}
	return r.Seek(c.Step)
}

// SetMotion changes the motion from the current step on. Nothing changes on an error.
func (r *Run) SetMotion(m sim.Motion) error {
	if err := r.setMotion(m); err != nil {
		return err
	}
	r.change()
	return nil
}

// Apply applies an edit at the current step, or undoes the last one. Nothing changes on an
// error.
func (r *Run) Apply(e Edit) error {
	if err := r.apply(e); err != nil {
		return err
	}
	r.change()
	return nil
}

// ReplaceLast replaces the last edit by another edit of the target.
func (r *Run) ReplaceLast(e scenarios.Edit) error {
	if err := r.replaceLast(e); err != nil {
		return err
	}
	r.change()
	return nil
}

// EditedNow reports whether the last edit was applied at the current step.
func (r *Run) EditedNow() bool {
	c, ok := r.history.before(r.step())
	earlier, _ := r.history.before(r.step() - 1)
	return ok && c.Step == r.step() && c.changed && !slices.Equal(c.state.log.edits, earlier.state.log.edits)
}

// Restart resets the particles to the initial cloud and clears the history. Edits of the target
// are kept, edits of the particles are dropped.
func (r *Run) Restart() { r.restart((*sim.Flow).Restart) }

// Reseed restarts from the initial cloud of another seed.
func (r *Run) Reseed(seed uint64) { r.restart(func(f *sim.Flow) { f.Reseed(seed) }) }

func (r *Run) restart(begin func(*sim.Flow)) {
	begin(r.flow)
	r.log = editLog{edits: r.log.ofTarget()}
	r.Rewind()
}

// Span is the range of steps that Seek reaches.
func (r *Run) Span() (first, last int) { return r.history.span(r.step()) }

// Seek brings the flow to a step of the history, earlier or later, with the motion and the edits
// at that step. Steps between checkpoints are recomputed.
func (r *Run) Seek(step int) error {
	c, ok := r.history.before(step)
	if !ok {
		return nil
	}
	m := c.state.motion
	if r.flow.Settings().Bandwidth != m.Bandwidth {
		if err := r.flow.SetBandwidth(m.Bandwidth); err != nil {
			return err
		}
	}
	if err := r.adopt(c.state.log); err != nil {
		return err
	}
	r.flow.Restore(c.Checkpoint)
	if err := r.flow.SetDrift(m.Drift, m.Velocity); err != nil {
		return err
	}
	for r.step() < step {
		r.flow.Step()
	}
	return nil
}

// Branch returns another run with other settings that starts at the current step of r, with the
// edits and the history of r.
func (r *Run) Branch(settings sim.Settings) (*Run, error) {
	flow, err := r.flow.Sibling(settings)
	if err != nil {
		return nil, err
	}
	flow.Branch(r.flow)
	b := &Run{edited: edited{flow, r.base, r.log}, history: r.history.clone()}
	b.change()
	return b, nil
}

// Play steps the run to a step and applies events on the way, in the order of their steps. The
// error names the step of an invalid event.
func (r *Run) Play(events []Event, step int) error {
	for _, e := range events {
		r.stepTo(e.Step)
		if err := r.play(e); err != nil {
			return fmt.Errorf("at step %d: %w", e.Step, err)
		}
	}
	r.stepTo(step)
	return nil
}

func (r *Run) stepTo(step int) {
	for r.step() < step {
		r.flow.Step()
		r.record()
	}
}

func (r *Run) play(e Event) error {
	if e.Edit != nil {
		return r.Apply(*e.Edit)
	}
	return r.SetMotion(e.Motion)
}
