// Package session is the program without a screen: one to four flows in lock-step, or the
// frames of a stream, with controls like those of a player, a sampler in training, and a
// snapshot of everything to be shown. A Runner runs a session in a goroutine of its own.
package session

import (
	"fmt"
	"slices"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/replay"
	"undercurrent/sim/target"
)

// Session is the state of the program and its controls. Each control has the state that it
// changes; commands for one flow go to the one in focus. It is not safe for concurrent use.
type Session struct {
	Scene      SceneControl
	Clock      ClockControl
	Motion     MotionControl
	Coverage   CoverageControl
	Regions    RegionControl
	Aim        AimControl
	Edits      EditControl
	Comparison ComparisonControl
	Training   TrainingControl

	mode    mode
	runs    []*run
	focus   *run
	started int // number of runs so far
	view    scenarios.Window
	history int // bytes, of all runs together

	measuring measuring
	probe     *scenarios.Point
	aimed     aimed // without a chosen region
	ranked    ranked
	note      Note
	warnings  []target.Warning // of the target
	serial    int              // of the last snapshot
	given     int              // the highest ID of the commands that were carried out
	resting   restWatch
	exact     exactSamples

	schedule schedule
	observe  func(Act) // nil where nobody wants to know

	unmeasured bool // something has changed since the reports were made
}

// measuring says what is measured, and how often.
type measuring struct {
	shown Shown
	every int // snapshots per report
}

// Shown says which instruments are shown: the others are not computed.
type Shown struct {
	// Fields are velocity, weight and compression on the nodes, in every snapshot; Lines
	// need them only with a report.
	Fields   bool `json:"fields,omitempty"`
	Lines    bool `json:"lines,omitempty"`
	Response bool `json:"response,omitempty"`
	Effort   bool `json:"effort,omitempty"`
	Identity bool `json:"identity,omitempty"`
	// Exact are exact samples of as many points as each flow of a comparison has.
	Exact bool `json:"exact,omitempty"`
	// Ranking is that of the divergences by their efficiency.
	Ranking bool `json:"ranking,omitempty"`
}

// Note is a message to the user; Serial differs from that of the last one. An Alert is about
// an error, or warns of the target.
type Note struct {
	Serial int
	Text   string
	Alert  bool
}

// Recipe says how to reproduce a session at its current step.
type Recipe struct {
	replay.Recipe
	Functional Functional
	// Compared are the drifts and movers of all flows of a comparison that began with them, nil without one.
	Compared []sim.Motion
	// Stream is the stream that is watched, nil without one.
	Stream *Watch
}

// New prepares a session of one flow, running at one step per frame. The catalogue lists
// the drifts that can be chosen.
func New(c divergences.Catalogue, s scenarios.Scenario, settings sim.Settings, functional Functional) (*Session, error) {
	own, err := replay.NewRun(s, settings)
	if err != nil {
		return nil, err
	}
	session := prepared(c, functional, ownFlow{})
	session.start(newRun(own, own))
	session.measure()
	return session, nil
}

// prepared is a session without a run.
func prepared(c divergences.Catalogue, functional Functional, m mode) *Session {
	s := &Session{mode: m, measuring: measuring{every: 1}}
	s.Scene, s.Edits, s.Comparison, s.Training = SceneControl{s: s}, EditControl{s: s}, ComparisonControl{s: s}, TrainingControl{s: s}
	s.Clock = ClockControl{s: s, pace: Pace{1, 1}, now: Pace{1, 1}}
	s.Motion = MotionControl{s: s, catalogue: c}
	s.Coverage, s.Regions, s.Aim = CoverageControl{s: s, functional: functional}, RegionControl{s: s}, AimControl{s: s}
	s.schedule.patience = besideAfter
	return s
}

// start makes a run the only one.
func (s *Session) start(r *run) {
	s.number(r)
	s.focus, s.runs, s.view = r, []*run{r}, viewOf(r.Flow().Target(), r.Flow().Scenario().Window)
	s.shareHistory()
}

// number gives a run the next id.
func (s *Session) number(r *run) {
	s.started++
	r.id = s.started
}

// flow is the one in focus.
func (s *Session) flow() *sim.Flow { return s.focus.Flow() }

// ReportEvery measures only every n-th snapshot: numbers that change faster than ten times a
// second cannot be read.
func (s *Session) ReportEvery(n int) { s.measuring.every = max(n, 1) }

// Show sets which instruments are shown.
func (s *Session) Show(shown Shown) {
	if s.measuring.shown != shown {
		s.measuring.shown = shown
		s.measure()
	}
}

// Probe sets the point at which the flow in focus is probed, nil for none.
func (s *Session) Probe(at *scenarios.Point) { s.probe = at }

// SetHistoryLimit bounds the memory of the history, in bytes for all flows together; 0 is as much as suits the particles.
func (s *Session) SetHistoryLimit(bytes int) {
	s.history = bytes
	s.shareHistory()
}

// shareHistory divides the memory among the runs.
func (s *Session) shareHistory() {
	for _, r := range s.runs {
		r.SetHistoryLimit(s.historyLimit() / len(s.runs))
	}
}

// historyLimit is the memory of the history of all flows together, in bytes.
func (s *Session) historyLimit() int {
	switch {
	case s.history > 0:
		return s.history
	case s.focus.own == nil:
		return replay.FrameHistory
	}
	return replay.HistoryFor(s.flow().InitialParticles() * len(s.runs))
}

// Play moves new flows to a step, plays events, which are in the order of their steps, and
// pauses there. It ends at the first event that fails.
func (s *Session) Play(events []replay.Event, at int) error {
	for _, r := range s.runs {
		if err := r.play(events, at, s.instruments(r)); err != nil {
			return err
		}
	}
	if at > 0 {
		s.Clock.setPaused(true)
	}
	s.note = Note{}
	s.Scene.tellPoints()
	s.tellWarning()
	s.measure()
	return nil
}

// Recipe reproduces the flow in focus at its current step.
func (s *Session) Recipe() Recipe {
	r := Recipe{Recipe: s.focus.Recipe(), Functional: s.Coverage.functional, Compared: s.Comparison.motions()}
	s.mode.describe(&r)
	return r
}

// Advance takes the steps of one frame and reports whether anything changed.
func (s *Session) Advance() bool {
	s.Edits.settle()
	return s.mode.advance(s)
}

// standsStill reports whether Advance does nothing until a command has been carried out.
func (s *Session) standsStill() bool {
	return s.Edits.pending == nil && s.Training.worker == nil && s.mode.standsStill(s)
}

// step moves every flow once, and measures it if report is set.
func (s *Session) step(report bool) {
	s.schedule.done++
	for _, r := range s.runs {
		if err := r.step(report, s.instruments(r)); err != nil {
			s.tell("%v", err)
		}
	}
}

// reports reports whether this frame measures.
func (s *Session) reports() bool { return s.Clock.paused || s.serial%s.measuring.every == 0 }

// measure makes the next frame measure: many commands before it cost one measurement.
func (s *Session) measure() { s.unmeasured = true }

// measured updates every report without a step, if something has changed since it was made.
func (s *Session) measured() {
	if s.unmeasured {
		s.unmeasured = false
		s.mode.measure(s)
	}
}

// instruments of a run: those that are shown for the one in focus, for the others those of a
// comparison; nil is a run that is to be one of them.
func (s *Session) instruments(r *run) sim.Instruments {
	in := sim.Instruments{Functional: s.Coverage.functional.measure}
	if r == s.focus || r == nil {
		in.Objectives = s.Motion.objectives()
	}
	if shown := s.measuring.shown; r == s.focus {
		in.Response, in.Effort, in.Identity = shown.Response, shown.Effort, shown.Identity
	}
	return in
}

// tell leaves a message for the user; one with an error is an alert.
func (s *Session) tell(format string, args ...any) {
	wrong := slices.ContainsFunc(args, func(a any) bool {
		_, ok := a.(error)
		return ok
	})
	text := fmt.Sprintf(format, args...)
	if !wrong {
		text += s.keptNews()
	}
	s.note = Note{s.note.Serial + 1, text, wrong}
}

// tellStory says what to watch for, unless something is wrong with the target.
func (s *Session) tellStory() {
	if story := s.flow().Scenario().Story; story != "" && len(s.warnings) == 0 && !s.note.Alert {
		s.tell("%s: %s", s.flow().Scenario().ID, story)
	}
}

// refused reports whether a feature is not available in the current mode, and notes that.
func (s *Session) refused(feature string) bool {
	err := s.mode.refuse(feature)
	if err != nil {
		s.tell("%s", err.Error())
	}
	return err != nil
}

// Close ends the goroutines of the session.
func (s *Session) Close() {
	s.Training.stop()
	s.mode.close()
}
