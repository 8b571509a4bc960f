package data

import (
	"math"

	"undercurrent/internal/portable"
)

// axis is the n nodes first + k·spacing.
type axis struct {
	first, spacing float64
	n              int
}

func (a axis) node(k int) float64 { return a.first + float64(k)*a.spacing }

// contains reports whether x lies between the second and the last but one node.
func (a axis) contains(x float64) bool { return x >= a.node(1) && x <= a.node(a.n-2) }

// cell returns the node k below x and the position from there in units of the spacing.
func (a axis) cell(x float64) (k int, t float64) {
	u := (x - a.first) / a.spacing
	// Rounding may exceed the first or the last cell.
	k = min(max(int(u), 1), a.n-3)
	return k, u - float64(k)
}

// spline interpolates values on a lattice by cubic B-splines: with the coordinates u and v in
// units of the spacings from the first node,
//
//	s(x, y) = Σᵢⱼ cᵢⱼ B(u − i) B(v − j).
//
// It has continuous second derivatives, so that its gradient is smooth (M. Unser, Splines:
// a perfect fit for signal and image processing, IEEE Signal Processing Magazine 16, 1999).
type spline struct {
	x, y         axis
	coefficients []float64 // row by row from the lowest y
}

// newSpline interpolates the values at all nodes but the outermost ones, where the function
// is continued with the second derivatives curvatureX and curvatureY. It keeps and modifies
// values.
func newSpline(values []float64, x, y axis, curvatureX, curvatureY float64) spline {
	// For a quadratic, (c₋₁ + 4c₀ + c₁)/6 = f holds with c = f − f″ spacing²/6.
	dx, dy := curvatureX*x.spacing*x.spacing/6, curvatureY*y.spacing*y.spacing/6
	for j := range y.n {
		row := values[j*x.n : (j+1)*x.n]
		row[0] -= dx
		row[x.n-1] -= dx
		filter(row, x.n, 1)
	}
	for i := range x.n {
		values[i] -= dy
		values[(y.n-1)*x.n+i] -= dy
	}
	filter(values, y.n, x.n)
	return spline{x, y, values}
}

// filter turns the values of n rows into coefficients across them: it solves
//
//	c[k−1] + 4c[k] + c[k+1] = 6f[k],  0 < k < n − 1,
//
// by elimination in each column. The first and the last row contain c on entry.
func filter(rows []float64, n, width int) {
	factor := make([]float64, n)
	for k := 1; k < n-1; k++ {
		factor[k] = 1 / (4 - factor[k-1])
		below, row := rows[(k-1)*width:k*width], rows[k*width:(k+1)*width]
		for i, f := range row {
			row[i] = (6*f - below[i]) * factor[k]
		}
	}
	for k := n - 2; k > 0; k-- {
		row, above := rows[k*width:(k+1)*width], rows[(k+1)*width:(k+2)*width]
		for i := range row {
			row[i] -= factor[k] * above[i]
		}
	}
}

// contains reports whether (x, y) is on the lattice without its outermost nodes.
func (s *spline) contains(x, y float64) bool { return s.x.contains(x) && s.y.contains(y) }

// value is s(x, y) on the lattice.
func (s *spline) value(x, y float64) float64 {
	i, t := s.x.cell(x)
	j, u := s.y.cell(y)
	return s.sum(i, j, bSpline(t), bSpline(u))
}

// slope is the gradient of value.
func (s *spline) slope(x, y float64) (gx, gy float64) {
	i, t := s.x.cell(x)
	j, u := s.y.cell(y)
	gx = s.sum(i, j, bSplineSlope(t), bSpline(u)) / s.x.spacing
	gy = s.sum(i, j, bSpline(t), bSplineSlope(u)) / s.y.spacing
	return gx, gy
}

// sum is the weighted sum of the sixteen coefficients about a cell.
func (s *spline) sum(i, j int, wx, wy fourWeights) float64 {
	first, next := (j-1)*s.x.n+i-1, s.x.n
	total := 0.0
	total += wy.below * wx.weigh(s.coefficients[first:])
	total += wy.lower * wx.weigh(s.coefficients[first+next:])
	total += wy.upper * wx.weigh(s.coefficients[first+2*next:])
	total += wy.above * wx.weigh(s.coefficients[first+3*next:])
	return total
}

// fourWeights are those of the four nodes about a point. They are no array, so that the compiler keeps them in registers.
type fourWeights struct{ below, lower, upper, above float64 }

// weigh is the weighted sum of the first four values.
func (w fourWeights) weigh(values []float64) float64 {
	v := (*[4]float64)(values)
	return w.below*v[0] + w.lower*v[1] + w.upper*v[2] + w.above*v[3]
}

// bSpline is B(t + 1), B(t), B(t − 1) and B(t − 2), the weights of the four nodes about a
// point.
func bSpline(t float64) fourWeights {
	s := 1 - t
	return fourWeights{s * s * s / 6, (4 + t*t*(3*t-6)) / 6, (4 + s*s*(3*s-6)) / 6, t * t * t / 6}
}

// bSplineSlope is its derivative.
func bSplineSlope(t float64) fourWeights {
	s := 1 - t
	return fourWeights{-s * s / 2, t * (3*t - 4) / 2, -s * (3*s - 4) / 2, t * t / 2}
}

// logAdd is ln(eᵃ + eᵇ).
func logAdd(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	if math.IsInf(a, -1) {
		return a
	}
	return a + math.Log1p(portable.Exp(b-a))
}
