package sim

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// A flow to a changed target is the flow that had it from the start, put where the
// particles are.
func TestRetargetedFlowsEqualFlowsToTheTarget(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	other, err := s.Edited(scenarios.Edit{Verb: scenarios.Move, Mode: 2, At: scenarios.Point{X: 2, Y: -1}})
	if err != nil {
		t.Fatal(err)
	}
	f, want := newFlow(t, s, simtest.Drift(t, "forward-kl"), withParticles(500)), newFlow(t, other, simtest.Drift(t, "forward-kl"), withParticles(500))
	for range 5 {
		f.Step()
	}
	if err := f.Retarget(other); err != nil {
		t.Fatal(err)
	}
	want.Branch(f)
	a, b := &Report{}, &Report{}
	for range 3 {
		f.StepReport(a, Instruments{Response: true})
		want.StepReport(b, Instruments{Response: true})
	}
	if !reflect.DeepEqual(pointsOf(f), pointsOf(want)) || a.TV != b.TV || !reflect.DeepEqual(a.Transport, b.Transport) || a.UnderCoverageChange != b.UnderCoverageChange {
		t.Errorf("retargeted the flow is at TV %g, from the start at %g", a.TV, b.TV)
	}
}

func TestInvalidTargetsLeaveTheFlowUnchanged(t *testing.T) {
	f := newFlow(t, simtest.Scenario(t, "three-modes"), simtest.Drift(t, "reverse-kl"), withParticles(200))
	before := tv(f)
	bad := f.Scenario()
	bad.Target = nowhere{}
	if err := f.Retarget(bad); err == nil || !strings.Contains(err.Error(), "-Inf everywhere") {
		t.Fatalf("the error is %v", err)
	}
	if f.Step(); !(tv(f) < before) || f.Scenario().Target == bad.Target {
		t.Error("the flow does not go on to its own target")
	}
}

type nowhere struct{}

func (nowhere) LogDensity(float64, float64) float64       { return math.Inf(-1) }
func (nowhere) Score(float64, float64) (float64, float64) { return 0, 0 }

// Every edit of the cloud can be undone, bit by bit.
func TestPourAndDrainAreUndone(t *testing.T) {
	f := newFlow(t, simtest.Scenario(t, "three-modes"), simtest.Drift(t, "reverse-kl"), withParticles(300))
	f.Step()
	was := f.Checkpoint()
	at := scenarios.Point{X: 1.5, Y: -1.5}
	if err := f.Pour(at, 0.3, 50); err != nil {
		t.Fatal(err)
	}
	if n := f.Settings().Particles; n != 350 || transported(f) != 350 {
		t.Fatalf("after pouring 50 into 300 there are %d, the origins of %d are known", n, transported(f))
	}
	gone, err := f.Drain(at, 1)
	if err != nil || len(gone) < 50 {
		t.Fatalf("%d are drained (%v), expected the 50 that were poured and more", len(gone), err)
	}
	for _, p := range pointsOf(f) {
		if math.Hypot(p.X-at.X, p.Y-at.Y) <= 1 {
			t.Fatalf("a particle is left at (%g, %g)", p.X, p.Y)
		}
	}
	r := &Report{}
	f.Report(r, Instruments{})
	count := 0
	for _, k := range r.Regions {
		count += k.Count
	}
	if count != 350-len(gone) {
		t.Errorf("the regions count %d particles, expected %d", count, 350-len(gone))
	}
	f.Undrain(gone)
	f.Unpour(50)
	was.starts = starts{list: was.starts.points()} // which an edit holds
	if !reflect.DeepEqual(f.Checkpoint(), was) {
		t.Error("taken back, the cloud is another")
	}
	f.Step()
	alone := newFlow(t, simtest.Scenario(t, "three-modes"), simtest.Drift(t, "reverse-kl"), withParticles(300))
	alone.Step()
	if alone.Step(); !reflect.DeepEqual(pointsOf(alone), pointsOf(f)) {
		t.Error("taken back, the flow goes another way")
	}
}

// transported is the number of particles whose origin is known.
func transported(f *Flow) (n int) {
	r := &Report{}
	f.Report(r, Instruments{})
	for _, row := range r.Transport {
		for _, k := range row {
			n += k
		}
	}
	return n
}

// Poured particles count: mass on the grid is one again for any number.
func TestTheDensityIncludesPouredParticles(t *testing.T) {
	f := newFlow(t, simtest.Scenario(t, "three-modes"), simtest.Drift(t, "reverse-kl"), withParticles(300))
	if err := f.Pour(scenarios.Point{X: -2, Y: 2}, 0.2, 900); err != nil {
		t.Fatal(err)
	}
	d := &Fields{}
	f.Densities(d)
	sum, there := 0.0, 0.0
	for i, q := range d.Q {
		m, at := q*d.Grid.Area(), d.Grid.Node(i)
		sum += m
		if math.Hypot(at.X+2, at.Y-2) < 1.2 {
			there += m
		}
	}
	if math.Abs(sum-1) > 1e-12 || there < 0.74 {
		t.Errorf("the mass is %g, %g of it where three quarters were poured", sum, there)
	}
	if f.Restart(); len(pointsOf(f)) != 300 || f.Settings().Particles != 300 {
		t.Errorf("after a restart there are %d particles, expected 300", len(pointsOf(f)))
	}
}

func TestPourAndDrainAreBounded(t *testing.T) {
	f := newFlow(t, simtest.Scenario(t, "three-modes"), simtest.Drift(t, "reverse-kl"), withParticles(100))
	if _, err := f.Drain(scenarios.Point{}, 1e3); err == nil || len(pointsOf(f)) != 100 {
		t.Errorf("all particles are drained: %v, %d are left", err, len(pointsOf(f)))
	}
	if err := f.Pour(scenarios.Point{}, 1, MaxParticles); err == nil || len(pointsOf(f)) != 100 {
		t.Errorf("more particles than can be are poured: %v", err)
	}
}
