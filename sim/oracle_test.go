package sim_test

import (
	"fmt"
	"slices"
	"testing"

	"undercurrent/sim"
	"undercurrent/sim/target"
)

const (
	oracleProblems  = 20
	oracleParticles = 500
	// oracleReach is where the kernel is truncated in the tight comparison, in bandwidths; the dense
	// sums have the whole kernel.
	oracleReach = 6
	// oracleNodes and oracleFineNodes are numbers of nodes per bandwidth.
	oracleNodes, oracleFineNodes = 6, 12
)

// oracleMoments are the steps after which a flow is measured.
var oracleMoments = []int{0, 5, 25}

// ofNumbers are the tolerances on six nodes per bandwidth. None is above 2 %.
var ofNumbers = tolerances{
	"objective": 0.005, "active objective": 0.005, "TV": 0.001, "U": 0.001, "U of a region": 0.002,
	"target mass": 1e-5, "particle mass": 0.002, "mean of log r": 0.005, "velocity": 0.02, "length of a step": 0.005,
}.with(expectations(0.02)).with(expectationsOfFew(0.02))

// onFineGrid are those on twelve nodes. Expectations of which one particle is a large part may be off
// by more than 2 % there; see few. The gross change has a kink where V·β is zero as well.
var onFineGrid = ofNumbers.with(expectationsOfFew(0.03)).with(tolerances{"mean square" + few: 0.06, "gross change" + few: 0.08})

// expectations has one tolerance for all expectations over the particles.
func expectations(tolerance float64) tolerances {
	all := tolerances{}
	for _, name := range []string{"mean square", "mean square, limited", "population", "population, limited", "gross change", "effort by band", "effort by region"} {
		all[name] = tolerance
	}
	return all
}

// expectationsOfFew are those of which one particle is a large part.
func expectationsOfFew(tolerance float64) tolerances {
	all := tolerances{}
	for name, tolerance := range expectations(tolerance) {
		all[name+few] = tolerance
	}
	return all
}

func TestOracleOfEveryNumber(t *testing.T) { oracleOfEveryNumber(t, 18) }

// oracleOfEveryNumber compares every number of a report with sums over all particles, on random mixtures
// and at three moments of a flow, which is driven by one drift after the other. Every drift is compared on
// every mixture, at one moment after the other.
//
// The grid has six nodes per bandwidth. Where an error exceeds its tolerance there, the same cloud is
// compared again on twelve, where an error of the grid is a quarter.
func oracleOfEveryNumber(t *testing.T, mixtures ...int) {
	t.Helper()
	l, fine := newLedger(t, ofNumbers), newLedger(t, onFineGrid)
	for _, k := range mixtures {
		p, driver := randomProblem(t, k), oracleDrifts()[k%len(oracleDrifts())]
		settings := sim.DefaultSettings(p.scenario, driver.spec(t))
		settings.Reach, settings.Spacing, settings.Seed = oracleReach, p.h/oracleNodes, uint64(k+1)
		f, err := sim.NewOn(&target.Cache{}, p.scenario, settings)
		if err != nil {
			t.Fatal(err)
		}
		c := newOracleCase(t, p, f).withRegions()
		for moment, step := range oracleMoments {
			if err := f.SetDrift(driver.spec(t), sim.Plugin); err != nil {
				t.Fatal(err)
			}
			for f.Progress().Step < step {
				f.Step()
			}
			c.where = fmt.Sprintf("mixture %d, step %d under %s", k, step, driver.text)
			c.update()
			u := coverages()[(k+moment)%len(coverages())]
			l.add(c.state(u)...)
			c.eachDrift(l, fine, u, k+moment)
		}
	}
	l.log("six nodes per bandwidth")
	fine.log("twelve nodes per bandwidth, where six are too few")
}

// eachDrift compares every drift, on a finer grid where necessary.
func (c *oracleCase) eachDrift(l, fine *ledger, u coverage, turn int) {
	c.t.Helper()
	var open []int
	for i := range oracleDrifts() {
		list := c.oneDrift(i, u, turn)
		if slices.ContainsFunc(list, l.exceeded) {
			open = append(open, i)
		}
		l.add(slices.DeleteFunc(list, l.exceeded)...)
	}
	if open == nil {
		return
	}
	c.onNodes(oracleFineNodes, func() {
		for _, i := range open {
			fine.add(c.oneDrift(i, u, turn)...)
		}
	})
}

// oneDrift compares the velocities of the i-th drift and its step in one turn of three, so that each
// drift is compared once on every mixture and at every moment.
func (c *oracleCase) oneDrift(i int, u coverage, turn int) []comparison {
	c.t.Helper()
	if (i+turn)%len(oracleMoments) != 0 {
		return nil
	}
	under := c.under(oracleDrifts()[i])
	return append(under.velocities(), under.step(u)...)
}

// onNodes does something on a grid with a number of nodes per bandwidth. Its padded window is another
// by up to a spacing, and so are the references that are normalised there.
func (c *oracleCase) onNodes(n float64, do func()) {
	c.t.Helper()
	h, spacing := c.problem.h, c.flow.Settings().Spacing
	if err := c.flow.SetKernel(h, h/n); err != nil {
		c.t.Fatal(err)
	}
	refs, known := c.refs, c.known
	c.refs, c.known = c.problem.references(c.flow.Grid().Bounds()), map[string]objective{}
	do()
	c.refs, c.known = refs, known
	if err := c.flow.SetKernel(h, spacing); err != nil {
		c.t.Fatal(err)
	}
}
