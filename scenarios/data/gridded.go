package data

import (
	"errors"
	"fmt"
	"math"

	"undercurrent/scenarios"
)

// Gridded is a target whose log-density is given on a regular grid: bilinear between the
// nodes, −Inf outside them.
type Gridded struct {
	window scenarios.Window // from the first to the last node
	nx, ny int
	logs   []float64 // row by row from the lowest y
}

var _ scenarios.Target = (*Gridded)(nil)

// NewGridded returns the target with the nx × ny values, row by row from the lowest y, at
// nodes from one edge of the window to the other; they are logarithms if log is true,
// densities otherwise. Its errors count rows and columns from 0.
func NewGridded(values []float64, nx, ny int, w scenarios.Window, log bool) (*Gridded, error) {
	if nx < 2 || ny < 2 || len(values) != nx*ny {
		return nil, fmt.Errorf("%d rows of %d values, expected at least two rows of two", ny, nx)
	}
	g := &Gridded{window: w, nx: nx, ny: ny, logs: make([]float64, len(values))}
	somewhere := false
	for i, v := range values {
		if err := checkValue(v, log); err != nil {
			return nil, fmt.Errorf("row %d, column %d: %w", i/nx, i%nx, err)
		}
		if g.logs[i] = v; !log {
			g.logs[i] = math.Log(v)
		}
		somewhere = somewhere || !math.IsInf(g.logs[i], -1)
	}
	if !somewhere {
		return nil, errors.New("the density vanishes everywhere, expected it positive somewhere")
	}
	return g, nil
}

func checkValue(v float64, log bool) error {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 1):
		return fmt.Errorf("%g is not a density, expected a number", v)
	case !log && v < 0:
		return fmt.Errorf("density %g is negative, expected 0 or more", v)
	}
	return nil
}

// cell returns the lower left node of the cell of (x, y), and the position within the cell
// in units of the spacing.
func (g *Gridded) cell(x, y float64) (i int, u, v float64, ok bool) {
	if !g.window.Contains(scenarios.Point{X: x, Y: y}) {
		return 0, 0, 0, false
	}
	u, v = (x-g.window.XMin)/g.dx(), (y-g.window.YMin)/g.dy()
	ix, iy := min(int(u), g.nx-2), min(int(v), g.ny-2)
	// Rounding may exceed the last node.
	return iy*g.nx + ix, min(u-float64(ix), 1), min(v-float64(iy), 1), true
}

func (g *Gridded) dx() float64 { return (g.window.XMax - g.window.XMin) / float64(g.nx-1) }
func (g *Gridded) dy() float64 { return (g.window.YMax - g.window.YMin) / float64(g.ny-1) }

// LogDensity is the bilinear interpolation, −Inf where a node of the cell is, and outside.
func (g *Gridded) LogDensity(x, y float64) float64 {
	i, u, v, ok := g.cell(x, y)
	if !ok {
		return math.Inf(-1)
	}
	sum := 0.0
	for _, n := range [4]struct{ log, weight float64 }{
		{g.logs[i], (1 - u) * (1 - v)}, {g.logs[i+1], u * (1 - v)}, {g.logs[i+g.nx], (1 - u) * v}, {g.logs[i+g.nx+1], u * v},
	} {
		// A node of weight 0 may be −Inf, and 0·Inf is NaN.
		if n.weight != 0 {
			sum += n.weight * n.log
		}
	}
	return sum
}

// Score is the gradient of the interpolation, zero where the density vanishes.
func (g *Gridded) Score(x, y float64) (gx, gy float64) {
	i, u, v, ok := g.cell(x, y)
	if !ok {
		return 0, 0
	}
	a, b, c, d := g.logs[i], g.logs[i+1], g.logs[i+g.nx], g.logs[i+g.nx+1]
	gx, gy = ((1-v)*(b-a)+v*(d-c))/g.dx(), ((1-u)*(c-a)+u*(d-b))/g.dy()
	if !scenarios.IsFinite(gx) || !scenarios.IsFinite(gy) {
		return 0, 0
	}
	return gx, gy
}
