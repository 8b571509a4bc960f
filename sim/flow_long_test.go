//go:build long

package sim

import (
	"testing"

	"undercurrent/sim/internal/simtest"
)

func TestEveryDivergenceLowersTVFromABroadAndANarrowStart(t *testing.T) {
	lowersTV(t, simtest.Divergences(t))
}

func TestTVOfOtherDivergencesEqualsThePrototype(t *testing.T) {
	equalPrototype(t, map[string]float64{"neyman": 0.112, "jensen-shannon": 0.140, "forward-kl": 0.162})
}
