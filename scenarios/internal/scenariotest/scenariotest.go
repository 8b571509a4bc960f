// Package scenariotest provides helpers of the tests of scenarios: laws that every target
// obeys, quadrature as a reference for densities, and small scenarios.
package scenariotest

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
)

// ForEach tests a law on every scenario, in parallel subtests.
func ForEach(t *testing.T, all []scenarios.Scenario, law func(t *testing.T, s scenarios.Scenario)) {
	t.Helper()
	for _, s := range all {
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			law(t, s)
		})
	}
}

// Seeded returns a new random number generator.
func Seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

// Grown returns a window grown on each edge by a fraction of its width or height.
func Grown(w scenarios.Window, fraction float64) scenarios.Window {
	dx, dy := fraction*(w.XMax-w.XMin), fraction*(w.YMax-w.YMin)
	return scenarios.Window{XMin: w.XMin - dx, XMax: w.XMax + dx, YMin: w.YMin - dy, YMax: w.YMax + dy}
}

// Uniform is a point drawn from a window.
func Uniform(w scenarios.Window, rng *rand.Rand) scenarios.Point {
	return scenarios.Point{
		X: w.XMin + rng.Float64()*(w.XMax-w.XMin),
		Y: w.YMin + rng.Float64()*(w.YMax-w.YMin),
	}
}

// Integral is ∫ exp(log density) over the window, for a density that is negligible on its
// border: a trapezoidal sum whose spacing is halved until it converges, and the spacing at
// which it did.
func Integral(target scenarios.Target, w scenarios.Window, spacing float64) (value, fine float64) {
	value = trapezoids(target, w, spacing)
	for range 6 {
		finer := trapezoids(target, w, spacing/2)
		if Near(finer, value, 1e-6) {
			break
		}
		value, spacing = finer, spacing/2
	}
	return value, spacing
}

func trapezoids(target scenarios.Target, w scenarios.Window, spacing float64) float64 {
	sum := 0.0
	area := ForGrid(w, spacing, func(x, y float64) { sum += portable.Exp(target.LogDensity(x, y)) })
	return sum * area
}

// ForGrid calls f at the nodes of a grid over the window with at most the given spacing, and
// returns the area of a cell.
func ForGrid(w scenarios.Window, spacing float64, f func(x, y float64)) (area float64) {
	nx := int(math.Ceil((w.XMax - w.XMin) / spacing))
	ny := int(math.Ceil((w.YMax - w.YMin) / spacing))
	dx, dy := (w.XMax-w.XMin)/float64(nx), (w.YMax-w.YMin)/float64(ny)
	for j := range ny + 1 {
		for i := range nx + 1 {
			f(w.XMin+float64(i)*dx, w.YMin+float64(j)*dy)
		}
	}
	return dx * dy
}

// CellMasses integrates exp(log density) over n × n cells, row by row, with
// Gauss–Legendre nodes in each. The cells are divided until the masses converge.
func CellMasses(target scenarios.Target, w scenarios.Window, n int) []float64 {
	masses := dividedMasses(target, w, n, 1)
	for parts := 2; parts <= 16; parts *= 2 {
		finer := dividedMasses(target, w, n, parts)
		change, total := 0.0, 0.0
		for c, m := range finer {
			change, total = change+math.Abs(m-masses[c]), total+m
		}
		if masses = finer; change <= 1e-6*total {
			break
		}
	}
	return masses
}

// dividedMasses integrates over parts × parts panels in each cell.
func dividedMasses(target scenarios.Target, w scenarios.Window, n, parts int) []float64 {
	const order = 6
	nodes, weights := make([]float64, order), make([]float64, order)
	quad.Legendre{}.FixedLocations(nodes, weights, 0, 1)
	across := n * parts
	dx, dy := (w.XMax-w.XMin)/float64(across), (w.YMax-w.YMin)/float64(across)
	masses := make([]float64, n*n)
	for panel := range across * across {
		i, j := panel%across, panel/across
		x0, y0 := w.XMin+float64(i)*dx, w.YMin+float64(j)*dy
		cell := &masses[j/parts*n+i/parts]
		for a, u := range nodes {
			for b, v := range nodes {
				*cell += weights[a] * weights[b] * dx * dy * portable.Exp(target.LogDensity(x0+u*dx, y0+v*dy))
			}
		}
	}
	return masses
}

// CellCounts counts the points in n × n cells, row by row; the last of its n² + 1 elements
// counts the points outside.
func CellCounts(points []scenarios.Point, w scenarios.Window, n int) []float64 {
	counts := make([]float64, n*n+1)
	for _, p := range points {
		i := int(math.Floor((p.X - w.XMin) / (w.XMax - w.XMin) * float64(n)))
		j := int(math.Floor((p.Y - w.YMin) / (w.YMax - w.YMin) * float64(n)))
		if i < 0 || i >= n || j < 0 || j >= n {
			counts[n*n]++
			continue
		}
		counts[j*n+i]++
	}
	return counts
}

// Slope is the five-point central difference of f at 0, exact up to step⁴.
func Slope(f func(t float64) float64, step float64) float64 {
	return (8*(f(step)-f(-step)) - (f(2*step) - f(-2*step))) / (12 * step)
}

// Near reports whether |got − want| ≤ relative · max(1, |want|).
func Near(got, want, relative float64) bool {
	return math.Abs(got-want) <= relative*max(1, math.Abs(want))
}

// Must returns m and panics on an error.
func Must(m *scenarios.Mixture, err error) *scenarios.Mixture {
	if err != nil {
		panic(err)
	}
	return m
}

// CheckScore compares the score of a target at p with differences of its log-density.
func CheckScore(t *testing.T, target scenarios.Target, p scenarios.Point, step float64) {
	t.Helper()
	wantX := Slope(func(d float64) float64 { return target.LogDensity(p.X+d, p.Y) }, step)
	wantY := Slope(func(d float64) float64 { return target.LogDensity(p.X, p.Y+d) }, step)
	gx, gy := target.Score(p.X, p.Y)
	scale := 1e-6 * max(1, math.Hypot(wantX, wantY))
	if !(math.Abs(gx-wantX) <= scale && math.Abs(gy-wantY) <= scale) {
		t.Errorf("score at %v is (%g, %g), differences give (%g, %g)", p, gx, gy, wantX, wantY)
	}
}

// TextbookLogNormal is log N(p; mean, c) with the covariance inverted by Cramer's rule.
func TextbookLogNormal(p, mean scenarios.Point, c scenarios.Cov) float64 {
	dx, dy := p.X-mean.X, p.Y-mean.Y
	det := c.XX*c.YY - c.XY*c.XY
	form := (c.YY*dx*dx - 2*c.XY*dx*dy + c.XX*dy*dy) / det
	return -math.Log(2*math.Pi*math.Sqrt(det)) - form/2
}

// Tilted returns correlated components, one of them of weight 0.
func Tilted() []scenarios.Component {
	return []scenarios.Component{
		{Mean: scenarios.Point{X: -3, Y: 1}, Cov: scenarios.Cov{XX: 2, XY: -0.8, YY: 0.5}, Weight: 3},
		{Mean: scenarios.Point{X: 4, Y: 0}, Cov: scenarios.Cov{XX: 0.3, XY: 0.1, YY: 1}, Weight: 1},
		{Mean: scenarios.Point{X: 50, Y: 50}, Cov: scenarios.Cov{XX: 1, YY: 1}, Weight: 0},
		{Mean: scenarios.Point{X: 0, Y: -6}, Cov: scenarios.Cov{XX: 1, XY: 0.9, YY: 1}, Weight: 0.3},
	}
}

// Tabulate returns the values of f at nx × ny nodes over the window, row by row from the
// lowest y.
func Tabulate(nx, ny int, w scenarios.Window, f func(x, y float64) float64) (values []float64) {
	for iy := range ny {
		for ix := range nx {
			values = append(values, f(w.XMin+(w.XMax-w.XMin)*float64(ix)/float64(nx-1), w.YMin+(w.YMax-w.YMin)*float64(iy)/float64(ny-1)))
		}
	}
	return values
}

// Same compares scenarios; an unknown log Z equals another unknown one.
func Same(a, b scenarios.Scenario) bool {
	if math.IsNaN(a.Truth.LogZ) && math.IsNaN(b.Truth.LogZ) {
		a.Truth.LogZ, b.Truth.LogZ = 0, 0
	}
	return reflect.DeepEqual(a, b)
}

// CheckRow compares LogDensityRow on n nodes with LogDensity at each of them.
func CheckRow(t *testing.T, target scenarios.Target, n int, x0, dx, y float64) {
	t.Helper()
	row := make([]float64, n)
	scenarios.LogDensityRow(target, row, x0, dx, y)
	for i, got := range row {
		if want := target.LogDensity(x0+float64(i)*dx, y); got != want && !Near(got, want, 1e-14) {
			t.Errorf("at (%g, %g) the row has %.17g, alone it is %.17g", x0+float64(i)*dx, y, got, want)
			return
		}
	}
}
