package sim

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
)

// everyDrift is every drift with every reference, one more α and a typed weight.
func everyDrift(t testing.TB) []divergences.Drift {
	t.Helper()
	all, err := divergences.BuildAll(divergences.Standard().Members(nil))
	if err != nil {
		t.Fatal(err)
	}
	extra := members(t)
	for _, d := range extra[len(extra)-2:] {
		all = append(all, divergences.Of(d))
	}
	return all
}

func quiet(int, int) {}

// The check of one scenario runs here whole; the program's own check command runs it
// on any other.
func TestTheCheckOfAScenarioPasses(t *testing.T) {
	if testing.Short() {
		t.Skip("a check takes half a minute")
	}
	drifts := everyDrift(t)
	done := 0
	list, err := Check(context.Background(), scenario(t, "three-modes"), drifts, func(d, total int) {
		if done++; d != done || total != 1+len(drifts) {
			t.Errorf("part %d of %d is reported as %d of %d", done, 1+len(drifts), d, total)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, f := range list {
		seen[f.Subject] = true
		if !f.Pass {
			t.Errorf("%s: %s is %.4g, expected %s", f.Subject, f.Quantity, f.Figures, f.Expected)
		}
	}
	for _, d := range drifts {
		if !seen[Subject(d)] {
			t.Errorf("%s was not checked", Subject(d))
		}
	}
}

// crooked is reverse KL with a weight or an objective that is not its own.
type crooked struct {
	divergences.Drift
	weight, slope float64
}

func (c crooked) Velocity(at divergences.Place) divergences.Coefficients {
	k := c.Drift.Velocity(at)
	k.Beta *= c.weight
	k.BetaByR += c.slope
	return k
}

func (c crooked) Descent(at divergences.Place) divergences.Coefficients { return c.Velocity(at) }

// failures are the quantities that a check of the drift alone finds wrong.
func failures(t *testing.T, s scenarios.Scenario, drifts ...divergences.Drift) string {
	t.Helper()
	list, err := Check(context.Background(), s, drifts, quiet)
	if err != nil {
		t.Fatal(err)
	}
	var wrong []string
	for _, f := range list {
		if !f.Pass {
			wrong = append(wrong, f.Quantity)
		}
	}
	return strings.Join(wrong, "; ")
}

func TestTheCheckFindsAWrongWeight(t *testing.T) {
	s := scenario(t, "three-modes")
	straight := divergences.Of(divergences.ReverseKL{})
	if got := failures(t, s, crooked{straight, 1.05, 0}); !strings.Contains(got, "w against") || !strings.Contains(got, "V against") {
		t.Errorf("a weight that is 5%% too large fails in %q", got)
	}
	if got := failures(t, s, crooked{straight, 1, 0.2}); !strings.Contains(got, "identity") {
		t.Errorf("a wrong elasticity fails in %q", got)
	}
}

// shifted is a target with something wrong about it.
type shifted struct {
	scenarios.Target
	score float64
}

func (s shifted) Score(x, y float64) (gx, gy float64) {
	gx, gy = s.Target.Score(x, y)
	return gx + s.score, gy
}

// moved draws from somewhere else than the target.
type moved struct{ scenarios.Gaussian }

func TestTheCheckFindsAWrongScenario(t *testing.T) {
	right := gaussian(t, 1, gaussianAt(1))
	right.Truth.LogZ = 0
	for what, edit := range map[string]func(*scenarios.Scenario){
		"score":   func(s *scenarios.Scenario) { s.Target = shifted{s.Target, 0.01} },
		"known":   func(s *scenarios.Scenario) { s.Truth.LogZ = 0.1 },
		"sampler": func(s *scenarios.Scenario) { s.Truth.Sampler = moved{scenarios.Gaussian{Sigma: 1.03}} },
		"outside": func(s *scenarios.Scenario) {
			s.Window = scenarios.Window{XMin: -1, XMax: 1, YMin: -1, YMax: 1}
			s.Truth.LogZ, s.Truth.Sampler = math.NaN(), nil
		},
		"": func(*scenarios.Scenario) {},
	} {
		s := right
		edit(&s)
		got := failures(t, s)
		if what == "" && got != "" || what != "" && !strings.Contains(got, what) {
			t.Errorf("with a wrong %q the check fails in %q", what, got)
		}
	}
}

func TestACheckEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Check(ctx, scenario(t, "three-modes"), everyDrift(t), quiet); err == nil || !strings.Contains(err.Error(), "interrupted") {
		t.Errorf("the error is %v", err)
	}
}

func TestAReferenceThatVanishesIsRefused(t *testing.T) {
	s := gaussian(t, 0.3, scenarios.Gaussian{Mean: scenarios.Point{X: 6}, Sigma: 0.3})
	target := divergences.NewLogVariance(divergences.Reference{Kind: divergences.Target})
	_, err := New(s, DefaultSettings(s, divergences.SpecOf(target)))
	var vanished VanishedError
	if !errors.As(err, &vanished) || vanished.Share < 0.9 || !strings.Contains(err.Error(), "expected one that covers the cloud") {
		t.Errorf("the error is %v", err)
	}
	f := newFlow(t, s, divergence(t, "reverse-kl"))
	if err := f.SetDrift(divergences.SpecOf(target), Plugin); !errors.As(err, &vanished) {
		t.Errorf("the error is %v", err)
	}
	if got := f.Drift().Info().ID; got != "reverse-kl" {
		t.Errorf("after a refused reference the drift is %s", got)
	}
	f.Step()
}

func TestTheSurrogateHasNoBlobVelocity(t *testing.T) {
	s := scenario(t, "three-modes")
	settings := DefaultSettings(s, divergences.SpecOf(divergence(t, "lv-surrogate")))
	settings.Velocity = Blob
	if _, err := New(s, settings); err == nil || !strings.Contains(err.Error(), "lv-surrogate is not the gradient flow") {
		t.Errorf("the error is %v", err)
	}
}
