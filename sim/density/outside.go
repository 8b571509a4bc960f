package density

import (
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Inside returns the points in a window, in order and in a new slice, with their indices,
// which are nil if all points are inside.
func Inside(points []scenarios.Point, w scenarios.Window) (inside []scenarios.Point, indices []int32) {
	inside = make([]scenarios.Point, 0, len(points))
	for i, p := range points {
		if _, out := grid.Clamp(p, w); out {
			if indices == nil {
				indices = firstIndices(len(inside), len(points))
			}
			continue
		}
		if inside = append(inside, p); indices != nil {
			indices = append(indices, int32(i))
		}
	}
	return inside, indices
}

// firstIndices returns 0..n−1 with a capacity of room.
func firstIndices(n, room int) []int32 {
	list := make([]int32, n, room)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}

// Outside counts the points beyond each side of a window. A point counts at the side beyond
// which it lies furthest, in widths or heights of the window.
type Outside struct{ Left, Right, Below, Above int }

// CountOutside counts the points outside a window.
func CountOutside(points []scenarios.Point, w scenarios.Window) (n Outside) {
	width, height := w.XMax-w.XMin, w.YMax-w.YMin
	for _, p := range points {
		left, right := (w.XMin-p.X)/width, (p.X-w.XMax)/width
		below, above := (w.YMin-p.Y)/height, (p.Y-w.YMax)/height
		switch furthest := max(left, right, below, above); {
		case furthest <= 0:
		case furthest == left:
			n.Left++
		case furthest == right:
			n.Right++
		case furthest == below:
			n.Below++
		default:
			n.Above++
		}
	}
	return n
}
