//go:build long

package bench

import "testing"

func TestACellOfEveryMethodDependsOnItsSeedAlone(t *testing.T) {
	dependsOnSeedAlone(t, append(DefaultMethods(), "generator:lv", "flow:forward-kl")...)
}
