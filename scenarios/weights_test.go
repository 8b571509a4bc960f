package scenarios

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func mustWeights(t *testing.T, list []float64) *Weights {
	t.Helper()
	w, err := NewWeights(list)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Draws have the frequencies of the weights, within five standard errors.
func TestDrawsHaveTheFrequenciesOfTheirWeights(t *testing.T) {
	for _, scale := range []float64{1, 1e300, 1e-300} {
		list := []float64{0, 3 * scale, 0, 1 * scale, 4 * scale, 0}
		w, rng, n := mustWeights(t, list), rand.New(rand.NewPCG(1, 2)), 40_000
		counts := make([]float64, len(list))
		for range n {
			counts[w.Draw(rng)]++
		}
		for i, v := range list {
			share := v / (8 * scale)
			if got := counts[i] / float64(n); math.Abs(got-share) > 5*math.Sqrt(share*(1-share)/float64(n)) || math.Abs(w.Share(i)-share) > 1e-15 {
				t.Errorf("times %g, point %d has the frequency %g and the share %g, expected %g", scale, i, got, w.Share(i), share)
			}
		}
		if size := w.EffectiveSize(); math.Abs(size-64.0/26) > 1e-12 {
			t.Errorf("the effective size is %g, expected %g", size, 64.0/26)
		}
	}
}

// A point is drawn n·w/Σw times, rounded up or down, on average exactly, in the order of the points.
func TestResamplingIsSystematic(t *testing.T) {
	list := []float64{0.7, 0, 2.6, 0.1, 5, 0}
	w, rng, sum := mustWeights(t, list), rand.New(rand.NewPCG(3, 4)), 8.4
	const n, times = 10, 20_000
	mean := make([]float64, len(list))
	for range times {
		counts, before := make([]int, len(list)), -1
		w.Resample(n, rng, func(i, from int) {
			if from < before {
				t.Fatalf("draw %d is of point %d after %d", i, from, before)
			}
			before = from
			counts[from]++
		})
		for i, c := range counts {
			if expected := n * list[i] / sum; float64(c) < math.Floor(expected) || float64(c) > math.Ceil(expected) {
				t.Fatalf("point %d is drawn %d times, expected about %g", i, c, expected)
			}
			mean[i] += float64(c) / times
		}
	}
	for i, m := range mean {
		// The number of draws varies by at most a half of one.
		if expected := n * list[i] / sum; math.Abs(m-expected) > 5*0.5/math.Sqrt(times) {
			t.Errorf("point %d is drawn %g times on average, expected %g", i, m, expected)
		}
	}
}

func TestInvalidWeightsAreRefused(t *testing.T) {
	for _, c := range []struct {
		list []float64
		want string
	}{
		{[]float64{1, -2}, "the weight of point 1 is -2, expected 0 or more"},
		{[]float64{math.NaN()}, "the weight of point 0 is NaN, expected 0 or more"},
		{[]float64{1, math.Inf(1)}, "the weight of point 1 is +Inf, expected 0 or more"},
		{[]float64{0, 0}, "no point has a positive weight, expected at least one"},
		{nil, "no point has a positive weight, expected at least one"},
	} {
		if _, err := NewWeights(c.list); err == nil || err.Error() != c.want {
			t.Errorf("%v gives %v, expected %s", c.list, err, c.want)
		}
	}
}

// Weighted points are resampled from the seed, and their number is said; others are taken in order.
func TestWeightedPointsAreResampled(t *testing.T) {
	points := []Point{{X: 1}, {X: 2}, {X: 3}}
	weighted, err := NewWeightedPoints(points, []float64{1, 0, 3})
	if err != nil {
		t.Fatal(err)
	}
	out := make([]Point, 8)
	weighted.Sample(out, rand.New(rand.NewPCG(1, 0)))
	if !slices.Equal(out, []Point{{X: 1}, {X: 1}, {X: 3}, {X: 3}, {X: 3}, {X: 3}, {X: 3}, {X: 3}}) {
		t.Errorf("eight of the points are %v", out)
	}
	weighted.Name = "a.csv"
	if said := weighted.Mismatch(3); said != "3 particles resampled by weight from the 3 points in a.csv, whose effective size is 1.6" {
		t.Error(said)
	}
	plain, err := NewWeightedPoints(points, nil)
	if err != nil || plain.Mismatch(3) != "" {
		t.Errorf("without weights: %q (%v)", plain.Mismatch(3), err)
	}
	if _, err := NewWeightedPoints(points, []float64{0, 0, 0}); err == nil || !strings.Contains(err.Error(), "positive weight") {
		t.Errorf("weights of 0 give %v", err)
	}
}

// Moments by whole weights are those of repeated points.
func TestWeightedMomentsAreThoseOfRepeatedPoints(t *testing.T) {
	points, weights := []Point{{1, 2}, {-3, 0.5}, {7, 7}}, []float64{2, 1, 3}
	var repeated []Point
	for i, p := range points {
		repeated = append(repeated, slices.Repeat([]Point{p}, int(weights[i]))...)
	}
	mean, c := WeightedMoments(points, weights)
	wantMean, want := Moments(repeated)
	for _, d := range []float64{mean.X - wantMean.X, mean.Y - wantMean.Y, c.XX - want.XX, c.XY - want.XY, c.YY - want.YY} {
		if math.Abs(d) > 1e-12 {
			t.Errorf("the moments are %v, %v, expected %v, %v", mean, c, wantMean, want)
		}
	}
}
