package bench

import (
	"math"

	"undercurrent/sim/metrics"
)

// Row is a method on a scenario over its seeds.
type Row struct {
	RowHead
	// Metrics are in the order of metrics.Table, nil if a seed has no value.
	Metrics []*Spread
	Costs
}

// RowHead identifies a row.
type RowHead struct {
	Method   Method `json:"method"`
	Scenario string `json:"scenario"`
	Seeds    int    `json:"seeds"`
	Modes    int    `json:"modes"`
}

// Costs are evaluations of the target, seconds of training, and microseconds per sample.
type Costs struct {
	Evaluations  Spread `json:"target_evaluations"`
	TrainSeconds Spread `json:"train_seconds"`
	Microseconds Spread `json:"microseconds_per_sample"`
}

// Spread is the mean and the standard deviation over the seeds, which is 0 for one seed. Of a
// metric of exact samples they are over draws, as many as a floor needs.
type Spread struct {
	Mean float64 `json:"mean"`
	SD   float64 `json:"sd"`
	// SE is the standard error of the mean over draws, 0 over seeds.
	SE float64 `json:"se,omitempty"`
	// Draws is the number of draws, 0 over seeds.
	Draws int `json:"draws,omitempty"`
}

// spreadOf returns the mean and the sample standard deviation of values.
func spreadOf(values []float64) Spread {
	n, s := float64(len(values)), Spread{}
	for _, v := range values {
		s.Mean += v / n
	}
	if len(values) < 2 {
		return s
	}
	for _, v := range values {
		s.SD += (v - s.Mean) * (v - s.Mean) / (n - 1)
	}
	s.SD = math.Sqrt(s.SD)
	return s
}

// Summary returns a row for every method and scenario, in the order of their first result.
func Summary(results []*Result) []Row {
	var rows []Row
	groups := map[Cell][]*Result{}
	var order []Cell
	for _, r := range results {
		key := Cell{Method: r.Method, Scenario: r.Scenario}
		if _, ok := groups[key]; !ok {
			order = append(order, key)
		}
		groups[key] = append(groups[key], r)
	}
	for _, key := range order {
		rows = append(rows, rowOf(groups[key]))
	}
	return rows
}

func rowOf(group []*Result) Row {
	over := func(value func(*Result) float64) Spread {
		var values []float64
		for _, r := range group {
			values = append(values, value(r))
		}
		return spreadOf(values)
	}
	first := group[0]
	row := Row{RowHead: RowHead{first.Method, first.Scenario, len(group), first.Modes}, Costs: Costs{
		Evaluations:  over(func(r *Result) float64 { return float64(r.Evaluations) }),
		TrainSeconds: over(func(r *Result) float64 { return r.TrainSeconds }),
		Microseconds: over(func(r *Result) float64 { return r.Microseconds }),
	}}
	for _, m := range metrics.Table() {
		row.Metrics = append(row.Metrics, metricOver(group, m.ID))
	}
	return row
}

// metricOver returns the spread of a metric over the seeds, nil if one has no value, or over the
// draws of a floor.
func metricOver(group []*Result, id metrics.ID) *Spread {
	if floor := group[0].Floor; floor != nil {
		s, ok := floor.Of(id)
		if !ok {
			return nil
		}
		return &Spread{Mean: s.Mean, SD: s.SD, SE: s.SE, Draws: s.Draws}
	}
	var values []float64
	for _, r := range group {
		v, ok := r.Metrics.Of(id)
		if !ok {
			return nil
		}
		values = append(values, v)
	}
	s := spreadOf(values)
	return &s
}
