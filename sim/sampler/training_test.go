package sampler

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/internal/simtest"
)

func TestTrainingReachesAGaussian(t *testing.T) { reachesAGaussian(t, "jensen-shannon") }

// reachesAGaussian tests that both routes carry a cloud to one Gaussian: its mean and its covariance,
// the generator's broadened by what the kernel cannot see.
func reachesAGaussian(t *testing.T, ids ...string) {
	t.Helper()
	for _, route := range Routes() {
		for _, id := range ids {
			s := small(route)
			s.Hidden, s.Batch, s.Horizon, s.Descent, s.Rate = []int{24, 24}, 256, 400, 150, 1e-2
			if route == Generator {
				s.Cloud = 4096
			}
			tr := newTrainer(t, gaussianScenario(), id, s)
			for range s.Horizon {
				tr.Step()
			}
			points := toPoints(nil, tr.averaged().Values(&trace{}, normals(2*20000, 77)))
			mean, sd := moments(points)
			cov := 0.0
			for _, p := range points {
				cov += (p.X - mean.X) * (p.Y - mean.Y) / float64(len(points))
			}
			for what, v := range map[string][2]float64{"mean x": {mean.X, 1}, "mean y": {mean.Y, -0.5}, "sd x": {sd.X, 0.8}, "sd y": {sd.Y, 0.8}, "covariance": {cov, 0}} {
				if math.Abs(v[0]-v[1]) > 0.08 {
					t.Errorf("%s under %s: %s is %.3f, expected %g", route, id, what, v[0], v[1])
				}
			}
		}
	}
}

func TestEqualSeedsTrainToEqualBits(t *testing.T) {
	for _, route := range Routes() {
		train := func(processors int, seed uint64) []float64 {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			s := small(route)
			s.Seed, s.Hidden = seed, []int{70, 70}
			tr := newTrainer(t, simtest.Scenario(t, "three-modes"), "forward-kl", s)
			for range 5 {
				tr.Step()
			}
			if err := tr.SetDrift(divergences.SpecFromDrift(simtest.Drift(t, "lv-surrogate"))); err != nil {
				t.Fatal(err)
			}
			for range 5 {
				tr.Step()
			}
			return tr.averaged().Parameters()
		}
		want := train(1, 3)
		if !slices.Equal(train(2, 3), want) || !slices.Equal(train(5, 3), want) {
			t.Errorf("%s: the parameters depend on the number of processors", route)
		}
		if slices.Equal(train(1, 4), want) {
			t.Errorf("%s: the seed does not matter", route)
		}
	}
}

// However long Adam's steps are, the samples stay near the window and numbers.
func TestExtremeRatesStayFinite(t *testing.T) {
	for _, route := range Routes() {
		s := small(route)
		s.Rate, s.Eta, s.Couplings = 0.99, 10, 12
		tr := newTrainer(t, simtest.Scenario(t, "three-modes"), "pearson", s)
		for range 30 {
			tr.Step()
		}
		for _, p := range samplesOf(tr.Model(), 2000, 1) {
			if !(math.Abs(p.X) < 1e6 && math.Abs(p.Y) < 1e6) {
				t.Fatalf("%s: a sample is %v", route, p)
			}
		}
	}
}

func TestRestartEqualsANewTrainer(t *testing.T) {
	tr := newTrainer(t, simtest.Scenario(t, "three-modes"), "reverse-kl", small(Generator))
	first := tr.Step()
	tr.Step()
	if err := tr.Restart(); err != nil {
		t.Fatal(err)
	}
	if again := tr.Step(); again != first {
		t.Errorf("after a restart the first iteration is %+v, expected %+v", again, first)
	}
}

// Where the samples already have the target's density, nothing is to be learnt:
// V = 0 at every sample of a flow that is the target.
func TestAFlowEqualToTheTargetIsStationary(t *testing.T) {
	s := gaussianScenario()
	s.Start.Sampler = s.Truth.Sampler
	for _, id := range []string{"reverse-kl", "pearson", "neyman"} {
		settings := small(Flow)
		settings.Coarse = 1
		tr := newTrainer(t, s, id, settings)
		// The affine map has the moments of a sample; here they are the target's own.
		tr.mapping.(*coupling).affine.Centre, tr.mapping.(*coupling).affine.Spread = scenarios.Point{X: 1, Y: -0.5}, scenarios.Point{X: 0.8, Y: 0.8}
		if loss := tr.Step().Loss; loss > 1e-20 {
			t.Errorf("%s: the loss is %g, expected none", id, loss)
		}
	}
}

// The target is tabulated once for a generator, and asked at every sample of a flow.
func TestEvaluationsOfTheTargetAreCounted(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	calls := 0
	s.Target = counting{s.Target, &calls}
	for _, route := range Routes() {
		calls = 0
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
		settings := small(route)
		settings.Descent = 12
		tr := newTrainer(t, s, "reverse-kl", settings)
		tr.Step()
		for range tr.settings.Descent {
			tr.Step()
		}
		if want, err := tr.settings.Tabulations(s.Window, s.Bandwidth, 0); err != nil || route == Generator && want != calls {
			t.Errorf("%d evaluations are planned, %d were made (%v)", want, calls, err)
		}
		if got := tr.Step().Evaluations; got != calls {
			t.Errorf("%s: %d evaluations are reported, %d were made", route, got, calls)
		}
	}
}

type counting struct {
	scenarios.Target
	calls *int
}

func (c counting) LogDensity(x, y float64) float64 {
	*c.calls++
	return c.Target.LogDensity(x, y)
}

func TestInvalidSettingsAreRejected(t *testing.T) {
	for want, change := range map[string]func(*Settings){
		"route is":          func(s *Settings) { s.Route = "teleport" },
		"latent dimension":  func(s *Settings) { s.Latent = 1 },
		"batch is":          func(s *Settings) { s.Batch = 0 },
		"cloud for":         func(s *Settings) { s.Cloud = s.Batch - 1 },
		"step length":       func(s *Settings) { s.Eta = math.NaN() },
		"learning rate":     func(s *Settings) { s.Rate = 0 },
		"decay of":          func(s *Settings) { s.Decay = 1 },
		"horizon is":        func(s *Settings) { s.Horizon = -1 },
		"a layer of width":  func(s *Settings) { s.Hidden = []int{0} },
		"number of coupl":   func(s *Settings) { s.Route, s.Couplings = Flow, 1 },
		"keeps the dimensi": func(s *Settings) { s.Route, s.Latent, s.Couplings = Flow, 3, 4 },
	} {
		s := Defaults(Generator)
		change(&s)
		if err := s.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v", want, err)
		}
	}
	s := simtest.Scenario(t, "three-modes")
	flow := sim.DefaultSettings(s, divergences.SpecFromDrift(simtest.Drift(t, "reverse-kl")))
	flow.Bandwidth = -1
	if _, err := NewTrainer(s, flow, Defaults(Generator)); err == nil {
		t.Error("a negative bandwidth is accepted")
	}
}

// BenchmarkIteration is one training iteration of each route with its defaults.
func BenchmarkIteration(b *testing.B) {
	for _, route := range Routes() {
		b.Run(string(route), func(b *testing.B) {
			tr := newTrainer(b, simtest.Scenario(b, "ring8"), "reverse-kl", Defaults(route))
			for b.Loop() {
				tr.Step()
			}
		})
	}
}

// Training begins with a wide kernel, on whose grid a small region may have no node.
func TestNamedRegionsDoNotAffectTraining(t *testing.T) {
	s := gaussianScenario()
	s.Regions = []scenarios.Region{{Name: "dot", Shape: scenarios.Disc{Centre: scenarios.Point{X: 0.011, Y: 0.017}, Radius: 0.01}}}
	newTrainer(t, s, "reverse-kl", Defaults(Generator)).Step()
}

// A schedule ends after its iterations at a hundredth of the rate; a longer one goes on from there.
func TestAScheduleEnds(t *testing.T) {
	t.Parallel()
	for _, route := range Routes() {
		s := small(route).WithIterations(6)
		if s.Descent != 3 || s.rateAt(0) != s.Rate || math.Abs(s.rateAt(6)/s.Rate-0.01) > 1e-12 {
			t.Errorf("%s: the bandwidth falls over %d iterations, the rate from %g to %g", route, s.Descent, s.rateAt(0), s.rateAt(6))
		}
		if long := Defaults(route).WithIterations(100_000); long.Descent != Defaults(route).Descent {
			t.Errorf("%s: in a long training the bandwidth falls over %d iterations", route, long.Descent)
		}
		trainer := newTrainer(t, gaussianScenario(), "reverse-kl", s)
		count := func() (n int) {
			for ; !trainer.Done(); n++ {
				trainer.Step()
			}
			return n
		}
		first, further := count(), 0
		trainer.Extend(4)
		further = count()
		if err := trainer.Restart(); err != nil {
			t.Fatal(err)
		}
		if again := count(); first != 6 || further != 4 || again != 6 {
			t.Errorf("%s: the training has %d iterations, then %d, and from the beginning %d; expected 6, 4, 6", route, first, further, again)
		}
	}
}

// A model names every drift that has trained it, and none that has not.
func TestAModelNamesItsDrifts(t *testing.T) {
	t.Parallel()
	trainer := newTrainer(t, gaussianScenario(), "pearson", small(Generator).WithIterations(10))
	for _, c := range []struct{ drift, want string }{{"pearson", "pearson"}, {"neyman", "pearson, then neyman"}, {"reverse-kl", "pearson, then neyman, then reverse-kl"}} {
		if err := trainer.SetDrift(divergences.SpecFromDrift(simtest.Drift(t, c.drift))); err != nil {
			t.Fatal(err)
		}
		trainer.Step()
		trainer.Step()
		if got := trainer.Model().Divergence; got != c.want {
			t.Errorf("the model is of %q, expected %q", got, c.want)
		}
	}
}
