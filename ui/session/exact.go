package session

import (
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/metrics"
	"undercurrent/sim/target"
)

// exactDraws is the number of exact samples that flows are compared with.
const exactDraws = 8

// Exact is what exact samples of as many points as a flow has are measured at: what sampling leaves of TV
// and U where nothing is wrong.
type Exact struct {
	TV, Coverage metrics.Spread
	// Tabulated reports whether the samples are of the tabulated density: the target has no exact ones.
	Tabulated bool
}

// exactKey is what exact samples depend on.
type exactKey struct {
	target     *target.OnGrid
	n          int
	functional Functional
}

// exactSamples draws exact samples for the flows of a comparison beside the session, one set at a time.
type exactSamples struct {
	known   map[exactKey]*Exact
	drawing bool
}

func (s *Session) exactKey(f *sim.Flow) exactKey {
	return exactKey{f.Target(), f.Settings().Particles, s.Coverage.functional}
}

// exactOf is what exact samples are measured at for a flow; where it is not known, it is nil, and they
// are drawn.
func (s *Session) exactOf(f *sim.Flow) *Exact {
	e, key := &s.exact, s.exactKey(f)
	if exact := e.known[key]; exact != nil {
		return exact
	}
	if e.drawing || s.Edits.dragging {
		return nil
	}
	e.drawing = true
	scenario, settings := f.Scenario(), f.Settings()
	work := func() func(*Session) {
		exact := DrawExact(scenario, settings, key.functional)
		return func(s *Session) {
			s.exact.drawing = false
			s.exact.keep(s, key, exact)
		}
	}
	if s.schedule.later == nil {
		work()(s)
		return e.known[key]
	}
	s.schedule.launch(work)
	return nil
}

// keep keeps what is known of the flows that there are, and forgets the rest.
func (e *exactSamples) keep(s *Session, key exactKey, exact *Exact) {
	known := map[exactKey]*Exact{}
	for _, r := range s.runs {
		switch now := s.exactKey(r.Flow()); {
		case now == key:
			known[key] = exact
		case e.known[now] != nil:
			known[now] = e.known[now]
		}
	}
	e.known = known
}

// DrawExact measures exact samples for a flow of a scenario. Where they cannot be drawn, nothing is measured.
func DrawExact(scenario scenarios.Scenario, settings sim.Settings, u Functional) *Exact {
	// The evaluator's own sample is not needed, and as small as it can be.
	v, err := metrics.NewEvaluator(scenario, settings.Kernel(), 2, settings.Seed)
	if err != nil {
		return &Exact{}
	}
	exact := &Exact{Tabulated: !v.Exact()}
	exact.TV, exact.Coverage = v.ExactTotals(settings.Particles, exactDraws, u.measure)
	return exact
}
