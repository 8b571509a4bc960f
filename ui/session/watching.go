package session

import (
	"fmt"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/replay"
	"undercurrent/ui/frames"
)

// Source hands out frames of particles that something else moves.
type Source interface {
	// Take is the newest frame that was not taken yet, nil where there is none. The
	// frame given back is reused.
	Take(back *frames.Frame) *frames.Frame
	// Dropped counts the frames that a newer one has replaced.
	Dropped() int
	// End reports whether the frames are over, and what was wrong if they did not end
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
	// FromFirst has transport measured from the first frame instead of the one before.
	FromFirst bool
	// Shuffled reports that particles do not keep their order from frame to frame.
	Shuffled bool
	// PerTick is how many frames are shown in a tick at normal speed; 0 has every tick
	// show the newest there is.
	PerTick float64
	// MetricsInline has frames compared with samples of the target before they are shown,
	// instead of in a goroutine of its own about once a second.
	MetricsInline bool
}

// Watching is what a screen shows of a stream.
type Watching struct {
	Input string
	// Lost counts particles of the frame that were not finite, Dropped the frames that
	// came too fast to be shown.
	Lost, Dropped int
	// Ended reports that no more frames come, Problem what was wrong, empty where nothing
	// was.
	Ended   bool
	Problem string
	// FromFirst reports that transport is from the first frame.
	FromFirst bool
	// Metrics are the newest ones, nil before there are any.
	Metrics *MetricsSnapshot
}

// watching is the mode in which the frames of a stream are shown.
type watching struct {
	Watch
	frames   *replay.Recording
	back     *frames.Frame
	due      float64 // frames that are due, in parts of one
	ended    bool
	err      error
	metrics  *metricsWorker
	measured string // the frame that metrics were asked for last, with what it is compared with
	seen     *MetricsSnapshot
}

// NewWatcher prepares a session that shows the frames of a stream in place of a flow of
// its own. The settings' number of particles is the first frame's.
func NewWatcher(c divergences.Catalogue, s scenarios.Scenario, settings sim.Settings, functional Functional, w Watch) (*Session, error) {
	points, err := scenarios.NewFixedPoints(w.First.Points)
	if err != nil {
		return nil, err
	}
	s.Start = scenarios.Start{Sampler: points, Text: w.Input}
	settings.Particles = len(w.First.Points)
	recording, err := replay.NewRecording(s, settings, w.Input)
	if err != nil {
		return nil, err
	}
	m := &watching{Watch: w, frames: recording, metrics: &metricsWorker{inline: w.MetricsInline}}
	session := prepared(c, functional, m)
	session.start(newRun(recording, nil))
	m.present(session, w.First)
	recording.Keep()
	return session, nil
}

func (w *watching) problem() error { return w.err }

// tracking is what is known of the order of a frame's particles.
func (w *watching) tracking(f *frames.Frame) sim.Tracking {
	switch {
	case !f.Ordered || w.Shuffled:
		return sim.Untracked
	case w.FromFirst:
		return sim.FromFirst
	}
	return sim.FromPrevious
}

// instruments leave out what a step of our own would need.
func (w *watching) instruments(s *Session) sim.Instruments {
	in := s.instruments(s.focus)
	in.Response, in.Identity = false, false
	return in
}

// present shows a frame and measures it.
func (w *watching) present(s *Session, f *frames.Frame) {
	s.focus.renew()
	w.frames.Show(sim.Watched{Number: f.Number, Points: f.Points, Tracking: w.tracking(f)},
		replay.FrameInfo{Lost: f.Lost, Ordered: f.Ordered}, &s.focus.report, w.instruments(s))
	s.focus.count()
	w.compare(s)
}

// compare requests metrics of the present frame, unless they were asked for or something
// else is worked on.
func (w *watching) compare(s *Session) {
	version, step := w.version(s), s.focus.report.Step
	subject := fmt.Sprint(step, " ", version)
	if subject == w.measured {
		return
	}
	if w.metrics.ask(func() metricsRequest {
		f := s.flow()
		points := make([]scenarios.Point, f.Settings().Particles)
		f.Points(points)
		return metricsRequest{step, version, f.Scenario(), f.Settings().Kernel(), points}
	}) {
		w.measured = subject
	}
}

// version tells apart what frames are compared with: target and kernel.
func (w *watching) version(s *Session) string {
	return fmt.Sprint(s.flow().Settings().Bandwidth, s.focus.Edits())
}

// advance shows what has come since the last time.
func (w *watching) advance(s *Session) (news bool) {
	for range w.steps(&s.Clock) {
		if w.again(s) {
			news = true
			continue
		}
		f := w.Source.Take(w.back)
		if f == nil {
			break
		}
		w.back, news = f, true
		w.present(s, f)
		w.frames.Record()
	}
	w.compare(s) // of the frame that stays, where the one before it was being compared
	return w.noteEnd(s) || w.metrics.newest() != w.seen || news
}

// steps is how many frames are due in this tick.
func (w *watching) steps(c *ClockControl) (steps int) {
	switch {
	case c.stopped():
		return c.takeOwed()
	case w.PerTick > 0:
		w.due += w.PerTick * float64(c.speed)
		steps = int(w.due)
		w.due -= float64(steps)
		return steps
	}
	return c.speed
}

// again shows the next frame of the history, where the present is in the past.
func (w *watching) again(s *Session) bool {
	number, points, info, ok := w.frames.Next()
	if ok {
		w.present(s, &frames.Frame{Number: number, Points: points, Lost: info.Lost, Ordered: info.Ordered})
	}
	return ok
}

// noteEnd says so once when the stream has ended.
func (w *watching) noteEnd(s *Session) bool {
	if w.ended {
		return false
	}
	if w.ended, w.err = w.Source.End(); !w.ended {
		return false
	}
	if w.err != nil {
		s.tell("%v", w.err)
	} else {
		s.tell("%s has ended; the keys , and ⇧← go back", w.Input)
	}
	return true
}

// measure measures the present frame again; what has changed since the previous frame is
// kept.
func (w *watching) measure(s *Session) {
	s.focus.renew()
	before := s.focus.report.Clone()
	s.focus.measure(w.instruments(s))
	r := &s.focus.report
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

// refuse says that the particles are somebody else's.
func (w *watching) refuse(what string) error {
	return fmt.Errorf("%s: %s moves its own particles", what, w.Input)
}

func (w *watching) view(*Session) *Watching {
	w.seen = w.metrics.newest()
	v := &Watching{Input: w.Input, Lost: w.frames.Info().Lost, Dropped: w.Source.Dropped(), Ended: w.ended, FromFirst: w.FromFirst, Metrics: w.seen}
	if w.err != nil {
		v.Problem = w.err.Error()
	}
	return v
}

func (w *watching) describe(r *Recipe) { r.Stream = &w.Watch }

func (w *watching) close() {
	w.metrics.end()
	w.Source.Close()
}
