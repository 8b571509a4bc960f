package app

import (
	"math"

	tea "charm.land/bubbletea/v2"

	"undercurrent/scenarios"
	"undercurrent/ui/engine"
	"undercurrent/ui/layout"
	"undercurrent/ui/panel"
)

// hand is what the user holds.
type hand struct {
	mode   int // that goes with the probe, 0 for none
	button tea.MouseButton
	drag   int // mode under the pressed button, 0 where there was none
	at     layout.Rect
	last   scenarios.Point // of the last dab
	moved  bool
}

// drags tells whether a button is down.
func (h hand) drags() bool { return h.button != tea.MouseNone }

// Steps of a mode by key and wheel, and what a dab of particles is.
const (
	weightStep = 1.25
	widthStep  = 1.1
	// nearEnough is how far from a mode the mouse takes hold of it, in pixels.
	nearEnough = 4.0
	// dabPixels is the radius of a dab; a hundredth of the cloud is poured at once.
	dabPixels = 4.0
	dabShare  = 100
)

// rounded is a place to a quarter of a pixel: no more is meant by hand.
func rounded(p scenarios.Point, v panel.View) scenarios.Point {
	return scenarios.Point{X: roundTo(p.X, v.Scale()/4), Y: roundTo(p.Y, v.Scale()/4)}
}

// roundTo rounds to the power of ten at or below a step.
func roundTo(x, step float64) float64 {
	digits := math.Pow(10, -math.Floor(math.Log10(step)))
	return math.Round(x*digits) / digits
}

// nearest is the mode nearest to a place, counted from 1, and how far it is; 0 where
// the target is no mixture.
func (a *App) nearest(p scenarios.Point) (mode int, distance float64) {
	if _, ok := a.frame.Scenario.Target.(*scenarios.Mixture); !ok {
		return 0, math.Inf(1)
	}
	distance = math.Inf(1)
	for k, m := range a.frame.Scenario.Truth.Modes {
		if d := math.Hypot(m.X-p.X, m.Y-p.Y); d < distance {
			mode, distance = k+1, d
		}
	}
	return mode, distance
}

// chosen is the mode nearest to the probe; without a probe there is one first.
func (a *App) chosen() (mode int) {
	if !a.probed() {
		if a.frame != nil {
			a.say("move the probe to a mode with the arrows")
		}
		return 0
	}
	if mode, _ = a.nearest(*a.probe); mode == 0 {
		a.say(a.frame.Scenario.ID + " is not a mixture, expected one whose modes can be changed")
	}
	return mode
}

// grab takes the mode nearest to the probe along, or leaves it where it is.
func (a *App) grab() {
	if a.hand.mode != 0 {
		a.hand.mode = 0
		a.say("the mode stays here")
		return
	}
	if a.hand.mode = a.chosen(); a.hand.mode == 0 {
		return
	}
	a.setProbe(a.frame.Scenario.Truth.Modes[a.hand.mode-1])
	a.say("arrows move the mode · w W weight · f F width · X deletes · m leaves it")
}

// carry moves the grabbed mode to the probe.
func (a *App) carry(v panel.View) {
	if a.hand.mode == 0 {
		return
	}
	e := scenarios.Edit{Verb: scenarios.Move, Mode: a.hand.mode, At: rounded(*a.probe, v)}
	a.order(func(d *engine.Driver) { d.Nudge(e) })
}

// nudge changes the mode nearest to the probe by a factor.
func (a *App) nudge(verb scenarios.Verb, by float64) {
	if mode := a.chosen(); mode != 0 {
		a.nudgeMode(mode, verb, by)
	}
}

func (a *App) nudgeMode(mode int, verb scenarios.Verb, by float64) {
	e := scenarios.Edit{Verb: verb, Mode: mode, By: roundTo(by, 1e-4)}
	a.order(func(d *engine.Driver) { d.Nudge(e) })
}

// addMode puts a mode of the usual width at the probe.
func (a *App) addMode() {
	if a.chosen() == 0 {
		return
	}
	e := scenarios.Edit{Verb: scenarios.Add, At: rounded(*a.probe, a.viewOf(a.maps()[0])), By: a.usualWidth()}
	a.order(func(d *engine.Driver) { d.Edit(e) })
}

// usualWidth is the mean standard deviation of the modes, to two digits.
func (a *App) usualWidth() float64 {
	components := a.frame.Scenario.Target.(*scenarios.Mixture).Components()
	sum := 0.0
	for _, c := range components {
		sum += math.Sqrt(math.Sqrt(c.Cov.XX*c.Cov.YY - c.Cov.XY*c.Cov.XY))
	}
	mean := sum / float64(len(components))
	return roundTo(mean, mean/10)
}

// deleteMode takes the mode nearest to the probe away.
func (a *App) deleteMode() {
	mode := a.chosen()
	if mode == 0 {
		return
	}
	a.hand.mode = 0
	a.order(func(d *engine.Driver) { d.Edit(scenarios.Edit{Verb: scenarios.Delete, Mode: mode}) })
}

// dab pours particles at the probe, or takes them away.
func (a *App) dab(verb scenarios.Verb) {
	if !a.probed() {
		a.say("move the probe to a place with the arrows")
		return
	}
	e := a.dabAt(verb, *a.probe, a.viewOf(a.maps()[0]))
	a.order(func(d *engine.Driver) { d.Edit(e) })
}

// dabAt is a dab at a place.
func (a *App) dabAt(verb scenarios.Verb, p scenarios.Point, v panel.View) scenarios.Edit {
	radius := roundTo(dabPixels*v.Scale(), dabPixels*v.Scale()/10)
	e := scenarios.Edit{Verb: verb, At: rounded(p, v), By: radius}
	if verb == scenarios.Pour {
		// Half of the radius: nearly all of a Gaussian lies within twice its deviation.
		e.By = radius / 2
		e.Count = max(a.frame.Scenario.Particles/dabShare, 1)
	}
	return e
}

// save writes the target as it is to a file.
func (a *App) save() {
	if a.frame == nil || a.options.Save == nil {
		return
	}
	s := a.frame.Scenario
	if len(a.frame.Edits) > 0 {
		s.ID += "-edited"
	}
	settings, weight := a.frame.Settings, a.frame.Choice.Weight()
	s.Particles, s.Bandwidth = settings.Particles, settings.Bandwidth
	if s.Divergence = ""; weight == "" {
		s.Divergence = engine.Rule{Choice: a.frame.Choice, Velocity: settings.Velocity, Bandwidth: settings.Bandwidth}.Text()
	}
	name, err := a.options.Save(s)
	if err != nil {
		a.warn(err)
		return
	}
	if weight != "" {
		a.say("saved as " + name + " without the weight " + weight + ", which goes beside the file in --weight")
		return
	}
	a.say("saved as " + name + "; undercurrent --scenario " + name + " opens it")
}

// onMouse probes, drags modes, pours particles and takes them away.
func (a *App) onMouse(msg tea.MouseMsg) {
	if a.frame == nil || a.board.screen.TooSmall || a.covered() {
		return
	}
	m := msg.Mouse()
	switch msg.(type) {
	case tea.MouseReleaseMsg:
		a.letGo()
	case tea.MouseClickMsg:
		a.onPress(m)
	case tea.MouseMotionMsg:
		a.onDrag(m)
	case tea.MouseWheelMsg:
		a.onWheel(m)
	}
}

// pointed is the map under the mouse, its view and the place.
func (a *App) pointed(m tea.Mouse) (r layout.Rect, v panel.View, p scenarios.Point, ok bool) {
	for _, r := range a.maps() {
		picture := panel.Picture(r)
		column, row := m.X-picture.X, m.Y-picture.Y
		if column >= 0 && column < picture.W && row >= 0 && row < picture.H {
			v := a.viewOf(r)
			return r, v, v.Point(float64(column)+0.5, 2*float64(row)+1), true
		}
	}
	return r, v, p, false
}

// onPress takes hold of the mode under the mouse, or puts the probe there.
func (a *App) onPress(m tea.Mouse) {
	r, v, p, ok := a.pointed(m)
	if !ok || m.Button != tea.MouseLeft && m.Button != tea.MouseRight {
		return
	}
	a.letGo()
	a.hand.button, a.hand.at, a.hand.last, a.hand.moved = m.Button, r, p, false
	if m.Button == tea.MouseRight {
		return
	}
	a.hand.mode = 0
	a.setProbe(p)
	if mode, far := a.nearest(p); far <= nearEnough*v.Scale() {
		a.hand.drag = mode
	}
}

// onDrag follows the mouse while a button is down. Beyond the edge of the map it
// stays at it.
func (a *App) onDrag(m tea.Mouse) {
	if !a.hand.drags() {
		return
	}
	picture := panel.Picture(a.hand.at)
	column := min(max(m.X-picture.X, 0), picture.W-1)
	row := min(max(m.Y-picture.Y, 0), picture.H-1)
	v := a.viewOf(a.hand.at)
	p := v.Point(float64(column)+0.5, 2*float64(row)+1)
	if !a.hand.moved && math.Hypot(p.X-a.hand.last.X, p.Y-a.hand.last.Y) < v.Scale() {
		return
	}
	a.hand.moved = true
	switch {
	case a.hand.drag != 0:
		a.probe = &p
		e := scenarios.Edit{Verb: scenarios.Move, Mode: a.hand.drag, At: rounded(p, v)}
		a.order(func(d *engine.Driver) {
			d.Probe(&p)
			d.Drag(e)
		})
	case a.hand.button == tea.MouseLeft:
		a.spread(scenarios.Pour, p, v)
	default:
		a.spread(scenarios.Drain, p, v)
	}
}

// spread makes a dab where the mouse has gone far enough from the last one.
func (a *App) spread(verb scenarios.Verb, p scenarios.Point, v panel.View) {
	if math.Hypot(p.X-a.hand.last.X, p.Y-a.hand.last.Y) < dabPixels/2*v.Scale() {
		return
	}
	a.hand.last = p
	e := a.dabAt(verb, p, v)
	a.order(func(d *engine.Driver) { d.Drag(e) })
}

// letGo ends a gesture.
func (a *App) letGo() {
	if a.hand.drags() && a.hand.moved {
		a.must((*engine.Driver).Drop)
	}
	a.hand.button, a.hand.drag, a.hand.moved = tea.MouseNone, 0, false
}

// onWheel changes the weight of the mode nearest to the mouse, with a modifier its
// width.
func (a *App) onWheel(m tea.Mouse) {
	_, _, p, ok := a.pointed(m)
	if !ok {
		return
	}
	mode, _ := a.nearest(p)
	verb, by := scenarios.Weigh, weightStep
	if m.Mod != 0 {
		verb, by = scenarios.Widen, widthStep
	}
	switch {
	case mode == 0:
	case m.Button == tea.MouseWheelUp:
		a.nudgeMode(mode, verb, by)
	case m.Button == tea.MouseWheelDown:
		a.nudgeMode(mode, verb, 1/by)
	}
}
