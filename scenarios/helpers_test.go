package scenarios

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
)

func forEach(t *testing.T, law func(t *testing.T, s Scenario)) {
	t.Helper()
	for _, s := range All() {
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			law(t, s)
		})
	}
}

func seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

func (w Window) grown(share float64) Window {
	dx, dy := share*(w.XMax-w.XMin), share*(w.YMax-w.YMin)
	return Window{w.XMin - dx, w.XMax + dx, w.YMin - dy, w.YMax + dy}
}

func (w Window) uniform(rng *rand.Rand) Point {
	return Point{
		w.XMin + rng.Float64()*(w.XMax-w.XMin),
		w.YMin + rng.Float64()*(w.YMax-w.YMin),
	}
}

// integral is ∫ exp(log density) over the window, for a density that is negligible on
// its border: a trapezoidal sum whose spacing is halved until that changes nothing any
// more, and the spacing that was fine enough.
func integral(target Target, w Window, spacing float64) (value, fine float64) {
	value = trapezoids(target, w, spacing)
	for range 4 {
		finer := trapezoids(target, w, spacing/2)
		if near(finer, value, 1e-6) {
			break
		}
		value, spacing = finer, spacing/2
	}
	return value, spacing
}

func trapezoids(target Target, w Window, spacing float64) float64 {
	sum := 0.0
	area := forGrid(w, spacing, func(x, y float64) { sum += math.Exp(target.LogDensity(x, y)) })
	return sum * area
}

// zOf is the normalizing constant that is known, otherwise that by quadrature.
func zOf(s Scenario) float64 {
	if math.IsNaN(s.Truth.LogZ) {
		z, _ := integral(s.Target, s.Window.grown(0.6), s.Bandwidth/3)
		return z
	}
	return math.Exp(s.Truth.LogZ)
}

// forGrid calls f at the nodes of a grid over the window, of at most this
// spacing, and returns the area of a cell.
func forGrid(w Window, spacing float64, f func(x, y float64)) (area float64) {
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

// cellMasses integrates exp(log density) over n × n cells, row by row, with
// Gauss–Legendre nodes in each. The cells are divided until that changes nothing any
// more.
func cellMasses(target Target, w Window, n int) []float64 {
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
func dividedMasses(target Target, w Window, n, parts int) []float64 {
	const order = 12
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
				*cell += weights[a] * weights[b] * dx * dy * math.Exp(target.LogDensity(x0+u*dx, y0+v*dy))
			}
		}
	}
	return masses
}

// cellCounts has one more element than there are cells, for points outside.
func cellCounts(points []Point, w Window, n int) []float64 {
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

// slope is the five-point central difference of f at 0, exact up to step⁴.
func slope(f func(t float64) float64, step float64) float64 {
	return (8*(f(step)-f(-step)) - (f(2*step) - f(-2*step))) / (12 * step)
}

func near(got, want, relative float64) bool {
	return math.Abs(got-want) <= relative*max(1, math.Abs(want))
}
