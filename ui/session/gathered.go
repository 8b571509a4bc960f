package session

import (
	"undercurrent/scenarios"
	"undercurrent/sim/diagnosis"
	"undercurrent/sim/stream"
	"undercurrent/sim/target"
)

// gathered are chains whose draws are the frames of a stream. They are diagnosed beside the session.
type gathered struct {
	background
	collector *diagnosis.Collector
	bandwidth float64 // of the regions where it is not that of the map, 0 otherwise
	asked     int     // frames of the newest request
	newest    *Chains
	shown     *Chains
	judged    bool // whether it was said what speaks against all of them
	err       error
	// next is the newest frame that is not shown yet, of those that are taken as fast as they come; passed is the number
	// of frames that were replaced by newer ones in its place.
	next   *stream.Frame
	passed int
}

const (
	// minDiagnosed is the least number of frames of a stream that goes on that are diagnosed: of fewer draws no
	// effective sample size is defined.
	minDiagnosed = 12
	// maxGathered is the number of particles of frames that are taken for one frame that is shown, at most: one frame more.
	maxGathered = 1 << 20
)

// newGathered begins with the first frame.
func (w Watch) newGathered(s scenarios.Scenario, on *target.OnGrid) (*gathered, error) {
	regions, err := RegionsOf(w.Own.Is(), s, on)
	if err != nil {
		return nil, err
	}
	g := &gathered{background: background{inline: w.MetricsInline}}
	if regions.On != on {
		g.bandwidth = regions.On.Bandwidth
	}
	g.collector = diagnosis.NewCollector(len(w.First.Points), regions)
	g.collector.Add(w.First.Points)
	return g, nil
}

// ask requests a diagnosis of all frames so far, unless there is one or another is being made.
func (g *gathered) ask(s *Session, ended bool) {
	frames := g.collector.Frames()
	if frames == g.asked || frames < minDiagnosed && !ended {
		return
	}
	if g.background.ask(s, func() func() func() {
		d, t := g.collector.Draws()
		return func() func() {
			c, err := chainsOf(d, t)
			if err == nil {
				c.Bandwidth = g.bandwidth
			}
			return func() { g.newest, g.err = c, err }
		}
	}) {
		g.asked = frames
	}
}

// whole reports whether the diagnosis is that of all frames.
func (g *gathered) whole() bool {
	return g.newest != nil && g.newest.Report.Gathered.Frames == g.collector.Frames()
}

// gather takes the frames that wait into the chains, and leaves the newest to be shown.
func (w *watching) gather(s *Session) {
	for particles := 0; particles < maxGathered && (w.repeated != nil || !s.schedule.late()); {
		f := w.take(s)
		if f == nil {
			return
		}
		w.gathered.collector.Add(f.Points)
		particles += len(f.Points)
		if w.gathered.next != nil {
			w.gathered.passed++
			// The order is that of the frame shown last only if every frame between kept it.
			f.Ordered = f.Ordered && w.gathered.next.Ordered
		}
		w.back, w.gathered.next = w.gathered.next, f
	}
}

// following is the next frame to be shown, nil if there is none.
func (w *watching) following(s *Session) (f *stream.Frame) {
	switch {
	case w.gathered == nil:
		return w.take(s)
	case w.PerTick == 0:
		f, w.gathered.next = w.gathered.next, nil
		return f
	}
	if f = w.take(s); f != nil {
		w.gathered.collector.Add(f.Points)
	}
	return f
}

// diagnose requests the diagnosis of the chains, and says in the end what speaks against them. It reports whether there is
// something new.
func (w *watching) diagnose(s *Session) (news bool) {
	g := w.gathered
	if g == nil {
		return false
	}
	g.ask(s, w.ended)
	switch {
	case g.err != nil:
		s.tell("%s: %v", w.Input, g.err)
		g.err = nil
		return true
	case w.ended && w.err == nil && !g.judged && g.whole():
		g.judged = true
		s.tell("%s has ended: %s", w.Input, g.newest.verdict()+w.Own.clause())
		return true
	}
	return g.newest != g.shown
}
