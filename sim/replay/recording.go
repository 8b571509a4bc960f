package replay

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// FrameInfo is what is known of a frame apart from its particles.
type FrameInfo struct {
	// Lost counts particles that were not finite and are left out.
	Lost int
	// Ordered reports that the particles have the order of the frame before.
	Ordered bool
}

// Recording is a row of frames of particles that something else moves, measured as those
// of a flow. It is not safe for concurrent use.
type Recording struct {
	edited
	source  string
	history history[FrameInfo]
	info    FrameInfo
}

// NewRecording prepares a recording; the settings' drift and bandwidth say how frames are
// measured, source who moves the particles. There is no frame before the first Show.
func NewRecording(s scenarios.Scenario, settings sim.Settings, source string) (*Recording, error) {
	flow, err := sim.New(s, settings)
	if err != nil {
		return nil, err
	}
	return &Recording{edited: edited{flow: flow, base: s}, source: source, history: history[FrameInfo]{limit: DefaultHistory}}, nil
}

// SetHistoryLimit bounds the memory of the history, in bytes.
func (r *Recording) SetHistoryLimit(bytes int) { r.history.limit = bytes }

// Info is what is known of the present frame.
func (r *Recording) Info() FrameInfo { return r.info }

// Show makes a frame the present one and measures it.
func (r *Recording) Show(frame sim.Watched, info FrameInfo, report *sim.Report, in sim.Instruments) {
	r.flow.WatchReport(report, frame, in)
	r.info = info
}

// Record keeps the present frame if it is new and the stride of the history meets it.
func (r *Recording) Record() {
	if r.history.wants(r.step()) {
		r.add()
	}
}

// Keep keeps the present frame if it is new.
func (r *Recording) Keep() {
	if r.history.isNew(r.step()) {
		r.add()
	}
}

func (r *Recording) step() int { return r.flow.Progress().Step }

func (r *Recording) add() {
	r.history.add(entry[FrameInfo]{Checkpoint: r.flow.Checkpoint(), state: r.info})
}

// Next is the frame after the present one where that is in the history already.
func (r *Recording) Next() (number int, points []scenarios.Point, info FrameInfo, ok bool) {
	c, ok := r.history.after(r.step())
	return c.Step, c.Points, c.state, ok
}

// SetMotion changes how frames are measured. Nothing changes on an error.
func (r *Recording) SetMotion(m sim.Motion) error { return r.setMotion(m) }

// Apply edits the target; the particles are somebody else's. Nothing changes on an error.
func (r *Recording) Apply(e Edit) error {
	if !e.Undo && !e.OfTarget() {
		return fmt.Errorf("the particles are those of %s, expected an edit of the target", r.source)
	}
	return r.apply(e)
}

// ReplaceLast puts another edit of the target in the place of the last one.
func (r *Recording) ReplaceLast(e scenarios.Edit) error { return r.replaceLast(e) }

// EditedNow is false: frames go by, and every edit is one of its own.
func (r *Recording) EditedNow() bool { return false }

// Span is the range of frames that Seek reaches.
func (r *Recording) Span() (first, last int) { return r.history.span(r.step()) }

// Seek goes to the latest frame in the history up to a number. How frames are measured, and
// against what, stays.
func (r *Recording) Seek(number int) error {
	c, ok := r.history.before(number)
	if !ok {
		return nil
	}
	r.Keep()
	r.flow.Restore(c.Checkpoint)
	r.info = c.state
	return nil
}

// Recipe says how frames are measured now. Edits of the target are not in it.
func (r *Recording) Recipe() Recipe {
	return Recipe{Scenario: r.base, Settings: r.flow.Settings(), Step: r.step()}
}
