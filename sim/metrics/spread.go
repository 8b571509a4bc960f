package metrics

import (
	"encoding/json"
	"math"
	"slices"
)

// Spread is the distribution of a metric over independent draws.
type Spread struct {
	// Mean is the mean, SE its standard error.
	Mean float64 `json:"mean"`
	// SD is the sample standard deviation of a draw.
	SD float64 `json:"sd"`
	SE float64 `json:"se"`
	// Draws is the number of draws, 0 if the metric was not measured.
	Draws int `json:"draws"`
}

// Measured reports whether there are draws.
func (s Spread) Measured() bool { return s.Draws > 0 }

// tally computes a Spread, by Welford's recurrence. A value that is not finite invalidates it.
type tally struct {
	draws        int
	mean, square float64
	invalid      bool
}

func (t *tally) add(v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		t.invalid = true
		return
	}
	t.draws++
	d := v - t.mean
	t.mean += d / float64(t.draws)
	t.square += d * (v - t.mean)
}

// sd is the sample standard deviation, 0 for one draw.
func (t *tally) sd() float64 { return math.Sqrt(t.square / float64(max(t.draws-1, 1))) }

// spread returns the distribution of the values of t, with the mean of the values of means,
// which has the same expectation.
func (t *tally) spread(means *tally) Spread {
	if t.invalid || means.invalid || t.draws == 0 {
		return Spread{}
	}
	return Spread{Mean: means.mean, SE: means.sd() / math.Sqrt(float64(means.draws)), SD: t.sd(), Draws: t.draws}
}

// Floor is the distribution of every metric between two independent exact samples of the same
// size, in the order of Table: what a perfect sampler shows.
type Floor []Spread

// Of returns the spread of a metric, and whether it was measured.
func (f Floor) Of(id ID) (s Spread, ok bool) {
	k := slices.IndexFunc(Table(), func(t Metric) bool { return t.ID == id })
	if k < 0 || k >= len(f) {
		return Spread{}, false
	}
	return f[k], f[k].Measured()
}

// Means returns the means.
func (f Floor) Means() Metrics {
	m := make(Metrics, len(f))
	for k, s := range f {
		m[k] = Value{s.Mean, s.Measured()}
	}
	return m
}

// Draws are the smallest and the largest number of draws of a metric that was measured.
func (f Floor) Draws() (fewest, most int) {
	for _, s := range f {
		if s.Measured() {
			if fewest == 0 {
				fewest = s.Draws
			}
			fewest, most = min(fewest, s.Draws), max(most, s.Draws)
		}
	}
	return fewest, most
}

// MarshalJSON writes an object with mean, sd and draws of every metric, null if not measured.
func (f Floor) MarshalJSON() ([]byte, error) {
	return Object(func(k int) any {
		if k >= len(f) || !f[k].Measured() {
			return nil
		}
		return f[k]
	})
}

// UnmarshalJSON reads the format of MarshalJSON; other keys are ignored.
func (f *Floor) UnmarshalJSON(text []byte) error {
	values := map[ID]json.RawMessage{}
	if err := json.Unmarshal(text, &values); err != nil {
		return err
	}
	*f = make(Floor, len(Table()))
	for k, t := range Table() {
		if value, ok := values[t.ID]; ok {
			if err := json.Unmarshal(value, &(*f)[k]); err != nil {
				return err
			}
		}
	}
	return nil
}
