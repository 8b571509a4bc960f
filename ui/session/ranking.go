package session

import (
	"errors"
	"math"
	"slices"

	"undercurrent/divergences"
	"undercurrent/sim"
)

// Ranking ranks the divergences for the aim of a session by their efficiency, at the step of a report.
type Ranking struct {
	// Design has the efficiencies; of it Aim alone where None says why there are none.
	sim.Design
	None string
	// Place names that of the aim, Step is that of the flow.
	Place string
	Step  int
	// Moving is the label of what moves the particles, of which Design has the Current, and Blob says that it is by
	// the blob velocity.
	Moving string
	Blob   bool
	// Reweighted says that birth–death moves mass beside the drift, which no efficiency counts.
	Reweighted bool
}

// CurrentAmong is the index of the current drift among the Divergences, −1 where it is none of them, such as one with
// other parameters, or has no efficiency.
func (r *Ranking) CurrentAmong() int {
	if math.IsNaN(r.Current.Value) || r.Moving != r.Current.Drift.Label() {
		return -1
	}
	return slices.IndexFunc(r.Divergences, func(e sim.Efficiency) bool { return e.Drift.Equal(r.Current.Drift) })
}

// ranked is the ranking that a frame shows.
type ranked struct {
	last *Ranking // never modified; nil if it has to be made again
	flow int
}

// show returns the ranking for a frame, nil where nothing is known of what moves the particles. It is made again with a
// report, and for another aim.
func (c *ranked) show(s *Session, reports bool) *Ranking {
	if s.mode.refuse(bestWeightFeature) != nil {
		return nil
	}
	if aim := s.Aim.aim(); c.last == nil || c.last.Aim != aim || c.flow != s.focus.id || reports {
		c.last, c.flow = newRanking(s, aim), s.focus.id
	}
	return c.last
}

func newRanking(s *Session, aim sim.Aim) *Ranking {
	f := s.flow()
	settings := f.Settings()
	r := &Ranking{Step: f.Progress().Step, Place: s.Aim.place(aim), Moving: settings.Label(), Blob: settings.Velocity == sim.Blob, Reweighted: settings.BirthDeath > 0}
	d, err := f.Design(aim, s.Motion.catalogue)
	if err != nil {
		r.Aim, r.None = aim, err.Error()
		return r
	}
	r.Design = d
	return r
}

// bestWeightFeature is what a stream has not: it is not known what moves its particles.
const bestWeightFeature = "the best weight"

// ChooseBest switches to the weight that improves the aim fastest: for the chosen region, the surroundings of the
// probe, or all regions. It is a table, for the right Z.
func (c *MotionControl) ChooseBest() {
	if c.s.refused(bestWeightFeature) {
		return
	}
	aim := c.s.Aim.aim()
	d, err := c.s.flow().Design(aim, c.catalogue)
	if none := (sim.NoDesignError{}); errors.As(err, &none) {
		c.s.tell("%s", none.Problem)
		return
	} else if err != nil {
		c.s.tell("%v", err)
		return
	}
	if c.SetDrift(c.Drift().WithFamily(d.Tabulated.Drift.Family()).WithZFactor(1)) {
		whose := "its"
		if aim.OfAll() {
			whose = "their"
		}
		c.s.tell("w* of %s: the best weight for %s %s at this step", c.s.Aim.place(aim), whose, aim.Quantity())
	}
}

// ChooseRanked switches to a divergence of a ranking, with its parameters and for the right Z.
func (c *MotionControl) ChooseRanked(spec divergences.Spec) {
	now := c.Drift().WithFamily(spec.Family()).WithZFactor(spec.ZFactor())
	for _, p := range spec.Parameters() {
		now = now.With(p.Name, spec.Value(p.Name))
	}
	c.SetDrift(now)
}
