package panel

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/sim/diagnosis"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// divergentMark is the glyph of a divergent transition.
const divergentMark = '✕'

// divergent are the draws of divergent transitions, nil without any.
func divergent(f *session.Frame) []scenarios.Point {
	if !chained(f) {
		return nil
	}
	return f.Watching.Chains.Divergent
}

// marks puts a mark over the particles of every cell that has one of some points. With pixels it is a cross.
func (m *Map) marks(points []scenarios.Point, v View) {
	m.marked = len(points) > 0
	for _, p := range points {
		x, y := v.Pixel(p)
		if x < 0 || y < 0 || x >= float64(v.Width) || y >= float64(v.Height) {
			continue
		}
		if m.fine == 1 {
			m.dots.SetGlyph(int(x), int(y/2), divergentMark, paint.DivergentLine)
			continue
		}
		const arm = 2 // pixels
		for _, side := range []float64{-1, 1} {
			m.segment(v.Point(x-arm, y-side*arm), v.Point(x+arm, y+side*arm), v, paint.DivergentLine)
		}
	}
}

const markText = " divergent"

// markRoom is the room that the legend of the marks needs, 0 without marks.
func (m *Map) markRoom() int {
	if !m.Particles || !m.marked {
		return 0
	}
	return paint.Width(" "+string(divergentMark)) + len(markText)
}

// markLegend says what the marks are.
func (m *Map) markLegend(r *paint.Row, t paint.Theme) {
	if room := m.markRoom(); room > 0 && r.Left() >= room {
		r.Text(" "+string(divergentMark), t.LineStyle(paint.DivergentLine)).Text(markText, t.Dim)
	}
}

// divergentRow is the share of the divergent transitions that is in each region, none without any.
func divergentRow(s *Scene, r *diagnosis.Report, width int) []string {
	if len(r.Divergent) == 0 || r.Divergent[0] == 0 {
		return nil
	}
	t, all := s.Theme, r.Divergent[0]
	head := longest([]string{fmt.Sprintf(" %d divergent", all), " divergent"}, firstRegion-2)
	row := paint.NewRow(width).Text(" "+string(divergentMark), t.LineStyle(paint.DivergentLine)).Text(head, t.Dim)
	return []string{shareRow(row, regionCount(r, width), func(k int) (string, paint.Style) {
		return percentText(float64(r.Divergent[1+k]) / float64(all)), t.Text
	})}
}
