//go:build long

package bench

import "testing"

func TestACellOfOtherDriftsDependsOnItsSeedAlone(t *testing.T) {
	dependsOnSeedAlone(t, "generator:lv", "flow:forward-kl")
}
