//go:build long

package check

import (
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
	"undercurrent/sim/target"
)

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
