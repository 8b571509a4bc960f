package panel

import (
	"fmt"

	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// ranksPanel stands in the place of the masses over time, of which a single frame has no course.
func ranksPanel() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Mass, Kind: layout.Chart, Tab: 2},
		While:   chained,
		Caption: "ranks",
		Shows:   says("of each chain among all draws: even where chains agree", "even where chains agree"),
		Help:    "histogram of the ranks of each chain among all draws: even where chains agree",
		Keys:    []Group{RegionKeys},
		Render:  renderRanks,
	}
}

// renderRanks is a histogram for each chain, all of one scale: a bin with the expected count is half as high
// as its row.
func renderRanks(s *Scene, width, height int) []string {
	c, t := s.Watching.Chains, s.Theme
	lines := []string{paint.NewRow(width).Text(" ranks of ", t.Dim).Text(paint.Visible(c.Names[0]), t.Strong).Text("; half height: as expected", t.Dim).String()}
	if c.Ranks.Reason != "" {
		return fill(append(lines, paint.NewRow(width).Text(" "+string(c.Ranks.Reason), t.Dim).String()), width, height)
	}
	n := min(len(c.Ranks.Counts), session.MaxRuns)
	rows := min((height-1)/max(n, 1), maxRankRows)
	if rows < 1 {
		return fill(lines, width, height)
	}
	const margin = 4
	bins := len(c.Ranks.Expected)
	cell := max((width-margin-1)/bins, 1)
	for k, counts := range c.Ranks.Counts[:n] {
		for row := range rows {
			r := paint.NewRow(width)
			if row == rows-1 {
				r.Right(margin-1, fmt.Sprint(k+1), t.RunStyle(k))
			}
			r.To(margin)
			for b := range min(bins, (width-margin)/cell) {
				filled := float64(counts[b])/(2*c.Ranks.Expected[b])*float64(rows) - float64(rows-1-row)
				glyph := string(column8(filled))
				for range max(cell-1, 1) {
					r.Text(glyph, t.RunCurve(k))
				}
				r.To(margin + (b+1)*cell)
			}
			lines = append(lines, r.String())
		}
	}
	return fill(lines, width, height)
}

// maxRankRows bounds the height of a histogram.
const maxRankRows = 4
