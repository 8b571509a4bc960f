package sim

import (
	"math"
	"slices"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
	"undercurrent/sim/movers"
)

func withMover(t *testing.T, text string) func(*Settings) {
	t.Helper()
	spec, err := movers.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return func(s *Settings) { s.Mover = spec }
}

// A step of a flow under a mover is that of the mover, from the particles, the seed and the step.
func TestAFlowTakesTheStepsOfItsMover(t *testing.T) {
	t.Parallel()
	s, d := simtest.Scenario(t, "uneven-ring"), simtest.Drift(t, "reverse-kl")
	f := newFlow(t, s, d, withParticles(500), withMover(t, "ula"))
	want := pointsOf(f)
	alone, err := movers.New(f.Settings().Mover, movers.Config{Target: s.Target, Sampler: s.Truth.Sampler, Bounds: f.Grid().Bounds(), Bandwidth: s.Bandwidth, Workers: grid.NewWorkers()})
	if err != nil {
		t.Fatal(err)
	}
	evaluations := 0
	for step := range 5 {
		evaluations += alone.Step(want, f.Settings().Seed, step).Evaluations
		f.Step()
	}
	if !slices.Equal(pointsOf(f), want) {
		t.Error("the particles are elsewhere")
	}
	if p := f.Progress(); p.Step != 5 || p.Evaluations != evaluations || p.Evaluations < 5*500 {
		t.Errorf("the progress is %+v, expected %d evaluations", p, evaluations)
	}
}

// The report of a step has the measured changes, from an estimator of its own, and predicts nothing.
func TestAReportOfAMoverMeasuresAndPredictsNothing(t *testing.T) {
	t.Parallel()
	s, d := simtest.Scenario(t, "ring8"), simtest.Drift(t, "reverse-kl")
	f := newFlow(t, s, d, withParticles(1000), withMover(t, "mala"))
	oracle, err := density.New(s, f.Settings().Kernel())
	if err != nil {
		t.Fatal(err)
	}
	oracle.Set(pointsOf(f))
	before := oracle.Regions(nil)
	r, same := &Report{}, &Report{}
	in := Instruments{Response: true, Effort: true, Identity: true}
	f.StepReport(r, in)
	oracle.Set(pointsOf(f))
	for k, after := range oracle.Regions(nil) {
		got := r.Regions[k]
		simtest.Near(t, "particle mass", got.ParticleMass, after.ParticleMass, 1e-12)
		simtest.Near(t, "change of mass", got.MassChange.Measured, after.ParticleMass-before[k].ParticleMass, 1e-9)
		simtest.Near(t, "change of U", got.UnderCoverageChange.Measured, after.UnderCoverage-before[k].UnderCoverage, 1e-9)
		if got.Inflow != got.MassChange.Measured || got.MassChange.FirstOrder != 0 || got.Effort != 0 {
			t.Errorf("region %d has inflow %g, prediction %g, effort %g", k+1, got.Inflow, got.MassChange.FirstOrder, got.Effort)
		}
	}
	if r.Ahead || len(r.Effort) > 0 || !math.IsNaN(r.IdentityResidual) || r.UnderCoverageChange.FirstOrder != 0 {
		t.Errorf("the report predicts: %+v", r.UnderCoverageChange)
	}
	f.Report(same, in)
	if same.TV != r.TV || same.Ahead || same.UnderCoverageChange.Measured != 0 {
		t.Errorf("without a step TV is %g, expected %g, and the change %g", same.TV, r.TV, same.UnderCoverageChange.Measured)
	}
}

// A mover and a drift can take turns; going back leads the same way again, with and without reports.
func TestAMoverIsPartOfTheHistory(t *testing.T) {
	t.Parallel()
	s := simtest.Scenario(t, "three-modes")
	f := newFlow(t, s, simtest.Drift(t, "forward-kl"), withParticles(400))
	for range 3 {
		f.Step()
	}
	table := f.Target().Evaluations()
	if p := f.Progress(); p.Evaluations != table {
		t.Errorf("a drift has evaluated the target %d times, expected the %d of its table", p.Evaluations, table)
	}
	m := f.Settings().Motion()
	m.Mover, m.Drift = movers.Spec{Kind: "mala"}, divergences.SpecFromDrift(simtest.Drift(t, "reverse-kl"))
	if err := f.SetDynamics(m); err != nil {
		t.Fatal(err)
	}
	middle := f.Checkpoint()
	for range 4 {
		f.Step()
	}
	want := pointsOf(f)
	if p := f.Progress(); p.Evaluations < table+4*400 {
		t.Errorf("with the mover the target is evaluated %d times", p.Evaluations)
	}
	f.Restore(middle)
	for range 4 {
		f.StepReport(&Report{}, Instruments{Response: true})
	}
	if !slices.Equal(pointsOf(f), want) {
		t.Error("after going back, with reports, the path is another one")
	}
	m.Mover = movers.Spec{}
	if err := f.SetDynamics(m); err != nil {
		t.Fatal(err)
	}
	if f.Step(); f.Progress().DT == 0 {
		t.Error("without the mover the drift takes no step")
	}
}

func TestWhatAMoverHasNotIsRefused(t *testing.T) {
	t.Parallel()
	s := simtest.Scenario(t, "ring8")
	for want, edit := range map[string]func(*Settings){
		"ula moves the particles without a drift, expected no birth–death":      withBirthDeath(1),
		"ula moves the particles without a drift, expected no coarse bandwidth": withCoarse(DefaultCoarse(0)),
		"ula moves the particles without a drift, expected no blob velocity":    func(s *Settings) { s.Velocity = Blob },
		"step": func(s *Settings) { s.Mover.Step = -1 },
	} {
		settings := DefaultSettings(s, divergences.SpecFromDrift(simtest.Drift(t, "reverse-kl")))
		settings.Mover = movers.Spec{Kind: "ula"}
		edit(&settings)
		if _, err := New(s, settings); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, expected %q", err, want)
		}
	}
}
