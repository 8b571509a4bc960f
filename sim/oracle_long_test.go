//go:build long

package sim_test

import "testing"

func TestOracleOfEveryNumberOnManyMixtures(t *testing.T) {
	for k := range oracleProblems {
		oracleOfEveryNumber(t, k)
	}
}

func TestOracleOnTheDefaultGridOfOtherMixtures(t *testing.T) { oracleOnTheDefaultGrid(t, 4, 8, 16) }

func TestOracleErrorsOfMoreDriftsFallWithTheSpacing(t *testing.T) { oracleErrorsFall(t, 7, 19) }

func TestOracleOfFluxesOnManyMixtures(t *testing.T) { oracleOfFluxes(t, 1, 7, 13, 19) }

func TestOracleFirstOrderOfGrowingWeightsOnAnotherScenario(t *testing.T) {
	firstOrderOfGrowingWeights(t, "gmm40")
}
