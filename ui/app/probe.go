package app

import (
	"undercurrent/scenarios"
	"undercurrent/ui/paint"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// probe is the crosshair on the maps, at whose place the flow is read.
type probe struct {
	link *link
	at   *scenarios.Point // nil for none
}

func (p *probe) set(at scenarios.Point) {
	p.at = &at
	p.link.repeat("probe", func(d *session.Session, _ int) { d.Probe(&at) })
}

// end takes the crosshair away.
func (p *probe) end() {
	p.at = nil
	p.link.end(func(d *session.Session) { d.Probe(nil) })
}

// stands puts the crosshair in the middle where there is none, and reports whether there
// was one.
func (p *probe) stands(on plane) bool {
	if !on.shown() {
		return false
	}
	if p.at == nil {
		v := on.first()
		p.set(v.Point(float64(v.Width)/2, float64(v.Height)/2))
		return false
	}
	return true
}

// beside is the place some cells from the crosshair, and whether there is one: without a crosshair there is one then, in
// the middle.
func (p *probe) beside(on plane, dx, dy int) (at scenarios.Point, ok bool) {
	if !p.stands(on) {
		return at, false
	}
	v := on.first()
	x, y := v.Pixel(*p.at)
	x = min(max(x+float64(dx), 0), float64(v.Width)-0.5)
	y = min(max(y+2*float64(dy), 0), float64(v.Height)-0.5)
	return v.Point(x, y), true
}

// lay lays the box with what is read over the screen: beside the maps where there is room, otherwise away
// from the crosshair.
func (p *probe) lay(lines []string, on plane, t paint.Theme, width int) []string {
	if on.frame.Probe == nil || p.at == nil {
		return lines
	}
	var box []string
	var x, y int
	if r := on.beside; r.W >= panel.MinProbe {
		box = panel.Probe(on.frame, t, min(r.W, panel.ProbeWidth))
		x, y = r.X, r.Y+r.H-len(box)
	} else {
		box = panel.Probe(on.frame, t, panel.ProbeWidth)
		x, y = p.away(on, len(box))
	}
	x = max(min(x, width-paint.Width(box[0])), 0)
	for i, line := range box {
		if k := y + i; k > 0 && k < len(lines)-1 {
			lines[k] = paint.Overlay(lines[k], x, line, "", width)
		}
	}
	return lines
}

// away is the place of a box of some rows in the half of the first map without the crosshair.
func (p *probe) away(on plane, rows int) (x, y int) {
	picture, v := on.picture(on.maps[0]), on.first()
	x, y = picture.X+1, picture.Y+picture.H-rows
	if _, at := v.Pixel(on.frame.Probe.Point); at > float64(v.Height)/2 {
		y = picture.Y
	}
	return x, y
}
