package panel

import (
	"fmt"

	"undercurrent/sim/density"
	"undercurrent/ui/paint"
)

// strays writes at every side of a picture how many particles lie beyond the padded window
// there.
func strays(lines []string, s density.Outside, t paint.Theme, width int) {
	write := func(n, row, column int, form string) {
		text := fmt.Sprintf(form, n)
		w := paint.Width(text)
		if n == 0 || w > width {
			return
		}
		column = min(max(column-w/2, 0), width-w)
		lines[row] = paint.Overlay(lines[row], column, text, t.Label(t.Alert), width)
	}
	write(s.Above, 0, width/2, "▲%d")
	write(s.Left, len(lines)/2, 0, "◀%d")
	write(s.Right, len(lines)/2, width, "%d▶")
	write(s.Below, len(lines)-1, width/2, "▼%d")
}
