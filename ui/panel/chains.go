package panel

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

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
	if g := c.Report.Gathered; g != nil {
		lines = append(lines, paint.NewRow(width).Text(longest([]string{" " + g.Text(c.Report.Chains), " " + g.Short(c.Report.Chains)}, width), t.Dim).String())
	}
	if c.Bandwidth > 0 {
		lines = append(lines, paint.NewRow(width).Text(longest(regionForms(c.Bandwidth), width), t.Dim).String())
	}
	rows := min(c.Report.Chains, max(height/2-2, 1)) + len(divergentRow(s, c.Report, width))
	lines = append(lines, findingRows(c.Report, t, width, height-len(lines)-rows-1)...)
	lines = append(lines, occupancyRows(s, c.Report, width, height-len(lines))...)
	lines = append(lines, tripRows(c.Report, t, width, height-len(lines))...)
	return fill(lines, width, height)
}

// regionForms say that the regions are those of another bandwidth than the map's, the longest form first.
func regionForms(bandwidth float64) []string {
	text := fmt.Sprintf(" regions at bandwidth %.3g", bandwidth)
	return []string{text + ", not those of the map", text + ", not the map's", text}
}

// columnsRow has R̂ and the effective sample size of both columns, and of the log-density.
func columnsRow(r *diagnosis.Report, t paint.Theme, width int) string {
	row := paint.NewRow(width)
	for _, q := range r.All() {
		text := []string{fmt.Sprintf(" %s ", paint.Visible(q.Name)), "R̂ " + q.RHat.Text("%.3f"), " ESS " + q.ESSBulk.Text("%.0f")}
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

// findingRows are the findings, wrapped, in at most some lines; what is cut ends in an ellipsis.
func findingRows(r *diagnosis.Report, t paint.Theme, width, most int) (lines []string) {
	if r.Pass() {
		return []string{paint.NewRow(width).Text(" nothing speaks against these chains", t.Balanced).String()}
	}
	for _, f := range r.Findings {
		room := max(most, 1) - len(lines)
		if room == 0 {
			return lines
		}
		wrapped := strings.Split(ansi.Wordwrap(f.Text, max(width-5, 1), ""), "\n")
		if len(wrapped) > room {
			wrapped = wrapped[:room]
			wrapped[room-1] += " …"
		}
		for k, line := range wrapped {
			row := paint.NewRow(width)
			if k == 0 {
				row.Text(" !", t.Alert)
			}
			lines = append(lines, row.To(3).Text(line, t.Text).String())
		}
	}
	return lines
}

// tripRows say how the chains go between regions, the most frequent pairs first, where there is room.
func tripRows(r *diagnosis.Report, t paint.Theme, width, height int) (lines []string) {
	for _, p := range r.Visits.Pairs() {
		if len(lines) == height {
			break
		}
		row := paint.NewRow(width).Text(fmt.Sprintf(" %d ↔ %d  ", p.A+1, p.B+1), t.Dim).Text(fmt.Sprintf("%d transitions", p.Transitions), t.Text)
		if trips := fmt.Sprintf(", %d round trips of %s %s", p.RoundTrips.Number, p.RoundTrips.MeanLength.Text("%.0f"), r.DrawWord()); p.RoundTrips.Number > 0 && row.Left() >= paint.Width(trips) {
			row.Text(trips, t.Dim)
		}
		lines = append(lines, row.String())
	}
	return lines
}

// The columns of the table of regions: the first ends before firstRegion, one of regionCells for each region.
const firstRegion, regionCells = 14, 5

// regionCount is the number of regions that there is room for.
func regionCount(r *diagnosis.Report, width int) int {
	return min(len(r.Regions), max((width-firstRegion)/regionCells, 0))
}

// shareRow has a number for each region.
func shareRow(row *paint.Row, regions int, cell func(k int) (text string, style paint.Style)) string {
	for k := range regions {
		text, style := cell(k)
		row.Right(firstRegion+regionCells*(k+1), text, style)
	}
	return row.String()
}

// occupancyRows have for each chain the share of its draws that move, and of those in each region, below a
// head, the share of the divergent transitions in each region, and the target masses where there is room.
func occupancyRows(s *Scene, r *diagnosis.Report, width, height int) []string {
	t, regions := s.Theme, regionCount(r, width)
	head := paint.NewRow(width).Text(" chain", t.Dim).Right(firstRegion-1, "moves", t.Dim)
	lines := []string{shareRow(head, regions, func(k int) (string, paint.Style) { return fmt.Sprint(k + 1), t.RegionStyle(k) })}
	lines = append(lines, divergentRow(s, r, width)...)
	rows := min(r.Chains, height-len(lines))
	if regions > 0 && height-len(lines) > r.Chains {
		target := paint.NewRow(width).Text(" "+targetWord(s.Frame), t.Dim)
		lines = append(lines, shareRow(target, regions, func(k int) (string, paint.Style) { return percentText(r.Regions[k].Target), t.Dim }))
	}
	for c := range rows {
		row := paint.NewRow(width).Right(5, fmt.Sprint(c+1), t.RunStyle(c%session.MaxRuns))
		if c < len(r.Moves) && r.Moves[c].Acceptance.Defined() {
			row.Right(firstRegion-1, percentText(r.Moves[c].Acceptance.Value), t.Text)
		}
		lines = append(lines, shareRow(row, regions, func(k int) (string, paint.Style) {
			share := r.Regions[k].ByChain[c]
			if share == 0 {
				return percentText(share), t.Alert
			}
			return percentText(share), t.Text
		}))
	}
	if more := r.Chains - rows; more > 0 && rows > 0 {
		lines[len(lines)-1] = paint.NewRow(width).Text(fmt.Sprintf(" %d more chains", more+1), t.Dim).String()
	}
	return lines
}
