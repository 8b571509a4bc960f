package sim

import (
	"slices"

	"undercurrent/scenarios"
)

// Moment is where the particles of a flow were and how far it had come.
type Moment struct {
	Progress
	Points  []scenarios.Point
	starts  []scenarios.Point
	watched bool
}

// Moment is a copy of the present.
func (f *Flow) Moment() Moment {
	return Moment{f.progress, slices.Clone(f.all()), f.starts, f.frame != nil}
}

// Return goes back to a moment of the same flow. Steps from there give the same bits
// as they did before, if what drives the flow is the same.
func (f *Flow) Return(m Moment) {
	if points := slices.Clone(m.Points); m.watched {
		f.show(points)
	} else {
		f.take(points)
		f.holdAll(points)
	}
	f.starts, f.progress = m.starts, m.Progress
	f.noteOrigins()
}

// Branch takes over the particles of another flow, with where they came from and how
// far they have come.
func (f *Flow) Branch(from *Flow) { f.Return(from.Moment()) }
