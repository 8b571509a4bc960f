package sim

import (
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// driven is an estimator at the initial cloud of a scenario.
func driven(t *testing.T, s scenarios.Scenario, d divergences.Drift, edits ...func(*Settings)) *DrivenEstimator {
	t.Helper()
	settings := DefaultSettings(s, divergences.SpecFromDrift(d))
	for _, edit := range edits {
		edit(&settings)
	}
	e, err := NewDrivenEstimator(s, settings)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Where it would take points is where a flow takes its particles.
func TestAheadPredictsAStep(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	for _, v := range []VelocityRule{Plugin, Blob} {
		edits := []func(*Settings){withParticles(700), func(s *Settings) { s.Velocity = v }}
		f, e := newFlow(t, s, simtest.Drift(t, "pearson"), edits...), driven(t, s, simtest.Drift(t, "pearson"), edits...)
		ahead := make([]scenarios.Point, 700)
		for step := range 4 {
			e.Ahead(ahead, 1)
			f.Step()
			if !slices.Equal(ahead, pointsOf(f)) {
				t.Fatalf("%s: step %d leads elsewhere", v, step+1)
			}
			if outside := e.SetPoints(ahead); outside != 0 {
				t.Fatalf("%s: %d points are outside after step %d", v, outside, step+1)
			}
		}
	}
}

// Other points may be of another number; those outside are moved to the edge of the window.
func TestSetPointsAcceptsAnyPoints(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	e := driven(t, s, simtest.Drift(t, "reverse-kl"), withParticles(50))
	points := append(simtest.Exact(s, 300, 1), scenarios.Point{X: 1e3}, scenarios.Point{Y: -1e300})
	given := slices.Clone(points)
	if outside := e.SetPoints(points); outside != 2 || e.Settings().Particles != 302 {
		t.Errorf("%d of %d points are outside, expected 2 of 302", outside, e.Settings().Particles)
	}
	if !slices.Equal(points, given) {
		t.Error("the points that were given have moved")
	}
	if err := e.SetKernel(2*s.Bandwidth, 0); err != nil || e.Target().Bandwidth != 2*s.Bandwidth {
		t.Errorf("the bandwidth is %g (%v), expected twice %g", e.Target().Bandwidth, err, s.Bandwidth)
	}
	ahead := make([]scenarios.Point, 10)
	e.Ahead(ahead, 1)
	if slices.Equal(ahead, points[:10]) {
		t.Error("the points are not driven")
	}
	if err := e.SetKernel(-1, 0); err == nil || e.Settings().Bandwidth != 2*s.Bandwidth {
		t.Errorf("a bandwidth of −1 gives %v, it is now %g", err, e.Settings().Bandwidth)
	}
	if n := testing.AllocsPerRun(5, func() { e.SetPoints(points); e.Ahead(ahead, 1) }); n != 0 {
		t.Errorf("driving as many points again allocates %g times", n)
	}
}

// A reference that does not cover the points is rejected, and the drift stays.
func TestAReferenceMustCoverTheDrivenPoints(t *testing.T) {
	s := simtest.Gaussian(t, 0.3, scenarios.Gaussian{Mean: scenarios.Point{X: 6}, Sigma: 0.3})
	lv := divergences.NewLogVariance(divergences.Reference{Kind: divergences.Target})
	if _, err := NewDrivenEstimator(s, DefaultSettings(s, divergences.SpecFromDrift(lv))); err == nil {
		t.Error("a reference that vanishes at the initial cloud is accepted")
	}
	e := driven(t, s, simtest.Drift(t, "reverse-kl"))
	if err := e.SetDrift(divergences.SpecFromDrift(lv), Plugin); err == nil || e.Settings().Drift.ID() != "reverse-kl" {
		t.Errorf("the drift is %s (%v)", e.Settings().Drift.ID(), err)
	}
	e.SetPoints(simtest.Exact(s, 500, 1))
	if err := e.SetDrift(divergences.SpecFromDrift(lv), Plugin); err != nil {
		t.Errorf("where the target is, the reference is rejected: %v", err)
	}
}
