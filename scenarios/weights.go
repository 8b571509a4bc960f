package scenarios

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
)

// Weights are the weights of points, from which indices are drawn in proportion.
type Weights struct {
	sums      []float64 // of the weights up to each point, relative to the largest weight
	effective float64
}

// NewWeights returns weights that are finite and not negative, of which at least one is positive.
// Its error counts points from 0.
func NewWeights(weights []float64) (*Weights, error) {
	top, err := largest(weights)
	if err != nil {
		return nil, err
	}
	// Relative to the largest, sums and squares neither overflow nor vanish.
	w := &Weights{sums: make([]float64, len(weights))}
	sum, squares := 0.0, 0.0
	for i, v := range weights {
		sum, squares = sum+v/top, squares+(v/top)*(v/top)
		w.sums[i] = sum
	}
	w.effective = sum * sum / squares
	return w, nil
}

// largest is the largest of weights that are finite and not negative, at least one of them positive.
func largest(weights []float64) (top float64, err error) {
	for i, w := range weights {
		if !(w >= 0) || !IsFinite(w) {
			return 0, fmt.Errorf("the weight of point %d is %g, expected 0 or more", i, w)
		}
		top = max(top, w)
	}
	if top == 0 {
		return 0, errors.New("no point has a positive weight, expected at least one")
	}
	return top, nil
}

// EffectiveSize is (Σw)²/Σw² (L. Kish, Survey Sampling, 1965), the number of points if their
// weights are equal.
func (w *Weights) EffectiveSize() float64 { return w.effective }

// Share is the weight of a point over their sum.
func (w *Weights) Share(i int) float64 {
	before := 0.0
	if i > 0 {
		before = w.sums[i-1]
	}
	return (w.sums[i] - before) / w.sums[len(w.sums)-1]
}

// Draw returns the index of a point, drawn with probability w/Σw.
func (w *Weights) Draw(rng *rand.Rand) int { return w.at(rng.Float64() * w.sums[len(w.sums)-1]) }

// at is the first index whose sum is above a value below the last sum.
func (w *Weights) at(v float64) int {
	k, exact := slices.BinarySearch(w.sums, v)
	for exact && k < len(w.sums)-1 && w.sums[k] <= v {
		k++
	}
	return min(k, w.last())
}

// last is the last index of positive weight, which rounding may exceed.
func (w *Weights) last() int {
	k := len(w.sums) - 1
	for k > 0 && w.sums[k] == w.sums[k-1] {
		k--
	}
	return k
}

// Resample calls take with the index of each of n draws and of the point that is drawn, by
// systematic resampling: point i is drawn n·w/Σw times, rounded up or down at random, and the
// draws are in the order of the points (J. Carpenter, P. Clifford, P. Fearnhead, IEE Proc.
// Radar Sonar Navig. 146, 1999). It uses one random number.
func (w *Weights) Resample(n int, rng *rand.Rand, take func(i, from int)) {
	step := w.sums[len(w.sums)-1] / float64(n)
	u, from, last := rng.Float64(), 0, w.last()
	for i := range n {
		for from < last && w.sums[from] <= (float64(i)+u)*step {
			from++
		}
		take(i, from)
	}
}
