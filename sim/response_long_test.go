//go:build long

package sim

import (
	"testing"

	"undercurrent/sim/internal/simtest"
)

func TestFirstOrderOfEveryDriftIsTheDerivative(t *testing.T) { isTheDerivative(t, simtest.Drifts(t)) }

func TestFirstOrderOfEveryDriftIsFirstOrderAccurate(t *testing.T) {
	isFirstOrderAccurate(t, simtest.Drifts(t))
}

func TestEveryDriftImprovesCoverage(t *testing.T) { coverageImproves(t, simtest.Drifts(t)) }
