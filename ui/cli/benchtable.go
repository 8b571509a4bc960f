package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"charm.land/lipgloss/v2/table"

	"undercurrent/sim/bench"
	"undercurrent/sim/metrics"
)

// printBench prints a table for each scenario.
func printBench(out io.Writer, rows []bench.Row) error {
	for from := 0; from < len(rows); {
		to := from
		for to < len(rows) && rows[to].Scenario == rows[from].Scenario {
			to++
		}
		if from > 0 {
			if _, err := fmt.Fprintln(out); err != nil {
				return err
			}
		}
		if err := printTable(out, benchTable(rows[from:to])); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// benchTable has a row for every method on a scenario.
func benchTable(rows []bench.Row) *table.Table {
	heads := []string{rows[0].Scenario}
	for _, m := range metrics.Table() {
		head := m.Column
		if m.Unit == metrics.Count {
			head = fmt.Sprintf("%s/%d", head, rows[0].Modes)
		}
		heads = append(heads, head)
	}
	t := newTable(append(heads, "evaluations", "train s", "µs/sample")...)
	for _, r := range rows {
		cells := []string{methodText(r)}
		for k, m := range metrics.Table() {
			cells = append(cells, spread(r.Metrics[k], m.Format, m.Scale))
		}
		t.Row(append(cells, fmt.Sprintf("%.3g", r.Evaluations.Mean), whole(r.TrainSeconds.Mean), fmt.Sprintf("%.3g", r.Microseconds.Mean))...)
	}
	return t
}

// methodText is the method, with the number of draws of exact samples.
func methodText(r bench.Row) string {
	fewest, most := 0, 0
	for _, s := range r.Metrics {
		if s != nil && s.Draws > 0 {
			fewest, most = min(cmp.Or(fewest, s.Draws), s.Draws), max(most, s.Draws)
		}
	}
	switch {
	case most == 0:
		return string(r.Method)
	case fewest == most:
		return fmt.Sprintf("%s (%d draws)", r.Method, most)
	}
	return fmt.Sprintf("%s (%d–%d draws)", r.Method, fewest, most)
}

// spread is a mean and its standard deviation over the seeds or draws.
func spread(s *bench.Spread, format string, times float64) string {
	if s == nil {
		return "–"
	}
	text := fmt.Sprintf(format, times*s.Mean)
	if s.SD > 0 {
		text += " ± " + strings.TrimPrefix(fmt.Sprintf(format, times*s.SD), "0")
	}
	return text
}

func whole(seconds float64) string {
	if seconds == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f", seconds)
}

// Names of the files of a benchmark.
const (
	rowsFile      = "results.json"
	figuresFolder = "figures"
)
