package bench

import (
	"bytes"
	"encoding/json"

	"undercurrent/sim/metrics"
)

// Results and rows are objects without nesting: the metrics stand between the other keys.

// MarshalJSON is an object of the parts' keys.
func (r Result) MarshalJSON() ([]byte, error) {
	return joined(struct {
		Cell
		Settings
	}{r.Cell, r.Settings}, r.Metrics, r.Outcome)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (r *Result) UnmarshalJSON(text []byte) error {
	for _, part := range []any{&r.Cell, &r.Settings, &r.Metrics, &r.Outcome} {
		if err := json.Unmarshal(text, part); err != nil {
			return err
		}
	}
	return nil
}

// MarshalJSON is an object of the parts' keys.
func (r Row) MarshalJSON() ([]byte, error) { return joined(r.RowHead, spreads(r.Metrics), r.Costs) }

// spreads are those of every metric.
type spreads []*Spread

func (s spreads) MarshalJSON() ([]byte, error) {
	return metrics.Object(func(k int) any { return s[k] })
}

// joined is one object of the keys of several.
func joined(parts ...any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for k, part := range parts {
		text, err := json.Marshal(part)
		if err != nil {
			return nil, err
		}
		if k > 0 {
			b.WriteByte(',')
		}
		b.Write(text[1 : len(text)-1])
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
