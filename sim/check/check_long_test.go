//go:build long

package check

import (
	"testing"

	"undercurrent/sim/internal/simtest"
)

func TestTheCheckOfEveryDriftPasses(t *testing.T) { checkPasses(t, simtest.Drifts(t)) }

func TestTheCheckOfADriftWithNamedRegionsPasses(t *testing.T) {
	checkOfNamedRegionsPasses(t, simtest.Drift(t, "reverse-kl"))
}
