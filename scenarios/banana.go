package scenarios

import "math/rand/v2"

// Banana is a Gaussian bent along a parabola,
//
//	p(x, y) = N((u, v); (0, 4), [[1, ½], [½, 1]]),  u = x/2,  v = 2y + 0.4(x² + 4).
//
// The map (x, y) → (u, v) has determinant ½ · 2 = 1, so Z = 1, and its inverse
// carries Gaussian draws to exact ones. The mode is where (u, v) = (0, 4): (0, 1.2).
type Banana struct{ straight normal }

var (
	_ Target  = Banana{}
	_ Sampler = Banana{}
)

// NewBanana is the banana of the mcmc-demo page.
func NewBanana() Banana {
	return Banana{newNormal(Point{0, 4}, Cov{XX: 1, XY: 0.5, YY: 1})}
}

func straighten(x, y float64) (u, v float64) { return x / 2, 2*y + 0.4*(x*x+4) }

func bend(u, v float64) Point {
	x := 2 * u
	return Point{x, (v - 0.4*(x*x+4)) / 2}
}

// LogDensity is normalised.
func (b Banana) LogDensity(x, y float64) float64 {
	return b.straight.logDensity(straighten(x, y))
}

// Score is Jᵀ∇log N, with J = [[½, 0], [0.8x, 2]] the derivative of (u, v).
func (b Banana) Score(x, y float64) (gx, gy float64) {
	gu, gv := b.straight.score(straighten(x, y))
	return gu/2 + 0.8*x*gv, 2 * gv
}

// Sample draws (u, v) and bends it.
func (b Banana) Sample(dst []Point, rng *rand.Rand) {
	for i := range dst {
		straight := b.straight.draw(rng)
		dst[i] = bend(straight.X, straight.Y)
	}
}
