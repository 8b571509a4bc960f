package cli

import (
	"fmt"
	"io"
	"math"

	"undercurrent/sim"
)

// metricsLine is what a cloud was judged to be, as JSON: null where there is no
// exact sampler to compare with.
type metricsLine struct {
	TV       float64  `json:"tv"`
	SlicedW2 *float64 `json:"sliced_w2"`
	Energy   *float64 `json:"energy_distance"`
	MMD      *float64 `json:"mmd2"`
	Covered  int      `json:"modes_covered"`
	Quality  float64  `json:"quality"`
	Entropy  float64  `json:"mode_entropy"`
	MassKL   float64  `json:"mass_kl"`
}

func newMetricsLine(m sim.Metrics) metricsLine {
	return metricsLine{m.TV, known(m.SlicedW2), known(m.Energy), known(m.MMD), m.Covered, m.Quality, m.Entropy, m.MassKL}
}

// known is nil for NaN.
func known(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

// printMetrics prints figures beside their floor.
func printMetrics(out io.Writer, what string, now, floor metricsLine) error {
	t := newTable(what, "reached", "floor (exact against exact)")
	t.Row("TV on the grid", digits(&now.TV), digits(&floor.TV))
	t.Row("sliced W2", digits(now.SlicedW2), digits(floor.SlicedW2))
	t.Row("energy distance", digits(now.Energy), digits(floor.Energy))
	t.Row("MMD²", digits(now.MMD), digits(floor.MMD))
	t.Row("modes covered", fmt.Sprint(now.Covered), fmt.Sprint(floor.Covered))
	t.Row("within 3 standard deviations", percent(now.Quality), percent(floor.Quality))
	t.Row("entropy of the shares (EMC)", digits(&now.Entropy), digits(&floor.Entropy))
	t.Row("KL of the shares to the masses", digits(&now.MassKL), digits(&floor.MassKL))
	return printTable(out, t)
}

func digits(v *float64) string {
	if v == nil {
		return "–"
	}
	return fmt.Sprintf("%.4g", *v)
}

func percent(v float64) string { return fmt.Sprintf("%.1f%%", 100*v) }
