package session

import (
	"slices"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/target"
)

const (
	// maxShown is the largest number of particles in a frame; more would cover each other.
	maxShown = 20_000
	// histogramBins of log r over ±sim.ClipLogR.
	histogramBins = 276
)

// Frame is everything that a screen shows of a session at one time: a copy that shares
// nothing with it.
type Frame struct {
	Serial   int
	Scenario scenarios.Scenario
	// Settings are those of the flow in focus, Drift and Info those of its drift.
	Settings   sim.Settings
	Drift      divergences.Drift
	Info       divergences.Info
	Functional Functional
	// Catalogue lists the drifts that can be chosen.
	Catalogue divergences.Catalogue

	// View is the part of the window that holds the target.
	View scenarios.Window

	Report *sim.Report
	// Fields has grid, P, LogP and Q, and if Complete the motion.
	Fields    sim.Fields
	Particles []scenarios.Point
	// Outside counts the particles beyond the padded window.
	Outside density.Outside
	// Histogram is the share of the particles by log r, HistogramLo..HistogramHi.
	Histogram []float64

	// Runs are the flows of a comparison in their order, Focus the index of the one
	// that the rest of the frame shows. One flow alone is not a comparison.
	Runs  []Run
	Focus int

	// Flow identifies the flow in focus among all that there have been.
	Flow int
	// Past are samples of the steps that the flow took before its first frame; never modified.
	Past []Sample

	// Training is the sampler in training, nil without one.
	Training *TrainingSnapshot

	// Watching is the stream whose particles are shown, nil without one.
	Watching *Watching

	// Regions are those of the flow in focus, read only. Detail is that of the chosen one, nil
	// without one; it is never modified.
	Regions *target.Regions
	Detail  *sim.RegionDetail

	// Probe has the values at the probe, nil without one.
	Probe *sim.Probe
	// Aimed is what divergences would do for its surroundings, or for all regions, where Effort is shown and no region
	// is chosen; never modified. AimsAtCoverage says that η and w* are for the coverage measure, not for mass.
	Aimed          *Aimed
	AimsAtCoverage bool
	// Ranking is that of the divergences for the aim, nil where it is not shown; never modified.
	Ranking *Ranking

	// First and Last are the steps in the history: one can go back to the first, and
	// forward again to the last. Now is the step of the flow, ahead of a report that is older.
	First, Now, Last int

	// Edits are the current edits of target and particles.
	Edits []scenarios.Edit

	// Waiting are the commands that are not carried out yet.
	Waiting Waiting

	// ReportEvery is the number of frames per report.
	ReportEvery int

	Paused bool
	// Releasing reports whether steps that were released are still to be taken.
	Releasing bool
	Pace      Pace  // of this frame
	Rest      *Rest // of the flow in focus, nil while it moves; never modified
	// Islands are those of the flow in focus, nil if there are none; never modified.
	Islands *Islands
	Note    Note
	// Warnings are what is wrong with the target; the slice is never modified.
	Warnings []target.Warning
}

// Chosen is the number of the region that Detail is of, 0 for none.
func (f *Frame) Chosen() int {
	if f.Detail == nil {
		return 0
	}
	return f.Detail.Region + 1
}

// Run is one flow of a comparison.
type Run struct {
	// Flow is that of the frame where this one is in focus.
	Flow int
	Past []Sample
	// Label is the drift, after the name of the flow where it has one.
	Label string
	Info  divergences.Info
	// Settings and Drift are those of the flow.
	Settings sim.Settings
	Drift    divergences.Drift
	Report   *sim.Report
	// Exact is what exact samples are measured at; nil where they are not shown, or not drawn yet.
	Exact *Exact
	// Histogram is that of the frame where this one is in focus.
	Histogram []float64
	// Fields has grid, P and Q.
	Fields    sim.Fields
	Particles []scenarios.Point
	Outside   density.Outside
}

// HistogramLo and HistogramHi bound the histogram of log r.
const (
	HistogramLo = -sim.ClipLogR
	HistogramHi = sim.ClipLogR
)

// Frame writes the current state to dst, reusing its memory.
func (s *Session) Frame(dst *Frame) {
	s.Edits.settle()
	s.measured()
	reports := s.reports()
	complete := s.measuring.shown.Fields || s.measuring.shown.Lines && reports
	s.serial++
	f, r := s.flow(), s.focus
	dst.Serial, dst.Flow, dst.Past, dst.View = s.serial, r.id, r.past, s.view
	dst.Scenario, dst.Settings = f.Scenario(), f.Settings()
	dst.Drift, dst.Info, dst.Functional = f.Drift(), f.Drift().Info(), s.Coverage.functional
	dst.Catalogue = s.Motion.catalogue
	dst.Report, dst.Histogram = r.report.Clone(), slices.Clone(r.histogram)
	if complete {
		f.Motions(&dst.Fields)
	} else {
		f.Densities(&dst.Fields)
	}
	dst.Particles, dst.Outside = f.Some(dst.Particles, maxShown), f.Outside()
	s.frameRuns(dst)
	dst.First, dst.Last = s.Clock.span()
	dst.Edits, dst.Now = r.Edits(), f.Progress().Step
	if dst.Probe = nil; s.probe != nil {
		probe := f.ProbeAt(*s.probe)
		dst.Probe = &probe
	}
	if dst.Aimed, dst.AimsAtCoverage = nil, s.Aim.coverage; s.measuring.shown.Effort {
		dst.Aimed = s.aimed.show(s, reports)
	}
	if dst.Ranking = nil; s.measuring.shown.Ranking {
		dst.Ranking = s.ranked.show(s, reports)
	}
	dst.Regions, dst.Detail = f.Target().Regions, s.Regions.show(reports)
	dst.Training, dst.Watching = s.Training.show(), s.mode.view(s)
	dst.Rest, dst.Islands = s.resting.shown(s), s.resting.shownIslands(s)
	dst.ReportEvery, dst.Releasing = s.measuring.every, s.Clock.release.on
	dst.Waiting.set(s.given, nil)
	dst.Paused, dst.Pace, dst.Note, dst.Warnings = s.Clock.paused, s.Clock.now, s.note, s.warnings
}

// Whole is a frame of the current state with all fields and, in a comparison, exact samples, whatever is shown. Its
// reports are of the current step, where those of other frames may be older; they have no changes in a step.
func (s *Session) Whole() *Frame {
	shown, f := s.measuring.shown, &Frame{}
	s.measuring.shown.Fields, s.measuring.shown.Exact = true, true
	s.Frame(f)
	s.measuring.shown = shown
	// Reports keep their rhythm.
	s.serial--
	if f.Watching != nil {
		return f // a frame of a stream is measured when it comes
	}
	f.Report = s.reportNow(s.focus)
	for k := range f.Runs {
		f.Runs[k].Report = s.reportNow(s.runs[k])
	}
	return f
}

// reportNow is a report of a run at its step.
func (s *Session) reportNow(r *run) *sim.Report {
	in, report := s.instruments(r), &sim.Report{}
	in.Response, in.Effort, in.Identity = false, false, false
	r.Flow().Report(report, in)
	return report
}

// frameRuns writes the flows of a comparison, none if there is only one flow.
func (s *Session) frameRuns(dst *Frame) {
	n := len(s.runs)
	if n == 1 {
		dst.Runs, dst.Focus = dst.Runs[:0], 0
		return
	}
	dst.Runs = append(dst.Runs[:cap(dst.Runs)], make([]Run, max(n-cap(dst.Runs), 0))...)[:n]
	dst.Focus = slices.Index(s.runs, s.focus)
	for k, r := range s.runs {
		f, to := r.Flow(), &dst.Runs[k]
		to.Flow, to.Past, to.Settings, to.Drift = r.id, r.past, f.Settings(), f.Drift()
		to.Label, to.Info, to.Report = r.name+to.Settings.Label(), to.Drift.Info(), r.report.Clone()
		if to.Exact = nil; s.measuring.shown.Exact {
			to.Exact = s.exactOf(f)
		}
		to.Histogram = append(to.Histogram[:0], r.histogram...)
		f.Densities(&to.Fields)
		to.Particles, to.Outside = f.Some(to.Particles, maxShown), f.Outside()
	}
}
