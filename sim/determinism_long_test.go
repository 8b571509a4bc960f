//go:build long

package sim

import (
	"testing"

	"undercurrent/divergences"
)

func TestMoreReferencesGiveEqualBitsForAnyGOMAXPROCS(t *testing.T) {
	gaussian := divergences.NewLogVariance(divergences.Reference{Kind: divergences.Gaussian})
	giveEqualBits(t, []underRule{{gaussian, Plugin}, {divergences.LogVarianceDifferentiated{}, Plugin}})
}
