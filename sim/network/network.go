// Package network implements dense feed-forward networks: their values, their gradients, and
// the optimizer. All parameters of a network lie in one slice, so that the optimizer, the
// average and the model file do not depend on layers. The order of every sum is fixed, so that the
// bits depend on neither the number of processors nor their vectors.
package network

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Shape is the architecture of a network: In inputs, the widths of the hidden layers, Out
// outputs, and the activation after every hidden layer.
type Shape struct {
	In, Out    int
	Hidden     []int
	Activation Activation
}

const (
	// maxWidth and maxLayers bound the memory of a network.
	maxWidth  = 4096
	maxLayers = 32
)

// Validate returns an error that names an invalid size and what was expected.
func (s Shape) Validate() error {
	if len(s.Hidden) > maxLayers {
		return fmt.Errorf("network has %d hidden layers, expected at most %d", len(s.Hidden), maxLayers)
	}
	for _, w := range s.widths() {
		if w < 1 || w > maxWidth {
			return fmt.Errorf("network has a layer of width %d, expected 1 to %d", w, maxWidth)
		}
	}
	return s.Activation.validate()
}

// widths returns the widths of the input, the hidden layers and the output.
func (s Shape) widths() []int {
	return append(append([]int{s.In}, s.Hidden...), s.Out)
}

// Count is the number of parameters.
func (s Shape) Count() int {
	n, widths := 0, s.widths()
	for k := 1; k < len(widths); k++ {
		n += (widths[k-1] + 1) * widths[k]
	}
	return n
}

// Network is y = W_L a(… a(W₁ x + b₁) …) + b_L. It is not safe for concurrent use
// while its parameters change.
type Network struct {
	shape  Shape
	values []float64
	layers []layer
}

// layer is one affine map; weight is in × out and bias out long, views of the
// parameters of its network.
type layer struct {
	in, out      int
	weight, bias []float64
}

// New returns a network with zero biases and normal random weights of standard deviation
// √(2/in) in hidden layers, after He et al. (2015), Delving deep into rectifiers, ICCV, and
// √(1/in) in the last one.
func New(s Shape, rng *rand.Rand) (*Network, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	n := &Network{shape: s, values: make([]float64, s.Count())}
	n.layers = n.split(n.values)
	for k, l := range n.layers {
		scale := math.Sqrt(2 / float64(l.in))
		if k == len(n.layers)-1 {
			scale = math.Sqrt(1 / float64(l.in))
		}
		for i := range l.weight {
			l.weight[i] = scale * rng.NormFloat64()
		}
	}
	return n, nil
}

// split cuts a slice of all parameters into layers.
func (n *Network) split(values []float64) []layer {
	var layers []layer
	widths := n.shape.widths()
	for k := 1; k < len(widths); k++ {
		in, out := widths[k-1], widths[k]
		l := layer{in: in, out: out, weight: values[:in*out], bias: values[in*out : (in+1)*out]}
		layers, values = append(layers, l), values[(in+1)*out:]
	}
	return layers
}

// Shape returns the shape.
func (n *Network) Shape() Shape { return n.shape }

// Parameters returns all weights and biases, layer by layer, the weights of a layer as in × out
// rows before its biases. The slice is not a copy: changing it changes the network.
func (n *Network) Parameters() []float64 { return n.values }

// Pass keeps the intermediate values of a batch for its gradients. Its memory is reused from
// batch to batch.
type Pass struct {
	rows    int
	inputs  [][]float64 // of every layer, rows × in
	slopes  [][]float64 // of every activation, rows × out
	before  []float64   // input of the current activation
	output  []float64
	grads   [2][]float64
	scratch scratch
	forward bool // whether only values were computed
}

// grow returns a slice of length n, reusing memory; its contents are undefined.
func grow(s []float64, n int) []float64 { return slices.Grow(s[:0], n)[:n] }

// size allocates the memory of a batch.
func (p *Pass) size(n *Network, rows int) {
	p.rows = rows
	if len(p.inputs) != len(n.layers) {
		p.inputs, p.slopes = make([][]float64, len(n.layers)), make([][]float64, len(n.layers)-1)
	}
	widest := 0
	for k, l := range n.layers {
		p.inputs[k] = grow(p.inputs[k], rows*l.in)
		if k < len(p.slopes) && !p.forward {
			p.slopes[k] = grow(p.slopes[k], rows*l.out)
		}
		widest = max(widest, l.in, l.out)
	}
	p.before = grow(p.before, rows*widest)
	p.output = grow(p.output, rows*n.shape.Out)
	if p.forward {
		return
	}
	for k := range p.grads {
		p.grads[k] = grow(p.grads[k], rows*widest)
	}
}

// Forward returns the output, rows × Out, for a batch of inputs, rows × In. It belongs to the
// pass and is valid until the next call.
func (n *Network) Forward(p *Pass, x []float64) []float64 {
	p.forward = false
	return n.run(p, x)
}

// Values is Forward without what Backward needs.
func (n *Network) Values(p *Pass, x []float64) []float64 {
	p.forward = true
	return n.run(p, x)
}

func (n *Network) run(p *Pass, x []float64) []float64 {
	if len(x)%n.shape.In != 0 {
		panic(fmt.Sprintf("network: %d numbers are not a batch of %d inputs", len(x), n.shape.In))
	}
	p.size(n, len(x)/n.shape.In)
	copy(p.inputs[0], x)
	last := len(n.layers) - 1
	for k, l := range n.layers[:last] {
		before := p.before[:p.rows*l.out]
		l.forward(before, p.inputs[k], p.rows)
		inParts(len(before), exponential, func(from, to int) {
			var slopes []float64
			if !p.forward {
				slopes = p.slopes[k][from:to]
			}
			n.shape.Activation.apply(p.inputs[k+1][from:to], slopes, before[from:to])
		})
	}
	n.layers[last].forward(p.output, p.inputs[last], p.rows)
	return p.output
}

// Backward adds the gradient of a loss with respect to the parameters to gradient, in the order
// of Parameters, given byOutput, the gradient with respect to the output of the last Forward of
// the pass. A nil gradient is skipped. It returns the gradient with respect to the input, which
// belongs to the pass and is valid until the next call.
func (n *Network) Backward(p *Pass, byOutput, gradient []float64) (byInput []float64) {
	if p.forward {
		panic("network: Backward after Values, expected Forward")
	}
	var grads []layer
	if gradient != nil {
		grads = n.split(gradient)
	}
	current := p.grads[0][:len(byOutput)]
	copy(current, byOutput)
	for k := len(n.layers) - 1; k >= 0; k-- {
		l := n.layers[k]
		if k < len(n.layers)-1 {
			for i, s := range p.slopes[k][:len(current)] {
				current[i] *= s
			}
		}
		if gradient != nil {
			grads[k].accumulate(&p.scratch, p.inputs[k], current, p.rows)
		}
		next := p.grads[(len(n.layers)-k)%2][:p.rows*l.in]
		l.backward(&p.scratch, next, current, p.rows)
		current = next
	}
	return current
}

// Silence sets the last layer to zero, so that the output is zero until the network is trained.
func (n *Network) Silence() {
	last := n.layers[len(n.layers)-1]
	clear(last.weight)
	clear(last.bias)
}

// Clone returns a copy of the network.
func (n *Network) Clone() *Network {
	c := &Network{shape: n.shape, values: slices.Clone(n.values)}
	c.layers = c.split(c.values)
	return c
}

// Over returns a network on the given parameters, whose number must be s.Count(). They are not
// copied.
func Over(s Shape, parameters []float64) (*Network, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	if len(parameters) != s.Count() {
		return nil, fmt.Errorf("network of %d parameters was given %d", s.Count(), len(parameters))
	}
	n := &Network{shape: s, values: parameters}
	n.layers = n.split(parameters)
	return n, nil
}
