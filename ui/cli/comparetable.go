package cli

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"undercurrent/sim"
	"undercurrent/sim/metrics"
	"undercurrent/ui/session"
)

// printRuns prints the mass of every region under every flow.
func printRuns(out io.Writer, runs []*comparedRun, u session.Functional) error {
	first := runs[0]
	heads := []string{fmt.Sprintf("step %d", first.report.Step), "target"}
	for _, r := range runs {
		heads = append(heads, r.label)
	}
	t := newTable(heads...)
	for i, region := range first.report.Regions {
		row := []string{fmt.Sprintf("region %s at (%.2f, %.2f)", label(region.Region), region.Peak.X, region.Peak.Y), percent(region.Region.Mass)}
		for _, r := range runs {
			row = append(row, regionCell(r.report.Regions, i))
		}
		t.Row(row...)
	}
	least := u.Measure().Least()
	for _, total := range []struct {
		name string
		of   func(*comparedRun) float64
	}{
		{"TV", func(r *comparedRun) float64 { return r.report.TV }},
		{"TV above exact samples", func(r *comparedRun) float64 { return r.report.TV - meanOf(r.exact.TV) }},
		{u.Text(), func(r *comparedRun) float64 { return r.report.UnderCoverage }},
		{fmt.Sprintf("above its best %.3g", least), func(r *comparedRun) float64 { return r.report.UnderCoverage - least }},
		{"time", func(r *comparedRun) float64 { return r.report.Time }},
		{"step", func(r *comparedRun) float64 { return float64(r.report.Step) }},
		{"evaluations of the target", func(r *comparedRun) float64 { return float64(r.report.Evaluations) }},
	} {
		row := []string{total.name, ""}
		for _, r := range runs {
			row = append(row, fmt.Sprintf("%.4g", total.of(r)))
		}
		t.Row(row...)
	}
	if err := printTable(out, t); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, "\nshare of the particles (% of target mass); ▲ marks the region that gained fastest in the last step"); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(out, "exact samples of as many points: TV %s, %s %s\n\n", spreadText(first.exact.TV), u.Text(), spreadText(first.exact.Coverage)); err != nil {
		return err
	}
	return printReached(out, runs)
}

// meanOf is the mean of a spread, NaN where nothing was measured.
func meanOf(s metrics.Spread) float64 {
	if !s.Measured() {
		return math.NaN()
	}
	return s.Mean
}

// spreadText is a mean with its standard deviation.
func spreadText(s metrics.Spread) string { return fmt.Sprintf("%.3g ± %.1g", s.Mean, s.SD) }

// printReached prints the step at which each flow first had 90 % of the target mass of each region.
func printReached(out io.Writer, runs []*comparedRun) error {
	heads := []string{"step at 90% of target mass"}
	for _, r := range runs {
		heads = append(heads, r.label)
	}
	t := newTable(heads...)
	for i, region := range runs[0].report.Regions {
		row := []string{"region " + label(region.Region)}
		for _, r := range runs {
			row = append(row, reachedCell(r.report.Regions, i))
		}
		t.Row(row...)
	}
	row := []string{"all regions at once"}
	for _, r := range runs {
		row = append(row, reachedText(r.report.Reached))
	}
	t.Row(row...)
	return printTable(out, t)
}

// reachedCell is the step of region i under one flow, "–" if its bandwidth leaves fewer regions.
func reachedCell(regions []sim.RegionReport, i int) string {
	if i >= len(regions) {
		return "–"
	}
	return reachedText(regions[i].Reached)
}

func reachedText(step int) string {
	if step == sim.NotReached {
		return "—"
	}
	return strconv.Itoa(step)
}

// regionCell is the mass of region i under one flow, "–" if its bandwidth leaves fewer regions.
func regionCell(regions []sim.RegionReport, i int) string {
	if i >= len(regions) {
		return "–"
	}
	maxInflow := 0.0
	for _, k := range regions {
		maxInflow = max(maxInflow, k.Inflow)
	}
	text := fmt.Sprintf("%s (%s)", percent(regions[i].ParticleMass), ratioText(regions[i]))
	if in := regions[i].Inflow; in > 0 && in == maxInflow {
		text += " ▲"
	}
	return text
}
