package cli

import (
	"fmt"
	"io"
	"math"
	"strings"

	"charm.land/lipgloss/v2"

	"undercurrent/sim"
	"undercurrent/ui/session"
)

// stepTable prints an aligned row for each report as it comes.
type stepTable struct {
	out io.Writer
	err error
	// birthDeath reports whether there is birth–death, whose part of every change has a column.
	birthDeath bool
	// coarse reports whether there is a schedule from coarse to fine: the bandwidth in force has a column.
	coarse bool
	// sampled reports whether a mover moves the particles: its cost and its acceptance have columns, and
	// nothing is predicted.
	sampled bool
}

func newStepTable(out io.Writer, f *sim.Flow, u session.Functional) *stepTable {
	t := &stepTable{out: out}
	s, settings, g := f.Scenario(), f.Settings(), f.Grid()
	info := f.Drift().Info()
	t.birthDeath = settings.BirthDeath > 0
	beside := ""
	if t.birthDeath {
		beside = fmt.Sprintf(" · birth–death %g", settings.BirthDeath)
	}
	h := fmt.Sprintf("h %g", settings.Bandwidth)
	if t.coarse = settings.Coarse.On(); t.coarse {
		h = fmt.Sprintf("h %g → %g in %d steps (TV at the last)", settings.Coarse.Factor*settings.Bandwidth, settings.Bandwidth, settings.Coarse.Steps)
	}
	moves := fmt.Sprintf("%s, w = %s · velocity %s%s", info.Name, info.WeightFormula, settings.Velocity, beside)
	if t.sampled = !settings.Mover.IsZero(); t.sampled {
		mover := settings.Mover.Kind.Info()
		moves = fmt.Sprintf("%s, %s · objective %s", mover.Name, mover.Formula, info.Name)
	}
	t.printf("%s · %s · N %d · %s · %d×%d nodes · seed %d · log Z %.5f · U: %s\n\n",
		s.ID, moves, settings.Particles, h, g.NX, g.NY, settings.Seed, f.Target().LogZ, u.Text())
	t.printf("%7s  %10s  %10s  %s%7s  %11s  %8s  %24s  %s%s%17s  %9s  %11s  %s\n",
		"step", "time", "dt", column(t.coarse, "%10s  ", "h in force"), "TV", "objective", "U", "ΔU predicted → actual", column(t.birthDeath, "%24s  ", "by birth–death"), column(t.sampled, "%11s  %8s  ", "evaluations", "accepted"), "limits: w·dt, h/2", "wrong way", "at the edge", "most under-covered region")
	return t
}

func (t *stepTable) printf(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(visible{t.out}, format, args...)
	}
}

func (t *stepTable) row(r *sim.Report) error {
	region, ratio := lowest(r.Regions)
	u, part := r.UnderCoverageChange, r.UnderCoverageReweighted
	t.printf("%7d  %10.4g  %10.3g  %s%7.4f  %11.4g  %8.4f  %10s → %+10.2e  %s%s%11.0f%% %4.0f%%  %8.1f%%  %11d  %s at %.0f%% of target mass\n",
		r.Step, r.Time, r.DT, column(t.coarse, "%10.4g  ", r.Bandwidth), r.TV, r.Active, r.UnderCoverage, t.predicted(u.FirstOrder), u.Measured, column(t.birthDeath, "%+10.2e → %+10.2e  ", part.FirstOrder, part.Measured), t.cost(r), 100*r.Capped, 100*r.Limited, 100*r.WrongWay, r.Outside, label(region.Region), 100*ratio)
	return t.err
}

// predicted is a change that was predicted, of a mover nothing.
func (t *stepTable) predicted(change float64) string {
	if t.sampled {
		return "–"
	}
	return fmt.Sprintf("%+10.2e", change)
}

// cost are the cells of a mover.
func (t *stepTable) cost(r *sim.Report) string {
	accepted := "–"
	if !math.IsNaN(r.Accepted) {
		accepted = fmt.Sprintf("%.0f%%", 100*r.Accepted)
	}
	return column(t.sampled, "%11d  %8s  ", r.Evaluations, accepted)
}

// column is the cell of a column that is not always there.
func column(there bool, format string, args ...any) string {
	if !there {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

// nameWidth is the width of a column of region names after two blanks, 0 without names.
func nameWidth(regions []sim.RegionReport) int {
	width := 0
	for _, k := range regions {
		if k.Name != "" {
			width = max(width, 2+lipgloss.Width(k.Name))
		}
	}
	return width
}

// padded is a name after two blanks, filled up to a width.
func padded(name string, width int) string {
	if width == 0 {
		return ""
	}
	return "  " + name + strings.Repeat(" ", width-2-lipgloss.Width(name))
}

// finish prints the regions.
func (t *stepTable) finish(r *sim.Report) error {
	width := nameWidth(r.Regions)
	t.printf("\n%7s%-*s  %18s  %8s  %16s  %14s  %15s%s\n", "region", width, "", "peak", "target", "particles ± se", "U", "change per step", column(t.birthDeath, "  %14s  %8s", "by birth–death", "copies"))
	for _, k := range r.Regions {
		t.printf("%7d%s  %18s  %7.2f%%  %7.2f ± %5.2f%%  %14.4f  %+14.3f%%%s\n", k.ID, padded(k.Name, width),
			fmt.Sprintf("(%.2f, %.2f)", k.Peak.X, k.Peak.Y), 100*k.Region.Mass, 100*k.ParticleMass, 100*k.SE, k.UnderCoverage, 100*k.Inflow,
			column(t.birthDeath, "  %+13.3f%%  %8d", 100*k.Reweighted.Measured, k.Copied))
	}
	t.printf("\n")
	return t.err
}
