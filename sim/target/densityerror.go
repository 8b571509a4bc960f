package target

import (
	"errors"
	"fmt"
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// DensityError says that a target is no density on the nodes of a grid, and where.
type DensityError struct {
	logs   []float64 // none where nothing is wrong but that all of them vanish
	grid   grid.Grid
	window scenarios.Window
	remedy string // what a formula can have in its margin
}

// within lets a DensityError distinguish the window of a scenario from the margin around
// it, where a formula is evaluated as well though nobody has named it.
func within(s scenarios.Scenario, err error) error {
	var bad *DensityError
	if !errors.As(err, &bad) {
		return err
	}
	bad.window = s.Window
	if r := s.Origin.Remedy; r != "" {
		bad.remedy = ", such as " + r
	}
	return err
}

// Error is one sentence.
func (e *DensityError) Error() string {
	if len(e.logs) == 0 {
		return "log-density is -Inf everywhere in the window, expected a number somewhere"
	}
	l, p, inside := e.worst()
	what := "an infinite density"
	if math.IsNaN(l) {
		what = "a negative density, or none"
	}
	text := fmt.Sprintf("log-density is %g at (%.6g, %.6g) (%s)", l, p.X, p.Y, what)
	if inside || e.window == (scenarios.Window{}) {
		return text + ", expected a number or -Inf"
	}
	return fmt.Sprintf("%s, in the margin of %.3g around the window where the kernel reaches, expected a number or -Inf there as well%s",
		text, e.window.XMin-e.grid.X0, e.remedy)
}

// worst is the first bad node of the window, or else of the margin.
func (e *DensityError) worst() (log float64, at scenarios.Point, inside bool) {
	first := -1
	for i, l := range e.logs {
		if !noDensity(l) {
			continue
		}
		if at = e.node(i); e.holds(at) {
			return l, at, true
		}
		if first < 0 {
			first = i
		}
	}
	return e.logs[first], e.node(first), false
}

func (e *DensityError) node(i int) scenarios.Point {
	return e.grid.Node(i)
}

// holds allows for the rounding of the node at an edge of the window.
func (e *DensityError) holds(p scenarios.Point) bool {
	w, hair := e.window, 1e-9*e.grid.Spacing
	return p.X >= w.XMin-hair && p.X <= w.XMax+hair && p.Y >= w.YMin-hair && p.Y <= w.YMax+hair
}
