// Package session is the program without a screen: one to four flows in lock-step, or the
// frames of a stream, with the controls of a player, a sampler in training next to them, and
// a snapshot of it all to be shown. A Runner runs a session in a goroutine of its own.
package session

import (
	"fmt"
	"slices"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/replay"
)

// Session is what is shown and how it is controlled. Each control is a part with the state
// that it changes; what concerns one flow goes to the one in focus. It is not safe for
// concurrent use.
type Session struct {
	Scene      SceneControl
	Clock      ClockControl
	Motion     MotionControl
	Coverage   CoverageControl
	Edits      EditControl
	Comparison ComparisonControl
	Training   TrainingControl

	mode    mode
	runs    []*run
	focus   *run
	started int // runs that there have been
	view    scenarios.Window
	history int // bytes, of all runs together

	measuring measuring
	probe     *scenarios.Point
	note      Note
	serial    int // of the last snapshot
	obeyed    int
}

// measuring says what is measured and how often.
type measuring struct {
	shown Shown
	every int // snapshots to a report
}

// Shown says which instruments are seen: the others are not computed.
type Shown struct {
	// Fields are velocity, weight and compression on the nodes, in every snapshot;
	// Lines need them as often as a report.
	Fields, Lines              bool
	Response, Effort, Identity bool
}

// Note is a message to the user; Serial tells a new one from the last. An Alert says
// what went wrong.
type Note struct {
	Serial int
	Text   string
	Alert  bool
}

// Recipe says how to reproduce a session at its present step.
type Recipe struct {
	replay.Recipe
	Functional Functional
	// Stream is that of a session that watches one, nil otherwise.
	Stream *Watch
}

// New prepares a session of one flow, running at one step a frame. The catalogue lists
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
	s := &Session{mode: m, history: replay.DefaultHistory, measuring: measuring{every: 1}}
	s.Scene, s.Edits, s.Comparison, s.Training = SceneControl{s: s}, EditControl{s: s}, ComparisonControl{s: s}, TrainingControl{s: s}
	s.Clock = ClockControl{s: s, speed: 1}
	s.Motion = MotionControl{s: s, catalogue: c}
	s.Coverage = CoverageControl{s: s, functional: functional}
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

// ReportEvery measures only every n-th snapshot: digits that change faster than ten
// times a second are not read.
func (s *Session) ReportEvery(n int) { s.measuring.every = max(n, 1) }

// Show says which instruments are seen from now on.
func (s *Session) Show(shown Shown) {
	if s.measuring.shown != shown {
		s.measuring.shown = shown
		s.measure()
	}
}

// Probe reads the flow in focus at a place from now on; nil ends it.
func (s *Session) Probe(at *scenarios.Point) { s.probe = at }

// Obeyed notes how many of a player's commands have been carried out.
func (s *Session) Obeyed(n int) { s.obeyed = n }

// SetHistoryLimit bounds the memory of the past, in bytes for all flows together.
func (s *Session) SetHistoryLimit(bytes int) {
	s.history = bytes
	s.shareHistory()
}

// shareHistory divides the memory among the runs.
func (s *Session) shareHistory() {
	for _, r := range s.runs {
		r.SetHistoryLimit(s.history / len(s.runs))
	}
}

// Play brings a new flow to a step, with events on the way in the order of their steps, and
// pauses there. An event that cannot be played ends it.
func (s *Session) Play(events []replay.Event, at int) error {
	if err := s.focus.own.Play(events, at); err != nil {
		return err
	}
	if at > 0 {
		s.Clock.setPaused(true)
	}
	s.note = Note{}
	s.Scene.tellPoints()
	s.measure()
	return nil
}

// Recipe reproduces the flow in focus at its present step.
func (s *Session) Recipe() Recipe {
	r := Recipe{Recipe: s.focus.Recipe(), Functional: s.Coverage.functional}
	s.mode.describe(&r)
	return r
}

// Advance takes the steps of one frame and reports whether anything changed.
func (s *Session) Advance() bool {
	s.Edits.settle()
	return s.mode.advance(s)
}

// due reports whether this frame measures.
func (s *Session) due() bool { return s.Clock.paused || s.serial%s.measuring.every == 0 }

// measure brings every report up to date without a step.
func (s *Session) measure() { s.mode.measure(s) }

// instruments of a run: those that are seen of the one in focus, of the others what a
// comparison shows.
func (s *Session) instruments(r *run) sim.Instruments {
	in := sim.Instruments{Functional: s.Coverage.functional.measure}
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
	s.note = Note{s.note.Serial + 1, fmt.Sprintf(format, args...), wrong}
}

// refused reports whether what was asked for is not to be had in the present mode, and
// says so.
func (s *Session) refused(what string) bool {
	err := s.mode.refuse(what)
	if err != nil {
		s.tell("%s", err.Error())
	}
	return err != nil
}

// Problem is what was wrong with the stream that is watched, nil where nothing was.
func (s *Session) Problem() error { return s.mode.problem() }

// Close ends what the session has started.
func (s *Session) Close() {
	s.Training.stop()
	s.mode.close()
}
