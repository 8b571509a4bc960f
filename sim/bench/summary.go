package bench

import (
	"math"
	"slices"
)

// Row is a method on a scenario over its seeds.
type Row struct {
	Method   Method `json:"method"`
	Scenario string `json:"scenario"`
	Seeds    int    `json:"seeds"`
	Modes    int    `json:"modes"`

	TV           Spread  `json:"tv"`
	SlicedW2     *Spread `json:"sliced_w2"`
	Energy       *Spread `json:"energy_distance"`
	MMD          *Spread `json:"mmd2"`
	Covered      Spread  `json:"modes_covered"`
	Quality      Spread  `json:"quality"`
	Entropy      Spread  `json:"mode_entropy"`
	MassKL       *Spread `json:"mass_kl"`
	Evaluations  Spread  `json:"target_evaluations"`
	TrainSeconds Spread  `json:"train_seconds"`
	Microseconds Spread  `json:"microseconds_per_sample"`
}

// Spread is the mean over the seeds and their standard deviation, zero for one.
type Spread struct {
	Mean float64 `json:"mean"`
	SD   float64 `json:"sd"`
}

// spreadOf values.
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

// Summary is a row for every method and scenario, in the order they first come.
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
	known := func(value func(*Result) *float64) *Spread {
		if slices.ContainsFunc(group, func(r *Result) bool { return value(r) == nil }) {
			return nil
		}
		s := over(func(r *Result) float64 { return *value(r) })
		return &s
	}
	first := group[0]
	return Row{
		Method: first.Method, Scenario: first.Scenario, Seeds: len(group), Modes: first.Modes,
		TV:           over(func(r *Result) float64 { return r.TV }),
		SlicedW2:     known(func(r *Result) *float64 { return r.SlicedW2 }),
		Energy:       known(func(r *Result) *float64 { return r.Energy }),
		MMD:          known(func(r *Result) *float64 { return r.MMD }),
		Covered:      over(func(r *Result) float64 { return float64(r.Covered) }),
		Quality:      over(func(r *Result) float64 { return r.Quality }),
		Entropy:      over(func(r *Result) float64 { return r.Entropy }),
		MassKL:       known(func(r *Result) *float64 { return r.MassKL }),
		Evaluations:  over(func(r *Result) float64 { return float64(r.Evaluations) }),
		TrainSeconds: over(func(r *Result) float64 { return r.TrainSeconds }),
		Microseconds: over(func(r *Result) float64 { return r.Microseconds }),
	}
}
