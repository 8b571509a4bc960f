package bench

import (
	"context"
	"math"
	"reflect"
	"testing"

	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/sim/baseline"
)

func stage(t *testing.T, id string) *Stage {
	t.Helper()
	s, err := catalogue.Named(id)
	if err != nil {
		t.Fatal(err)
	}
	stage, err := NewStage(s, Settings{Samples: 500, Iterations: 4, Steps: 5})
	if err != nil {
		t.Fatal(err)
	}
	return stage
}

func nobody(float64) {}

func run(t *testing.T, s *Stage, m Method, seed uint64) *Result {
	t.Helper()
	r, err := s.Run(context.Background(), Cell{m, s.scenario.ID, seed}, 1, nobody)
	if err != nil {
		t.Fatal(err)
	}
	// How long it took is no property of a cell.
	r.TrainSeconds, r.Microseconds = 0, 0
	return r
}

func TestACellDependsOnItsSeedAlone(t *testing.T) {
	s := stage(t, "three-modes")
	s.budget = 5000
	for _, name := range append(DefaultMethods(), "generator:lv", "flow:forward-kl") {
		m, err := ParseMethod(name)
		if err != nil {
			t.Fatal(err)
		}
		first := run(t, s, m, 1)
		if !reflect.DeepEqual(run(t, s, m, 1), first) {
			t.Errorf("%s: the same cell comes to another result", m)
		}
		if reflect.DeepEqual(run(t, s, m, 2).Some, first.Some) {
			t.Errorf("%s: the seed does not matter", m)
		}
		if first.Modes != 3 || first.SlicedW2 == nil || len(first.Some) < 100 {
			t.Errorf("%s: the result is %+v", m, first)
		}
	}
}

func TestExactSamplesAreTheFloor(t *testing.T) {
	s := stage(t, "three-modes")
	exact := run(t, s, Exact, 1)
	if exact.Evaluations != 0 || exact.Covered != 3 {
		t.Errorf("exact samples come to %+v", exact)
	}
	for _, m := range []Method{"generator:reverse-kl", "particles:reverse-kl"} {
		if r := run(t, s, m, 1); !(*r.SlicedW2 > *exact.SlicedW2) {
			t.Errorf("%s is at %g, closer than exact samples at %g", m, *r.SlicedW2, *exact.SlicedW2)
		}
	}
}

func TestNobodyGetsMoreThanTheBudget(t *testing.T) {
	s := stage(t, "three-modes")
	for _, m := range baseline.Methods() {
		if r := run(t, s, Method(m), 1); r.Evaluations > s.Budget() || r.Evaluations < s.Budget()-s.settings.Samples {
			t.Errorf("%s made %d evaluations with a budget of %d", m, r.Evaluations, s.Budget())
		}
	}
	if g := run(t, s, "generator:reverse-kl", 1); g.Evaluations != s.Budget() {
		t.Errorf("a generator made %d evaluations, the budget is %d", g.Evaluations, s.Budget())
	}
}

func TestTheTunedStepIsTheBestOfTheLadder(t *testing.T) {
	s := stage(t, "three-modes")
	s.budget = 10000
	got, err := s.Tune(context.Background(), "ula", nobody)
	if err != nil {
		t.Fatal(err)
	}
	best, at := math.Inf(1), 0.0
	for _, step := range baseline.ULA.Ladder() {
		r, err := s.Run(context.Background(), Cell{"ula", s.scenario.ID, pilot}, step, nobody)
		if err != nil {
			t.Fatal(err)
		}
		if *r.SlicedW2 < best {
			best, at = *r.SlicedW2, step
		}
	}
	if got != at {
		t.Errorf("tuned to %g, the best is %g", got, at)
	}
}

func TestAnInterruptEndsACell(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, m := range []Method{"particles:reverse-kl", "generator:reverse-kl"} {
		if _, err := stage(t, "three-modes").Run(ctx, Cell{m, "three-modes", 1}, 0, nobody); err == nil {
			t.Errorf("%s goes on after an interrupt", m)
		}
	}
}

func TestASpreadIsMeanAndStandardDeviation(t *testing.T) {
	if s := spreadOf([]float64{1, 2, 6}); s.Mean != 3 || math.Abs(s.SD-math.Sqrt(7)) > 1e-12 {
		t.Errorf("the spread of 1, 2 and 6 is %+v", s)
	}
	if s := spreadOf([]float64{5}); s != (Spread{5, 0}) {
		t.Errorf("the spread of 5 is %+v", s)
	}
}

func TestASummaryKeepsTheOrderAndLeavesOutWhatIsUnknown(t *testing.T) {
	v := 2.0
	rows := Summary([]*Result{
		{Cell: Cell{"ula", "b", 1}, Metrics: sim.Metrics{TV: 1, SlicedW2: &v}},
		{Cell: Cell{"ula", "b", 2}, Metrics: sim.Metrics{TV: 3, SlicedW2: &v}},
		{Cell: Cell{"exact", "b", 1}, Metrics: sim.Metrics{TV: 5}}, {Cell: Cell{"ula", "a", 1}},
	})
	if len(rows) != 3 || rows[0].TV.Mean != 2 || rows[0].SlicedW2.Mean != 2 || rows[1].SlicedW2 != nil || rows[2].Scenario != "a" {
		t.Errorf("the rows are %+v", rows)
	}
}
