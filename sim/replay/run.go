package replay

import (
	"fmt"
	"math"
	"slices"
	"unsafe"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// Run is a flow with its history. It is not safe for concurrent use.
type Run struct {
	edited
	history history[*state]
	next    waypoint
}

// waypoint is where a seek leaves one in the history, so that n steps back one by one do not cost n steps each.
type waypoint struct {
	step  int // 0 for none
	reach int // about how many steps further it is gone back from
}

// state is the motion and the edits of a flow from a checkpoint on.
type state struct {
	motion sim.Motion
	log    editLog
}

// bytes is the memory of a state of its own, with the particles that its last edit removed. Those
// of edits before it are referred to by earlier states, which a history keeps or had.
func (s *state) bytes(before *state) int {
	if s == before {
		return 0
	}
	n := int(unsafe.Sizeof(*s)) + cap(s.log.edits)*int(unsafe.Sizeof(scenarios.Edit{})) + cap(s.log.steps)*int(unsafe.Sizeof(0)) + cap(s.log.drained)*int(unsafe.Sizeof([]sim.Drained{}))
	if last := len(s.log.drained); last > 0 && (before == nil || last > len(before.log.drained)) {
		n += len(s.log.drained[last-1]) * int(unsafe.Sizeof(sim.Drained{}))
	}
	return n
}

// equal reports whether two states are the same.
func (s *state) equal(other *state) bool {
	return s.motion.Equal(other.motion) && s.log.equal(other.log)
}

// NewRun is a flow at its initial cloud, after edits of the target. The error is that of
// sim.New, or says which edit is invalid.
func NewRun(s scenarios.Scenario, settings sim.Settings, edits ...scenarios.Edit) (*Run, error) {
	flow, err := sim.New(s, settings)
	if err != nil {
		return nil, err
	}
	r := &Run{edited: edited{flow: flow, base: s}, history: history[*state]{limit: HistoryFor(settings.Particles)}}
	if err := r.adopt(editLogOf(edits, 0)); err != nil {
		return nil, err
	}
	r.Rewind()
	return r, nil
}

// SetHistoryLimit bounds the memory of the history, in bytes.
func (r *Run) SetHistoryLimit(bytes int) { r.history.limit = bytes }

func (r *Run) state() *state { return &state{r.flow.Settings().Motion(), r.log} }

// record adds the current step to the history if it is to be recorded, or makes it the waypoint near which a first step
// back begins.
func (r *Run) record() {
	near := r.history.stride / wayParts
	switch step := r.step(); {
	case r.history.wants(step):
		r.history.add(r.entry())
	case near > 0 && r.history.isNew(step) && step%near == 0 && r.history.hasRoomFor(r.particles()):
		r.history.mark(r.entry())
		r.next.reach = near
	}
}

// particles is the current number of particles.
func (r *Run) particles() int { return r.flow.Settings().Particles }

// wayParts is the number of waypoints between two checkpoints of a long history, of which the last one stays.
const wayParts = 16

// entry is the current step, with the state of the entry before it: every change has one.
func (r *Run) entry() entry[*state] {
	now := entry[*state]{Checkpoint: r.flow.Checkpoint()}
	if last, ok := r.history.before(r.step()); ok {
		now.state = last.state
	} else {
		now.state = r.state()
	}
	return now
}

// change records a change at the current step: later steps are removed from the history.
func (r *Run) change() {
	now := entry[*state]{Checkpoint: r.flow.Checkpoint(), state: r.state(), changed: true}
	if made, ok := r.history.at(now.Step); ok && made.changed {
		now.fixed = made.fixed || r.resized(made.state, now.state)
	}
	r.history.cut(now.Step)
	r.history.add(now)
}

// resized reports whether the bandwidth is not the same before the current step and after each of two changes there.
// Another padded window may move particles at its edge, so that the changes must not be joined or made in another order.
func (r *Run) resized(changes ...*state) bool {
	width := changes[0].motion.Bandwidth
	if earlier, ok := r.history.before(r.step() - 1); ok {
		width = earlier.state.motion.Bandwidth
	}
	return slices.ContainsFunc(changes, func(s *state) bool { return s.motion.Bandwidth != width })
}

// Rewind starts a new history with the current step.
func (r *Run) Rewind() {
	r.history.clear()
	r.change()
}

// Step moves the flow once by take, records that, and makes the changes that the history
// has at the step reached, so that a replay takes the same path.
func (r *Run) Step(take func(*sim.Flow)) error {
	take(r.flow)
	r.record()
	return r.applyRecorded()
}

// applyRecorded makes the changes that the history has at the current step.
func (r *Run) applyRecorded() error {
	c, ok := r.history.at(r.step())
	switch {
	case !ok || !c.changed || !c.fixed && c.state.equal(r.state()):
		return nil
	case c.bare:
		return r.changeTo(c.state)
	}
	return r.BeginSeek(c.Step)
}

// changeTo makes the changes that lead to a state.
func (r *Run) changeTo(s *state) error {
	if err := r.editTo(s.log); err == nil {
		return r.setMotion(s.motion)
	}
	// Edits may be possible under the new motion alone, if that was changed first.
	if err := r.setMotion(s.motion); err != nil {
		return err
	}
	return r.editTo(s.log)
}

// SetMotion changes the motion of the flow from the current step on. Nothing changes on an
// error.
func (r *Run) SetMotion(m sim.Motion) error {
	if err := r.setMotion(m); err != nil {
		return err
	}
	r.change()
	return nil
}

// Apply makes an edit at the current step, or undoes the last one. Nothing changes on an
// error.
func (r *Run) Apply(e Edit) error {
	if err := r.apply(e); err != nil {
		return err
	}
	r.change()
	return nil
}

// ReplaceLast replaces the last edit of the target by another one.
func (r *Run) ReplaceLast(e scenarios.Edit) error {
	if err := r.replaceLast(e); err != nil {
		return err
	}
	r.change()
	return nil
}

// EditedNow reports whether the last edit was made at the current step.
func (r *Run) EditedNow() bool {
	c, ok := r.history.at(r.step())
	if !ok || !c.changed {
		return false
	}
	if earlier, ok := r.history.before(r.step() - 1); ok {
		return !c.state.log.equal(earlier.state.log)
	}
	return len(c.state.log.edits) > 0
}

// Restart moves the particles back to the initial cloud and starts a new history. Edits of
// the target stay, those of the particles are dropped.
func (r *Run) Restart() { r.restart((*sim.Flow).Restart) }

// Reseed restarts from the initial cloud of another seed.
func (r *Run) Reseed(seed uint64) { r.restart(func(f *sim.Flow) { f.Reseed(seed) }) }

func (r *Run) restart(begin func(*sim.Flow)) {
	r.flow.RestartCoarse()
	begin(r.flow)
	r.log = editLogOf(r.log.ofTarget(), 0)
	r.Rewind()
}

// Span is the range of steps that Seek reaches.
func (r *Run) Span() (first, last int) { return r.history.span(r.step()) }

// Seek moves the flow to an earlier or later step of its history, with its motion and edits
// there. Steps between checkpoints are computed again.
func (r *Run) Seek(step int) error {
	if err := r.BeginSeek(step); err != nil {
		return err
	}
	for {
		if reached, err := r.StepToward(step); reached || err != nil {
			return err
		}
	}
}

// StepToward takes one step towards a later one, with the changes that the history has there but without a record, and
// reports whether that is reached.
func (r *Run) StepToward(step int) (reached bool, err error) {
	if r.step() < step {
		r.flow.Step()
		err = r.applyRecorded()
		if r.step() == r.next.step {
			r.history.mark(r.entry())
		}
	}
	return r.step() >= step, err
}

// minWayOfWaypoint is the number of steps on the way of a seek from which on it leaves a waypoint.
const minWayOfWaypoint = 16

// planWaypoint chooses a waypoint on the way from a checkpoint to a later step: of n steps √n before the end, so that the
// next √n steps back cost as many each. A waypoint that is near already stays.
func (r *Run) planWaypoint(from entry[*state], to int) {
	n := to - from.Step
	if w := r.history.waypoint; n < minWayOfWaypoint || !r.history.hasRoomFor(r.particles()) || w != nil && from.Step == w.Step && n <= 2*r.next.reach {
		r.next.step = 0
		return
	}
	r.next.reach = int(math.Sqrt(float64(n)))
	r.next.step = to - r.next.reach
}

// BeginSeek is the part of Seek before any step is computed: it moves the flow to the last
// checkpoint up to the step.
func (r *Run) BeginSeek(step int) error {
	c, ok := r.history.checkpoint(step)
	if !ok {
		return nil
	}
	r.planWaypoint(c, step)
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
	return r.flow.SetDynamics(m)
}

// Branch is another run with other settings that begins at the current state of r, with its
// edits and its history.
func (r *Run) Branch(settings sim.Settings) (*Run, error) {
	flow, err := r.flow.Sibling(settings)
	if err != nil {
		return nil, err
	}
	flow.Branch(r.flow)
	b := &Run{edited: edited{flow: flow, base: r.base, log: r.log}, history: r.history.clone()}
	b.change()
	return b, nil
}

// Play moves the run to a step and plays events, which are in the order of their steps. The
// error says at which step one fails.
func (r *Run) Play(events []Event, step int) error {
	return r.PlayBy(func(f *sim.Flow) { f.Step() }, events, step)
}

// PlayBy is Play with each step taken by take.
func (r *Run) PlayBy(take func(*sim.Flow), events []Event, step int) error {
	for _, e := range events {
		r.stepTo(take, e.Step)
		if err := r.play(e); err != nil {
			return fmt.Errorf("at step %d: %w", e.Step, err)
		}
	}
	r.stepTo(take, step)
	return nil
}

func (r *Run) stepTo(take func(*sim.Flow), step int) {
	for r.step() < step {
		take(r.flow)
		r.record()
	}
}

func (r *Run) play(e Event) error {
	if e.Edit != nil {
		return r.Apply(*e.Edit)
	}
	return r.SetMotion(e.Motion)
}
