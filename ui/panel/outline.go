package panel

import (
	"undercurrent/sim/target"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// outline draws the border of the chosen region over a map. The places of its dots are kept: they
// depend on the region and the view alone.
type outline struct {
	regions *target.Regions
	chosen  int
	view    View
	dots    [][2]int
}

// draw sets the dots of the outline, and reports whether there is one.
func (o *outline) draw(dots *paint.Dots, f *session.Frame, v View) bool {
	if f.Detail == nil || f.Regions == nil || v.Width == 0 {
		return false
	}
	if o.regions != f.Regions || o.chosen != f.Detail.Region || o.view != v {
		o.regions, o.chosen, o.view = f.Regions, f.Detail.Region, v
		o.trace()
	}
	for _, at := range o.dots {
		dots.AddLine(at[0], at[1], paint.RegionLine)
	}
	return true
}

// trace finds the dots of the region that have a neighbour outside of it. A pixel has two dots along
// each side.
func (o *outline) trace() {
	w, h := 2*o.view.Width, 2*o.view.Height
	inside := make([]bool, w*h)
	for i := range inside {
		inside[i] = o.regions.At(o.view.Point((float64(i%w)+0.5)/2, (float64(i/w)+0.5)/2)) == o.chosen
	}
	o.dots = o.dots[:0]
	for i, in := range inside {
		x, y := i%w, i/w
		if in && (x > 0 && !inside[i-1] || x+1 < w && !inside[i+1] || y > 0 && !inside[i-w] || y+1 < h && !inside[i+w]) {
			o.dots = append(o.dots, [2]int{x, y})
		}
	}
}
