package scenarios

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Cov is a symmetric 2×2 covariance matrix [[XX, XY], [XY, YY]], in length².
type Cov struct{ XX, XY, YY float64 }

// check reports why c is not a covariance matrix, or nil. A correlation within
// 5e-13 of ±1 counts as singular: its inverse would be rounding noise.
func (c Cov) check() error {
	if !IsFinite(c.XX) || !IsFinite(c.XY) || !IsFinite(c.YY) {
		return fmt.Errorf("covariance [[%g, %g], [%g, %g]] is not finite, expected numbers", c.XX, c.XY, c.XY, c.YY)
	}
	if !(c.XX > 0 && c.YY > 0 && c.YY-c.XY/c.XX*c.XY > 1e-12*c.YY) {
		return fmt.Errorf("covariance [[%g, %g], [%g, %g]] is not positive definite, expected one with positive variances and a determinant above 0", c.XX, c.XY, c.XY, c.YY)
	}
	return nil
}

// IsFinite reports whether v is a number, neither infinite nor NaN.
func IsFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// Normal is N(μ, LLᵀ) times a constant. Whitening, z = L⁻¹((x, y) − μ), turns
// its logarithm into peak − |z|²/2, with no determinant or inverse left in the
// inner loop.
type Normal struct {
	mx, my        float64
	w11, w21, w22 float64 // L⁻¹
	peak          float64 // log-density at μ
	l11, l21, l22 float64
}

// NewNormal is N(mean, c), normalised; c must be positive definite, as Component.Check demands.
func NewNormal(mean Point, c Cov) Normal {
	l11 := math.Sqrt(c.XX)
	l21 := c.XY / l11
	l22 := math.Sqrt(c.YY - l21*l21)
	return Normal{
		mx: mean.X, my: mean.Y,
		w11: 1 / l11, w21: -l21 / (l11 * l22), w22: 1 / l22,
		peak: -math.Log(2*math.Pi) - math.Log(l11) - math.Log(l22),
		l11:  l11, l21: l21, l22: l22,
	}
}

// Whiten is z = L⁻¹((x, y) − μ): standard normal where (x, y) is drawn from n.
func (n *Normal) Whiten(x, y float64) (z1, z2 float64) {
	dx, dy := x-n.mx, y-n.my
	return n.w11 * dx, n.w21*dx + n.w22*dy
}

// LogDensity is peak − |z|²/2.
func (n *Normal) LogDensity(x, y float64) float64 {
	z1, z2 := n.Whiten(x, y)
	return n.peak - 0.5*(z1*z1+z2*z2)
}

// vertex is where along the line of this y the density is highest.
func (n *Normal) vertex(y float64) float64 {
	return n.mx - n.w21*n.w22/(n.w11*n.w11+n.w21*n.w21)*(y-n.my)
}

// unwhiten is −L⁻ᵀz: the score at the point that whitens to z.
func (n *Normal) unwhiten(z1, z2 float64) (gx, gy float64) {
	return -(n.w11*z1 + n.w21*z2), -n.w22 * z2
}

// Score is −Σ⁻¹((x, y) − μ), in 1/length.
func (n *Normal) Score(x, y float64) (gx, gy float64) {
	return n.unwhiten(n.Whiten(x, y))
}

// Curvature is the diagonal of the second derivative of the log-density, −(L⁻¹)ᵀL⁻¹.
func (n *Normal) Curvature() (xx, yy float64) {
	return -(n.w11*n.w11 + n.w21*n.w21), -n.w22 * n.w22
}

// Draw is one draw; it takes two normal numbers of rng.
func (n *Normal) Draw(rng *rand.Rand) Point {
	a, b := rng.NormFloat64(), rng.NormFloat64()
	return Point{n.mx + n.l11*a, n.my + n.l21*a + n.l22*b}
}

// Ellipse is the covariance of an ellipse with standard deviations a and b along its axes,
// the first of them turned counter-clockwise from x by an angle in degrees.
func Ellipse(a, b, degrees float64) Cov {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	a, b = a*a, b*b
	return Cov{XX: a*cos*cos + b*sin*sin, XY: (a - b) * sin * cos, YY: a*sin*sin + b*cos*cos}
}
