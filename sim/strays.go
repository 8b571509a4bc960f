package sim

import (
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Particles that something else moves may be anywhere. Those beyond the padded window are
// strays: the flow's points are the others, and a particle of the frame is one of all.

// show makes a frame the particles; it belongs to the flow from then on.
func (f *Flow) show(frame []scenarios.Point) {
	f.resize(len(frame))
	f.frame = frame
	f.sift()
}

// sift tells the strays of the frame from the others.
func (f *Flow) sift() {
	bounds := f.grid.Bounds()
	points, members := make([]scenarios.Point, 0, len(f.frame)), []int32(nil)
	for i, p := range f.frame {
		if _, out := grid.Clamp(p, bounds); out {
			if members == nil {
				members = firstWhole(len(points), len(f.frame))
			}
			continue
		}
		if points = append(points, p); members != nil {
			members = append(members, int32(i))
		}
	}
	f.points, f.members, f.fresh = points, members, false
}

// firstWhole are the numbers of the first n, with room for more.
func firstWhole(n, room int) []int32 {
	list := make([]int32, n, room)
	for i := range list {
		list[i] = int32(i)
	}
	return list
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

// Strays counts the particles beyond each side of the padded window, each by the side that
// it is furthest from, in widths or heights of the window.
type Strays struct{ Left, Right, Below, Above int }

// Strays counts the present ones.
func (f *Flow) Strays() (s Strays) {
	if f.strays() == 0 {
		return s
	}
	w := f.grid.Bounds()
	width, height := w.XMax-w.XMin, w.YMax-w.YMin
	for _, p := range f.frame {
		left, right := (w.XMin-p.X)/width, (p.X-w.XMax)/width
		below, above := (w.YMin-p.Y)/height, (p.Y-w.YMax)/height
		switch furthest := max(left, right, below, above); {
		case furthest <= 0:
		case furthest == left:
			s.Left++
		case furthest == right:
			s.Right++
		case furthest == below:
			s.Below++
		default:
			s.Above++
		}
	}
	return s
}
