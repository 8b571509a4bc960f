package divergences

import "math"

const (
	tableCells = 2048
	tableNodes = tableCells + 1
	centre     = tableCells / 2 // the node at r = 1
	tableStep  = 2 * customRange / tableCells
)

// nodeLogR is ln r at node i, exactly 0 at the centre.
func nodeLogR(i int) float64 { return float64(i-centre) * tableStep }

// logTable is the logarithm of a positive function of ln r at equidistant nodes over
// |ln r| ≤ customRange, with cubic Hermite interpolation.
type logTable struct {
	values [tableNodes]float64
	slopes [tableNodes]float64
}

// jump is the change of the logarithm over a cell above which the table does not resolve it.
const jump = 1

// setSlopes derives the slopes from the values by five-point differences,
// exact for quartics; the outermost two nodes on each side use the derivative
// of the quartic through the last five. Next to a jump they are limited.
func (t *logTable) setSlopes() {
	v := &t.values
	for i := 2; i < tableNodes-2; i++ {
		t.slopes[i] = (v[i-2] - 8*v[i-1] + 8*v[i+1] - v[i+2]) / (12 * tableStep)
	}
	t.setEndSlopes(0, 1)
	t.setEndSlopes(tableNodes-1, -1)
	for i := range t.slopes {
		if t.jumpsAround(i) {
			t.slopes[i] = t.limited(i)
		}
	}
}

// jumpsAround reports whether the values that a slope is derived from have a jump among them.
func (t *logTable) jumpsAround(i int) bool {
	from := min(max(i-2, 0), tableNodes-5)
	for k := from; k < from+4; k++ {
		if math.Abs(t.values[k+1]-t.values[k]) > jump {
			return true
		}
	}
	return false
}

// limited is the slope at a node, limited so that the interpolation is monotone on both sides: it
// would overshoot a jump by more than its height (Fritsch, Carlson 1980, Monotone piecewise cubic
// interpolation).
func (t *logTable) limited(i int) float64 {
	left, right := max(i-1, 0), min(i+1, tableNodes-1)
	before, after := (t.values[i]-t.values[left])/tableStep, (t.values[right]-t.values[i])/tableStep
	if left == i {
		before = after
	}
	if right == i {
		after = before
	}
	if before*after <= 0 {
		return 0
	}
	steepest := 3 * min(math.Abs(before), math.Abs(after))
	return min(max(t.slopes[i], -steepest), steepest)
}

// setEndSlopes sets the slopes at node end and its neighbour end + inwards, where
// inwards is ±1.
func (t *logTable) setEndSlopes(end, inwards int) {
	v := func(k int) float64 { return t.values[end+inwards*k] }
	step := float64(inwards) * tableStep
	t.slopes[end] = (-25*v(0) + 48*v(1) - 36*v(2) + 16*v(3) - 3*v(4)) / (12 * step)
	t.slopes[end+inwards] = (-3*v(0) - 10*v(1) + 18*v(2) - 6*v(3) + v(4)) / (12 * step)
}

// locate returns the cell of logR and the position within it, from 0 to 1.
func locate(logR float64) (cell int, position float64) {
	x := logR/tableStep + centre
	cell = min(max(int(math.Floor(x)), 0), tableCells-1)
	return cell, x - float64(cell)
}

// value is the interpolated logarithm.
func (t *logTable) value(logR float64) float64 {
	i, u := locate(logR)
	rise := t.values[i+1] - t.values[i]
	left := t.slopes[i]*tableStep - rise
	right := rise - t.slopes[i+1]*tableStep
	return t.values[i] + u*rise + u*(1-u)*((1-u)*left+u*right)
}

// slopeAt is the derivative of at.
func (t *logTable) slopeAt(logR float64) float64 {
	i, u := locate(logR)
	rise := (t.values[i+1] - t.values[i]) / tableStep
	left := t.slopes[i] - rise
	right := rise - t.slopes[i+1]
	return rise + (1-u)*(1-3*u)*left + u*(2-3*u)*right
}
