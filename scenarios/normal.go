package scenarios

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Cov is a symmetric 2×2 covariance matrix [[XX, XY], [XY, YY]], in length².
type Cov struct{ XX, XY, YY float64 }

// check returns an error if c is not finite and positive definite. A correlation within
// 5e-13 of ±1 counts as singular: its inverse would be dominated by rounding.
func (c Cov) check() error {
	if !IsFinite(c.XX) || !IsFinite(c.XY) || !IsFinite(c.YY) {
		return fmt.Errorf("covariance [[%g, %g], [%g, %g]] is not finite, expected numbers", c.XX, c.XY, c.XY, c.YY)
	}
	if !(c.XX > 0 && c.YY > 0 && c.YY-c.XY/c.XX*c.XY > 1e-12*c.YY) {
		return fmt.Errorf("covariance [[%g, %g], [%g, %g]] is not positive definite, expected one with positive variances and a determinant above 0", c.XX, c.XY, c.XY, c.YY)
	}
	return nil
}

// IsFinite reports whether v is neither infinite nor NaN.
func IsFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// Normal is N(μ, LLᵀ) times a constant. Its logarithm is peak − |z|²/2 with the whitened
// point z = L⁻¹((x, y) − μ), which needs no determinant or inverse per evaluation.
type Normal struct {
	mx, my        float64
	w11, w21, w22 float64 // L⁻¹
	peak          float64 // log-density at μ
	l11, l21, l22 float64
}

// NewNormal returns N(mean, c), normalised; c must be positive definite, see Component.Check.
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

// Whiten is z = L⁻¹((x, y) − μ), which is standard normal if (x, y) is drawn from n.
func (n *Normal) Whiten(x, y float64) (z1, z2 float64) {
	dx, dy := x-n.mx, y-n.my
	return n.w11 * dx, n.w21*dx + n.w22*dy
}

// LogDensity is peak − |z|²/2.
func (n *Normal) LogDensity(x, y float64) float64 {
	z1, z2 := n.Whiten(x, y)
	return n.peak - 0.5*(z1*z1+z2*z2)
}

// vertex is the x of the highest density on the line of constant y.
func (n *Normal) vertex(y float64) float64 {
	return n.mx - n.w21*n.w22/(n.w11*n.w11+n.w21*n.w21)*(y-n.my)
}

// unwhiten is −L⁻ᵀz, the score at the point whose whitened point is z.
func (n *Normal) unwhiten(z1, z2 float64) (gx, gy float64) {
	return -(n.w11*z1 + n.w21*z2), -n.w22 * z2
}

// Score is −Σ⁻¹((x, y) − μ), in 1/length.
func (n *Normal) Score(x, y float64) (gx, gy float64) {
	return n.unwhiten(n.Whiten(x, y))
}

// Curvature is the diagonal of the Hessian of the log-density, −(L⁻¹)ᵀL⁻¹.
func (n *Normal) Curvature() (xx, yy float64) {
	return -(n.w11*n.w11 + n.w21*n.w21), -n.w22 * n.w22
}

// Draw returns one draw; it takes two normal variates from rng.
func (n *Normal) Draw(rng *rand.Rand) Point {
	a, b := rng.NormFloat64(), rng.NormFloat64()
	return Point{n.mx + n.l11*a, n.my + n.l21*a + n.l22*b}
}

// Ellipse returns the covariance with standard deviations a and b along its principal axes,
// the first of them rotated counter-clockwise from x by an angle in degrees.
func Ellipse(a, b, degrees float64) Cov {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	a, b = a*a, b*b
	return Cov{XX: a*cos*cos + b*sin*sin, XY: (a - b) * sin * cos, YY: a*sin*sin + b*cos*cos}
}
