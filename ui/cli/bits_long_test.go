//go:build long

package cli

import "testing"

// All drifts on all kinds of scenarios.
func TestBitsOfEveryDriftDoNotDependOnTheProcessor(t *testing.T) { sameBits(t, 1) }
