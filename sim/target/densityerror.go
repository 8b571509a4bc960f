package target

import (
	"errors"
	"fmt"
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// DensityError reports that a target is not a density at the nodes of a grid, and where.
type DensityError struct {
	logs   []float64 // empty if the density vanishes everywhere
	grid   grid.Grid
	window scenarios.Window
	remedy string // example of a formula that is valid in the margin
	// coarse reports whether the values are numbers, but too large for their differences to have
	// digits.
	coarse bool
}

// within adds the window of the scenario to a DensityError, which can then distinguish it from
// the margin around it, where the target is evaluated too.
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

// Error returns one sentence.
func (e *DensityError) Error() string {
	if len(e.logs) == 0 {
		return "log-density is -Inf everywhere in the window, expected a number somewhere"
	}
	if e.coarse {
		return e.tooLarge()
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

// tooLarge is the message for values without digits.
func (e *DensityError) tooLarge() string {
	highest := 0
	for i, l := range e.logs {
		if l > e.logs[highest] {
			highest = i
		}
	}
	l, p := e.logs[highest], e.node(highest)
	return fmt.Sprintf("the highest log-density is %.6g at (%.6g, %.6g), where neighbouring floating-point numbers are %.2g apart, expected one up to %.2g (without a constant that a density does not need)",
		l, p.X, p.Y, math.Nextafter(math.Abs(l), math.Inf(1))-math.Abs(l), float64(maxTop))
}

// worst returns the first invalid node in the window, otherwise in the margin.
func (e *DensityError) worst() (log float64, p scenarios.Point, inside bool) {
	first := -1
	for i, l := range e.logs {
		if !invalidLogDensity(l) {
			continue
		}
		if p = e.node(i); e.inWindow(p) {
			return l, p, true
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

// inWindow reports whether p lies in the window, with a tolerance for rounding at its edge.
func (e *DensityError) inWindow(p scenarios.Point) bool {
	w, slack := e.window, 1e-9*e.grid.Spacing
	return p.X >= w.XMin-slack && p.X <= w.XMax+slack && p.Y >= w.YMin-slack && p.Y <= w.YMax+slack
}
