package scenarios

import (
	"math"
	"slices"
	"testing"
)

func TestCloudsLeaveOutWeightZero(t *testing.T) {
	bad := Point{math.NaN(), math.Inf(1)}
	c, err := NewCloud([]Point{{1, 0}, bad, {2, 0}, bad, {3, 0}}, []float64{1, 0, 2, 0, 1})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(c.Points, []Point{{1, 0}, {2, 0}, {3, 0}}) || !slices.Equal(c.Shares, []float64{0.25, 0.5, 0.25}) {
		t.Errorf("the cloud is %v", c)
	}
	if c, err = NewCloud([]Point{{1, 0}, bad}, []float64{1e300, 1e-30}); err != nil || len(c.Points) != 1 || c.Shares != nil {
		t.Errorf("a share below the smallest number gives %v, %v", c, err)
	}
}

// A factor 2ᵏ changes no bit of the shares, and another one no more than rounding does.
func TestSharesHaveNoUnit(t *testing.T) {
	weights := []float64{0.3, 1.7, 1e-9, 12, 0.1}
	points := make([]Point, len(weights))
	of := func(factor float64) []float64 {
		scaled := slices.Clone(weights)
		for i := range scaled {
			scaled[i] *= factor
		}
		c, err := NewCloud(points, scaled)
		if err != nil {
			t.Fatal(err)
		}
		return c.Shares
	}
	want := of(1)
	for _, factor := range []float64{0.5, 1024, 0x1p-900} {
		if got := of(factor); !slices.Equal(got, want) {
			t.Errorf("weights times %g have shares %v, expected %v", factor, got, want)
		}
	}
	for i, got := range of(1. / 3) {
		if math.Abs(got/want[i]-1) > 4e-16 {
			t.Errorf("a third of the weights has a share %g, expected %g", got, want[i])
		}
	}
}

func TestTheEffectiveSizeOfClouds(t *testing.T) {
	points := make([]Point, 4)
	for _, c := range []struct {
		weights []float64
		want    float64
	}{
		{nil, 4}, {[]float64{3, 3, 3, 3}, 4}, {[]float64{1, 1, 0, 0}, 2}, {[]float64{1, 1, 1, 3}, 3}, {[]float64{1e200, 1e200, 1e200, 3e200}, 3},
	} {
		cloud, err := NewCloud(points, c.weights)
		if err != nil {
			t.Fatal(err)
		}
		if got := cloud.EffectiveSize(); math.Abs(got-c.want) > 1e-14 {
			t.Errorf("the effective size by %v is %g, expected %g", c.weights, got, c.want)
		}
		if c.weights != nil && math.Abs(EffectiveSize(c.weights)-c.want) > 1e-14 {
			t.Errorf("the effective size of %v is %g, expected %g", c.weights, EffectiveSize(c.weights), c.want)
		}
	}
}

func TestInvalidCloudsAreRefused(t *testing.T) {
	for _, c := range []struct {
		weights []float64
		want    string
	}{
		{[]float64{1}, "1 weights of 2 points, expected one for each"},
		{[]float64{1, -1}, "the weight of point 1 is -1, expected 0 or more"},
		{[]float64{0, 0}, "no point has a positive weight, expected at least one"},
	} {
		if _, err := NewCloud(make([]Point, 2), c.weights); err == nil || err.Error() != c.want {
			t.Errorf("weights %v give %v, expected %s", c.weights, err, c.want)
		}
	}
}
