//go:build long

package target_test

import (
	"testing"

	"undercurrent/scenarios/catalogue"
)

func TestTheWholeCatalogueLiesInItsWindows(t *testing.T) { liesInItsWindow(t, 1, catalogue.IDs()...) }

func TestManySpikesAreWarnedOfIfTheirMassIsWrong(t *testing.T) { spikesAreWarnedOf(t, 60) }
