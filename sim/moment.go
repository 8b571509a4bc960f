package sim

import "undercurrent/scenarios"

// Moment is where the particles of a flow were and how far it had come.
type Moment struct {
	Progress
	Points []scenarios.Point
}

// Moment is a copy of the present.
func (f *Flow) Moment() Moment {
	m := Moment{f.progress, make([]scenarios.Point, len(f.points))}
	f.Points(m.Points)
	return m
}

// Return goes back to a moment of the same particles. Steps from there give the same
// bits as they did before, if what drives the flow is the same.
func (f *Flow) Return(m Moment) {
	f.Place(m.Points)
	f.progress = m.Progress
}

// Branch takes over the particles of another flow of as many, with where they came
// from and how far they have come.
func (f *Flow) Branch(from *Flow) {
	f.Place(from.points)
	f.progress = from.progress
	f.noteOrigins(f.initialCloud())
}
