package sim

import (
	"undercurrent/scenarios"
	"undercurrent/sim/density"
)

// Particles that something else moves may be anywhere. Those beyond the padded window are
// strays: the flow's points are the others, and a particle of the frame is one of all.

// show makes a frame the particles; it belongs to the flow from then on.
func (f *Flow) show(frame []scenarios.Point) {
	f.resize(len(frame))
	f.frame = frame
	f.sift()
}

// sift takes the particles of the frame that lie in the padded window.
func (f *Flow) sift() {
	f.points, f.members = density.Inside(f.frame, f.grid.Bounds())
	f.fresh = false
}

// member is the number in the frame of a point.
func (f *Flow) member(point int) int {
	if f.members == nil {
		return point
	}
	return int(f.members[point])
}

// all are the particles, strays included, in the order of the frame.
func (f *Flow) all() []scenarios.Point {
	if f.frame != nil {
		return f.frame
	}
	return f.points
}

// strays counts them.
func (f *Flow) strays() int { return f.settings.Particles - len(f.points) }

// straying is their share of all particles.
func (f *Flow) straying() float64 { return float64(f.strays()) / float64(f.settings.Particles) }

// Outside counts the particles beyond each side of the padded window.
func (f *Flow) Outside() density.Outside {
	if f.strays() == 0 {
		return density.Outside{}
	}
	return density.CountOutside(f.frame, f.grid.Bounds())
}
