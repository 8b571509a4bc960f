package app

import (
	"undercurrent/scenarios"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// The title of a map is above its picture, the legend below.
const titleRows, legendRows = 1, 1

// viewOf is the view of the map in a rectangle.
func (a *App) viewOf(r layout.Rect) panel.View {
	return panel.NewView(a.frame.View, r.W, 2*(r.H-titleRows-legendRows))
}

// maps are the rectangles that show the plane.
func (a *App) maps() []layout.Rect {
	s := a.screen
	if a.comparing() {
		return layout.OfComparison(s.Width, s.Height, len(a.frame.Runs), len(a.frame.Report.Regions)).Maps
	}
	list := []layout.Rect{s.Stage}
	if r, ok := s.Place[layout.Coverage]; ok {
		list = append(list, r)
	}
	return list
}

// moveProbe moves the crosshair by cells, and the mode that is grabbed with it; the
// first press puts it in the middle.
func (a *App) moveProbe(dx, dy int) {
	if !a.probed() {
		return
	}
	v := a.viewOf(a.maps()[0])
	x, y := v.Pixel(*a.probe)
	x = min(max(x+float64(dx), 0), float64(v.Width)-0.5)
	y = min(max(y+2*float64(dy), 0), float64(v.Height)-0.5)
	a.setProbe(v.Point(x, y))
	a.carry(v)
}

// probed puts the crosshair in the middle where there is none, and tells whether there
// was one.
func (a *App) probed() bool {
	if a.frame == nil || a.screen.Width == 0 || a.screen.TooSmall {
		return false
	}
	if a.probe == nil {
		v := a.viewOf(a.maps()[0])
		a.setProbe(v.Point(float64(v.Width)/2, float64(v.Height)/2))
		return false
	}
	return true
}

func (a *App) setProbe(at scenarios.Point) {
	a.probe = &at
	a.order(func(d *session.Session) { d.Probe(&at) })
}

// endProbe takes the crosshair away.
func (a *App) endProbe() {
	a.probe, a.hand.mode = nil, 0
	a.must(func(d *session.Session) { d.Probe(nil) })
}

// withProbe lays the box of the probe over the screen, away from the crosshair.
func (a *App) withProbe(lines []string) []string {
	box := panel.Probe(a.frame, a.theme)
	r := a.maps()[0]
	x, y := r.X+1, r.Y+r.H-len(box)-legendRows
	v := a.viewOf(r)
	if _, at := v.Pixel(a.frame.Probe.Point); at > float64(v.Height)/2 {
		y = r.Y + titleRows
	}
	w := paint.Width(box[0])
	x = max(min(x, a.screen.Width-w), 0)
	for i, line := range box {
		if k := y + i; k > 0 && k < len(lines)-1 {
			lines[k] = paint.Overlay(lines[k], x, line, "", a.screen.Width)
		}
	}
	return lines
}
