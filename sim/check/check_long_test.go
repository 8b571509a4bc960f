//go:build long

package check

import (
	"testing"

	"undercurrent/sim/internal/simtest"
)

func TestTheCheckOfEveryDriftPasses(t *testing.T) { checkPasses(t, simtest.Drifts(t)) }
