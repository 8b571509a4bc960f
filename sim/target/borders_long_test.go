//go:build long

package target

import "testing"

func TestTheMassOfManyBasinsIsThatOfTheContinuousAscent(t *testing.T) { basinsAreThoseOfAscents(t, 4) }
