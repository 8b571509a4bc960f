package sampler

import (
	"math"
	"math/rand/v2"
	"slices"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/network"
)

// coupling is a normalizing flow of affine couplings, Dinh, Sohl-Dickstein, Bengio
// (2017), Density estimation using Real NVP, ICLR. Coupling k keeps coordinate
// a = k mod 2 and moves the other,
//
//	u_b ← u_b·exp(s(u_a)) + t(u_a),
//
// so that log|det J| is the sum of s. The last map is affine. Untrained couplings are the
// identity.
type coupling struct {
	affine affine
	shape  network.Shape
	values []float64
	nets   []*network.Network
}

// maxScale bounds |s| of one coupling.
const maxScale = 2.5

func newCoupling(s Settings, f affine, rng *rand.Rand) (*coupling, error) {
	shape := s.shape(1)
	values := make([]float64, 0, s.Couplings*shape.Count())
	for range s.Couplings {
		n, err := network.New(shape, rng)
		if err != nil {
			return nil, err
		}
		n.Silence()
		values = append(values, n.Parameters()...)
	}
	return couplingOver(f, shape, values)
}

// couplingOver returns the flow on the given parameters, which are not copied.
func couplingOver(f affine, shape network.Shape, values []float64) (*coupling, error) {
	c := &coupling{affine: f, shape: shape, values: values}
	each := shape.Count()
	for k := 0; k < len(values); k += each {
		n, err := network.Over(shape, values[k:min(k+each, len(values))])
		if err != nil {
			return nil, err
		}
		c.nets = append(c.nets, n)
	}
	return c, nil
}

func (c *coupling) Latent() int           { return 2 }
func (c *coupling) Parameters() []float64 { return c.values }

func (c *coupling) clone() mapping {
	// The number of parameters fits the shape.
	copied, err := couplingOver(c.affine, c.shape, slices.Clone(c.values))
	if err != nil {
		panic(err)
	}
	return copied
}

func (c *coupling) Forward(t *trace, z []float64) []float64 {
	return c.run(t, z, (*network.Network).Forward)
}

func (c *coupling) Values(t *trace, z []float64) []float64 {
	return c.run(t, z, (*network.Network).Values)
}

func (c *coupling) run(t *trace, z []float64, eval func(*network.Network, *network.Pass, []float64) []float64) []float64 {
	rows := c.prepare(t, z)
	u := t.x
	copy(u, z)
	for k, net := range c.nets {
		a, b := k%2, 1-k%2
		copy(t.states[k], u)
		column(t.input, u, a)
		out, scales := eval(net, t.passes[k], t.input), t.scales[k]
		for i := range rows {
			s := bounded(out[2*i])
			scales[i] = s
			t.logDet[i] += s
			u[2*i+b] = u[2*i+b]*portable.Exp(s) + out[2*i+1]
		}
	}
	f := c.affine
	constant := math.Log(f.Spread.X * f.Spread.Y)
	for i := range rows {
		u[2*i], u[2*i+1] = f.Centre.X+f.Spread.X*u[2*i], f.Centre.Y+f.Spread.Y*u[2*i+1]
		t.logDet[i] += constant
	}
	return u
}

// prepare allocates the memory of a batch and returns its number of rows.
func (c *coupling) prepare(t *trace, z []float64) int {
	rows := len(z) / 2
	t.prepare(len(c.nets))
	for len(t.states) < len(c.nets) {
		t.states, t.scales = append(t.states, nil), append(t.scales, nil)
	}
	for k := range c.nets {
		t.states[k], t.scales[k] = grow(t.states[k], len(z)), grow(t.scales[k], rows)
	}
	t.x, t.grad, t.input, t.logDet = grow(t.x, len(z)), grow(t.grad, len(z)), grow(t.input, rows), grow(t.logDet, rows)
	clear(t.logDet)
	return rows
}

// bounded is s = maxScale·tanh(v/maxScale) of a network's output v.
func bounded(v float64) float64 { return maxScale * portable.Tanh(v/maxScale) }

// slope is ds/dv.
func slope(s float64) float64 { return 1 - square(s/maxScale) }

func square(x float64) float64 { return x * x }

// column copies one coordinate of every row.
func column(dst, rows []float64, k int) {
	for i := range dst {
		dst[i] = rows[2*i+k]
	}
}

// Backward propagates ∂L/∂x through the couplings.
func (c *coupling) Backward(t *trace, byX, gradient []float64) {
	f, each := c.affine, c.shape.Count()
	u := make([]float64, len(byX))
	for i := 0; i < len(u); i += 2 {
		u[i], u[i+1] = byX[i]*f.Spread.X, byX[i+1]*f.Spread.Y
	}
	for k := len(c.nets) - 1; k >= 0; k-- {
		a, b := k%2, 1-k%2
		for i, s := range t.scales[k] {
			e := portable.Exp(s)
			t.grad[2*i] = u[2*i+b] * t.states[k][2*i+b] * e * slope(s)
			t.grad[2*i+1] = u[2*i+b]
			u[2*i+b] *= e
		}
		down := c.nets[k].Backward(t.passes[k], t.grad, gradient[k*each:(k+1)*each])
		for i, d := range down {
			u[2*i+a] += d
		}
	}
}

// logDensity writes log q(x) = log N(z; 0, I) − log|det J| of the last batch to dst.
func (c *coupling) logDensity(t *trace, z, dst []float64) {
	for i := range dst {
		dst[i] = -(square(z[2*i])+square(z[2*i+1]))/2 - math.Log(2*math.Pi) - t.logDet[i]
	}
}

// score writes ∇ₓ log q at the samples of the last Forward to dst, by propagating the
// derivative of log q(x) = log N(z(x)) − Σ s through the inverse of the couplings, from z to x.
func (c *coupling) score(t *trace, z, dst []float64) {
	for i, v := range z {
		dst[i] = -v
	}
	for k, net := range c.nets {
		a, b := k%2, 1-k%2
		for i, s := range t.scales[k] {
			shrunk := dst[2*i+b] * portable.Exp(-s)
			t.grad[2*i] = -(dst[2*i+b]*t.states[k][2*i+b] + 1) * slope(s)
			t.grad[2*i+1] = -shrunk
			dst[2*i+b] = shrunk
		}
		for i, d := range net.Backward(t.passes[k], t.grad, nil) {
			dst[2*i+a] += d
		}
	}
	for i := 0; i < len(dst); i += 2 {
		dst[i] /= c.affine.Spread.X
		dst[i+1] /= c.affine.Spread.Y
	}
}

// Inverse returns z of every sample, and log q at it.
func (c *coupling) Inverse(t *trace, x []float64) (z, logDensity []float64) {
	rows := c.prepare(t, x)
	z, f := make([]float64, len(x)), c.affine
	for i := 0; i < len(x); i += 2 {
		z[i], z[i+1] = (x[i]-f.Centre.X)/f.Spread.X, (x[i+1]-f.Centre.Y)/f.Spread.Y
	}
	for k := len(c.nets) - 1; k >= 0; k-- {
		a, b := k%2, 1-k%2
		column(t.input, z, a)
		out := c.nets[k].Values(t.passes[k], t.input)
		for i := range rows {
			s := bounded(out[2*i])
			t.logDet[i] += s
			z[2*i+b] = (z[2*i+b] - out[2*i+1]) * portable.Exp(-s)
		}
	}
	constant := math.Log(f.Spread.X * f.Spread.Y)
	for i := range t.logDet {
		t.logDet[i] += constant
	}
	logDensity = make([]float64, rows)
	c.logDensity(t, z, logDensity)
	return z, logDensity
}

// moments returns the mean and the standard deviation along each axis.
func moments(points []scenarios.Point) (mean, sd scenarios.Point) {
	n := float64(len(points))
	for _, p := range points {
		mean.X, mean.Y = mean.X+p.X/n, mean.Y+p.Y/n
	}
	for _, p := range points {
		sd.X, sd.Y = sd.X+square(p.X-mean.X)/n, sd.Y+square(p.Y-mean.Y)/n
	}
	return mean, scenarios.Point{X: math.Sqrt(sd.X), Y: math.Sqrt(sd.Y)}
}
