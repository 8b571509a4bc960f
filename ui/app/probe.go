package app

import (
	"undercurrent/scenarios"
	"undercurrent/ui/engine"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/panel"
)

// viewOf is the view of the map in the rectangle of a panel.
func (a *App) viewOf(r layout.Rect) panel.View {
	picture := panel.Picture(r)
	return panel.NewView(a.frame.View, picture.W, 2*picture.H)
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
	if len(a.maps()) == 0 {
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
	a.order(func(d *engine.Driver) { d.Probe(&at) })
}

// endProbe takes the crosshair away.
func (a *App) endProbe() {
	a.probe, a.hand.mode = nil, 0
	a.must(func(d *engine.Driver) { d.Probe(nil) })
}

// withProbe lays the box of the probe over the screen, away from the crosshair.
func (a *App) withProbe(lines []string) []string {
	box := panel.Probe(a.frame, a.theme)
	r := panel.Picture(a.maps()[0])
	x, y := r.X+1, r.Y+r.H-len(box)
	v := a.viewOf(a.maps()[0])
	if _, at := v.Pixel(a.frame.Probe.Point); at > float64(v.Height)/2 {
		y = r.Y
	}
	w := paint.Width(box[0])
	x = max(min(x, a.board.screen.Width-w), 0)
	for i, line := range box {
		if k := y + i; k > 0 && k < len(lines)-1 {
			lines[k] = paint.Overlay(lines[k], x, line, "", a.board.screen.Width)
		}
	}
	return lines
}
