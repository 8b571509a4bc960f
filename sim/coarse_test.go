package sim

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/sim/density"
	"undercurrent/sim/internal/simtest"
)

func withCoarse(c Coarse) func(*Settings) { return func(s *Settings) { s.Coarse = c } }

func TestTheBandwidthFallsInStairs(t *testing.T) {
	t.Parallel()
	c := Coarse{Factor: 8, Steps: 200, From: 50}
	last, stairs := math.Inf(1), 0
	for step := range 400 {
		times := c.Times(step)
		if times > last || times < 1 || times > 8 {
			t.Fatalf("at step %d the bandwidth is %g h, before %g h", step, times, last)
		}
		if times < last && last < 8 {
			stairs++
		}
		last = times
		if line := 1 + 7*(1-float64(step-50)/200); step >= 50 && step < 250 && math.Abs(times-line) > 7./40 {
			t.Errorf("at step %d the bandwidth is %g h, expected %g h within a stair", step, times, line)
		}
		if want := step >= 250; (times == 1) != want {
			t.Errorf("at step %d the bandwidth is %g h", step, times)
		}
	}
	if c.Times(50) != 8 || stairs != 39 {
		t.Errorf("the schedule begins at %g h and has %d stairs", c.Times(50), stairs)
	}
	for _, off := range []Coarse{{}, {Factor: 1, Steps: 10}} {
		if off.On() || off.Times(0) != 1 {
			t.Errorf("%+v is a schedule", off)
		}
	}
}

// A step under a wide bandwidth is that of a flow with this bandwidth on a grid of the same spacing.
func TestACoarseStepIsThatOfTheWideKernel(t *testing.T) {
	t.Parallel()
	s, d := simtest.Scenario(t, "ring8"), simtest.Drift(t, "jensen-shannon")
	coarse := newFlow(t, s, d, withParticles(2000), withCoarse(Coarse{Factor: 4, Steps: 10}))
	wide := newFlow(t, s, d, withParticles(2000), func(settings *Settings) {
		settings.Bandwidth, settings.Spacing = 4*settings.Bandwidth, coarse.Grid().Spacing
	})
	a, b := &Report{}, &Report{}
	in := Instruments{Response: true, Effort: true}
	coarse.StepReport(a, in)
	wide.StepReport(b, in)
	if a.Bandwidth != b.Bandwidth || coarse.BandwidthInForce() != wide.Settings().Bandwidth {
		t.Fatalf("bandwidths %g and %g are in force", a.Bandwidth, b.Bandwidth)
	}
	// The grids are not at the same places.
	simtest.Near(t, "TV in force", a.TVInForce, b.TV, 2e-3)
	simtest.Near(t, "dt", a.DT, b.DT, 2e-3)
	simtest.Near(t, "the predicted U", a.UnderCoverageChange.FirstOrder, b.UnderCoverageChange.FirstOrder, 1e-2)
	simtest.Near(t, "the measured U", a.UnderCoverageChange.Measured, b.UnderCoverageChange.Measured, 1e-2)
	far, moved := 0.0, 0.0
	start := newFlow(t, s, d, withParticles(2000))
	for i, p := range pointsOf(coarse) {
		q, from := pointsOf(wide)[i], pointsOf(start)[i]
		far, moved = far+math.Hypot(p.X-q.X, p.Y-q.Y), moved+math.Hypot(p.X-from.X, p.Y-from.Y)
	}
	if !(moved > 0 && far < 0.01*moved) {
		t.Errorf("the particles move by %g in all and are %g apart", moved, far)
	}
}

// The total variation distance is that at the bandwidth of the settings, whatever is in force.
func TestTheTVOfACoarseFlowIsThatOfTheFineKernel(t *testing.T) {
	t.Parallel()
	s := simtest.Scenario(t, "uneven-ring")
	f := newFlow(t, s, simtest.Drift(t, "reverse-kl"), withParticles(2000), withCoarse(Coarse{Factor: 8, Steps: 40}))
	oracle, err := density.New(s, f.Settings().Kernel())
	if err != nil {
		t.Fatal(err)
	}
	r := &Report{}
	for step := 1; step <= 50; step++ {
		if step%7 != 0 {
			f.Step()
			continue
		}
		f.StepReport(r, Instruments{})
		oracle.Set(pointsOf(f))
		simtest.Near(t, "TV", r.TV, oracle.Totals(nil, false).TV, 1e-12)
		if coarse := r.Bandwidth > s.Bandwidth; coarse != (r.TVInForce != r.TV) || coarse != (r.Step <= 40) {
			t.Errorf("at step %d bandwidth %g is in force, TV there is %g, at the end %g", r.Step, r.Bandwidth, r.TVInForce, r.TV)
		}
	}
}

// From coarse to fine a drift reaches masses that it does not reach with the fine kernel alone.
func TestCoarseToFineReachesTheMassesOfTheModes(t *testing.T) {
	t.Parallel()
	s, d := simtest.Scenario(t, "uneven-ring"), simtest.Drift(t, "reverse-kl")
	reached := func(edits ...func(*Settings)) float64 {
		f := newFlow(t, s, d, append(edits, withParticles(4000))...)
		for range 150 {
			f.Step()
		}
		return tv(f)
	}
	with, without := reached(withCoarse(Coarse{Factor: 8, Steps: 100})), reached()
	if with > 0.02 || without < 0.1 {
		t.Errorf("TV is %g, expected at most 0.02; with the fine kernel alone %g", with, without)
	}
}

// The path is the same with and without reports, after going back, and on one processor or two.
func TestACoarsePathIsTheSameBits(t *testing.T) {
	s, d := simtest.Scenario(t, "rings3"), simtest.Drift(t, "forward-kl")
	edits := []func(*Settings){withParticles(1500), withBirthDeath(1), withCoarse(Coarse{Factor: 6, Steps: 8, From: 2})}
	f := newFlow(t, s, d, edits...)
	for range 4 {
		f.Step()
	}
	middle := f.Checkpoint()
	for range 8 {
		f.Step()
	}
	want := pointsOf(f)
	f.Restore(middle)
	for range 8 {
		f.StepReport(&Report{}, Instruments{Response: true})
	}
	if !slices.Equal(pointsOf(f), want) {
		t.Error("after going back, with reports, the path is another one")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one := newFlowOn(t, nil, s, d, edits...)
	for range 12 {
		one.Step()
	}
	if !slices.Equal(pointsOf(one), want) {
		t.Error("on one processor the path is another one")
	}
}

// A schedule that is set later begins at its step, and can be taken back.
func TestAScheduleIsSetWhileTheFlowRuns(t *testing.T) {
	t.Parallel()
	s, d := simtest.Scenario(t, "ring8"), simtest.Drift(t, "reverse-kl")
	f := newFlow(t, s, d, withParticles(1000))
	for range 5 {
		f.Step()
	}
	m := f.Settings().Motion()
	m.Coarse = Coarse{Factor: 4, Steps: 10, From: 5}
	if err := f.SetDynamics(m); err != nil {
		t.Fatal(err)
	}
	h := s.Bandwidth
	if f.BandwidthInForce() != 4*h || f.Target().Bandwidth != h || f.Settings().Bandwidth != h {
		t.Fatalf("bandwidth %g is in force, of %g", f.BandwidthInForce(), f.Target().Bandwidth)
	}
	at := f.Checkpoint()
	for range 12 {
		f.Step()
	}
	if f.BandwidthInForce() != h {
		t.Errorf("after the schedule bandwidth %g is in force", f.BandwidthInForce())
	}
	f.Restore(at)
	if f.BandwidthInForce() != 4*h {
		t.Errorf("at its first step bandwidth %g is in force", f.BandwidthInForce())
	}
	m.Coarse = Coarse{}
	if err := f.SetDynamics(m); err != nil || f.BandwidthInForce() != h {
		t.Errorf("taken back, bandwidth %g is in force: %v", f.BandwidthInForce(), err)
	}
}

func TestAnInvalidScheduleIsRefused(t *testing.T) {
	t.Parallel()
	s := simtest.Scenario(t, "ring8")
	for _, c := range []struct {
		coarse Coarse
		want   string
	}{
		{Coarse{Factor: 0.5, Steps: 10}, "coarse factor is 0.5, expected 1 to 32"},
		{Coarse{Factor: math.NaN(), Steps: 10}, "coarse factor is NaN, expected 1 to 32"},
		{Coarse{Factor: 33, Steps: 10}, "coarse factor is 33, expected 1 to 32"},
		{Coarse{Factor: 8}, "number of coarse steps is 0, expected at least 1"},
	} {
		settings := DefaultSettings(s, divergences.SpecFromDrift(simtest.Drift(t, "reverse-kl")))
		settings.Coarse = c.coarse
		if _, err := New(s, settings); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, expected %q", c.coarse, err, c.want)
		}
	}
	c := divergences.Standard()
	for _, text := range []string{"reverse-kl+coarse:0.5", "reverse-kl+coarse8", "reverse-kl+coarse:8:0", "reverse-kl+coarse:8:2:-1", "reverse-kl+coarse:8:2:1:4", "reverse-kl+coarse:x"} {
		if _, err := ParseMotion(c, text, nil); err == nil || !strings.Contains(err.Error(), "after +coarse, expected") {
			t.Errorf("%s: %v", text, err)
		}
	}
}
