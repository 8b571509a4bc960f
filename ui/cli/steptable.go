package cli

import (
	"fmt"
	"io"
	"strings"

	"charm.land/lipgloss/v2"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/metrics"
	"undercurrent/ui/session"
)

// stepTable prints a row a report, aligned, as they come.
type stepTable struct {
	out io.Writer
	err error
}

func newStepTable(out io.Writer, f *sim.Flow, u session.Functional) *stepTable {
	t := &stepTable{out: out}
	s, settings, g := f.Scenario(), f.Settings(), f.Grid()
	info := f.Drift().Info()
	t.printf("%s · %s, w = %s · velocity %s · N %d · h %g · %d×%d nodes · seed %d · log Z %.5f · U: %s\n\n",
		s.ID, info.Name, info.WeightFormula, settings.Velocity, settings.Particles, settings.Bandwidth, g.NX, g.NY, settings.Seed, f.Target().LogZ, u.Text())
	t.printf("%7s  %10s  %10s  %7s  %11s  %8s  %24s  %7s  %6s  %5s  %s\n",
		"step", "time", "dt", "TV", "objective", "U", "ΔU foretold → measured", "capped", "wrong", "held", "most starved region")
	return t
}

func (t *stepTable) printf(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.out, format, args...)
	}
}

func (t *stepTable) row(r *sim.Report) error {
	worst, share := starved(r.Regions)
	u := r.UnderCoverageChange
	t.printf("%7d  %10.4g  %10.3g  %7.4f  %11.4g  %8.4f  %+10.2e → %+10.2e  %6.1f%%  %5.1f%%  %5d  %s at %.0f%% of its due\n",
		r.Step, r.Time, r.DT, r.TV, r.Active, r.UnderCoverage, u.FirstOrder, u.Measured, 100*r.Capped, 100*r.WrongWay, r.Outside, called(worst.Region), 100*share)
	return t.err
}

// nameWidth is the width of the names of regions with two blanks before them, 0 where
// they have none.
func nameWidth(regions []sim.RegionReport) int {
	width := 0
	for _, k := range regions {
		if k.Name != "" {
			width = max(width, 2+lipgloss.Width(k.Name))
		}
	}
	return width
}

// padded is a name with two blanks before it, in a column of this width.
func padded(name string, width int) string {
	if width == 0 {
		return ""
	}
	return "  " + name + strings.Repeat(" ", width-2-lipgloss.Width(name))
}

// metricsSeed draws the samples that the closing lines compare with.
const metricsSeed = 1

// finish prints the regions and the metrics against their floor.
func (t *stepTable) finish(f *sim.Flow, r *sim.Report) error {
	width := nameWidth(r.Regions)
	t.printf("\n%7s%-*s  %18s  %8s  %16s  %14s  %10s\n", "region", width, "", "peak", "target", "cloud ± se", "U", "inflow")
	for _, k := range r.Regions {
		t.printf("%7d%s  %18s  %7.2f%%  %7.2f ± %5.2f%%  %14.4f  %+9.3f%%\n", k.ID, padded(k.Name, width),
			fmt.Sprintf("(%.2f, %.2f)", k.Peak.X, k.Peak.Y), 100*k.Region.Mass, 100*k.Share, 100*k.SE, k.UnderCoverage, 100*k.Inflow)
	}
	if t.printf("\n"); t.err != nil {
		return t.err
	}
	settings := f.Settings()
	judge, err := metrics.NewEvaluator(f.Scenario(), settings.Kernel(), settings.Particles, metricsSeed)
	if err != nil {
		return err
	}
	points := make([]scenarios.Point, settings.Particles)
	f.Points(points)
	return printMetrics(t.out, fmt.Sprintf("%d particles against %s", len(points), compared(judge.Exact())), judge.Measure(points), judge.Floor())
}

// compared is what metrics compare with.
func compared(exact bool) string {
	if exact {
		return "exact samples"
	}
	return "samples of the tabulated density"
}
