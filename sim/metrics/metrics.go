package metrics

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
)

// Value is the value of one metric; OK is false if it was not measured.
type Value struct {
	V  float64
	OK bool
}

// Metrics are the values of all metrics for one set of points, in the order of Table.
type Metrics []Value

// Of returns the value of a metric, and whether it was measured.
func (m Metrics) Of(id ID) (v float64, ok bool) {
	k := slices.IndexFunc(Table(), func(t Metric) bool { return t.ID == id })
	if k < 0 || k >= len(m) {
		return 0, false
	}
	return m[k].V, m[k].OK
}

// finite returns a Value that counts as not measured if v is infinite or NaN.
func finite(v float64) Value {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return Value{}
	}
	return Value{v, true}
}

// MarshalJSON writes an object of numbers, null if not measured.
func (m Metrics) MarshalJSON() ([]byte, error) {
	return Object(func(k int) any {
		if k >= len(m) || !m[k].OK {
			return nil
		}
		return m[k].V
	})
}

// UnmarshalJSON reads the format of MarshalJSON; other keys are ignored.
func (m *Metrics) UnmarshalJSON(text []byte) error {
	values := map[ID]any{}
	if err := json.Unmarshal(text, &values); err != nil {
		return err
	}
	*m = make(Metrics, 0, len(Table()))
	for _, t := range Table() {
		v, ok := values[t.ID].(float64)
		*m = append(*m, Value{v, ok})
	}
	return nil
}

// Object returns a JSON object with of(k) for the k-th metric of Table.
func Object(of func(k int) any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for k, t := range Table() {
		value, err := json.Marshal(of(k))
		if err != nil {
			return nil, err
		}
		if k > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(t.ID)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
