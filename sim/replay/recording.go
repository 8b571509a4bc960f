package replay

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// FrameInfo is information about a frame apart from its particles.
type FrameInfo struct {
	// Lost is the number of particles omitted because they were not finite.
	Lost int
	// Ordered reports whether the particles have the order of the previous frame.
	Ordered bool
}

// Recording is a sequence of frames of particles that another program moves, measured like
// those of a flow. It is not safe for concurrent use.
type Recording struct {
	edited
	source  string
	history history[FrameInfo]
	info    FrameInfo
}

// NewRecording returns a recording without frames. Frames are measured with the drift and the
// bandwidth of the settings; source names the program that moves the particles.
func NewRecording(s scenarios.Scenario, settings sim.Settings, source string) (*Recording, error) {
	flow, err := sim.New(s, settings)
	if err != nil {
		return nil, err
	}
	return &Recording{edited: edited{flow: flow, base: s}, source: source, history: history[FrameInfo]{limit: DefaultHistory}}, nil
}

// SetHistoryLimit bounds the memory of the history, in bytes.
func (r *Recording) SetHistoryLimit(bytes int) { r.history.limit = bytes }

// Info returns the information about the current frame.
func (r *Recording) Info() FrameInfo { return r.info }

// Show sets the current frame and measures it.
func (r *Recording) Show(frame sim.Watched, info FrameInfo, report *sim.Report, in sim.Instruments) {
	r.flow.WatchReport(report, frame, in)
	r.info = info
}

// Record stores the current frame if it is new and its number a multiple of the stride.
func (r *Recording) Record() {
	if r.history.wants(r.step()) {
		r.add()
	}
}

// Keep stores the current frame if it is new.
func (r *Recording) Keep() {
	if r.history.isNew(r.step()) {
		r.add()
	}
}

func (r *Recording) step() int { return r.flow.Progress().Step }

func (r *Recording) add() {
	r.history.add(entry[FrameInfo]{Checkpoint: r.flow.Checkpoint(), state: r.info})
}

// Next returns the frame after the current one, if it is in the history.
func (r *Recording) Next() (number int, points []scenarios.Point, info FrameInfo, ok bool) {
	c, ok := r.history.after(r.step())
	return c.Step, c.Points, c.state, ok
}

// SetMotion changes the drift and the bandwidth of measurements. Nothing changes on an error.
func (r *Recording) SetMotion(m sim.Motion) error { return r.setMotion(m) }

// Apply applies an edit of the target, or undoes the last one; particles cannot be edited.
// Nothing changes on an error.
func (r *Recording) Apply(e Edit) error {
	if !e.Undo && !e.OfTarget() {
		return fmt.Errorf("the particles are those of %s, expected an edit of the target", r.source)
	}
	return r.apply(e)
}

// ReplaceLast replaces the last edit by another edit of the target.
func (r *Recording) ReplaceLast(e scenarios.Edit) error { return r.replaceLast(e) }

// EditedNow is false: edits of a recording are never merged.
func (r *Recording) EditedNow() bool { return false }

// Span is the range of frames that Seek reaches.
func (r *Recording) Span() (first, last int) { return r.history.span(r.step()) }

// Seek goes to the latest frame in the history up to a number. Motion and target do not change.
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

// Recipe returns the current settings of the measurements, without edits of the target.
func (r *Recording) Recipe() Recipe {
	return Recipe{Scenario: r.base, Settings: r.flow.Settings(), Step: r.step()}
}
