package bench

import (
	"bytes"
	"encoding/json"

	"undercurrent/sim/metrics"
)

// Results and rows are flat JSON objects, with the metrics between the other keys.

// MarshalJSON writes one object with the keys of all parts.
func (r Result) MarshalJSON() ([]byte, error) {
	return joined(struct {
		Cell
		Settings
	}{r.Cell, r.Settings}, r.Metrics, r.Outcome)
}

// UnmarshalJSON reads the format of MarshalJSON.
func (r *Result) UnmarshalJSON(text []byte) error {
	for _, part := range []any{&r.Cell, &r.Settings, &r.Metrics, &r.Outcome} {
		if err := json.Unmarshal(text, part); err != nil {
			return err
		}
	}
	return nil
}

// MarshalJSON writes one object with the keys of all parts.
func (r Row) MarshalJSON() ([]byte, error) { return joined(r.RowHead, spreads(r.Metrics), r.Costs) }

// spreads are the spreads of all metrics, in the order of metrics.Table.
type spreads []*Spread

func (s spreads) MarshalJSON() ([]byte, error) {
	return metrics.Object(func(k int) any { return s[k] })
}

// joined returns one object with the keys of several.
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
