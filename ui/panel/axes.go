package panel

import (
	"undercurrent/scenarios"
	"undercurrent/ui/paint"
)

// abscissaRows are the rows of the axis below a map.
const abscissaRows = 1

// Cells between two numbers on the axes of a map, at least.
const (
	columnsPerTick = 9
	rowsPerTick    = 4
)

// axisMarks are round numbers within lo..hi for some cells, two at least: one alone leaves the scale open.
func axisMarks(lo, hi float64, cells, perTick int) (marks []mark) {
	for n := max(cells/perTick, 2); len(marks) < 2 && n < cells; n++ {
		marks = roundMarks(lo, hi, n)
	}
	return marks
}

// ordinateWidth is the width of the axis to the left of a map of a window, its rule included.
func ordinateWidth(w scenarios.Window, rows int) int {
	width := 1
	for _, m := range axisMarks(w.YMin, w.YMax, rows, rowsPerTick) {
		width = max(width, paint.Width(m.text)+1)
	}
	return width
}

// withAxes puts the axes of a view beside the lines of its picture: each number stands at the cell that
// shows it.
func withAxes(lines []string, v View, t paint.Theme, left int) []string {
	top, bottom := v.Point(0, 0), v.Point(float64(v.Width), float64(v.Height))
	labels := make([]string, len(lines))
	for _, m := range axisMarks(bottom.Y, top.Y, len(lines), rowsPerTick) {
		_, y := v.Pixel(scenarios.Point{Y: m.at})
		if row := int(y / 2); row >= 0 && row < len(lines) && paint.Width(m.text) < left {
			labels[row] = m.text
		}
	}
	framed := make([]string, 0, len(lines)+abscissaRows)
	for row, line := range lines {
		tick := "│"
		if labels[row] != "" {
			tick = "┤"
		}
		framed = append(framed, paint.NewRow(left).Right(left-1, labels[row], t.Dim).Text(tick, t.Rule).String()+line)
	}
	r := paint.NewRow(left + v.Width)
	for _, m := range axisMarks(top.X, bottom.X, v.Width, columnsPerTick) {
		x, _ := v.Pixel(scenarios.Point{X: m.at})
		w := paint.Width(m.text)
		at := min(max(left+int(x)-w/2, 0), left+v.Width-w)
		if used := left + v.Width - r.Left(); used == 0 || at > used {
			r.To(at).Text(m.text, t.Dim)
		}
	}
	return append(framed, r.String())
}
