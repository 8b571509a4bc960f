package session

import (
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/replay"
	"undercurrent/sim/target"
)

// run is one flow of a session with its report.
type run struct {
	timeline
	own  *replay.Run // the timeline, nil if the particles are those of a stream
	id   int
	name string // before its label, empty for none

	past []Sample // of the steps before its first frame
	// kept is the course that the flow had taken before it was changed at an earlier step, nil without one.
	kept *keptCourse

	report    sim.Report
	target    *target.OnGrid // that of the report
	histogram []float64
}

// timeline is a flow that can go back: a replay.Run, or a replay.Recording of a stream.
type timeline interface {
	Flow() *sim.Flow
	Base() scenarios.Scenario
	Edits() []scenarios.Edit
	TargetEdits() []scenarios.Edit
	EditedNow() bool
	Apply(replay.Edit) error
	ReplaceLast(scenarios.Edit) error
	SetMotion(sim.Motion) error
	Span() (first, last int)
	// BeginSeek goes to the last checkpoint up to a step of the history, StepToward from there one step
	// further, and reports whether the step is reached.
	BeginSeek(step int) error
	StepToward(step int) (reached bool, err error)
	SetHistoryLimit(bytes int)
	Recipe() replay.Recipe
}

var (
	_ timeline = (*replay.Run)(nil)
	_ timeline = (*replay.Recording)(nil)
)

// newRun is a run of a timeline; own is the same if that is a flow of this program.
func newRun(t timeline, own *replay.Run) *run {
	return &run{timeline: t, own: own, histogram: make([]float64, histogramBins)}
}

// settings are those of the flow, with the number of particles that it starts with.
func (r *run) settings() sim.Settings {
	s := r.Flow().Settings()
	s.Particles = r.Flow().InitialParticles()
	return s
}

func (r *run) motion() sim.Motion { return r.Flow().Settings().Motion() }

// step moves the flow once, and measures it if report is set.
func (r *run) step(report bool, in sim.Instruments) error {
	return r.own.Step(func(f *sim.Flow) {
		if !report {
			f.Step()
			return
		}
		r.renew()
		f.StepReport(&r.report, in)
		r.count()
	})
}

// measure updates the report without a step.
func (r *run) measure(in sim.Instruments) {
	r.renew()
	r.Flow().Report(&r.report, in)
	r.count()
}

// renew starts a new report if the flow has another target, or other regions of it.
func (r *run) renew() {
	if t := r.Flow().Target(); t != r.target {
		r.report, r.target = sim.Report{}, t
	}
}

func (r *run) count() { r.Flow().HistogramLogR(r.histogram, HistogramLo, HistogramHi) }
