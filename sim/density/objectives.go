package density

import (
	"slices"
	"sync"

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
type Objectives struct{ list []objectiveTable }

// objectiveTable is a divergence at the knots.
type objectiveTable struct {
	id    string
	f     []float64
	grows bool // and if it does:
	// Φ + f + w, Φ + w and w.
	raised, own, excess []float64
}

// NewObjectives tabulates divergences, clipped at divergences.ClipLogR.
func NewObjectives(list []divergences.Divergence) *Objectives {
	o := &Objectives{list: make([]objectiveTable, len(list))}
	var tables sync.WaitGroup
	for k, d := range list {
		tables.Go(func() {
			o.list[k] = newObjectiveTable(d.Info().ID, divergences.Clip(divergences.Centre(d), divergences.ClipLogR))
		})
	}
	tables.Wait()
	return o
}

func newObjectiveTable(id string, d divergences.Clipped) objectiveTable {
	at := func(value func(logR float64) float64) []float64 {
		list := make([]float64, knots)
		for k := range list {
			list[k] = value(logRAt(k))
		}
		return list
	}
	t := objectiveTable{id: id, f: at(d.F), grows: d.Grows()}
	if t.grows {
		t.excess = at(d.Weight)
		t.own, t.raised = at(d.Potential), make([]float64, knots)
		for k, potential := range t.own {
			t.own[k] = potential + t.excess[k]
			t.raised[k] = potential + t.f[k] + t.excess[k]
		}
	}
	return t
}

// value is ∫ q f dx.
func (t *objectiveTable) value(b *logRatioBins) float64 {
	if !t.grows {
		return floats.Dot(t.f, b.resolved[:]) + floats.Dot(t.f[low:], b.rest[:])
	}
	return floats.Dot(t.f, b.resolved[:]) + floats.Dot(t.raised[low:], b.raised[:]) - floats.Dot(t.own[low:], b.own[:]) - floats.Dot(t.excess[low:], b.excess[:])
}

// Append appends the value of each, D_f(p‖q) = ∫ q f(p/q) dx, to dst. Where the weight grows
// without bound, f is continued beyond the resolved ratios; see resolved.go.
func (o *Objectives) Append(dst []Objective, h *LogRatioHistogram) []Objective {
	n := len(dst)
	dst = slices.Grow(dst, len(o.list))[:n+len(o.list)]
	h.making.objectives, h.making.values = o, dst[n:]
	h.workers.Each(len(o.list), 1, h.evaluate)
	h.making.objectives, h.making.values = nil, nil
	return dst
}
