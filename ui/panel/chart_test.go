package panel

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/ui/paint"
)

// Ends of curves that meet keep their letters, in their order, at the edges too.
func TestLettersThatMeetAreAllSeen(t *testing.T) {
	for _, c := range []struct {
		ys   []float64
		want string // rows from above, those without a letter left out
	}{
		{[]float64{0.5, 0.5, 0.5, 0.5}, "ABCD"},
		{[]float64{0, 0, 0, 0}, "ABCD"},
		{[]float64{1, 1, 1, 1}, "ABCD"},
		{[]float64{0.2, 0.9, 0.2, 0.5}, "BDAC"},
		{[]float64{0.1, 0.9}, "BA"},
		{nil, ""},
	} {
		chart := newChart(paint.New(paint.Look{}, paint.None), 40, 9, 0, 1, 0, 1)
		var list []letter
		for k, y := range c.ys {
			list = append(list, letter{1, y, RunMark(k), chart.theme.RunCurve(k)})
		}
		chart.letters(list)
		seen := ""
		for _, line := range chart.cells.lines() {
			seen += strings.TrimSpace(ansi.Strip(line))
		}
		if seen != c.want {
			t.Errorf("ends at %v show %q, expected %q", c.ys, seen, c.want)
		}
	}
}

// A number on the ordinate stands in the row of the dots at that height.
func TestLabelsStandInTheRowOfTheirDots(t *testing.T) {
	for height := 6; height < 30; height++ {
		for _, at := range []float64{-2, -1.3, 0, 0.5, 1, 2} {
			c := newChart(paint.New(paint.Look{}, paint.None), 30, height, 0, 1, -2, 2)
			c.ys = []mark{{at, "here"}}
			c.rule(0, at, 1, at)
			for row, line := range c.lines() {
				if label, dots := strings.Contains(line, "here"), strings.ContainsFunc(line, func(r rune) bool { return r > 0x2800 && r < 0x2900 }); label != dots {
					t.Errorf("%d rows: row %d has the label of %g: %t, its dots: %t", height, row, at, label, dots)
				}
			}
		}
	}
}
