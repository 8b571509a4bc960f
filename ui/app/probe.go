package app

import (
	tea "charm.land/bubbletea/v2"

	"undercurrent/scenarios"
	"undercurrent/ui/engine"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/panel"
)

// trimmings of a map: its title above, its legend below the picture.
const titleRows, legendRows = 1, 1

// mapAt is the rectangle of a picture of the plane that holds a cell, and its view.
func (a *App) viewOf(r layout.Rect) panel.View {
	return panel.NewView(a.frame.View, r.W, 2*(r.H-titleRows-legendRows))
}

// maps are the rectangles that show the plane.
func (a *App) maps() []layout.Rect {
	s := a.screen
	if a.comparing() {
		return layout.OfComparison(s.Width, s.Height, len(a.frame.Lanes), len(a.frame.Report.Regions)).Maps
	}
	list := []layout.Rect{s.Stage}
	if r, ok := s.Place[layout.Coverage]; ok {
		list = append(list, r)
	}
	return list
}

// moveProbe moves the crosshair by cells; the first press puts it in the middle.
func (a *App) moveProbe(dx, dy int) {
	if a.frame == nil || a.screen.Width == 0 || a.screen.TooSmall {
		return
	}
	v := a.viewOf(a.maps()[0])
	if a.probe == nil {
		a.setProbe(v.Point(float64(v.Width)/2, float64(v.Height)/2))
		return
	}
	x, y := v.Pixel(*a.probe)
	x = min(max(x+float64(dx), 0), float64(v.Width)-0.5)
	y = min(max(y+2*float64(dy), 0), float64(v.Height)-0.5)
	a.setProbe(v.Point(x, y))
}

func (a *App) setProbe(at scenarios.Point) {
	a.probe = &at
	a.player.Do(func(d *engine.Driver) { d.Probe(&at) })
}

// endProbe takes the crosshair away.
func (a *App) endProbe() {
	a.probe = nil
	a.player.Do(func(d *engine.Driver) { d.Probe(nil) })
}

// onMouse probes where the left button is pressed or dragged.
func (a *App) onMouse(m tea.Mouse) {
	if a.frame == nil || a.screen.TooSmall || a.picker != nil || a.manual != nil || a.palette != nil || m.Button != tea.MouseLeft {
		return
	}
	for _, r := range a.maps() {
		column, row := m.X-r.X, m.Y-r.Y-titleRows
		if column >= 0 && column < r.W && row >= 0 && row < r.H-titleRows-legendRows {
			a.setProbe(a.viewOf(r).Point(float64(column)+0.5, 2*float64(row)+1))
			return
		}
	}
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
