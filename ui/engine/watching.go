package engine

import (
	"fmt"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/ui/frames"
)

// Source hands out frames of particles that something else moves.
type Source interface {
	// Take is the newest frame that was not taken yet, nil where there is none. The
	// frame given back is reused.
	Take(back *frames.Frame) *frames.Frame
	// Dropped counts the frames that a newer one has replaced.
	Dropped() int
	// End tells whether the frames are over, and what was wrong if they did not end
	// well.
	End() (ended bool, err error)
	// Close stops the reading.
	Close()
}

// Watch is a stream of frames to be watched.
type Watch struct {
	Source Source
	// First is the frame that is there already: it decides on the number of particles.
	First *frames.Frame
	// Input names the stream for people.
	Input string
	// FromFirst has transport told from the first frame instead of the one before.
	FromFirst bool
	// Shuffled tells that particles do not keep their order from frame to frame.
	Shuffled bool
	// PerTick is how many frames are shown in a tick at normal speed; 0 has every tick
	// show the newest there is.
	PerTick float64
	// AssessInline has frames compared with samples of the target before they are shown,
	// instead of in a goroutine of its own about once a second.
	AssessInline bool
	// Flags are those of the command line that read the stream.
	Flags []string
}

// Watching is what a screen shows of a stream.
type Watching struct {
	Input string
	// Lost counts particles of the frame that were not finite, Dropped the frames that
	// came too fast to be shown.
	Lost, Dropped int
	// Ended tells that no more frames come, Problem what was wrong, empty where nothing
	// was.
	Ended   bool
	Problem string
	// FromFirst tells where transport is from.
	FromFirst bool
	// Assessment is the newest one, nil before there is any.
	Assessment *Assessment
}

// glimpse is what a frame does not show of its particles.
type glimpse struct {
	lost    int
	ordered bool
}

// watching is a stream that is watched.
type watching struct {
	Watch
	back     *frames.Frame
	debt     float64 // frames that are due, in parts of one
	ended    bool
	problem  error
	assessor *assessor
	subject  string // what the assessor was asked for last
	seen     *Assessment
}

// NewWatcher prepares a driver that shows the frames of a stream in place of a flow of
// its own. The settings' number of particles is the first frame's.
func NewWatcher(s scenarios.Scenario, settings sim.Settings, choice Choice, functional Functional, w Watch) (*Driver, error) {
	places, err := scenarios.NewPlaces(w.First.Points)
	if err != nil {
		return nil, err
	}
	s.Start = scenarios.Start{Sampler: places, Text: w.Input}
	settings.Particles = len(w.First.Points)
	d, err := NewDriver(s, settings, choice, functional)
	if err != nil {
		return nil, err
	}
	d.watching = &watching{Watch: w, assessor: &assessor{inline: w.AssessInline}}
	d.lane.watched = true
	d.lane.tape.clear()
	d.present(w.First)
	d.lane.tape.keep(d.lane)
	return d, nil
}

// Problem is what was wrong with the stream that is watched, nil where nothing was.
func (d *Driver) Problem() error {
	if d.watching == nil {
		return nil
	}
	return d.watching.problem
}

// tracking is what is known of who is who in a frame.
func (w *watching) tracking(f *frames.Frame) sim.Tracking {
	switch {
	case !f.Ordered || w.Shuffled:
		return sim.Untracked
	case w.FromFirst:
		return sim.FromFirst
	}
	return sim.FromPrevious
}

// present shows a frame and measures it.
func (d *Driver) present(f *frames.Frame) {
	w := d.watching
	d.flow.WatchReport(&d.report, sim.Watched{Number: f.Number, Points: f.Points, Tracking: w.tracking(f)}, d.instruments(d.lane))
	d.flow.HistogramLogR(d.histogram, HistogramLo, HistogramHi)
	d.lane.glimpse = glimpse{f.Lost, f.Ordered}
	d.assess()
}

// assess has the present particles compared with samples of the target, unless they were or
// something else is under way.
func (d *Driver) assess() {
	w, version := d.watching, d.compared()
	subject := fmt.Sprint(d.report.Step, " ", version)
	if subject == w.subject {
		return
	}
	if w.assessor.ask(func() question {
		points := make([]scenarios.Point, d.flow.Settings().Particles)
		d.flow.Points(points)
		return question{d.report.Step, version, d.flow.Scenario(), d.flow.Settings().Kernel(), points}
	}) {
		w.subject = subject
	}
}

// compared tells apart what frames are compared with: target and kernel.
func (d *Driver) compared() string {
	return fmt.Sprint(d.flow.Settings().Bandwidth, d.hand.edits)
}

// watchOn shows what has come since the last time, and tells whether there was anything.
func (d *Driver) watchOn() (news bool) {
	w := d.watching
	for range d.watchSteps() {
		if d.watchAgain() {
			news = true
			continue
		}
		f := w.Source.Take(w.back)
		if f == nil {
			break
		}
		w.back, news = f, true
		d.present(f)
		d.lane.tape.record(d.lane)
	}
	d.assess() // of the frame that stays, where the one before it was being compared
	return d.noteEnd() || w.assessor.newest() != w.seen || news
}

// watchSteps is how many frames are due in this tick.
func (d *Driver) watchSteps() (steps int) {
	w := d.watching
	switch {
	case d.paused || d.held:
		steps, d.owed = d.owed, 0
	case w.PerTick > 0:
		w.debt += w.PerTick * float64(d.speed)
		steps = int(w.debt)
		w.debt -= float64(steps)
	default:
		steps = d.speed
	}
	return steps
}

// watchAgain shows the next frame on tape, where the present is of the past.
func (d *Driver) watchAgain() bool {
	m, ok := d.lane.tape.after(d.flow.Progress().Step)
	if ok {
		d.present(&frames.Frame{Number: m.Step, Points: m.Points, Lost: m.glimpse.lost, Ordered: m.glimpse.ordered})
	}
	return ok
}

// noteEnd says so once when the stream is over.
func (d *Driver) noteEnd() bool {
	w := d.watching
	if w.ended {
		return false
	}
	if w.ended, w.problem = w.Source.End(); !w.ended {
		return false
	}
	if w.problem != nil {
		d.tell("%v", w.problem)
	} else {
		d.tell("%s is over; the last frame stays, , and ⇧← go back", w.Input)
	}
	return true
}

// relook measures the present frame anew, what has changed since the frame before aside.
func (d *Driver) relook() {
	before := d.report.Clone()
	d.flow.Report(&d.report, d.instruments(d.lane))
	d.flow.HistogramLogR(d.histogram, HistogramLo, HistogramHi)
	r := &d.report
	r.Ahead = false
	if before.Step != r.Step || len(before.Regions) != len(r.Regions) {
		return
	}
	r.UnderCoverageChange.Measured = before.UnderCoverageChange.Measured
	for k := range r.Regions {
		to, from := &r.Regions[k], before.Regions[k]
		to.Inflow, to.MassChange.Measured, to.UnderCoverageChange.Measured = from.Inflow, from.MassChange.Measured, from.UnderCoverageChange.Measured
	}
}

// foreign refuses what needs particles of our own where those of a stream are watched.
func (d *Driver) foreign(what string) bool {
	if d.watching == nil {
		return false
	}
	d.tell("%s: the particles are those of %s, which moves them itself", what, d.watching.Input)
	return true
}

// frameWatching is what the screen shows of the stream, nil without one.
func (d *Driver) frameWatching() *Watching {
	w := d.watching
	if w == nil {
		return nil
	}
	w.seen = w.assessor.newest()
	view := &Watching{Input: w.Input, Lost: d.lane.glimpse.lost, Dropped: w.Source.Dropped(), Ended: w.ended, FromFirst: w.FromFirst, Assessment: w.seen}
	if w.problem != nil {
		view.Problem = w.problem.Error()
	}
	return view
}

// watchCommand is the command line that watches the stream.
func (d *Driver) watchCommand() []string {
	words := slices.Concat([]string{"undercurrent", "watch"}, d.watching.Flags)
	if d.watching.FromFirst {
		words = append(words, "--since", "first")
	}
	if d.watching.Shuffled {
		words = append(words, "--shuffled")
	}
	return words
}

// errForeign refuses an edit of particles that are not ours.
func errForeign(input string) error {
	return fmt.Errorf("the particles are those of %s, expected an edit of the target", input)
}
