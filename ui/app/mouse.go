package app

import (
	"math"

	tea "charm.land/bubbletea/v2"

	"undercurrent/scenarios"
	"undercurrent/ui/layout"
	"undercurrent/ui/panel"
)

// mouse probes, drags modes, adds particles and removes them.
type mouse struct {
	on     bool // off, the terminal has the mouse
	link   *link
	probe  *probe
	editor *editor
	drag   drag
}

// drag is what the mouse does while a button is down.
type drag struct {
	button tea.MouseButton
	mode   int // under the button when it was pressed, 0 where there was none
	at     layout.Rect
	last   scenarios.Point // where the brush was last
	moved  bool
}

// nearEnough is how far from a mode the mouse takes hold of it, in pixels.
const nearEnough = 4.0

// dragging reports whether a button is down.
func (m *mouse) dragging() bool { return m.drag.button != tea.MouseNone }

// update follows the mouse over the plane; a release is heard wherever it is.
func (m *mouse) update(msg tea.MouseMsg, on plane) {
	if _, ok := msg.(tea.MouseReleaseMsg); ok {
		m.release()
		return
	}
	if !on.shown() {
		return
	}
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		m.press(msg.Mouse(), on)
	case tea.MouseMotionMsg:
		m.move(msg.Mouse(), on)
	case tea.MouseWheelMsg:
		m.wheel(msg.Mouse(), on)
	}
}

// press takes hold of the mode under the mouse, or puts the probe there.
func (m *mouse) press(at tea.Mouse, on plane) {
	r, v, p, ok := on.under(at)
	if !ok || at.Button != tea.MouseLeft && at.Button != tea.MouseRight {
		return
	}
	m.release()
	m.drag = drag{button: at.Button, at: r, last: p}
	if at.Button == tea.MouseRight {
		return
	}
	m.editor.grabbed = 0
	m.probe.set(p)
	if mode, far := on.nearest(p); far <= nearEnough*v.Scale() {
		m.drag.mode = mode
	}
}

// move follows the mouse while a button is down. Beyond the edge of the map it stays at it.
func (m *mouse) move(at tea.Mouse, on plane) {
	if !m.dragging() {
		return
	}
	d := &m.drag
	v, p := on.within(d.at, at)
	if !d.moved && math.Hypot(p.X-d.last.X, p.Y-d.last.Y) < v.Scale() {
		return
	}
	d.moved = true
	switch {
	case d.mode != 0:
		m.probe.at = &p
		m.link.drag(scenarios.Edit{Verb: scenarios.Move, Mode: d.mode, At: rounded(p, v)})
	case d.button == tea.MouseLeft:
		m.spread(scenarios.Pour, p, v, on)
	default:
		m.spread(scenarios.Drain, p, v, on)
	}
}

// spread brushes where the mouse has gone far enough from the last time.
func (m *mouse) spread(verb scenarios.Verb, p scenarios.Point, v panel.View, on plane) {
	if math.Hypot(p.X-m.drag.last.X, p.Y-m.drag.last.Y) < brushPixels/2*v.Scale() {
		return
	}
	m.drag.last = p
	m.link.drag(on.brush(verb, p, v))
}

// release ends a drag.
func (m *mouse) release() {
	if m.dragging() && m.drag.moved {
		m.link.endDrag()
	}
	m.drag = drag{}
}

// wheel changes the weight of the mode nearest to the mouse, with a modifier its width.
func (m *mouse) wheel(at tea.Mouse, on plane) {
	_, _, p, ok := on.under(at)
	if !ok {
		return
	}
	mode, _ := on.nearest(p)
	verb, by := scenarios.Weigh, weightStep
	if at.Mod != 0 {
		verb, by = scenarios.Widen, widthStep
	}
	switch {
	case mode == 0:
	case at.Button == tea.MouseWheelUp:
		m.editor.scaleMode(mode, verb, by)
	case at.Button == tea.MouseWheelDown:
		m.editor.scaleMode(mode, verb, 1/by)
	}
}
