package check

import (
	"context"
	"math"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
	"undercurrent/sim/movers"
	"undercurrent/sim/target"
)

// Each of these puts a part back as it once was, wrong, and names the row of the check that then
// fails; with the right part it passes. A wrong mass outside is in outside_test.go.

// rows returns the findings of parts of a check by their name, after a change of the checker.
func rows(t *testing.T, s scenarios.Scenario, change func(*program), parts func(*checker) error) map[string]Finding {
	t.Helper()
	c := newChecker(context.Background(), s, nil, quiet)
	change(&c.program)
	if err := parts(c); err != nil {
		t.Fatal(err)
	}
	found := map[string]Finding{}
	for _, f := range c.list {
		if old, ok := found[f.Check]; !ok || old.Pass {
			found[f.Check] = f
		}
	}
	return found
}

// finds fails unless a row passes with the right part and fails with the wrong one.
func finds(t *testing.T, s scenarios.Scenario, row string, fault func(*program), parts func(*checker) error) {
	t.Helper()
	if f, ok := rows(t, s, func(*program) {}, parts)[row]; !ok || !f.Pass || len(f.Figures) == 0 {
		t.Errorf("without the fault, row %s is %+v", row, f)
	}
	if f := rows(t, s, fault, parts)[row]; f.Pass {
		t.Errorf("with the fault, row %s passes with %g", row, f.Figures)
	} else {
		t.Logf("with the fault, row %s: %q is %.4g, expected %s", row, f.Quantity, f.Figures, f.Expected)
	}
}

// Fault 1: the objective reads log r of places out of reach of every particle's kernel.
func TestTheCheckFindsAnObjectiveOfPlacesThatNoParticleReaches(t *testing.T) {
	unresolved := func(f *sim.Flow) float64 {
		fields, sum := &sim.Fields{}, 0.0
		f.Fields(fields)
		for i, p := range fields.P {
			if q := max(fields.Q[i], p*1e-12); p+q > 1e-40 {
				sum += q * f.Drift().Integrand(divergences.LogRatios{LogR: fields.LogP[i] - math.Log(q)}) * fields.Grid.Area()
			}
		}
		return sum
	}
	for _, id := range []string{"pearson", "alpha", "forward-kl"} {
		finds(t, simtest.Scenario(t, "three-modes"), Objective, func(p *program) { p.objective = unresolved }, func(c *checker) error {
			return c.objective(id, simtest.Drift(t, id))
		})
	}
}

// Fault 3: a typed weight is clamped to its range after the shift by ln Z.
func TestTheCheckFindsATypedWeightThatIsClampedAfterTheShift(t *testing.T) {
	clamped := func(s divergences.Spec, factor float64) divergences.Spec {
		if s.Family().Weight == "" {
			return s.WithZFactor(factor)
		}
		d, err := divergences.NewCustom("r^0.5", func(r float64) float64 { return math.Sqrt(min(max(r/factor, 1e-6), 1e6)) })
		if err != nil {
			t.Fatal(err)
		}
		return divergences.NewSpec(divergences.CustomFamily(d), nil)
	}
	finds(t, simtest.Scenario(t, "grid9"), "power-law", func(p *program) { p.scaled = clamped }, (*checker).powerLaws)
}

// thin is a mixture of two equal components, one of them a tenth of the spacing wide.
func thin(t *testing.T) scenarios.Scenario {
	t.Helper()
	m, err := scenarios.NewMixture([]scenarios.Component{
		{Mean: scenarios.Point{X: 0.013, Y: 0.017}, Cov: scenarios.Cov{XX: 1e-4, YY: 1e-4}, Weight: 1},
		{Mean: scenarios.Point{X: 3.021, Y: 1.013}, Cov: scenarios.Cov{XX: 0.09, YY: 0.09}, Weight: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	s := cut(t)
	s.ID, s.Target, s.Truth, s.Window = "thin", m, m.Truth(), scenarios.Window{XMin: -6, XMax: 6, YMin: -6, YMax: 6}
	return s
}

// byNodes hides that a target is a mixture, so that it is tabulated by its values at nodes.
type byNodes struct{ scenarios.Target }

// Fault 6: a thin component has the mass that the nodes see of it.
func TestTheCheckFindsAWrongMassOfAThinComponent(t *testing.T) {
	nodes := func(_ *target.Cache, s scenarios.Scenario, g grid.Grid, w *grid.Workers) (*target.OnGrid, error) {
		s.Target = byNodes{s.Target}
		return target.New(s, g, s.Bandwidth, target.Matched, w)
	}
	finds(t, thin(t), "region-masses", func(p *program) { p.tabulate = nodes }, (*checker).checkTarget)
}

// Fault 7: particle masses are not smoothed, target masses are.
func TestTheCheckFindsMassesThatAreSmoothedUnlike(t *testing.T) {
	counted := func(e *density.Estimator) (masses []float64) {
		for _, r := range e.Regions(nil) {
			masses = append(masses, float64(r.Count)/float64(e.N()))
		}
		return masses
	}
	s := cut(t)
	m, err := scenarios.Isotropic([]scenarios.Point{{}, {X: 3}}, 0.4, []float64{0.97, 0.03})
	if err != nil {
		t.Fatal(err)
	}
	s.Target, s.Truth, s.Bandwidth = m, m.Truth(), 0.6
	s.Window = scenarios.Window{XMin: -4, XMax: 7, YMin: -5, YMax: 5}
	finds(t, s, "region-masses", func(p *program) { p.masses = counted }, (*checker).checkTarget)
}

// A field with the kernel of another width.
func TestTheCheckFindsADriftingFieldOfAnotherKernel(t *testing.T) {
	finds(t, simtest.Scenario(t, "three-modes"), "drifting", func(p *program) {
		p.drifting = func(h float64, bounds scenarios.Window) (*movers.DriftingField, error) {
			return movers.NewDriftingField(movers.Gaussian, 1.1*h, bounds, grid.NewWorkers())
		}
	}, (*checker).drifting)
}
