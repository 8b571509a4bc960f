//go:build long

package sim_test

import (
	"math"
	"testing"
)

func TestOracleOfEveryNumberOnManyMixtures(t *testing.T) {
	for k := range oracleProblems {
		oracleOfEveryNumber(t, k)
	}
}

func TestOracleOnTheDefaultGridOfOtherMixtures(t *testing.T) { oracleOnTheDefaultGrid(t, 4, 8, 16) }

func TestOracleErrorsFallWithTheSpacing(t *testing.T) { oracleErrorsFall(t, 5) }

func TestOracleErrorsOfMoreDriftsFallWithTheSpacing(t *testing.T) { oracleErrorsFall(t, 7, 19) }

func TestOracleOfFluxesOnManyMixtures(t *testing.T) { oracleOfFluxes(t, 1, 7, 13, 19) }

func TestOracleFirstOrderOfGrowingWeightsOnAnotherScenario(t *testing.T) {
	firstOrderOfGrowingWeights(t, "gmm40")
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
