package scenarios

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
)

// insideByGauss integrates the density of N(mean, c), by its determinant and inverse, over a
// window by Gauss–Legendre panels along both axes; it is cut at nine standard deviations.
func insideByGauss(mean Point, c Cov, w Window, panels int) float64 {
	sx, sy := 9*math.Sqrt(c.XX), 9*math.Sqrt(c.YY)
	xs, wx := panelsOf(max(w.XMin, mean.X-sx), min(w.XMax, mean.X+sx), panels)
	ys, wy := panelsOf(max(w.YMin, mean.Y-sy), min(w.YMax, mean.Y+sy), panels)
	det, sum := c.XX*c.YY-c.XY*c.XY, 0.0
	for j, y := range ys {
		v, row := y-mean.Y, 0.0
		for i, x := range xs {
			u := x - mean.X
			row += wx[i] * math.Exp(-(c.YY*u*u-2*c.XY*u*v+c.XX*v*v)/(2*det))
		}
		sum += wy[j] * row
	}
	return sum / (2 * math.Pi * math.Sqrt(det))
}

func panelsOf(lo, hi float64, n int) (x, weight []float64) {
	if !(lo < hi) {
		return nil, nil
	}
	for k := range n {
		px, pw := make([]float64, 6), make([]float64, 6)
		width := (hi - lo) / float64(n)
		quad.Legendre{}.FixedLocations(px, pw, lo+float64(k)*width, lo+float64(k+1)*width)
		x, weight = append(x, px...), append(weight, pw...)
	}
	return x, weight
}

// wishart draws AAᵀ with A of independent normals, the second row scaled down towards the
// first so that the correlation is strong.
func wishart(rng *rand.Rand, thin float64) Cov {
	a, b := rng.NormFloat64(), rng.NormFloat64()
	c, d := a*thin+(1-thin)*rng.NormFloat64(), b*thin+(1-thin)*rng.NormFloat64()
	return Cov{XX: a*a + b*b, XY: a*c + b*d, YY: c*c + d*d}
}

func TestMassOutsideEqualsBruteForce(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	w := Window{XMin: -1.5, XMax: 2, YMin: -1, YMax: 1.2}
	for k, thin := range []float64{0, 0, 0, 0, 0, 0, 0.9, 0.9, 0.95, 0.95, 0.97} {
		mean := Point{rng.NormFloat64(), rng.NormFloat64()}
		c := wishart(rng, thin)
		if rest := 1 - c.XY*c.XY/(c.XX*c.YY); rest < 1e-4 {
			continue // the dense grid of the test does not resolve it
		}
		panels := 60
		if thin > 0 {
			panels = 350
		}
		n := NewNormal(mean, c)
		got, want := n.MassOutside(w), 1-insideByGauss(mean, c, w, panels)
		if math.Abs(got-want) > 1e-10 {
			t.Errorf("%d: N(%v, %v) has %.12f outside, expected %.12f", k, mean, c, got, want)
		}
	}
}

// With a correlation of almost ±1 a Gaussian is one on a line.
func TestMassOutsideOfALine(t *testing.T) {
	phi := func(z float64) float64 { return (1 + math.Erf(z/math.Sqrt2)) / 2 }
	w := Window{XMin: -1.5, XMax: 2, YMin: -1, YMax: 1.2}
	for _, rho := range []float64{1 - 1e-8, 1 - 1e-11, -1 + 1e-8, -1 + 1e-11} {
		n := NewNormal(Point{}, Cov{XX: 1, XY: rho, YY: 1})
		// y = ±x up to a deviation of 1e-4 or less, which averages out to first order.
		want := 1 - (phi(1.2) - phi(-1))
		if rho < 0 {
			want = 1 - (phi(1) - phi(-1.2))
		}
		if got := n.MassOutside(w); math.Abs(got-want) > 1e-7 {
			t.Errorf("at a correlation of %g the mass outside is %.10f, expected %.10f", rho, got, want)
		}
	}
}

// Products of error functions, to all digits also where the mass is small.
func TestMassOutsideWithoutCorrelation(t *testing.T) {
	tail := func(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 }
	for _, c := range []struct{ half, sx, sy float64 }{{1, 1, 1}, {2, 1, 0.3}, {5, 1, 1}, {7, 1, 1.1}, {9, 1, 0.01}, {0.01, 1, 1}} {
		a, b := 2*tail(c.half/c.sx), 2*tail(c.half/c.sy)
		m, err := NewMixture([]Component{{Cov: Cov{XX: c.sx * c.sx, YY: c.sy * c.sy}, Weight: 1}})
		if err != nil {
			t.Fatal(err)
		}
		w := Window{-c.half, c.half, -c.half, c.half}
		want := a + b - a*b
		if got := m.MassOutside(w); math.Abs(got-want) > 1e-12*want {
			t.Errorf("%+v: %.15g outside, expected %.15g", c, got, want)
		}
		// Almost no correlation takes the other way and keeps the digits.
		n := NewNormal(Point{}, Cov{XX: c.sx * c.sx, XY: 1e-14 * c.sx * c.sy, YY: c.sy * c.sy})
		if got := n.MassOutside(w); math.Abs(got-want) > 1e-11*want {
			t.Errorf("%+v: %.15g outside by quadrature, expected %.15g", c, got, want)
		}
	}
}

func TestMassOutsideOfMixtures(t *testing.T) {
	components := []Component{
		{Mean: Point{0, 0}, Cov: Cov{XX: 1, YY: 1}, Weight: 1},
		{Mean: Point{9, 1}, Cov: Cov{XX: 1, XY: 0.5, YY: 1}, Weight: 2},
		{Mean: Point{9, 1}, Cov: Cov{XX: 1, XY: 0.5, YY: 1}, Weight: 1},
		{Mean: Point{50, 1}, Cov: Cov{XX: 1, YY: 1}, Weight: 0},
	}
	m, err := NewMixture(components)
	if err != nil {
		t.Fatal(err)
	}
	w, want := Window{-4, 4, -4, 4}, 0.0
	for _, c := range components {
		want += c.Weight / 4 * (1 - insideByGauss(c.Mean, c.Cov, w, 60))
	}
	if got := m.MassOutside(w); math.Abs(got-want) > 1e-10 {
		t.Errorf("%.12g outside, expected %.12g", got, want)
	}
	if got := m.MassOutside(Window{1e3, 2e3, 0, 1}); got != 1 {
		t.Errorf("%g outside of a window far away, expected 1", got)
	}
}

func TestMassOutsideOfTheOtherTargets(t *testing.T) {
	w := Window{-1, 1, -2, 2}
	g := Gaussian{Mean: Point{0.3, 0.1}, Sigma: 0.7}
	want := 1 - insideByGauss(g.Mean, Cov{XX: 0.49, YY: 0.49}, w, 60)
	if got := g.MassOutside(w); math.Abs(got-want) > 1e-12 {
		t.Errorf("a Gaussian has %g outside, expected %g", got, want)
	}
	for _, c := range []struct {
		box  Window
		want float64
	}{{Window{-1, 1, -1, 1}, 0}, {Window{0, 2, -1, 1}, 0.5}, {Window{-2, 2, -4, 4}, 0.75}, {Window{2, 3, 0, 1}, 1}} {
		if got := (Box{c.box}).MassOutside(w); math.Abs(got-c.want) > 1e-15 {
			t.Errorf("the box %v has %g outside, expected %g", c.box, got, c.want)
		}
	}
}
