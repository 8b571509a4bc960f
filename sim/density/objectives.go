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

// Objectives are divergences to evaluate, tabulated at the knots of a LogRatioHistogram. They
// are immutable and safe for concurrent use.
type Objectives struct {
	ids    []string
	values [][]float64 // by divergence and knot
}

// NewObjectives tabulates divergences, clipped at divergences.ClipLogR.
func NewObjectives(list []divergences.Divergence) *Objectives {
	o := &Objectives{}
	for _, d := range list {
		clipped, values := divergences.Clip(d, divergences.ClipLogR), make([]float64, knots)
		for k := range values {
			values[k] = clipped.F(logRAt(k))
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
