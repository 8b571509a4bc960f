package movers

import (
	"math"

	"undercurrent/sim/grid"
)

// cloud is the deposit of points at the nodes, with Σk and ΣG there.
type cloud struct{ mass, kernel, potential []float64 }

// table has the values of a function of the distance at 0 to 3 nodes along y and x.
type table [4][4]float64

// convolver convolves the deposits of two clouds with k and G. Both are made of splines in x and in y,
// whose values at the nodes are exact.
type convolver interface {
	convolve(clouds *[2]cloud)
	// central returns the coefficients of k and G.
	central() (kernel, potential table)
}

// separable convolves with a Gaussian, whose potential is h²k: its kernel is the product of two.
type separable struct {
	convolution *grid.Convolution
	first, last []int
	taps        []float64
	square      float64 // h²
	workers     *grid.Workers
}

// newSeparable returns the convolution with a Gaussian of bandwidth h up to a radius in nodes.
func newSeparable(g grid.Grid, k radial, h float64, radius int, w *grid.Workers) *separable {
	values := make([]float64, 2*radius+1)
	for j := range values {
		values[j] = k.kernel(float64(j-radius) * g.Spacing)
	}
	s := &separable{square: h * h, taps: coefficients(coefficients(values)), workers: w}
	s.convolution = grid.NewConvolution(g, w, s.taps, 1)
	s.first, s.last = grid.AllColumns(g)
	return s
}

func (s *separable) convolve(clouds *[2]cloud) {
	for _, c := range clouds {
		s.convolution.Smooth(c.kernel, c.mass, s.first, s.last)
		for i, v := range c.kernel {
			c.potential[i] = s.square * v
		}
	}
}

func (s *separable) central() (kernel, potential table) {
	middle := s.taps[len(s.taps)/2:]
	for iy := range kernel {
		for ix := range kernel {
			kernel[iy][ix] = middle[iy] * middle[ix]
			potential[iy][ix] = s.square * kernel[iy][ix]
		}
	}
	return kernel, potential
}

// spectral convolves by Fourier transforms: one cloud is the real part, the other the imaginary one. Beyond
// the radius the kernel is zero, so that a period of grid plus radius has no sums across its edges.
type spectral struct {
	grid      grid.Grid
	workers   *grid.Workers
	transform *transform
	kernel    symbol
	potential symbol
	data      []complex128 // of the deposits and of Σk
	other     []complex128 // of ΣG

	clouds               *[2]cloud
	load, multiply, save func(worker, from, to int)
}

// symbol is the transform of a function of the distance, divided by those of the splines and by the number
// of nodes.
type symbol struct {
	values  []float64
	central table
}

// newSpectral returns the convolution with a kernel up to a radius in nodes.
func newSpectral(g grid.Grid, k radial, radius int, w *grid.Workers) *spectral {
	nx, ny := fastLength(g.NX+radius), fastLength(g.NY+radius)
	s := &spectral{grid: g, workers: w, transform: newTransform(nx, ny, g.NY, w),
		data: make([]complex128, nx*ny), other: make([]complex128, nx*ny)}
	s.kernel, s.potential = s.symbol(k.kernel, radius), s.symbol(k.potential, radius)
	s.load, s.multiply, s.save = grid.OneByOne(s.loadRow), grid.OneByOne(s.multiplyRow), grid.OneByOne(s.saveRow)
	return s
}

func (s *spectral) symbol(f func(r float64) float64, radius int) symbol {
	nx, ny, data := s.transform.nx, s.transform.ny, s.data
	whole := newTransform(nx, ny, ny, s.workers)
	for iy := range ny {
		for ix := range nx {
			r := math.Hypot(float64(min(ix, nx-ix)), float64(min(iy, ny-iy)))
			data[iy*nx+ix] = 0
			if r <= float64(radius) {
				data[iy*nx+ix] = complex(f(r*s.grid.Spacing), 0)
			}
		}
	}
	whole.forward(data)
	out := symbol{values: make([]float64, nx*ny)}
	for iy := range ny {
		for ix := range nx {
			b := splineSymbol(ix, nx) * splineSymbol(iy, ny)
			out.values[iy*nx+ix] = real(data[iy*nx+ix]) / (b * b * float64(nx*ny))
			data[iy*nx+ix] = complex(out.values[iy*nx+ix], 0)
		}
	}
	whole.backward(data)
	for iy := range out.central {
		for ix := range out.central {
			out.central[iy][ix] = real(data[iy*nx+ix])
		}
	}
	return out
}

func (s *spectral) central() (kernel, potential table) { return s.kernel.central, s.potential.central }

func (s *spectral) convolve(clouds *[2]cloud) {
	s.clouds = clouds
	s.workers.Rows(s.transform.ny, s.load)
	s.transform.forward(s.data)
	s.workers.Rows(s.transform.ny, s.multiply)
	s.transform.backward(s.data)
	s.transform.backward(s.other)
	s.workers.Rows(s.grid.NY, s.save)
}

func (s *spectral) loadRow(iy int) {
	row, nx := s.data[iy*s.transform.nx:(iy+1)*s.transform.nx], s.grid.NX
	clear(row)
	if iy < s.grid.NY {
		second := s.clouds[1].mass[iy*nx : (iy+1)*nx]
		for ix, v := range s.clouds[0].mass[iy*nx : (iy+1)*nx] {
			row[ix] = complex(v, second[ix])
		}
	}
}

func (s *spectral) multiplyRow(iy int) {
	for i := iy * s.transform.nx; i < (iy+1)*s.transform.nx; i++ {
		v, k, g := s.data[i], s.kernel.values[i], s.potential.values[i]
		s.data[i] = complex(real(v)*k, imag(v)*k)
		s.other[i] = complex(real(v)*g, imag(v)*g)
	}
}

func (s *spectral) saveRow(iy int) {
	from, nx := iy*s.transform.nx, s.grid.NX
	for ix := range nx {
		kernel, potential := s.data[from+ix], s.other[from+ix]
		s.clouds[0].kernel[iy*nx+ix], s.clouds[1].kernel[iy*nx+ix] = real(kernel), imag(kernel)
		s.clouds[0].potential[iy*nx+ix], s.clouds[1].potential[iy*nx+ix] = real(potential), imag(potential)
	}
}
