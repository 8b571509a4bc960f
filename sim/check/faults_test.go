package check

import (
	"context"
	"math"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
	"undercurrent/sim/metrics"
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

// Fault 2: E|V|² is that of the displacements after the limits of the step, and the dissipation does
// not know that the objective is that of a smoothed density.
func TestTheCheckFindsExpectationsOfAnotherStepOrDensity(t *testing.T) {
	taken := func(r *sim.Report) float64 { return r.SquareVelocity.Taken }
	s := simtest.Scenario(t, "banana")
	f := underWayBy(t, s, "reverse-kl")
	finds(t, s, MeanSquare, func(p *program) { p.meanSquare = taken }, func(c *checker) error { return c.expectations("reverse-kl", f) })
	s = simtest.Scenario(t, "three-modes")
	f = underWayBy(t, s, "pearson")
	finds(t, s, Dissipation, func(p *program) { p.dissipation = taken }, func(c *checker) error { return c.expectations("pearson", f) })
}

// underWayBy is a flow after a few steps.
func underWayBy(t *testing.T, s scenarios.Scenario, id string) *sim.Flow {
	t.Helper()
	settings := sim.DefaultSettings(s, divergences.SpecFromDrift(simtest.Drift(t, id)))
	f, err := sim.New(s, settings)
	if err != nil {
		t.Fatal(err)
	}
	for range early {
		f.Step()
	}
	return f
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

// Fault 4: a floor is one draw of seed 1.
func TestTheCheckFindsAFloorOfOneDraw(t *testing.T) {
	single := func(s scenarios.Scenario, k density.Kernel, n int, _ uint64) (metrics.Floor, error) {
		e, err := metrics.NewEvaluator(s, k, n, 1)
		if err != nil {
			return nil, err
		}
		var f metrics.Floor
		for _, v := range e.Measure(simtest.Exact(s, n, 1)) {
			f = append(f, metrics.Spread{Mean: v.V, Draws: 1})
		}
		return f, nil
	}
	finds(t, simtest.Scenario(t, "uneven-ring"), "floors", func(p *program) { p.floor = single }, (*checker).floors)
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

// Fault 8: the kernel of the target ends at twelve bandwidths.
func TestTheCheckFindsATailThatEndsTooEarly(t *testing.T) {
	truncated := func(_ *target.Cache, s scenarios.Scenario, g grid.Grid, w *grid.Workers) (*target.OnGrid, error) {
		on, err := target.New(s, g, s.Bandwidth, target.Matched, w)
		if err != nil {
			return nil, err
		}
		m := s.Target.(*scenarios.Mixture)
		wrong := *on
		wrong.LogP = slices.Clone(on.LogP)
		for _, i := range edgeNodes(g, s.Bandwidth) {
			wrong.LogP[i] = truncatedLog(m, g.Node(i), s.Bandwidth)
		}
		return &wrong, nil
	}
	s := cut(t)
	m, err := scenarios.Isotropic([]scenarios.Point{{}}, 0.2, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Target, s.Truth, s.Window = m, m.Truth(), scenarios.Window{XMin: -8, XMax: 8, YMin: -8, YMax: 8}
	finds(t, s, "tail", func(p *program) { p.tabulate = truncated }, (*checker).checkTarget)
}

// truncatedLog is the smoothed log-density from within twelve bandwidths.
func truncatedLog(m *scenarios.Mixture, at scenarios.Point, h float64) float64 {
	const nodes = 400
	top, sum, d := math.Inf(-1), 0.0, 24*h/nodes
	for pass := range 2 {
		for k := range nodes * nodes {
			dx, dy := (float64(k%nodes)+0.5)*d-12*h, (float64(k/nodes)+0.5)*d-12*h
			l := m.LogDensity(at.X+dx, at.Y+dy) - (dx*dx+dy*dy)/(2*h*h)
			if pass == 0 {
				top = max(top, l)
			} else {
				sum += math.Exp(l - top)
			}
		}
	}
	return top + math.Log(sum*d*d/(2*math.Pi*h*h))
}

// A prediction of birth–death for another rate.
func TestTheCheckFindsBirthDeathOfAnotherRate(t *testing.T) {
	finds(t, simtest.Scenario(t, "uneven-ring"), "birth-death", func(p *program) {
		p.reweighted = func(r *sim.Report) sim.Change {
			part := r.ActiveReweighted
			part.FirstOrder *= 1.5
			return part
		}
	}, (*checker).birthDeath)
}

// A field with the kernel of another width.
func TestTheCheckFindsADriftingFieldOfAnotherKernel(t *testing.T) {
	finds(t, simtest.Scenario(t, "three-modes"), "drifting", func(p *program) {
		p.drifting = func(h float64, bounds scenarios.Window) (*movers.DriftingField, error) {
			return movers.NewDriftingField(movers.Gaussian, 1.1*h, bounds, grid.NewWorkers())
		}
	}, (*checker).drifting)
}
