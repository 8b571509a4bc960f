package target

import (
	"cmp"
	"math"
	"slices"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// cubature integrates a target over cells that it divides where they matter. It works with
// logarithms: a narrow mode shows in the log-density far from where its density underflows.
type cubature struct {
	target  scenarios.Target
	workers *grid.Workers
	// logTotal is the logarithm of the mass to which that of a cell is compared.
	logTotal  float64
	undefined bool // whether a value was NaN or +Inf
}

const (
	// cellTolerance is the share of the mass by which a cell may be wrong.
	cellTolerance = 1e-6
	// maxDivided bounds the cells that are divided in one integral: those with the largest
	// errors, if there are more.
	maxDivided = 3000
	// settled is the relative error below which a cell counts in the mass that others are
	// compared to.
	settled = 0.1
)

// cell is a rectangle with the log-densities at its corners, the middles of its sides and
// its centre.
type cell struct {
	centre, half scenarios.Point
	logs         [9]float64 // row by row from the lowest y
	undefined    bool

	logMass  float64 // by Simpson's rule
	logError float64 // of the trapezoidal rule, by its difference from Simpson's
	logTop   float64 // of the highest node, times the area
	logBound float64 // of the highest value of a quadratic through the nodes, times the area
}

// integrate returns the logarithm of the integral over the cells.
func (c *cubature) integrate(cells []*cell) (logSum float64) {
	logSum = math.Inf(-1)
	for left := maxDivided; len(cells) > 0; {
		c.evaluate(cells)
		limit := c.reference(logSum, cells) + math.Log(cellTolerance)
		// The order is that of the errors, and of the cells among equal ones.
		slices.SortStableFunc(cells, func(a, b *cell) int { return cmp.Compare(b.excess(), a.excess()) })
		var next []*cell
		for _, k := range cells {
			c.undefined = c.undefined || k.undefined
			if left > 0 && k.excess() > limit {
				next, left = append(next, k.quarters()...), left-1
			} else {
				logSum = logAdd(logSum, k.logMass)
			}
		}
		cells = next
	}
	return logSum
}

// evaluate computes the values of the cells.
func (c *cubature) evaluate(cells []*cell) {
	c.workers.Ranges(len(cells), func(from, to int) {
		for _, k := range cells[from:to] {
			k.evaluate(c.target)
		}
	})
}

// reference is the logarithm of the mass known so far.
func (c *cubature) reference(logSum float64, cells []*cell) float64 {
	total := logAdd(c.logTotal, logSum)
	for _, k := range cells {
		if k.logError < k.logMass+math.Log(settled) {
			total = logAdd(total, k.logMass)
		}
	}
	return total
}

// excess is the logarithm of the mass by which a cell may be wrong: by its quadrature, or
// because a mode between its nodes is higher than they are.
func (k *cell) excess() float64 {
	if k.logBound > k.logTop+1 {
		return max(k.logError, k.logBound)
	}
	return k.logError
}

// quarters are the four parts of a cell.
func (k *cell) quarters() []*cell {
	half := scenarios.Point{X: k.half.X / 2, Y: k.half.Y / 2}
	var parts []*cell
	for _, sy := range [2]float64{-1, 1} {
		for _, sx := range [2]float64{-1, 1} {
			parts = append(parts, &cell{centre: scenarios.Point{X: k.centre.X + sx*half.X, Y: k.centre.Y + sy*half.Y}, half: half})
		}
	}
	return parts
}

// evaluate evaluates the target at the nodes. A value that is NaN or +Inf counts as a
// density of zero.
func (k *cell) evaluate(t scenarios.Target) {
	top := math.Inf(-1)
	for i := range k.logs {
		l := t.LogDensity(k.centre.X+float64(i%3-1)*k.half.X, k.centre.Y+float64(i/3-1)*k.half.Y)
		if invalidLogDensity(l) {
			l, k.undefined = math.Inf(-1), true
		}
		k.logs[i], top = l, max(top, l)
	}
	if math.IsInf(top, -1) {
		k.logMass, k.logError, k.logTop, k.logBound = top, top, top, top
		return
	}
	logArea := math.Log(4*k.half.X) + math.Log(k.half.Y)
	simpson, trapezoid := k.means(top)
	k.logTop, k.logMass = top+logArea, top+logArea+math.Log(simpson)
	k.logError = top + logArea + math.Log(math.Abs(simpson-trapezoid))
	k.logBound = logArea + max(top, k.peak())
}

// means are the means of the density over the cell by the two rules, relative to e^top.
func (k *cell) means(top float64) (simpson, trapezoid float64) {
	s, t := [3]float64{1. / 6, 4. / 6, 1. / 6}, [3]float64{1. / 4, 2. / 4, 1. / 4}
	for i, l := range k.logs {
		v := portable.Exp(l - top)
		simpson += s[i%3] * s[i/3] * v
		trapezoid += t[i%3] * t[i/3] * v
	}
	return simpson, trapezoid
}

// peak is the highest value over the cell of the quadratic with the first and second
// differences of the logarithms about the centre, −Inf where a node has none. It is exact
// for a Gaussian.
func (k *cell) peak() float64 {
	l := &k.logs
	for _, v := range l {
		if math.IsInf(v, -1) {
			return v
		}
	}
	gx, gy := (l[5]-l[3])/2, (l[7]-l[1])/2
	xx, yy := l[5]-2*l[4]+l[3], l[7]-2*l[4]+l[1]
	xy := (l[8] - l[6] - l[2] + l[0]) / 4
	best := math.Inf(-1)
	for _, side := range [2]float64{-1, 1} {
		best = max(best, l[4]+side*gx+xx/2+highestOnSide(gy+side*xy, yy))
		best = max(best, l[4]+side*gy+yy/2+highestOnSide(gx+side*xy, xx))
	}
	if det := xx*yy - xy*xy; xx < 0 && det > 0 {
		u, v := (xy*gy-yy*gx)/det, (xy*gx-xx*gy)/det
		if math.Abs(u) <= 1 && math.Abs(v) <= 1 {
			best = max(best, l[4]+(gx*u+gy*v)/2)
		}
	}
	return best
}

// highestOnSide is the highest value of slope·t + bend·t²/2 over −1 ≤ t ≤ 1.
func highestOnSide(slope, bend float64) float64 {
	t := math.Copysign(1, slope)
	if bend < 0 {
		t = max(-1, min(1, -slope/bend))
	}
	return slope*t + bend*t*t/2
}

// logAdd is ln(eᵃ + eᵇ).
func logAdd(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	if math.IsInf(b, -1) {
		return a
	}
	return a + math.Log1p(portable.Exp(b-a))
}
