// Package network is dense feed-forward networks: their values, their gradients,
// and the optimizer that trains them. All parameters of a network lie in one slice,
// so that an optimizer, an average and a file need to know no layers. Matrix
// products are gonum's; their sums have one order whatever the number of processors.
package network

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// Shape is the sizes of a network: In inputs, the widths of the hidden layers, Out
// outputs, and the activation after every hidden layer.
type Shape struct {
	In, Out    int
	Hidden     []int
	Activation Activation
}

const (
	// mostWidth and mostLayers keep a mistyped shape from asking for all memory.
	mostWidth  = 4096
	mostLayers = 32
)

// Validate says in one sentence which size cannot be used and what was expected.
func (s Shape) Validate() error {
	if len(s.Hidden) > mostLayers {
		return fmt.Errorf("network has %d hidden layers, expected at most %d", len(s.Hidden), mostLayers)
	}
	for _, w := range s.widths() {
		if w < 1 || w > mostWidth {
			return fmt.Errorf("network has a layer of width %d, expected 1 to %d", w, mostWidth)
		}
	}
	return s.Activation.validate()
}

// widths are those of the input, the hidden layers and the output.
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

// New is a network with random weights: zero biases and the scale √(2/in) of He et
// al. (2015), Delving deep into rectifiers, ICCV, for hidden layers, √(1/in) for the
// last.
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

// Shape is the network's.
func (n *Network) Shape() Shape { return n.shape }

// Parameters are all weights and biases, layer by layer, the weights of a layer as
// in × out rows before its biases. The slice is the network's own: changing it
// changes the network.
func (n *Network) Parameters() []float64 { return n.values }

// Pass keeps what a batch left in the network, for its gradients. Its memory is
// reused from batch to batch.
type Pass struct {
	rows    int
	inputs  [][]float64 // of every layer, rows × in
	slopes  [][]float64 // of every activation, rows × out
	before  []float64   // of the activation at hand
	output  []float64
	grads   [2][]float64
	forward bool // values alone were computed
}

// grow makes a slice n long, keeping what memory there is; what it holds is lost.
func grow(s []float64, n int) []float64 { return slices.Grow(s[:0], n)[:n] }

// size makes room for a batch.
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

// Forward is the output for a batch of inputs, rows × In; it is rows × Out and
// belongs to the pass, until the next call.
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
		panic(fmt.Sprintf("network: %d numbers are no batch of %d inputs", len(x), n.shape.In))
	}
	p.size(n, len(x)/n.shape.In)
	copy(p.inputs[0], x)
	last := len(n.layers) - 1
	for k, l := range n.layers[:last] {
		before := p.before[:p.rows*l.out]
		l.forward(before, p.inputs[k], p.rows)
		if p.forward {
			n.shape.Activation.apply(p.inputs[k+1], nil, before)
		} else {
			n.shape.Activation.apply(p.inputs[k+1], p.slopes[k], before)
		}
	}
	n.layers[last].forward(p.output, p.inputs[last], p.rows)
	return p.output
}

// forward is y = xW + b for every row.
func (l layer) forward(y, x []float64, rows int) {
	for i := range rows {
		copy(y[i*l.out:(i+1)*l.out], l.bias)
	}
	blas64.Gemm(blas.NoTrans, blas.NoTrans, 1, matrix(x, rows, l.in), matrix(l.weight, l.in, l.out), 1, matrix(y, rows, l.out))
}

func matrix(values []float64, rows, columns int) blas64.General {
	return blas64.General{Rows: rows, Cols: columns, Stride: columns, Data: values}
}

// Backward adds the gradient of a loss by the parameters to gradient, which is laid
// out like Parameters, given the loss's gradient by the output of the last Forward
// of the pass. A nil gradient is left alone. It returns the gradient by the input,
// which belongs to the pass until the next call.
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
		y := matrix(current, p.rows, l.out)
		if gradient != nil {
			grads[k].add(matrix(p.inputs[k], p.rows, l.in), y)
		}
		next := p.grads[(len(n.layers)-k)%2][:p.rows*l.in]
		blas64.Gemm(blas.NoTrans, blas.Trans, 1, y, matrix(l.weight, l.in, l.out), 0, matrix(next, p.rows, l.in))
		current = next
	}
	return current
}

// add accumulates the gradient of an affine map of x, given that of its values.
func (l layer) add(x, y blas64.General) {
	for i := range y.Rows {
		for j, v := range y.Data[i*l.out : (i+1)*l.out] {
			l.bias[j] += v
		}
	}
	blas64.Gemm(blas.Trans, blas.NoTrans, 1, x, y, 1, matrix(l.weight, l.in, l.out))
}

// Silence makes the last layer zero: the network then puts out nothing, whatever
// goes in, until it is trained.
func (n *Network) Silence() {
	last := n.layers[len(n.layers)-1]
	clear(last.weight)
	clear(last.bias)
}

// Clone is the same network with parameters of its own.
func (n *Network) Clone() *Network {
	c := &Network{shape: n.shape, values: slices.Clone(n.values)}
	c.layers = c.split(c.values)
	return c
}

// Over is a network whose parameters are the given ones, as many as the shape counts.
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
