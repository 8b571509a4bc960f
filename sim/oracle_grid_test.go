package sim_test

import (
	"fmt"
	"math"
	"testing"

	"undercurrent/sim"
	"undercurrent/sim/target"
)

// ofDefaults are the tolerances on the default grid, of at least three nodes per bandwidth, with the
// kernel truncated at four. Its errors are about four times those on six nodes, so those of
// velocities, which are second order, exceed 2 %: bilinear interpolation of r^a β in a cell next to a
// lone particle, where log r rises by half the square of the distance in bandwidths, has the relative
// error a/4 of the square of the spacing. For expectations of few particles, see few.
var ofDefaults = tolerances{
	"objective": 0.005, "active objective": 0.005, "TV": 0.001, "U": 0.001, "U of a region": 0.005,
	"target mass": 1e-4, "particle mass": 0.002, "mean of log r": 0.005, "velocity": 0.06, "length of a step": 0.02,
}.with(expectations(0.02)).with(expectationsOfFew(0.03)).with(tolerances{"mean square" + few: 0.15})

func TestOracleOnTheDefaultGrid(t *testing.T) { oracleOnTheDefaultGrid(t, 0, 12) }

// oracleOnTheDefaultGrid compares every number on the default grid.
func oracleOnTheDefaultGrid(t *testing.T, mixtures ...int) {
	t.Helper()
	l := newLedger(t, ofDefaults)
	for _, k := range mixtures {
		p, driver := randomProblem(t, k), oracleDrifts()[0]
		settings := sim.DefaultSettings(p.scenario, driver.spec(t))
		f, err := sim.New(p.scenario, settings)
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			f.Step()
		}
		c := newOracleCase(t, p, f).withRegions()
		c.where = fmt.Sprintf("mixture %d", k)
		c.update()
		u := coverages()[k%len(coverages())]
		l.add(c.state(u)...)
		for _, d := range oracleDrifts() {
			under := c.under(d)
			l.add(under.velocities()...)
			l.add(under.step(u)...)
		}
	}
	l.log("default grid")
}

// convergent are quantities with the least factor by which the root mean square of their errors falls
// from six nodes per bandwidth to twelve. Second order is a factor of 4. Less remains where the error
// is that of a few particles, which depends on how they lie in their cells, and where it is near that
// of the truncated kernel.
var convergent = map[string]float64{
	"velocity": 3, "objective": 2, "particle mass": 2, "U of a region": 3, "U": 2, "mean of log r": 2,
	"mean square": 1.5, "mean square, limited": 1.7, "population": 1.5, "population, limited": 2,
	"effort by band": 2, "effort by band" + few: 2,
}

func TestOracleErrorsFallWithTheSpacing(t *testing.T) { oracleErrorsFall(t, 5) }

// oracleErrorsFall tests that errors of the grid vanish with it: a quarter of the drifts on each mixture.
func oracleErrorsFall(t *testing.T, mixtures ...int) {
	t.Helper()
	off := map[string][2]float64{}
	for turn, k := range mixtures {
		c := oracleUnderWay(t, k)
		for level, nodes := range []float64{oracleNodes, oracleFineNodes} {
			c.onNodes(nodes, func() {
				for _, n := range c.everyFourth(turn) {
					squares := off[n.quantity]
					squares[level] += n.off * n.off
					off[n.quantity] = squares
				}
			})
		}
	}
	for quantity, squares := range off {
		ratio := math.Sqrt(squares[0] / squares[1])
		t.Logf("%s: errors fall by a factor of %.2f", quantity, ratio)
		if least := convergent[quantity]; ratio < least {
			t.Errorf("%s: errors fall by a factor of %.2f, expected at least %.2g", quantity, ratio, least)
		}
	}
}

// oracleUnderWay is a problem after five steps of reverse KL.
func oracleUnderWay(t *testing.T, k int) *oracleCase {
	t.Helper()
	p := randomProblem(t, k)
	settings := sim.DefaultSettings(p.scenario, parsed(t, "reverse-kl"))
	settings.Reach, settings.Spacing = oracleReach, p.h/oracleNodes
	f, err := sim.NewOn(&target.Cache{}, p.scenario, settings)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		f.Step()
	}
	return newOracleCase(t, p, f)
}

// everyFourth compares the state, and every fourth drift.
func (c *oracleCase) everyFourth(turn int) []comparison {
	c.t.Helper()
	c.withRegions().update()
	list := c.state(underCoverage(1, 1))
	for i, d := range oracleDrifts() {
		if i%4 == turn {
			under := c.under(d)
			list = append(append(list, under.velocities()...), under.step(underCoverage(1, 1))...)
		}
	}
	return list
}

// A step that meets no limit moves the particles by V·dt, and its forecasts are the same.
func TestOracleOfStepsWithoutLimits(t *testing.T) {
	p := randomProblem(t, 3)
	for _, d := range oracleDrifts() {
		settings := sim.DefaultSettings(p.scenario, d.spec(t))
		settings.Time, settings.DT = sim.Physical, 1e-12
		f, err := sim.New(p.scenario, settings)
		if err != nil {
			t.Fatal(err)
		}
		r := &sim.Report{}
		f.StepReport(r, sim.Instruments{Response: true, Effort: true})
		if r.Capped != 0 || r.Limited != 0 {
			t.Errorf("%s: %g and %g of the particles meet a limit", d.text, r.Capped, r.Limited)
		}
		for _, c := range []sim.Change{r.ActiveChange, r.UnderCoverageChange} {
			if relative(c.Taken, c.Population, 0) > 1e-12 {
				t.Errorf("%s: %g of %g is taken", d.text, c.Taken, c.Population)
			}
		}
		for _, b := range r.Effort {
			if math.Abs(b.Taken-b.Share) > 1e-12 {
				t.Errorf("%s: the band from %g has %g of the effort, and %g taken", d.text, b.Lo, b.Share, b.Taken)
			}
		}
	}
}
