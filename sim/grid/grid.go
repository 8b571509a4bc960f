package grid

import (
	"fmt"
	"math"

	"undercurrent/scenarios"
)

const (
	// Padding is the margin of the grid around the window, in bandwidths, so that the kernel of
	// a particle at the edge is not truncated.
	Padding = 4
	// minNodes is the smallest number of nodes per bandwidth.
	minNodes = 3
	// displayNodes is the smallest number of nodes along the longer side of the window, for the
	// display of very smooth fields.
	displayNodes = 128
	// maxNodes is the largest number of nodes per bandwidth. A kernel wider than the window, and
	// its padding, would otherwise have a thousand.
	maxNodes = 16
	// MaxNodes is the largest number of nodes along either axis.
	MaxNodes = 1024
)

// Grid is a regular grid of NX × NY nodes with the same spacing along both
// axes. Node (ix, iy) lies at (X0 + ix·Spacing, Y0 + iy·Spacing) and is stored
// at index iy·NX + ix.
type Grid struct {
	X0, Y0  float64
	Spacing float64
	NX, NY  int
}

// New returns a grid over the window, padded by four bandwidths, with spacing at most h/3, or
// exactly the given spacing if that is positive. It is an error if the spacing is coarser than
// h/3 or more than MaxNodes nodes are needed along an axis.
func New(w scenarios.Window, bandwidth, spacing float64) (Grid, error) {
	if !(bandwidth > 0) || math.IsInf(bandwidth, 0) {
		return Grid{}, fmt.Errorf("bandwidth is %g, expected a positive number", bandwidth)
	}
	width, height := w.XMax-w.XMin, w.YMax-w.YMin
	if !(width > 0) || !(height > 0) {
		return Grid{}, fmt.Errorf("window is %g by %g, expected positive lengths", width, height)
	}
	if spacing <= 0 {
		spacing = min(bandwidth/minNodes, max(max(width, height)/displayNodes, bandwidth/maxNodes))
	}
	if spacing > bandwidth/minNodes*(1+1e-9) {
		return Grid{}, fmt.Errorf("grid spacing is %g, expected at most a third of the bandwidth %g", spacing, bandwidth)
	}
	pad := Padding * bandwidth
	nx := math.Ceil((width+2*pad)/spacing) + 1
	ny := math.Ceil((height+2*pad)/spacing) + 1
	if max(nx, ny) > MaxNodes {
		smallest := minNodes * max(width, height) / (MaxNodes - 1 - 2*Padding*minNodes)
		return Grid{}, fmt.Errorf("bandwidth %g needs a grid of %.0f by %.0f nodes, expected at most %d along a side (bandwidth at least %.2g in this window)",
			bandwidth, nx, ny, MaxNodes, smallest)
	}
	g := Grid{Spacing: spacing, NX: int(nx), NY: int(ny)}
	g.X0 = (w.XMin+w.XMax)/2 - spacing*float64(g.NX-1)/2
	g.Y0 = (w.YMin+w.YMax)/2 - spacing*float64(g.NY-1)/2
	return g, nil
}

// Len is the number of nodes.
func (g Grid) Len() int { return g.NX * g.NY }

// X is the abscissa of column ix.
func (g Grid) X(ix int) float64 { return g.X0 + float64(ix)*g.Spacing }

// Y is the ordinate of row iy.
func (g Grid) Y(iy int) float64 { return g.Y0 + float64(iy)*g.Spacing }

// Node is the position of a node.
func (g Grid) Node(i int) scenarios.Point { return scenarios.Point{X: g.X(i % g.NX), Y: g.Y(i / g.NX)} }

// Area is the area per node.
func (g Grid) Area() float64 { return g.Spacing * g.Spacing }

// Nearest is the index of the node nearest to (x, y), which is clamped to the grid.
func (g Grid) Nearest(x, y float64) int {
	inv := 1 / g.Spacing
	ix := min(max(int(float64((x-g.X0)*inv)+0.5), 0), g.NX-1)
	iy := min(max(int(float64((y-g.Y0)*inv)+0.5), 0), g.NY-1)
	return iy*g.NX + ix
}

// Bounds is the padded window, which contains the particles: 10⁻⁶ spacings inside the outermost
// nodes, so that every particle has four nodes around it.
func (g Grid) Bounds() scenarios.Window {
	const inside = 1e-6
	return scenarios.Window{
		XMin: g.X0 + inside*g.Spacing, XMax: g.X0 + (float64(g.NX-1)-inside)*g.Spacing,
		YMin: g.Y0 + inside*g.Spacing, YMax: g.Y0 + (float64(g.NY-1)-inside)*g.Spacing,
	}
}

// Clamp returns the point of a rectangle nearest to p, and reports whether p was outside.
func Clamp(p scenarios.Point, w scenarios.Window) (scenarios.Point, bool) {
	if p.X >= w.XMin && p.X <= w.XMax && p.Y >= w.YMin && p.Y <= w.YMax {
		return p, false
	}
	q := scenarios.Point{X: min(max(p.X, w.XMin), w.XMax), Y: min(max(p.Y, w.YMin), w.YMax)}
	return q, q != p
}
