//go:build long

package session

import (
	"testing"

	"undercurrent/scenarios/catalogue"
)

func TestTheViewContainsEveryTarget(t *testing.T) { viewContainsTarget(t, catalogue.IDs()...) }
