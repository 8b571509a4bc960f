//go:build long

package catalogue

import "testing"

func TestManyDrawsHaveTheMomentsOfTheDensity(t *testing.T) { samplerHasMoments(t, 1_000_000) }

func TestManyDrawsAreFromTheDensity(t *testing.T) { samplerDrawsFromDensity(t, 60, 200_000) }
