package density

import (
	"gonum.org/v1/gonum/floats"

	"undercurrent/divergences"
)

// Objective is the value of one divergence.
type Objective struct {
	ID    string
	Value float64
}

// Objectives are divergences whose values are wanted, tabulated on the knots of a
// LogRatioHistogram. They are immutable: many estimators may share them.
type Objectives struct {
	ids    []string
	values [][]float64 // a divergence each, by knot
}

// NewObjectives tabulates divergences, continued beyond the clipping bound of log r.
func NewObjectives(list []divergences.Divergence) *Objectives {
	o := &Objectives{}
	for _, d := range list {
		continued, values := divergences.Clip(d, divergences.ClipLogR), make([]float64, knots)
		for k := range values {
			values[k] = continued.F(logRAt(k))
		}
		o.ids, o.values = append(o.ids, d.Info().ID), append(o.values, values)
	}
	return o
}

// Append appends the value of each, D_f(p‖q) = ∫ q f(p/q) dx, to dst.
func (o *Objectives) Append(dst []Objective, h *LogRatioHistogram) []Objective {
	for k, id := range o.ids {
		dst = append(dst, Objective{id, floats.Dot(o.values[k], h.mass())})
	}
	return dst
}
