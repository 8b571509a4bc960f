package engine

import (
	"slices"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
)

const (
	// mostShown is how many particles a frame carries; more would cover each other.
	mostShown = 20_000
	// histogramBins of log r over ±sim.ClipLogR.
	histogramBins = 276
)

// Frame is all that a screen shows of a flow at one moment: a copy that shares
// nothing with it.
type Frame struct {
	Serial     int
	Scenario   scenarios.Scenario
	Settings   sim.Settings
	Drift      divergences.Drift
	Info       divergences.Info
	Choice     Choice
	Functional Functional

	// View is the part of the window that holds the target.
	View scenarios.Window

	Report *sim.Report
	// Fields holds grid, P and Q, and where Complete the rest.
	Fields    sim.Fields
	Particles []scenarios.Point
	// Strays counts the particles beyond the padded window.
	Strays density.Outside
	// Histogram is the share of the particles by log r, HistogramLo..HistogramHi.
	Histogram []float64

	// Lanes are the flows of a comparison in their order, Focus the index of the one
	// that the rest of the frame is of. One flow alone is no comparison.
	Lanes []Lane
	Focus int

	// Flow tells the flow in focus from every other there was.
	Flow int

	// Portrait is the sampler in training, nil without one.
	Portrait *Portrait

	// Watching is the stream whose particles are shown, nil where they are our own.
	Watching *Watching

	// Probe is a reading of the flow, nil without one.
	Probe *sim.Probe

	// First and Last are the steps on tape: one can go back to the first, and forth
	// again to the last. Now is the step of the flow, ahead of a report that is older.
	First, Now, Last int

	// Edits are the changes by hand that are in force.
	Edits []scenarios.Edit
	// Command is the command line that reproduces the flow at this step.
	Command string

	// Obeyed is the number of the last command that was carried out; see Driver.Obeyed.
	Obeyed int

	// ReportEvery is how many frames there are to a report.
	ReportEvery int

	Paused bool
	Speed  int // steps a frame
	Note   Note
}

// Lane is one flow of a comparison.
type Lane struct {
	// Flow is that of the frame where this one is in focus.
	Flow      int
	Label     string
	Info      divergences.Info
	Bandwidth float64
	Report    *sim.Report
	// Fields holds grid, P and Q.
	Fields    sim.Fields
	Particles []scenarios.Point
	Strays    density.Outside
}

// HistogramLo and HistogramHi bound the histogram of log r.
const (
	HistogramLo = -sim.ClipLogR
	HistogramHi = sim.ClipLogR
)

// Frame writes the present state to dst, reusing its memory.
func (d *Driver) Frame(dst *Frame) {
	d.settle()
	whole := d.shown.Fields || d.shown.Lines && d.due()
	d.serial++
	s := d.flow.Settings()
	dst.Serial, dst.Flow = d.serial, d.lane.id
	dst.Scenario, dst.Settings, dst.Choice = d.flow.Scenario(), s, d.choice
	dst.View = d.view
	dst.Drift, dst.Info, dst.Functional = s.Drift, s.Drift.Info(), d.functional
	dst.Report, dst.Histogram = d.report.Clone(), slices.Clone(d.histogram)
	if whole {
		d.flow.Fields(&dst.Fields)
	} else {
		d.flow.Densities(&dst.Fields)
	}
	dst.Particles, dst.Strays = d.flow.Some(dst.Particles, mostShown), d.flow.Outside()
	d.frameLanes(dst)
	dst.First, dst.Last = d.span()
	dst.Command, dst.Edits = d.commandLine(), d.hand.edits
	dst.Now = d.flow.Progress().Step
	if dst.Probe = nil; d.probe != nil {
		r := d.flow.ProbeAt(*d.probe)
		dst.Probe = &r
	}
	dst.Portrait = d.training.portrait
	if dst.Portrait != nil {
		d.training.seen = dst.Portrait.Serial
	}
	dst.Watching = d.frameWatching()
	dst.Obeyed, dst.ReportEvery = d.obeyed, d.reportEvery
	dst.Paused, dst.Speed, dst.Note = d.paused, d.speed, d.note
}

// frameLanes writes the flows of a comparison, none where there is one flow only.
func (d *Driver) frameLanes(dst *Frame) {
	n := len(d.lanes)
	if n == 1 {
		dst.Lanes, dst.Focus = dst.Lanes[:0], 0
		return
	}
	dst.Lanes = append(dst.Lanes[:cap(dst.Lanes)], make([]Lane, max(n-cap(dst.Lanes), 0))...)[:n]
	dst.Focus = slices.Index(d.lanes, d.lane)
	for k, l := range d.lanes {
		s, to := l.flow.Settings(), &dst.Lanes[k]
		to.Flow = l.id
		to.Label, to.Info, to.Bandwidth, to.Report = l.choice.label(), s.Drift.Info(), s.Bandwidth, l.report.Clone()
		l.flow.Densities(&to.Fields)
		to.Particles, to.Strays = l.flow.Some(to.Particles, mostShown), l.flow.Outside()
	}
}
