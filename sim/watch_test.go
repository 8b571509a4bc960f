package sim

import (
	"math"
	"reflect"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/internal/simtest"
)

// watching is a flow that is shown frames of n particles.
func watching(t *testing.T, id string, n int) *Flow {
	t.Helper()
	return newFlow(t, simtest.Scenario(t, id), simtest.Drift(t, "forward-kl"), withParticles(n))
}

// What is measured of a frame is what is measured of a flow whose particles are there.
func TestWatchedFramesAreMeasuredLikeFlows(t *testing.T) {
	f := watching(t, "uneven-ring", 2000)
	points := simtest.Exact(f.Scenario(), 2000, 1)
	in := Instruments{Objectives: density.NewObjectives(simtest.Divergences(t)), Effort: true}
	got, want := &Report{}, &Report{}
	f.WatchReport(got, Watched{Number: 1, Points: points}, in)
	s := f.Scenario()
	s.Start.Sampler = placed(points)
	other := newFlow(t, s, simtest.Drift(t, "forward-kl"), withParticles(2000))
	other.Report(want, in)
	if got.TV != want.TV || got.Active != want.Active || !reflect.DeepEqual(got.Objectives, want.Objectives) || !reflect.DeepEqual(got.Effort, want.Effort) {
		t.Errorf("a watched frame has TV %g, objectives %v; the same particles have %g, %v", got.TV, got.Objectives, want.TV, want.Objectives)
	}
	for k := range got.Regions {
		if g, w := got.Regions[k], want.Regions[k]; g.Count != w.Count || g.SE != w.SE || g.UnderCoverage != w.UnderCoverage {
			t.Errorf("region %d is %+v, expected %+v", k+1, g, w)
		}
	}
	if got.Step != 1 || !got.Untracked || !math.IsNaN(got.UnderCoverageChange.Measured) {
		t.Errorf("the first frame is reported as %+v", got)
	}
}

// Changes from frame to frame are the differences of what the frames have, whether the
// previous one was reported or not, and for any numbers of particles.
func TestChangesAreThoseSinceThePreviousFrame(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	frames := [][]scenarios.Point{simtest.Exact(s, 500, 1), simtest.Exact(s, 800, 2), simtest.Exact(s, 800, 3)}
	f, r := watching(t, "three-modes", 500), &Report{}
	f.Watch(Watched{Number: 1, Points: frames[0]})
	f.Watch(Watched{Number: 2, Points: frames[1]})
	f.WatchReport(r, Watched{Number: 3, Points: frames[2]}, Instruments{})
	value := func(points []scenarios.Point) (under, mass []float64) {
		e, err := density.New(s, f.Settings().Kernel())
		if err != nil {
			t.Fatal(err)
		}
		e.Set(points)
		totals := e.Totals(nil, false)
		return totals.Under, totals.Masses
	}
	underBefore, massBefore := value(frames[1])
	underNow, massNow := value(frames[2])
	total := 0.0
	for k, region := range r.Regions {
		simtest.Near(t, "inflow", region.Inflow, massNow[k]-massBefore[k], 1e-12)
		simtest.Near(t, "change of mass", region.MassChange.Measured, massNow[k]-massBefore[k], 1e-12)
		simtest.Near(t, "change of U", region.UnderCoverageChange.Measured, underNow[k]-underBefore[k], 1e-12)
		total += underNow[k] - underBefore[k]
	}
	simtest.Near(t, "change of U in all", r.UnderCoverageChange.Measured, total, 1e-12)
	if r.Step != 3 {
		t.Errorf("the third frame is number %d", r.Step)
	}
}

// Transport counts who went where, from the frame before or from the first of a row.
func TestTransportBetweenFrames(t *testing.T) {
	s := simtest.Scenario(t, "uneven-ring")
	mode := func(k int) scenarios.Point { return s.Truth.Modes[k] }
	at := func(k ...int) (points []scenarios.Point) {
		for _, m := range k {
			points = append(points, mode(m))
		}
		return points
	}
	rows := [][]scenarios.Point{at(0, 0, 1, 2), at(0, 1, 1, 2), at(3, 1, 1, 2)}
	for tracking, moved := range map[Tracking][2]int{FromPrevious: {0, 3}, FromFirst: {0, 3}} {
		f, r := watching(t, "uneven-ring", 4), &Report{}
		for n, points := range rows {
			f.WatchReport(r, Watched{n + 1, points, nil, tracking}, Instruments{})
		}
		from, to := f.Target().Regions.At(mode(moved[0])), f.Target().Regions.At(mode(moved[1]))
		if r.Untracked || r.Transport[from][to] != 1 {
			t.Errorf("tracking %d: from %d to %d went %d, expected 1 of %v", tracking, from, to, r.Transport[from][to], r.Transport)
		}
		second := f.Target().Regions.At(mode(1))
		if want := map[Tracking]int{FromPrevious: 0, FromFirst: 1}[tracking]; r.Transport[from][second] != want {
			t.Errorf("tracking %d: %d went from the first mode to the second, expected %d", tracking, r.Transport[from][second], want)
		}
		f.WatchReport(r, Watched{4, at(0, 0, 0), nil, tracking}, Instruments{})
		if !r.Untracked || r.Regions[from].Count != 3 {
			t.Errorf("with another number of particles the transport is %v", r.Transport)
		}
	}
}

// One goes back to a watched frame as to a step, and watches on from there.
func TestWatchedFramesAreRestored(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	f, r := watching(t, "three-modes", 300), &Report{}
	show := func(seed uint64) {
		f.WatchReport(r, Watched{int(seed), simtest.Exact(s, 300, seed), nil, FromPrevious}, Instruments{})
	}
	show(1)
	show(2)
	m, tv := f.Checkpoint(), r.TV
	show(3)
	f.Restore(m)
	f.Report(r, Instruments{})
	if r.TV != tv || r.Step != 2 || r.Untracked {
		t.Errorf("back at frame 2 the report has step %d, TV %g, expected %g", r.Step, r.TV, tv)
	}
}
