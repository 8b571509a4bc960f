package check

import (
	"context"
	"math"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
	"undercurrent/sim/target"
)

func quiet(int, int) {}

// The check of one scenario runs here whole; the program's own check command runs it
// on any other.
func TestTheCheckOfAScenarioPasses(t *testing.T) {
	external := divergences.NewLogVariance(divergences.Reference{Kind: divergences.Gaussian})
	checkPasses(t, []divergences.Drift{simtest.Drift(t, "reverse-kl"), external})
}

func checkPasses(t *testing.T, drifts []divergences.Drift) {
	t.Helper()
	done := 0
	list, err := Run(context.Background(), simtest.Scenario(t, "three-modes"), drifts, func(d, total int) {
		if done++; d != done || total != Parts(drifts) {
			t.Errorf("part %d of %d is reported as %d of %d", done, Parts(drifts), d, total)
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

func (c crooked) Velocity(at divergences.LogRatios) divergences.Coefficients {
	k := c.Drift.Velocity(at)
	k.Beta *= c.weight
	k.BetaByR += c.slope
	return k
}

func (c crooked) Descent(at divergences.LogRatios) divergences.Coefficients { return c.Velocity(at) }

// failures are the quantities that a check of the drift alone finds wrong.
func failures(t *testing.T, s scenarios.Scenario, drifts ...divergences.Drift) string {
	t.Helper()
	list, err := Run(context.Background(), s, drifts, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return wrongOf(list)
}

func wrongOf(list []Finding) string {
	var wrong []string
	for _, f := range list {
		if !f.Pass {
			wrong = append(wrong, f.Quantity)
		}
	}
	return strings.Join(wrong, "; ")
}

// failuresOf are the quantities that a check of the drift finds wrong, without those of the target.
func failuresOf(t *testing.T, s scenarios.Scenario, d divergences.Drift) string {
	t.Helper()
	c := newChecker(context.Background(), s, nil, quiet)
	g, err := grid.New(s.Window, s.Bandwidth, 0)
	if err != nil {
		t.Fatal(err)
	}
	on, err := c.program.tabulate(c.targets, s, g, c.workers)
	if err != nil {
		t.Fatal(err)
	}
	c.basins = on.Basins(grid.NewWorkers()).List
	if err := c.drift(d); err != nil {
		t.Fatal(err)
	}
	return wrongOf(c.list)
}

func TestTheCheckFindsAWrongWeight(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	straight := divergences.NewDrift(divergences.ReverseKL{})
	if got := failuresOf(t, s, crooked{straight, 1.05, 0}); !strings.Contains(got, "w against") || !strings.Contains(got, "V against") {
		t.Errorf("a weight that is 5%% too large fails in %q", got)
	}
	if got := failuresOf(t, s, crooked{straight, 1, 0.2}); !strings.Contains(got, "identity") {
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
	right := simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1})
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

func TestCheckStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, simtest.Scenario(t, "three-modes"), simtest.Drifts(t), quiet); err == nil || !strings.Contains(err.Error(), "interrupted") {
		t.Errorf("the error is %v", err)
	}
}

func TestTheCheckOfNamedRegionsPasses(t *testing.T) { checkOfNamedRegionsPasses(t) }

// checkOfNamedRegionsPasses checks a scenario, one of whose regions has no target mass.
func checkOfNamedRegionsPasses(t *testing.T, drifts ...divergences.Drift) {
	t.Helper()
	s := simtest.Scenario(t, "two-moons")
	s.Regions = []scenarios.Region{
		{Name: "none", Shape: scenarios.HalfPlane{Through: scenarios.Point{X: -3.5}, Normal: scenarios.Point{X: -1}}},
		{Name: "left", Shape: scenarios.HalfPlane{Normal: scenarios.Point{X: -1}}},
	}
	list, err := Run(context.Background(), s, drifts, quiet)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if !f.Pass {
			t.Errorf("%s: %s is %.4g, expected %s", f.Subject, f.Quantity, f.Figures, f.Expected)
		}
	}
}

// A target without a sampler of its own is sampled from its table: the draws have the shares
// and the moments of exact ones, a sixth of the squared spacing aside.
func TestTabulatedTargetsPassTheSamplerCheck(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	g, err := grid.New(s.Window, s.Bandwidth, 0)
	if err != nil {
		t.Fatal(err)
	}
	sampler, err := target.NewSampler(s.Target, g, grid.NewWorkers())
	if err != nil {
		t.Fatal(err)
	}
	s.Truth.Sampler = sampler
	list, err := Run(context.Background(), s, nil, quiet)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if f.Check == "sampler" && (!f.Pass || len(f.Figures) != 1) {
			t.Errorf("draws from the table are not of the density: χ² p-value %g", f.Figures)
		}
	}
	points := simtest.Exact(s, 400_000, 3)
	var x, xx float64
	for _, p := range points {
		x, xx = x+p.X/float64(len(points)), xx+p.X*p.X/float64(len(points))
	}
	// The components' means are −1.5, 1.5 and −2, their variances 0.8, 0.8 and 0.5.
	mean, second := -2./3, (1.5*1.5+0.8+1.5*1.5+0.8+4+0.5)/3
	if spread := 4 * math.Sqrt(second/400_000); math.Abs(x-mean) > spread || math.Abs(xx-second-g.Spacing*g.Spacing/24) > 5*spread {
		t.Errorf("moments of the draws are %.4f and %.4f, expected %.4f and %.4f", x, xx, mean, second)
	}
}
