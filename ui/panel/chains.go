package panel

import (
	"fmt"
	"math"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/sim/chains"
	"undercurrent/sim/diagnosis"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// chained reports whether the particles are draws of chains.
func chained(f *session.Frame) bool { return f.Watching != nil && f.Watching.Chains != nil }

// chainsPanel stands in the place of the transport where the particles are draws of chains: a single frame
// has no transport.
func chainsPanel() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Transport, Kind: layout.Table},
		While:   chained,
		Caption: "chains",
		Shows:   says("what speaks against them; moves and regions by chain", "moves and regions by chain"),
		Help:    "what speaks against the chains, R̂ and ESS; share of moves, and of each region, by chain",
		Keys:    []Group{RegionKeys},
		Render:  renderChains,
	}
}

// renderChains is what is found, the diagnostics of both columns, and a row for each chain.
func renderChains(s *Scene, width, height int) []string {
	c, t := s.Watching.Chains, s.Theme
	lines := []string{columnsRow(c.Report, t, width)}
	rows := min(c.Report.Chains, max(height/2-2, 1))
	lines = append(lines, findingRows(c.Report, t, width, height-len(lines)-rows-1)...)
	lines = append(lines, occupancyRows(s, c.Report, width, min(rows, height-len(lines)-1))...)
	return fill(lines, width, height)
}

// columnsRow has R̂ and the effective sample size of both columns.
func columnsRow(r *diagnosis.Report, t paint.Theme, width int) string {
	row := paint.NewRow(width)
	for _, q := range r.Quantities {
		text := []string{fmt.Sprintf(" %s ", paint.Visible(q.Name)), "R̂ " + short(q.RHat, "%.3f"), " ESS " + short(q.ESSBulk, "%.0f")}
		if row.Left() < paint.Width(strings.Join(text, "")) {
			break
		}
		style := t.Text
		if q.RHat.Defined() && q.RHat.Value > diagnosis.MaxRHat {
			style = t.Alert
		}
		row.Text(text[0], t.Dim).Text(text[1], style).Text(text[2], t.Text)
	}
	return row.String()
}

// short is an estimate in a few cells.
func short(e chains.Estimate, format string) string {
	if !e.Defined() || math.IsNaN(e.Value) {
		return "–"
	}
	return fmt.Sprintf(format, e.Value)
}

// findingRows are the findings, wrapped, in at most some lines.
func findingRows(r *diagnosis.Report, t paint.Theme, width, most int) (lines []string) {
	if r.Pass() {
		return []string{paint.NewRow(width).Text(" nothing speaks against these chains", t.Balanced).String()}
	}
	for _, f := range r.Findings {
		for k, line := range strings.Split(ansi.Wordwrap(f.Text, max(width-4, 1), ""), "\n") {
			if len(lines) == max(most, 1) {
				return lines
			}
			row := paint.NewRow(width)
			if k == 0 {
				row.Text(" !", t.Alert)
			}
			lines = append(lines, row.To(3).Text(line, t.Text).String())
		}
	}
	return lines
}

// occupancyRows have for each chain the share of its draws that move, and of those in each region.
func occupancyRows(s *Scene, r *diagnosis.Report, width, rows int) []string {
	t := s.Theme
	const first, cell = 14, 5
	regions := min(len(r.Regions), max((width-first)/cell, 0))
	head := paint.NewRow(width).Text(" chain", t.Dim).Right(first-1, "moves", t.Dim)
	for k := range regions {
		head.Right(first+cell*(k+1), fmt.Sprint(k+1), t.RegionStyle(k))
	}
	target := paint.NewRow(width).Text(" target", t.Dim)
	for k := range regions {
		target.Right(first+cell*(k+1), percentText(r.Regions[k].Target), t.Dim)
	}
	lines := []string{head.String()}
	if rows > r.Chains {
		lines = append(lines, target.String())
	}
	for c := range min(rows, r.Chains) {
		row := paint.NewRow(width).Right(5, fmt.Sprint(c+1), t.RunStyle(c%session.MaxRuns))
		if c < len(r.Moves) && r.Moves[c].Acceptance.Defined() {
			row.Right(first-1, percentText(r.Moves[c].Acceptance.Value), t.Text)
		}
		for k := range regions {
			share := r.Regions[k].ByChain[c]
			style := t.Text
			if share == 0 {
				style = t.Alert
			}
			row.Right(first+cell*(k+1), percentText(share), style)
		}
		lines = append(lines, row.String())
	}
	if more := r.Chains - rows; more > 0 {
		lines[len(lines)-1] = paint.NewRow(width).Text(fmt.Sprintf(" %d more chains", more+1), t.Dim).String()
	}
	return lines
}
