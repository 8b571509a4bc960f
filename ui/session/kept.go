package session

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/replay"
)

// keptCourse is the course of a flow that went back and was changed: the steps from there on that it had
// taken before. It is kept as its recipe, which is small, and computed again to be compared with.
type keptCourse struct {
	replay.Recipe
	from int // the step of the change
	told bool
}

// label is the drift that the course had at its end.
func (k *keptCourse) label() string {
	drift := k.Settings.Drift
	for _, e := range k.Events {
		if e.Edit == nil {
			drift = e.Motion.Drift
		}
	}
	return drift.Label()
}

// SetMotion, Apply and ReplaceLast change the course of the flow from the current step on.
func (r *run) SetMotion(m sim.Motion) error {
	return r.branch(func() error { return r.timeline.SetMotion(m) })
}

// Apply makes an edit; see SetMotion.
func (r *run) Apply(e replay.Edit) error {
	return r.branch(func() error { return r.timeline.Apply(e) })
}

// ReplaceLast replaces the last edit of the target; see SetMotion.
func (r *run) ReplaceLast(e scenarios.Edit) error {
	return r.branch(func() error { return r.timeline.ReplaceLast(e) })
}

// branch makes a change, and keeps the course that the flow had taken from the current step on.
func (r *run) branch(change func() error) error {
	var kept *keptCourse
	if r.own != nil {
		if later, ok := r.own.Later(); ok {
			kept = &keptCourse{Recipe: later, from: r.own.Flow().Progress().Step}
		}
	}
	err := change()
	if err == nil && kept != nil {
		r.kept = kept
	}
	return err
}

// keptNews says once that a course was kept.
func (s *Session) keptNews() string {
	if s.focus == nil || s.focus.kept == nil || s.focus.kept.told {
		return ""
	}
	k := s.focus.kept
	k.told = true
	return fmt.Sprintf("; kept for :compare before: steps %d to %d under %s", k.from, k.Step, k.label())
}

// pastSamples is about how many samples are kept of the steps before the first frame of a flow.
const pastSamples = 128

// play moves the flow to a step, plays events, and keeps samples of the way.
func (r *run) play(events []replay.Event, at int, in sim.Instruments) error {
	in.Response, in.Effort, in.Identity = false, false, false
	every := max((at-r.Flow().Progress().Step)/pastSamples, 1)
	sample := func(f *sim.Flow) {
		r.past = append(r.past, SampleOf(&r.report, f.Drift().Info().ID, f.Settings().Motion()))
	}
	r.past = nil
	if r.Flow().Progress().Step < at {
		r.measure(in)
		sample(r.Flow())
	}
	return r.own.PlayBy(func(f *sim.Flow) {
		if (f.Progress().Step+1)%every != 0 {
			f.Step()
			return
		}
		r.renew()
		f.StepReport(&r.report, in)
		sample(f)
	}, events, at)
}

// Before adds the course that the flow in focus had taken before it went back and was changed.
func (c *ComparisonControl) Before() {
	s := c.s
	if s.refused("comparison") {
		return
	}
	s.Clock.stay()
	kept, focus := s.focus.kept, s.focus
	switch {
	case kept == nil:
		s.tell("no earlier course is kept; go back, and change the divergence there")
		return
	case len(s.runs) >= MaxRuns:
		s.tell("%d flows are compared, expected at most %d", len(s.runs), MaxRuns)
		return
	}
	limit, in := s.historyLimit()/(len(s.runs)+1), s.instruments(nil)
	s.beside(fmt.Sprintf("computing the steps to %d again …", kept.Step), func() func(*Session) {
		r, err := kept.run(limit, in)
		return func(s *Session) {
			if err == nil && (s.focus != focus || len(s.runs) >= MaxRuns) {
				return // the wish is past
			}
			if err == nil {
				err = r.goTo(s.flow().Progress().Step)
			}
			if err != nil {
				s.tell("%v", err)
				return
			}
			c.join(r)
			s.tell("%s beside %s, which left it at step %d", r.name+kept.label(), s.focus.motion().Drift.Label(), kept.from)
		}
	})
}

// join makes a run one of those that are compared.
func (c *ComparisonControl) join(r *run) {
	s := c.s
	s.Clock.stay()
	s.number(r)
	s.runs = append(s.runs, r)
	s.shareHistory()
	s.measure()
}

// run computes the course again.
func (k *keptCourse) run(limit int, in sim.Instruments) (*run, error) {
	own, err := replay.NewRun(k.Scenario, k.Settings)
	if err != nil {
		return nil, err
	}
	own.SetHistoryLimit(limit)
	r := newRun(own, own)
	r.name = "before: "
	return r, r.play(k.Events, k.Step, in)
}

// goTo goes to a step of the history, or beyond it.
func (r *run) goTo(step int) error {
	for r.Flow().Progress().Step < step {
		if err := r.own.Step(func(f *sim.Flow) { f.Step() }); err != nil {
			return err
		}
	}
	if r.Flow().Progress().Step == step {
		return nil
	}
	return r.own.Seek(step)
}
