package session

import (
	"fmt"
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/replay"
	"undercurrent/sim/stream"
)

// Source has frames of particles that another program moves.
type Source interface {
	// Take is the newest frame that was not taken yet, nil if there is none. The frame back
	// is reused.
	Take(back *stream.Frame) *stream.Frame
	// Dropped is the number of frames that newer ones have replaced.
	Dropped() int
	// End reports whether the stream has ended, with its error.
	End() (ended bool, err error)
	// Close stops the reading.
	Close()
}

// Watch is a stream of frames to be watched.
type Watch struct {
	Source Source
	// First is the first frame: it sets the number of particles.
	First *stream.Frame
	// Input is the name of the stream on the screen.
	Input string
	// FromFirst measures transport from the first frame instead of the previous one.
	FromFirst bool
	// Shuffled reports whether particles do not keep their order from frame to frame.
	Shuffled bool
	// Chained reports whether each particle is a chain, whose draws are the frames: particles keep their order, are as
	// many in every frame, and finite. No frame is dropped by the source.
	Chained bool
	// PerTick is the number of frames per tick at normal speed; 0 shows the newest frame in
	// every tick.
	PerTick float64
	// Fitted is the bandwidth if it was chosen for the number of particles.
	Fitted Fitted
	// Drift shows where the drift of the settings would move the particles.
	Drift bool
	// Table are the draws of which the frames are, nil for a stream. The first frame is its first one.
	Table *Table
	// Own says what the target is where none was given.
	Own OwnTarget
	// Example is the setup of the draws where they are those of an example, which a lesson may replace; nil for a
	// stream.
	Example *Setup
	// MetricsInline compares frames with samples of the target before they are shown, instead
	// of beside the session about once a second.
	MetricsInline bool
}

// Fitted is a bandwidth that was chosen for a number of particles, the effective size of weighted ones; see
// density.BandwidthFor. It is zero if the bandwidth was given.
type Fitted struct {
	Bandwidth float64
	Particles int
}

// FittedSize is the number of particles that a bandwidth for a cloud is chosen for.
func FittedSize(c scenarios.Cloud) int { return max(int(math.Round(c.EffectiveSize())), 1) }

// Watching is the state of a stream as a screen shows it.
type Watching struct {
	Input string
	// Lost is the number of particles of the frame that were not finite, Dropped that of
	// frames that came too fast to be shown.
	Lost, Dropped int
	// Pooled is the number of frames whose particles are shown together.
	Pooled int
	// FittedTo is the number of particles that the bandwidth was chosen for, 0 if it was given.
	FittedTo int
	// Drift reports whether it is shown where a drift would move the particles.
	Drift bool
	// Ended reports whether the stream has ended, Problem is its error, empty without one.
	Ended   bool
	Problem string
	// FromFirst reports whether transport is from the first frame.
	FromFirst bool
	// Metrics are the newest ones, nil before the first.
	Metrics *MetricsSnapshot
	// Chains are those of the draws that are shown, nil without any, and after an edit of the target.
	Chains *Chains
	// Table are the draws, nil for a stream; Own is what they are compared with where no target was given.
	Table *Table
	Own   OwnTarget
}

// watching is the mode in which the frames of a stream are shown.
type watching struct {
	Watch
	recording *replay.Recording
	back      *stream.Frame
	credit    float64 // frames to be shown, less than one between ticks
	dropped   int     // when the last frame was taken
	ended     bool
	err       error
	repeated  *arrivals // what comes where the session is repeated, nil where the source says it
	metrics   *metricsWorker
	measured  string // the frame whose metrics were requested last, with its version
	shown     *MetricsSnapshot
	chains    *Chains   // against the target before any edit, nil without any
	gathered  *gathered // chains whose draws are frames, nil without any
}

// NewWatcher prepares a session that shows the frames of a stream instead of a flow. The
// number of particles is that of the first frame.
func NewWatcher(c divergences.Catalogue, s scenarios.Scenario, settings sim.Settings, functional Functional, w Watch) (*Session, error) {
	o, err := w.open(s, settings)
	if err != nil {
		return nil, err
	}
	m := &watching{}
	session := prepared(c, functional, m)
	m.begin(session, o)
	if w.Own.Is() {
		text := w.Own.Sentence()
		if w.Table != nil {
			text += w.Table.advice()
		}
		session.tell("%s", text)
	}
	return session, nil
}

// opened is a stream with what follows from its target and first frame.
type opened struct {
	Watch
	recording *replay.Recording
	chains    *Chains   // nil without any
	gathered  *gathered // nil without any
}

// open prepares the recording of a stream, and the diagnosis of its chains.
func (w Watch) open(s scenarios.Scenario, settings sim.Settings) (*opened, error) {
	points, err := scenarios.NewFixedPoints(w.First.Points)
	if err != nil {
		return nil, err
	}
	s.Start = scenarios.Start{Sampler: points, Text: w.Input}
	settings.Particles = len(w.First.Points)
	o := &opened{Watch: w}
	if o.recording, err = replay.NewRecording(s, settings, w.Input); err != nil {
		return nil, err
	}
	if w.Table != nil && w.Table.Weights == nil {
		o.chains, err = newChains(w.Table, s, o.recording.Flow().Target())
	}
	if w.Chained {
		o.gathered, err = w.newGathered(s, o.recording.Flow().Target())
	}
	return o, err
}

// begin shows the first frame of a stream.
func (w *watching) begin(s *Session, o *opened) {
	if w.Source != nil {
		w.Source.Close()
	}
	w.Watch, w.recording, w.chains, w.gathered = o.Watch, o.recording, o.chains, o.gathered
	w.back, w.credit, w.ended, w.err, w.measured = nil, 0, false, nil, ""
	w.dropped, w.metrics = w.Source.Dropped(), &metricsWorker{background: background{inline: w.MetricsInline}}
	s.start(newRun(o.recording, nil))
	w.present(s, o.First)
	o.recording.Keep()
}

// tracking is the frame that the particles of a frame can be compared with.
func (w *watching) tracking(f *stream.Frame) sim.Tracking {
	switch {
	case !f.Ordered || w.Shuffled || !w.Own.Ordered():
		return sim.Untracked
	case w.FromFirst:
		return sim.FromFirst
	}
	return sim.FromPrevious
}

// instruments leave out those of a step, which a stream does not have.
func (w *watching) instruments(s *Session) sim.Instruments {
	in := s.instruments(s.focus)
	in.Response, in.Identity = false, false
	return in
}

// present shows a frame and measures it.
func (w *watching) present(s *Session, f *stream.Frame) {
	s.focus.renew()
	w.recording.Show(sim.Watched{Number: f.Number, Points: f.Points, Shares: f.Shares, Tracking: w.tracking(f)},
		replay.FrameInfo{Lost: f.Lost, Ordered: f.Ordered, Pooled: f.Pooled}, &s.focus.report, w.instruments(s))
	s.focus.count()
	s.unmeasured = false
	w.compare(s)
}

// compare requests metrics of the current frame, unless they were requested already or
// another request is being processed.
func (w *watching) compare(s *Session) {
	if w.Own.Alone() {
		return
	}
	version, step := w.version(s), s.focus.report.Step
	subject := fmt.Sprint(step, " ", version)
	if subject == w.measured {
		return
	}
	if w.metrics.ask(s, func() metricsRequest {
		f := s.flow()
		settings := f.Settings()
		return metricsRequest{step, version, f.Scenario(), settings.Kernel(), settings.Seed, f.Cloud()}
	}) {
		w.measured = subject
	}
}

// version identifies what frames are compared with: target, kernel and seed.
func (w *watching) version(s *Session) string {
	settings := s.flow().Settings()
	return fmt.Sprint(s.focus.id, settings.Bandwidth, settings.Seed, s.focus.Edits())
}

// advance shows the frames that have arrived since the last time.
func (w *watching) advance(s *Session) (news bool) {
	w.metrics.tick()
	if w.gathered != nil {
		w.gathered.tick()
		if w.PerTick == 0 {
			w.gather(s)
		}
	}
	for range w.steps(&s.Clock) {
		if w.again(s) {
			news = true
			continue
		}
		f := w.following(s)
		if f == nil {
			break
		}
		w.back, news = f, true
		w.present(s, f)
		w.recording.Record()
	}
	w.compare(s) // a frame that stays, if the previous one was being processed
	ended := w.noteEnd(s)
	diagnosed := w.diagnose(s)
	return ended || diagnosed || w.metrics.newest != w.shown || news
}

// standsStill is false: the stream, and what is computed about its frames, may have news at any time.
func (w *watching) standsStill(*Session) bool { return false }

// steps is the number of frames to show in this tick.
func (w *watching) steps(c *ClockControl) (steps int) {
	switch {
	case c.stopped():
		return c.takeOwed()
	case w.PerTick > 0:
		w.credit += w.PerTick * c.pace.perFrame()
		steps = int(w.credit)
		w.credit -= float64(steps)
		return steps
	}
	return c.beat.steps(c.pace)
}

// again shows the next frame of the history, if the current one is not the last.
func (w *watching) again(s *Session) bool {
	frame, info, ok := w.recording.Next()
	if ok {
		w.present(s, &stream.Frame{Number: frame.Number, Points: frame.Points, Shares: frame.Shares, Lost: info.Lost, Ordered: info.Ordered, Pooled: info.Pooled})
	}
	return ok
}

// noteEnd notes once that the stream has ended.
func (w *watching) noteEnd(s *Session) bool {
	if w.ended || w.gathered != nil && w.gathered.next != nil {
		return false
	}
	if w.ended, w.err = w.over(s); !w.ended {
		return false
	}
	w.metrics.hurry()
	if w.gathered != nil {
		w.gathered.hurry()
	}
	switch {
	case w.err != nil:
		s.tell("%v", w.err)
	case w.chains != nil:
		s.tell("%s: %s", w.Input, w.chains.verdict()+w.Own.clause())
	default:
		s.tell("%s has ended; the last frame stays, the keys , and ⇧← go back%s", w.Input, w.Own.clause())
	}
	return true
}

// measure measures the current frame again, and keeps the changes since the previous frame.
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

// refuse refuses every feature that needs a flow.
func (w *watching) refuse(feature string) error {
	if w.Example != nil && feature == lessonFeature {
		return nil
	}
	return fmt.Errorf("%s is not available: the particles are those of %s", feature, w.Input)
}

// detail has no forecasts: nothing is known of what moves these particles.
func (w *watching) detail(_ *Session, k int) sim.RegionDetail { return sim.RegionDetail{Region: k} }

// showDrift shows the drift, and reports whether it was not shown before.
func (w *watching) showDrift() (news bool) {
	news, w.Drift = !w.Drift, true
	return news
}

func (w *watching) hideDrift() { w.Drift = false }

func (w *watching) view(s *Session) *Watching {
	w.shown = w.metrics.newest
	info := w.recording.Info()
	v := &Watching{Input: w.Input, Lost: info.Lost, Pooled: info.Pooled, Dropped: w.dropped, Ended: w.ended, FromFirst: w.FromFirst,
		Drift: w.Drift, Metrics: w.shown, Table: w.Table, Own: w.Own}
	if s.focus.motion().Bandwidth == w.Fitted.Bandwidth {
		v.FittedTo = w.Fitted.Particles
	}
	if len(s.focus.TargetEdits()) == 0 {
		v.Chains = w.chains
		if w.gathered != nil {
			v.Chains = w.gathered.newest
		}
	}
	if w.gathered != nil {
		w.gathered.shown = w.gathered.newest
		v.Dropped += w.gathered.passed
	}
	if w.err != nil {
		v.Problem = w.err.Error()
	}
	return v
}

func (w *watching) describe(r *Recipe) { r.Stream = &w.Watch }

func (w *watching) close() { w.Source.Close() }
