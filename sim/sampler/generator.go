package sampler

import (
	"math/rand/v2"

	"undercurrent/sim/network"
)

// generator is x = Centre + Spread·(z₁, z₂) + Reach·N(gain·z): a network plus the affine map
// with the moments of the initial cloud. The untrained network is zero.
type generator struct {
	affine affine
	net    *network.Network
}

// gain scales the latent noise before the network, which can then separate nearby noise more
// easily: the modes of a target are separated, and a smooth map leaves samples between them.
const gain = 4

func newGenerator(s Settings, f affine, rng *rand.Rand) (*generator, error) {
	net, err := network.New(s.shape(s.Latent), rng)
	if err != nil {
		return nil, err
	}
	net.Silence()
	return &generator{f, net}, nil
}

func (g *generator) Latent() int           { return g.net.Shape().In }
func (g *generator) Parameters() []float64 { return g.net.Parameters() }

func (g *generator) clone() mapping { return &generator{g.affine, g.net.Clone()} }

func (g *generator) Forward(t *trace, z []float64) []float64 {
	t.prepare(1)
	return g.output(t, z, g.net.Forward(t.passes[0], t.stretch(z)))
}

func (g *generator) Values(t *trace, z []float64) []float64 {
	t.prepare(1)
	return g.output(t, z, g.net.Values(t.passes[0], t.stretch(z)))
}

// stretch is gain·z.
func (t *trace) stretch(z []float64) []float64 {
	t.input = grow(t.input, len(z))
	for i, v := range z {
		t.input[i] = gain * v
	}
	return t.input
}

// prepare allocates one pass per network.
func (t *trace) prepare(networks int) {
	for len(t.passes) < networks {
		t.passes = append(t.passes, &network.Pass{})
	}
}

func (g *generator) output(t *trace, z, out []float64) []float64 {
	t.x = grow(t.x, len(out))
	latent, f := g.Latent(), g.affine
	for i := range len(out) / 2 {
		t.x[2*i] = f.Centre.X + f.Spread.X*z[i*latent] + f.Reach.X*out[2*i]
		t.x[2*i+1] = f.Centre.Y + f.Spread.Y*z[i*latent+1] + f.Reach.Y*out[2*i+1]
	}
	return t.x
}

func (g *generator) Backward(t *trace, byX, gradient []float64) {
	t.grad = grow(t.grad, len(byX))
	for i := 0; i < len(byX); i += 2 {
		t.grad[i], t.grad[i+1] = g.affine.Reach.X*byX[i], g.affine.Reach.Y*byX[i+1]
	}
	g.net.Backward(t.passes[0], t.grad, gradient)
}
