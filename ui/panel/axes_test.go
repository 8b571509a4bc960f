package panel

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/scenarios"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
)

// A number on an axis of a map stands at the cell that shows it, and the picture keeps the rest of the
// panel.
func TestNumbersStandAtTheCellsThatShowThem(t *testing.T) {
	for _, w := range []scenarios.Window{
		{XMin: -7, XMax: 7, YMin: -7, YMax: 7}, {XMin: -0.4, XMax: 0.3, YMin: 0, YMax: 0.2}, {XMin: 900, XMax: 2100, YMin: -300, YMax: 120},
	} {
		for _, size := range [][2]int{{40, 22}, {66, 34}, {120, 30}} {
			r := layout.Rect{X: 3, Y: 2, W: size[0], H: size[1]}
			p := Picture(w, r, true)
			v := NewView(w, p.W, 2*p.H)
			left := p.X - r.X
			if p.X+p.W != r.X+r.W || left < 2 || left > 7 || p.Y != r.Y+1 || p.H != r.H-3 {
				t.Fatalf("the picture of %v is %+v", r, p)
			}
			lines := withAxes(Nothing(p.W, p.H), v, paint.Dark(paint.None), left)
			marks := map[string]float64{}
			for _, m := range append(axisMarks(v.Point(0, float64(v.Height)).Y, v.Point(0, 0).Y, p.H, rowsPerTick),
				axisMarks(v.Point(0, 0).X, v.Point(float64(v.Width), 0).X, p.W, columnsPerTick)...) {
				marks[m.text] = m.at
			}
			numbers := 0
			for row, line := range lines[:p.H] {
				if paint.Width(line) != r.W {
					t.Fatalf("line %d of %v is %d cells wide", row, r, paint.Width(line))
				}
				label := strings.TrimRight(strings.TrimSpace(ansi.Strip(line)), "│┤")
				if label == "" {
					continue
				}
				numbers++
				at, ok := marks[label]
				if above, below := v.Point(0, float64(2*row)).Y, v.Point(0, float64(2*row+2)).Y; !ok || at > above || at < below {
					t.Errorf("%v: %s stands at the row of %g to %g", w, label, below, above)
				}
			}
			abscissa := ansi.Strip(lines[p.H])
			if fields := strings.Fields(abscissa); numbers < 2 || len(fields) < 2 || len(lines) != p.H+abscissaRows {
				t.Errorf("%v in %v has %d numbers at the side and below %q", w, r, numbers, abscissa)
			}
		}
	}
}
