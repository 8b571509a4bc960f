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

// state is what drives a flow from a checkpoint on.
type state struct {
	motion sim.Motion
	log    editLog
}

// equal reports whether two states drive a flow the same way.
func (s state) equal(other state) bool {
	return s.motion.Equal(other.motion) && slices.Equal(s.log.edits, other.log.edits)
}

// NewRun is a flow at its initial cloud, with target edits of the scenario made already.
// The error is that of sim.New, or says which edit cannot be made.
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

// present is the state of the flow as an entry of the history.
func (r *Run) present(changed bool) entry[state] {
	return entry[state]{r.flow.Checkpoint(), r.state(), changed}
}

// record keeps the present if the history wants it.
func (r *Run) record() {
	if r.history.wants(r.step()) {
		r.history.add(r.present(false))
	}
}

// change forgets what came after the present and keeps the present: from here on something
// else drives the flow.
func (r *Run) change() {
	r.history.cut(r.step())
	r.history.add(r.present(true))
}

// Rewind forgets the past; the present is the first checkpoint of a new one.
func (r *Run) Rewind() {
	r.history.clear()
	r.change()
}

// Step has take move the flow once, records that, and makes the changes that the history
// has at the step reached: played again, a past goes as it went.
func (r *Run) Step(take func(*sim.Flow)) error {
	take(r.flow)
	r.record()
	c, ok := r.history.before(r.step())
	if !ok || c.Step != r.step() || !c.changed || c.state.equal(r.state()) {
		return nil
	}
	return r.Seek(c.Step)
}

// SetMotion changes what moves the flow from the present step on. Nothing changes on an
// error.
func (r *Run) SetMotion(m sim.Motion) error {
	if err := r.setMotion(m); err != nil {
		return err
	}
	r.change()
	return nil
}

// Apply makes an edit at the present step, or undoes the last one. Nothing changes on an
// error.
func (r *Run) Apply(e Edit) error {
	if err := r.apply(e); err != nil {
		return err
	}
	r.change()
	return nil
}

// ReplaceLast puts another edit of the target in the place of the last one.
func (r *Run) ReplaceLast(e scenarios.Edit) error {
	if err := r.replaceLast(e); err != nil {
		return err
	}
	r.change()
	return nil
}

// EditedNow reports whether the last edit was made at the present step.
func (r *Run) EditedNow() bool {
	c, ok := r.history.before(r.step())
	earlier, _ := r.history.before(r.step() - 1)
	return ok && c.Step == r.step() && c.changed && !slices.Equal(c.state.log.edits, earlier.state.log.edits)
}

// Restart puts the particles back to the initial cloud and forgets the past. Edits of the
// target stay, those of the cloud go with it.
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

// Seek brings the flow to a step of its past, or of the future that it had, with what drove
// it there. Steps between checkpoints are computed again.
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

// Branch is another run under settings of its own that begins where r is, with the edits
// and the past of r.
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

// Play brings the run to a step, with events on the way in the order of their steps. The
// error says at which step one cannot be made.
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
