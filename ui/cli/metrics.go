package cli

import (
	"fmt"
	"io"

	"undercurrent/sim"
)

// printMetrics prints figures beside their floor.
func printMetrics(out io.Writer, what string, now, floor sim.Metrics) error {
	t := newTable(what, "reached", "floor (sample against sample)")
	t.Row("TV on the grid", digits(&now.TV), digits(&floor.TV))
	t.Row("sliced W2", digits(now.SlicedW2), digits(floor.SlicedW2))
	t.Row("energy distance", digits(now.Energy), digits(floor.Energy))
	t.Row("MMD²", digits(now.MMD), digits(floor.MMD))
	t.Row("modes covered", fmt.Sprint(now.Covered), fmt.Sprint(floor.Covered))
	t.Row("within 3 standard deviations", percent(now.Quality), percent(floor.Quality))
	t.Row("entropy of the shares (EMC)", digits(&now.Entropy), digits(&floor.Entropy))
	t.Row("KL of the shares to the masses", digits(now.MassKL), digits(floor.MassKL))
	return printTable(out, t)
}

func digits(v *float64) string {
	if v == nil {
		return "–"
	}
	return fmt.Sprintf("%.4g", *v)
}

func percent(v float64) string { return fmt.Sprintf("%.1f%%", 100*v) }
