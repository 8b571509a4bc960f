package grid

import (
	"math"
	"testing"
)

func TestTheGradientOfAQuadraticIsExactAndOfASineRightOnAverage(t *testing.T) {
	g := Grid{X0: -1, Y0: -2, Spacing: 0.1, NX: 30, NY: 40}
	quadratic := make([]float64, g.Len())
	for i := range quadratic {
		x, y := g.X(i%g.NX), g.Y(i/g.NX)
		quadratic[i] = 1 + 2*x - 3*y + 0.5*x*x - x*y + 2*y*y
	}
	for iy := 2; iy < g.NY-2; iy++ {
		for ix := 2; ix < g.NX-2; ix++ {
			got, x, y := g.Gradient(quadratic, ix, iy), g.X(ix), g.Y(iy)
			if math.Abs(got.X-(2+x-y)) > 1e-9 || math.Abs(got.Y-(-3-x+4*y)) > 1e-9 {
				t.Fatalf("at (%g, %g) the gradient is %v", x, y, got)
			}
		}
	}
	// Between the nodes of a sine of wave number k the mean error is of fourth order.
	worst := func(spacing float64) float64 {
		g := Grid{Spacing: spacing, NX: int(4 / spacing), NY: 9}
		sine := make([]float64, g.Len())
		for i := range sine {
			sine[i] = math.Sin(2 * g.X(i%g.NX))
		}
		sum, n := 0.0, 0
		for ix := 2; ix+3 < g.NX; ix++ {
			a, b := g.Gradient(sine, ix, 4).X, g.Gradient(sine, ix+1, 4).X
			// The mean over the cell, of the interpolant and of the derivative.
			mean := (math.Sin(2*g.X(ix+1)) - math.Sin(2*g.X(ix))) / spacing
			sum += ((a+b)/2 - mean) * ((a+b)/2 - mean)
			n++
		}
		return math.Sqrt(sum / float64(n))
	}
	if order := math.Log2(worst(0.1) / worst(0.05)); order < 3.5 {
		t.Errorf("the mean error falls with order %.2f, expected 4", order)
	}
}
