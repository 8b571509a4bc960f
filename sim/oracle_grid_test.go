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
