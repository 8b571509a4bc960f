package app

import (
	"math"

	tea "charm.land/bubbletea/v2"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/ui/layout"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// plane is where the plane of the target is on the screen.
type plane struct {
	frame *session.Frame
	// maps are the rectangles of the panels that show it, that of the probe first; none
	// where there is nothing to be seen yet.
	maps []layout.Rect
	axes bool // whether they have axes
	// beside is where what is read at the probe stands, so that no map is covered; empty for over a map.
	beside layout.Rect
}

// shown reports whether the plane is on the screen.
func (p plane) shown() bool { return len(p.maps) > 0 }

// picture is the picture in the rectangle of a panel.
func (p plane) picture(r layout.Rect) layout.Rect { return panel.Picture(p.frame.View, r, p.axes) }

// view is the view of that picture.
func (p plane) view(r layout.Rect) panel.View {
	picture := p.picture(r)
	return panel.NewView(p.frame.View, picture.W, 2*picture.H)
}

// first is the view of the first map.
func (p plane) first() panel.View { return p.view(p.maps[0]) }

// under is the map under the mouse, its view and the place.
func (p plane) under(m tea.Mouse) (r layout.Rect, v panel.View, at scenarios.Point, ok bool) {
	for _, r := range p.maps {
		picture := p.picture(r)
		column, row := m.X-picture.X, m.Y-picture.Y
		if column >= 0 && column < picture.W && row >= 0 && row < picture.H {
			v := p.view(r)
			return r, v, v.Point(float64(column)+0.5, 2*float64(row)+1), true
		}
	}
	return r, v, at, false
}

// within is the place under the mouse in a map, at its edge where the mouse is beyond.
func (p plane) within(r layout.Rect, m tea.Mouse) (v panel.View, at scenarios.Point) {
	picture := p.picture(r)
	column := min(max(m.X-picture.X, 0), picture.W-1)
	row := min(max(m.Y-picture.Y, 0), picture.H-1)
	v = p.view(r)
	return v, v.Point(float64(column)+0.5, 2*float64(row)+1)
}

// nearest is the mode nearest to a place, counted from 1, and how far it is; 0 where the
// target is no mixture.
func (p plane) nearest(at scenarios.Point) (mode int, distance float64) {
	if _, ok := p.frame.Scenario.Target.(*scenarios.Mixture); !ok {
		return 0, math.Inf(1)
	}
	distance = math.Inf(1)
	for k, m := range p.frame.Scenario.Truth.Modes {
		if d := math.Hypot(m.X-at.X, m.Y-at.Y); d < distance {
			mode, distance = k+1, d
		}
	}
	return mode, distance
}

// usualWidth is the mean standard deviation of the modes, to two digits.
func (p plane) usualWidth() float64 {
	components := p.frame.Scenario.Target.(*scenarios.Mixture).Components()
	sum := 0.0
	for _, c := range components {
		sum += math.Sqrt(math.Sqrt(c.Cov.XX*c.Cov.YY - c.Cov.XY*c.Cov.XY))
	}
	mean := sum / float64(len(components))
	return roundTo(mean, mean/10)
}

// The brush has a radius of a few pixels, and adds a hundredth of the particles at once.
const (
	brushPixels = 4.0
	brushShare  = 100
)

// brush is the edit that adds particles at a place, or removes them.
func (p plane) brush(verb scenarios.Verb, at scenarios.Point, v panel.View) scenarios.Edit {
	radius := roundTo(brushPixels*v.Scale(), brushPixels*v.Scale()/10)
	e := scenarios.Edit{Verb: verb, At: rounded(at, v), By: radius}
	if verb == scenarios.Pour {
		// Half of the radius: nearly all of a Gaussian lies within twice its deviation.
		e.By = radius / 2
		e.Count = max(p.frame.Scenario.Particles/brushShare, 1)
	}
	return e
}

// rounded is a place to a quarter of a pixel: edits need no more.
func rounded(p scenarios.Point, v panel.View) scenarios.Point {
	return scenarios.Point{X: roundTo(p.X, v.Scale()/4), Y: roundTo(p.Y, v.Scale()/4)}
}

// roundTo rounds to the power of ten at or below a step.
func roundTo(x, step float64) float64 {
	digits := portable.Pow(10, -math.Floor(math.Log10(step)))
	return math.Round(x*digits) / digits
}
