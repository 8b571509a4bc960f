package replay

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// FrameInfo is what is known of a frame besides its particles.
type FrameInfo struct {
	// Lost counts particles that were not finite and are left out.
	Lost int
	// Ordered reports whether the particles have the order of the previous frame.
	Ordered bool
	// Pooled is the number of frames of the stream that the particles are of.
	Pooled int
}

// bytes is 0: it refers to nothing.
func (FrameInfo) bytes(FrameInfo) int { return 0 }

// Recording is a sequence of frames of particles that another program moves, measured like
// those of a flow. It is not safe for concurrent use.
type Recording struct {
	edited
	source  string
	history history[FrameInfo]
	info    FrameInfo
}

// NewRecording prepares a recording; the settings' drift and bandwidth say how frames are
// measured, source names the program that moves the particles. There is no frame before the
// first Show.
func NewRecording(s scenarios.Scenario, settings sim.Settings, source string) (*Recording, error) {
	flow, err := sim.New(s, settings)
	if err != nil {
		return nil, err
	}
	return &Recording{edited: edited{flow: flow, base: s}, source: source, history: history[FrameInfo]{limit: FrameHistory}}, nil
}

// SetHistoryLimit bounds the memory of the history, in bytes.
func (r *Recording) SetHistoryLimit(bytes int) { r.history.limit = bytes }

// Info is what is known of the current frame.
func (r *Recording) Info() FrameInfo { return r.info }

// Show makes a frame the current one and measures it.
func (r *Recording) Show(frame sim.Watched, info FrameInfo, report *sim.Report, in sim.Instruments) {
	r.flow.WatchReport(report, frame, in)
	r.info = info
}

// Record keeps the current frame if it is new and a multiple of the history's stride.
func (r *Recording) Record() {
	if r.history.wants(r.step()) {
		r.add()
	}
}

// Keep keeps the current frame if it is new.
func (r *Recording) Keep() {
	if r.history.isNew(r.step()) {
		r.add()
	}
}

func (r *Recording) add() {
	r.history.add(entry[FrameInfo]{Checkpoint: r.flow.Checkpoint(), state: r.info})
}

// Next is the frame after the current one, untracked, if the history has it.
func (r *Recording) Next() (frame sim.Watched, info FrameInfo, ok bool) {
	c, ok := r.history.after(r.step())
	return sim.Watched{Number: c.Step, Points: c.Points, Shares: c.Shares}, c.state, ok
}

// SetMotion changes how frames are measured. Nothing changes on an error.
func (r *Recording) SetMotion(m sim.Motion) error { return r.setMotion(m) }

// Apply edits the target; the particles cannot be edited. Nothing changes on an error.
func (r *Recording) Apply(e Edit) error {
	if !e.Undo && !e.OfTarget() {
		return fmt.Errorf("the particles are those of %s, expected an edit of the target", r.source)
	}
	return r.apply(e)
}

// ReplaceLast replaces the last edit of the target by another one.
func (r *Recording) ReplaceLast(e scenarios.Edit) error { return r.replaceLast(e) }

// EditedNow is false: frames go by, and edits are never joined.
func (r *Recording) EditedNow() bool { return false }

// Span is the range of frames that Seek reaches.
func (r *Recording) Span() (first, last int) { return r.history.span(r.step()) }

// StepToward has nothing to do: every frame is in the history or lost.
func (r *Recording) StepToward(int) (reached bool, err error) { return true, nil }

// BeginSeek goes to the latest frame in the history up to a number. Target and settings stay.
func (r *Recording) BeginSeek(number int) error {
	c, ok := r.history.before(number)
	if !ok {
		return nil
	}
	r.Keep()
	r.flow.Restore(c.Checkpoint)
	r.info = c.state
	return nil
}

// Recipe says how frames are currently measured. Edits of the target are not in it.
func (r *Recording) Recipe() Recipe {
	return Recipe{Scenario: r.base, Settings: r.flow.Settings(), Step: r.step()}
}
