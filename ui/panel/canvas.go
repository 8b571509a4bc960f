package panel

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/NimbleMarkets/ntcharts/v2/canvas"
)

// canvasLines are the rows of a canvas of ntcharts, styled a run at a time: its own View styles every
// cell, blank ones too, which takes longer than all else about a frame. The cells of our charts differ in
// their foreground alone.
func canvasLines(m *canvas.Model, cols, rows int) []string {
	lines := make([]string, rows)
	for y := range lines {
		var line run
		for x := range cols {
			line.add(m.Cell(canvas.Point{X: x, Y: y}))
		}
		lines[y] = line.end()
	}
	return lines
}

// run collects the cells of a line that have one style.
type run struct {
	line, text strings.Builder
	style      lipgloss.Style
}

func (r *run) add(c canvas.Cell) {
	if c.Rune == 0 || c.Rune == ' ' {
		r.flush()
		r.line.WriteByte(' ')
		return
	}
	if r.text.Len() > 0 && c.Style.GetForeground() != r.style.GetForeground() {
		r.flush()
	}
	r.style = c.Style
	r.text.WriteRune(c.Rune)
}

func (r *run) flush() {
	if r.text.Len() > 0 {
		r.line.WriteString(r.style.Render(r.text.String()))
		r.text.Reset()
	}
}

func (r *run) end() string {
	r.flush()
	return r.line.String()
}
