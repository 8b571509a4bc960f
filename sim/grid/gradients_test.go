package grid

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Many gradients have the bits of single ones, at the border too, whatever the values are, and nothing else is written.
func TestGradientsOfARowHaveTheBitsOfSingleOnes(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 7))
	for _, size := range [][2]int{{23, 9}, {5, 5}, {4, 6}, {3, 3}, {6, 4}, {8, 5}} {
		g := Grid{Spacing: 0.037, NX: size[0], NY: size[1]}
		values := make([]float64, g.Len())
		for i := range values {
			values[i] = anyNumber(rng)
		}
		for _, c := range []struct {
			row    func(dst []Vector, values []float64, ix, iy int)
			single func(values []float64, ix, iy int) Vector
		}{
			{g.Gradients, g.Gradient},
			{g.Derivatives, func(values []float64, ix, iy int) Vector { return g.Derivative(values, iy*g.NX+ix) }},
		} {
			for iy := range g.NY {
				for ix := range g.NX {
					for n := range g.NX - ix + 1 {
						dst := make([]Vector, n+1)
						dst[n] = Vector{42, 42}
						c.row(dst[:n], values, ix, iy)
						for k := range n {
							if want := c.single(values, ix+k, iy); !sameBits(dst[k].X, want.X) || !sameBits(dst[k].Y, want.Y) {
								t.Fatalf("of %d at (%d, %d) of %d by %d vector %d is %v, expected %v", n, ix, iy, g.NX, g.NY, k, dst[k], want)
							}
						}
						if dst[n] != (Vector{42, 42}) {
							t.Fatalf("the vector behind %d is changed", n)
						}
					}
				}
			}
		}
	}
}

// sameBits reports whether numbers have the same bits, or are none.
func sameBits(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b
}

// anyNumber is a number of any size, or none.
func anyNumber(rng *rand.Rand) float64 {
	if rng.IntN(9) == 0 {
		return []float64{0, math.Inf(1), math.NaN(), 1e308, 5e-324}[rng.IntN(5)]
	}
	return rng.NormFloat64() * math.Exp(5*rng.NormFloat64())
}

func TestLaplaciansAndDivergencesOfARowHaveTheBitsOfSingleOnes(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 8))
	g := Grid{Spacing: 0.037, NX: 23, NY: 5}
	for range 20 {
		values, v := make([]float64, g.Len()), make([]Vector, g.Len())
		for i := range values {
			values[i], v[i] = anyNumber(rng), Vector{anyNumber(rng), anyNumber(rng)}
		}
		for ix := Reach; ix < g.NX-Reach; ix++ {
			for n := range g.NX - Reach - ix + 1 {
				i, of, div := Reach*g.NX+ix, make([]float64, n+1), make([]float64, n+1)
				of[n], div[n] = 42, 42
				if n > 0 {
					g.Laplacians(of[:n], values, i)
					g.Divergences(div[:n], v, i)
				}
				for k := range n {
					if a, b := g.Laplacian(values, i+k), g.Divergence(v, i+k); !sameBits(of[k], a) || !sameBits(div[k], b) {
						t.Fatalf("of %d at column %d they are %v and %v, expected %v and %v", n, ix+k, of[k], div[k], a, b)
					}
				}
				if of[n] != 42 || div[n] != 42 {
					t.Fatalf("the number behind %d is changed", n)
				}
			}
		}
	}
}

func BenchmarkGradients(b *testing.B) {
	g := Grid{Spacing: 0.037, NX: 256, NY: 256}
	values, dst := make([]float64, g.Len()), make([]Vector, g.NX)
	for i := range values {
		values[i] = math.Sin(float64(i))
	}
	for b.Loop() {
		for iy := range g.NY {
			g.Gradients(dst, values, 0, iy)
		}
	}
}
