package app

import (
	"undercurrent/scenarios"
	"undercurrent/ui/session"
)

// editor changes the target and the particles at the probe, by keys.
type editor struct {
	link     *link
	messages *messages
	probe    *probe
	grabbed  int // mode that moves with the probe, 0 for none
}

// Steps of a mode by key and wheel.
const (
	weightStep = 1.25
	widthStep  = 1.1
)

// chosen is the mode nearest to the probe, 0 for none; without a probe there is one first.
func (e *editor) chosen(on plane) (mode int) {
	if !e.probe.stands(on) {
		if on.frame != nil {
			e.messages.say("move the probe to a mode with the arrows first")
		}
		return 0
	}
	if mode, _ = on.nearest(*e.probe.at); mode == 0 {
		e.messages.say(on.frame.Scenario.ID + " is not a mixture: its modes cannot be edited")
	}
	return mode
}

// grab binds the mode nearest to the probe to the probe, or releases it.
func (e *editor) grab(on plane) {
	if e.grabbed != 0 {
		e.grabbed = 0
		e.messages.say("mode released")
		return
	}
	if e.grabbed = e.chosen(on); e.grabbed == 0 {
		return
	}
	e.probe.set(on.frame.Scenario.Truth.Modes[e.grabbed-1])
	e.messages.say("arrows move the mode · w W weight · f F width · X deletes · m releases it")
}

// move moves the probe, and the mode that is grabbed with it.
func (e *editor) move(on plane, to scenarios.Point) {
	if e.grabbed == 0 {
		e.probe.set(to)
		return
	}
	// One command does both, so that those of a key that is held down are joined.
	e.probe.at = &to
	e.link.nudge(scenarios.Edit{Verb: scenarios.Move, Mode: e.grabbed, At: rounded(to, on.first())})
}

// scale changes the weight or the width of the mode nearest to the probe by a factor.
func (e *editor) scale(on plane, verb scenarios.Verb, by float64) {
	if mode := e.chosen(on); mode != 0 {
		e.scaleMode(mode, verb, by)
	}
}

func (e *editor) scaleMode(mode int, verb scenarios.Verb, by float64) {
	edit := scenarios.Edit{Verb: verb, Mode: mode, By: roundTo(by, 1e-4)}
	e.link.nudge(edit)
}

// add puts a mode of the usual width at the probe.
func (e *editor) add(on plane) {
	if e.chosen(on) == 0 {
		return
	}
	edit := scenarios.Edit{Verb: scenarios.Add, At: rounded(*e.probe.at, on.first()), By: on.usualWidth()}
	e.link.slow("", func(d *session.Session, _ int) { d.Edits.Apply(edit) })
}

// remove deletes the mode nearest to the probe.
func (e *editor) remove(on plane) {
	mode := e.chosen(on)
	if mode == 0 {
		return
	}
	e.grabbed = 0
	e.link.slow("", func(d *session.Session, _ int) { d.Edits.Apply(scenarios.Edit{Verb: scenarios.Delete, Mode: mode}) })
}

// brush adds particles at the probe, or removes them.
func (e *editor) brush(on plane, verb scenarios.Verb) {
	if !e.probe.stands(on) {
		e.messages.say("move the probe with the arrows first")
		return
	}
	edit := on.brush(verb, *e.probe.at, on.first())
	e.link.slow("", func(d *session.Session, _ int) { d.Edits.Apply(edit) })
}
