package divergences_test

import (
	"math"
	"testing"

	"undercurrent/divergences"
)

func TestLeCamIsBetweenHellingerAndTwiceHellinger(t *testing.T) {
	for logR := -14.; logR <= 14; logR += 0.3 {
		f, hellinger := divergences.LeCam{}.F(logR), divergences.Hellinger{}.F(logR)
		if !(hellinger <= f && f <= 2*hellinger) {
			t.Errorf("f at ln r = %v is %v, expected it between %v and twice that", logR, f, hellinger)
		}
	}
}

func TestLeCamWeightPeaksAtTwo(t *testing.T) {
	d := divergences.LeCam{}
	if e := d.Elasticity(math.Ln2); math.Abs(e) > 1e-15 {
		t.Errorf("e(2) is %v, expected 0", e)
	}
}
