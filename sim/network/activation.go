package network

import (
	"fmt"
	"math"
)

// Activation is the nonlinearity between layers.
type Activation int

const (
	// SiLU is x·σ(x), smooth and unbounded above.
	SiLU Activation = iota
	// Tanh is bounded on both sides.
	Tanh
)

var activationNames = [...]string{"silu", "tanh"}

// Activations are the names that ActivationNamed knows.
func Activations() []string { return append([]string(nil), activationNames[:]...) }

func (a Activation) String() string { return activationNames[a] }

// ActivationNamed is the activation with the given name.
func ActivationNamed(name string) (Activation, error) {
	for k, known := range activationNames {
		if known == name {
			return Activation(k), nil
		}
	}
	return 0, fmt.Errorf("unknown activation %q", name)
}

func (a Activation) validate() error {
	if a < 0 || int(a) >= len(activationNames) {
		return fmt.Errorf("activation is number %d, expected one below %d", int(a), len(activationNames))
	}
	return nil
}

func (a Activation) apply(y, x []float64) {
	switch a {
	case SiLU:
		for i, v := range x {
			y[i] = v * logistic(v)
		}
	case Tanh:
		for i, v := range x {
			y[i] = math.Tanh(v)
		}
	}
}

// scale multiplies a gradient by the derivative at x.
func (a Activation) scale(gradient, x []float64) {
	switch a {
	case SiLU:
		for i, v := range x {
			s := logistic(v)
			gradient[i] *= s * (1 + v*(1-s))
		}
	case Tanh:
		for i, v := range x {
			t := math.Tanh(v)
			gradient[i] *= 1 - t*t
		}
	}
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
