package engine

import (
	"slices"
	"unsafe"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// tape is the past of a flow within a bounded memory: every step at first, then
// every second, every fourth. What lies between two moments is played again, which
// gives the same bits.
type tape struct {
	moments []taped
	stride  int
	limit   int // bytes
}

// taped is a moment with what drove the flow from there on.
type taped struct {
	sim.Checkpoint
	rule Rule
	hand hand
	// kept tells that something changed here, so that it cannot be played again
	// from an earlier moment.
	kept    bool
	glimpse glimpse
}

// leastMoments are kept whatever the memory is.
const leastMoments = 2

// clear forgets the past.
func (t *tape) clear() { t.moments, t.stride = nil, 1 }

// record keeps a step that is not on the tape yet.
func (t *tape) record(l *lane) {
	step := l.flow.Progress().Step
	if n := len(t.moments); n > 0 && step <= t.moments[n-1].Step || step%max(t.stride, 1) != 0 {
		return
	}
	t.add(l, false)
}

// change forgets what came after the present, and keeps the present: from here on
// something else drives the flow.
func (t *tape) change(l *lane) {
	if l.watched {
		// Nothing of ours drives it: what is on tape stays as it came.
		return
	}
	step := l.flow.Progress().Step
	t.moments = slices.DeleteFunc(t.moments, func(m taped) bool { return m.Step >= step })
	t.add(l, true)
}

// keep records the present whatever the stride is: it cannot be played again.
func (t *tape) keep(l *lane) {
	if n := len(t.moments); n == 0 || l.flow.Progress().Step > t.moments[n-1].Step {
		t.add(l, false)
	}
}

func (t *tape) add(l *lane, kept bool) {
	t.moments = append(t.moments, taped{Checkpoint: l.flow.Checkpoint(), rule: l.rule(), hand: l.hand, kept: kept, glimpse: l.glimpse})
	for len(t.moments) > leastMoments && t.size() > t.limit {
		t.thin()
	}
}

// size is the memory of all moments, in bytes.
func (t *tape) size() (bytes int) {
	for _, m := range t.moments {
		bytes += len(m.Points) * int(unsafe.Sizeof(scenarios.Point{}))
	}
	return bytes
}

// thin leaves out every second moment at which nothing changed, beside the first;
// where there is none, the first goes.
func (t *tape) thin() {
	if !slices.ContainsFunc(t.moments[1:], func(m taped) bool { return !m.kept }) {
		t.moments = slices.Delete(t.moments, 0, 1)
		return
	}
	t.stride = 2 * max(t.stride, 1)
	first := t.moments[0].Step
	t.moments = slices.DeleteFunc(t.moments, func(m taped) bool { return m.Step != first && !m.kept && m.Step%t.stride != 0 })
}

// span is the range of steps on the tape, up to the present at least.
func (t *tape) span(now int) (first, last int) {
	if len(t.moments) == 0 {
		return now, now
	}
	return t.moments[0].Step, max(t.moments[len(t.moments)-1].Step, now)
}

// after is the earliest moment past a step.
func (t *tape) after(step int) (taped, bool) {
	at, _ := slices.BinarySearchFunc(t.moments, step+1, func(m taped, step int) int { return m.Step - step })
	if at == len(t.moments) {
		return taped{}, false
	}
	return t.moments[at], true
}

// before is the latest moment up to a step.
func (t *tape) before(step int) (taped, bool) {
	at, found := slices.BinarySearchFunc(t.moments, step, func(m taped, step int) int { return m.Step - step })
	if !found {
		at--
	}
	if at < 0 {
		return taped{}, false
	}
	return t.moments[at], true
}

// seek brings a flow to a step of its past, or of the future it had.
func (l *lane) seek(step int) error {
	m, ok := l.tape.before(step)
	if !ok {
		return nil
	}
	if l.watched {
		l.tape.keep(l)
		l.flow.Restore(m.Checkpoint)
		l.glimpse = m.glimpse
		return nil
	}
	v, err := m.rule.drift()
	if err != nil {
		return err
	}
	if l.flow.Settings().Bandwidth != m.rule.Bandwidth {
		if err := l.flow.SetBandwidth(m.rule.Bandwidth); err != nil {
			return err
		}
		l.report = sim.Report{}
	}
	if err := l.takeUp(m.hand); err != nil {
		return err
	}
	l.flow.Restore(m.Checkpoint)
	if err := l.flow.SetDrift(v, m.rule.Velocity); err != nil {
		return err
	}
	l.choice, l.settings.Drift, l.settings.Velocity = m.rule.Choice, v, m.rule.Velocity
	for l.flow.Progress().Step < step {
		l.flow.Step()
	}
	return nil
}

// follow takes over what the tape says was changed at the present step: played again,
// a past goes as it went.
func (l *lane) follow() error {
	step := l.flow.Progress().Step
	m, ok := l.tape.before(step)
	if !ok || m.Step != step || !m.kept || m.rule.same(l.rule()) && slices.Equal(m.hand.edits, l.hand.edits) {
		return nil
	}
	return l.seek(step)
}

// Back goes one step back and pauses.
func (d *Driver) Back() { d.Seek(d.flow.Progress().Step - 1) }

// scrubs is how many scrubs there are from one end of the past to the other.
const scrubs = 20

// Scrub goes a twentieth of the past back or forth, and pauses.
func (d *Driver) Scrub(forth bool) {
	first, last := d.span()
	by := max((last-first)/scrubs, 1)
	if !forth {
		by = -by
	}
	d.Seek(d.flow.Progress().Step + by)
}

// span is what all flows have on tape.
func (d *Driver) span() (first, last int) {
	now := d.flow.Progress().Step
	first, last = d.lane.tape.span(now)
	for _, l := range d.lanes {
		f, t := l.tape.span(now)
		first, last = max(first, f), min(last, t)
	}
	return min(first, now), max(last, now)
}

// Seek brings all flows to a step on tape, the nearest there is, and pauses.
func (d *Driver) Seek(step int) {
	d.setPaused(true)
	first, last := d.span()
	if step = min(max(step, first), last); step == d.flow.Progress().Step {
		d.tell("there is nothing further on the tape")
		return
	}
	for _, l := range d.lanes {
		if err := l.seek(step); err != nil {
			d.tell("%v", err)
		}
	}
	d.undone = nil
	d.remeasure()
}

// HistoryLimit bounds the memory of the past, in bytes for all flows together.
func (d *Driver) HistoryLimit(bytes int) {
	d.history = bytes
	d.share()
}

// share divides the memory among the flows.
func (d *Driver) share() {
	for _, l := range d.lanes {
		l.tape.limit = d.history / len(d.lanes)
	}
}

// DefaultHistory is the memory of the past where nothing else is asked for, in bytes.
const DefaultHistory = 256 << 20

// changed notes that something else drives the flow in focus from the present step on.
func (d *Driver) changed() { d.lane.tape.change(d.lane) }
