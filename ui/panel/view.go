package panel

import (
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// View maps the plane to the pixels of a map: the window as large as it fits,
// centred, the same scale along both axes.
type View struct {
	Width, Height int     // pixels
	scale         float64 // units of the window a pixel
	left, top     float64 // of pixel (0, 0)'s corner
}

// NewView fits the window into width × height pixels.
func NewView(w scenarios.Window, width, height int) View {
	v := View{Width: width, Height: height}
	if width <= 0 || height <= 0 {
		return v
	}
	v.scale = max((w.XMax-w.XMin)/float64(width), (w.YMax-w.YMin)/float64(height))
	v.left = (w.XMin+w.XMax)/2 - v.scale*float64(width)/2
	v.top = (w.YMin+w.YMax)/2 + v.scale*float64(height)/2
	return v
}

// Pixel is where a point lies, in pixels from the top left corner.
func (v View) Pixel(p scenarios.Point) (x, y float64) {
	return (p.X - v.left) / v.scale, (v.top - p.Y) / v.scale
}

// Point is the place of a pixel position.
func (v View) Point(x, y float64) scenarios.Point {
	return scenarios.Point{X: v.left + x*v.scale, Y: v.top - y*v.scale}
}

// Scale is the length of a pixel's side.
func (v View) Scale() float64 { return v.scale }

// resampler averages fields on the nodes of a grid over the pixels of a view.
type resampler struct {
	view    View
	grid    grid.Grid
	columns []int // pixel column of every grid column, −1 outside
	rows    []int
	count   []float64

	target []float64 // the mean of the nodes below, which never change
	of     *float64  // first of these nodes
}

// meanOfTarget is the mean of the target's density, which is computed once. It is read only.
func (r *resampler) meanOfTarget(p []float64) []float64 {
	if n := r.view.Width * r.view.Height; len(r.target) != n {
		r.target, r.of = make([]float64, n), nil
	}
	if r.of != &p[0] {
		r.mean(r.target, p, 0)
		r.of = &p[0]
	}
	return r.target
}

func newResampler(g grid.Grid, v View) *resampler {
	r := &resampler{view: v, grid: g, columns: make([]int, g.NX), rows: make([]int, g.NY)}
	for ix := range r.columns {
		x, _ := v.Pixel(scenarios.Point{X: g.X(ix)})
		r.columns[ix] = inside(x, v.Width)
	}
	for iy := range r.rows {
		_, y := v.Pixel(scenarios.Point{Y: g.Y(iy)})
		r.rows[iy] = inside(y, v.Height)
	}
	return r
}

// inside is the pixel of a position, −1 outside of 0..n.
func inside(x float64, n int) int {
	if x < 0 || x >= float64(n) {
		return -1
	}
	return int(x)
}

// fits reports whether the resampler is for this grid and view.
func (r *resampler) fits(g grid.Grid, v View) bool { return r != nil && r.grid == g && r.view == v }

// mean writes the mean of the nodes in each pixel to dst, the bilinear value
// where a pixel is finer than the grid, and missing where there is no grid.
func (r *resampler) mean(dst, nodes []float64, missing float64) {
	if r.view.scale < 2*r.grid.Spacing {
		r.bilinear(dst, nodes, missing)
		return
	}
	if len(r.count) != len(dst) {
		r.count = make([]float64, len(dst))
	}
	clear(r.count)
	clear(dst)
	for iy, y := range r.rows {
		if y < 0 {
			continue
		}
		row := nodes[iy*r.grid.NX : (iy+1)*r.grid.NX]
		sum, count := dst[y*r.view.Width:(y+1)*r.view.Width], r.count[y*r.view.Width:(y+1)*r.view.Width]
		for ix, x := range r.columns {
			if v := row[ix]; x >= 0 && v == v {
				sum[x] += v
				count[x]++
			}
		}
	}
	for i, n := range r.count {
		if n > 0 {
			dst[i] /= n
		} else {
			dst[i] = missing
		}
	}
}

func (r *resampler) bilinear(dst, nodes []float64, missing float64) {
	g := r.grid
	for y := range r.view.Height {
		for x := range r.view.Width {
			p := r.view.Point(float64(x)+0.5, float64(y)+0.5)
			u, v := (p.X-g.X0)/g.Spacing, (p.Y-g.Y0)/g.Spacing
			at := y*r.view.Width + x
			if u < 0 || v < 0 || u >= float64(g.NX-1) || v >= float64(g.NY-1) {
				dst[at] = missing
				continue
			}
			ix, iy := int(u), int(v)
			fx, fy := u-float64(ix), v-float64(iy)
			i := iy*g.NX + ix
			value := (1-fy)*((1-fx)*nodes[i]+fx*nodes[i+1]) + fy*((1-fx)*nodes[i+g.NX]+fx*nodes[i+g.NX+1])
			if value != value {
				value = missing
			}
			dst[at] = value
		}
	}
}
