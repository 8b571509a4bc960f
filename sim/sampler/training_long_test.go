//go:build long

package sampler

import "testing"

func TestTrainingUnderOtherDriftsReachesAGaussian(t *testing.T) {
	reachesAGaussian(t, "reverse-kl", "lv")
}
