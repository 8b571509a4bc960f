package bench

import (
	"context"
	"encoding/json"
	"math"
	"reflect"
	"testing"

	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/baseline"
	"undercurrent/sim/metrics"
)

func runner(t *testing.T, id string) *Runner {
	t.Helper()
	s, err := catalogue.Named(id)
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewRunner(s, Settings{Samples: 500, Iterations: 4, Steps: 5})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func nobody(float64) {}

// measured reports whether a result has a metric.
func measured(r *Result, id metrics.ID) bool {
	_, ok := r.Metrics.Of(id)
	return ok
}

// value is a metric of a result.
func value(t *testing.T, r *Result, id metrics.ID) float64 {
	t.Helper()
	v, ok := r.Metrics.Of(id)
	if !ok {
		t.Fatalf("%s has no %s", r.Method, id)
	}
	return v
}

func run(t *testing.T, s *Runner, m Method, seed uint64) *Result {
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
	dependsOnSeedAlone(t, "ula", "particles", "generator")
}

func dependsOnSeedAlone(t *testing.T, names ...string) {
	t.Helper()
	s := runner(t, "three-modes")
	s.budget = 1500
	for _, name := range names {
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
		if first.Modes != 3 || !measured(first, metrics.SlicedW2) || len(first.Some) < 100 {
			t.Errorf("%s: the result is %+v", m, first)
		}
	}
}

func TestExactSamplesAreAtTheFloor(t *testing.T) {
	s := runner(t, "three-modes")
	exact := run(t, s, Exact, 1)
	if exact.Evaluations != 0 || value(t, exact, metrics.Visited) != 3 {
		t.Errorf("exact samples come to %+v", exact)
	}
	for _, m := range []Method{"generator:reverse-kl", "particles:reverse-kl"} {
		if got, floor := value(t, run(t, s, m, 1), metrics.SlicedW2), value(t, exact, metrics.SlicedW2); !(got > floor) {
			t.Errorf("%s is at %g, closer than exact samples at %g", m, got, floor)
		}
	}
}

// One cell of exact samples has the spread over many draws.
func TestTheSpreadOfExactSamplesIsOverDraws(t *testing.T) {
	exact := run(t, runner(t, "three-modes"), Exact, 1)
	for k, m := range Summary([]*Result{exact})[0].Metrics {
		if s := exact.Floor[k]; *m != (Spread{s.Mean, s.SD, s.SE, s.Draws}) || m.Draws < 16 || exact.Metrics[k].V != m.Mean {
			t.Errorf("metric %d is %+v, the floor %+v", k, m, s)
		}
	}
	if Exact.Seeds(5) != 1 || Method("ula").Seeds(5) != 5 {
		t.Errorf("of 5 seeds exact samples take %d and ULA %d", Exact.Seeds(5), Method("ula").Seeds(5))
	}
	text, err := json.Marshal(exact)
	back := &Result{}
	if err != nil || json.Unmarshal(text, back) != nil || !reflect.DeepEqual(back.Floor, exact.Floor) {
		t.Errorf("read again the floor is %+v (%v)", back.Floor, err)
	}
}

func TestNoMethodExceedsTheBudget(t *testing.T) {
	s := runner(t, "three-modes")
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
	s := runner(t, "three-modes")
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
		if w2 := value(t, r, metrics.SlicedW2); w2 < best {
			best, at = w2, step
		}
	}
	if got != at {
		t.Errorf("tuned to %g, the best is %g", got, at)
	}
}

func TestCellsStopWithTheirContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, m := range []Method{"particles:reverse-kl", "generator:reverse-kl"} {
		if _, err := runner(t, "three-modes").Run(ctx, Cell{m, "three-modes", 1}, 0, nobody); err == nil {
			t.Errorf("%s goes on after an interrupt", m)
		}
	}
}

func TestSpreadIsMeanAndStandardDeviation(t *testing.T) {
	if s := spreadOf([]float64{1, 2, 6}); s.Mean != 3 || math.Abs(s.SD-math.Sqrt(7)) > 1e-12 {
		t.Errorf("the spread of 1, 2 and 6 is %+v", s)
	}
	if s := spreadOf([]float64{5}); s != (Spread{Mean: 5}) {
		t.Errorf("the spread of 5 is %+v", s)
	}
}

func TestSummaryKeepsTheOrderAndOmitsMissingMetrics(t *testing.T) {
	// TV and sliced W2 are the first two of the table.
	rows := Summary([]*Result{
		{Cell: Cell{"ula", "b", 1}, Metrics: metrics.Metrics{{V: 1, OK: true}, {V: 2, OK: true}}},
		{Cell: Cell{"ula", "b", 2}, Metrics: metrics.Metrics{{V: 3, OK: true}, {V: 2, OK: true}}},
		{Cell: Cell{"exact", "b", 1}, Metrics: metrics.Metrics{{V: 5, OK: true}}}, {Cell: Cell{"ula", "a", 1}},
	})
	if len(rows) != 3 || rows[0].Metrics[0].Mean != 2 || rows[0].Metrics[1].Mean != 2 || rows[1].Metrics[1] != nil || rows[2].Scenario != "a" {
		t.Errorf("the rows are %+v", rows)
	}
}

// As JSON a result is one object, the metrics between the other keys, and it comes back as it
// was; so is a row.
func TestResultsAndRowsAreFlatObjects(t *testing.T) {
	r := &Result{Cell: Cell{"ula", "b", 3}, Settings: Settings{4, 5, 6}, Metrics: metrics.Metrics{{V: 0.5, OK: true}, {}, {}, {}, {V: 2, OK: true}, {}, {}, {}, {}},
		Outcome: Outcome{Modes: 7, Evaluations: 8, Step: 0.25, Some: [][2]float64{{1, 2}}}}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"method":"ula","scenario":"b","seed":3,"samples":4,"iterations":5,"steps":6,"tv":0.5,"sliced_w2":null,"energy_distance":null,"mmd2":null,` +
		`"modes_visited":2,"modes_filled":null,"quality":null,"mode_entropy":null,"mass_kl":null,"modes":7,"target_evaluations":8,"train_seconds":0,"microseconds_per_sample":0,"step":0.25,"some":[[1,2]]}`
	if string(text) != want {
		t.Errorf("the result is %s, expected %s", text, want)
	}
	back := &Result{}
	if err := json.Unmarshal(text, back); err != nil || !reflect.DeepEqual(back, r) {
		t.Errorf("read again it is %+v (%v)", back, err)
	}
	text, err = json.Marshal(Summary([]*Result{r})[0])
	want = `{"method":"ula","scenario":"b","seeds":1,"modes":7,"tv":{"mean":0.5,"sd":0},"sliced_w2":null,"energy_distance":null,"mmd2":null,` +
		`"modes_visited":{"mean":2,"sd":0},"modes_filled":null,"quality":null,"mode_entropy":null,"mass_kl":null,"target_evaluations":{"mean":8,"sd":0},"train_seconds":{"mean":0,"sd":0},"microseconds_per_sample":{"mean":0,"sd":0}}`
	if err != nil || string(text) != want {
		t.Errorf("the row is %s (%v), expected %s", text, err, want)
	}
}
