package network

import (
	"fmt"

	"undercurrent/internal/portable"
)

// Activation is the nonlinearity between layers.
type Activation int

const (
	// SiLU is x·σ(x), smooth and unbounded above.
	SiLU Activation = iota
	// Tanh is bounded.
	Tanh
)

var activationNames = [...]string{"silu", "tanh"}

// Activations returns the names that ActivationNamed accepts.
func Activations() []string { return append([]string(nil), activationNames[:]...) }

func (a Activation) String() string { return activationNames[a] }

// ActivationNamed returns the activation with the given name.
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

// exponential is the time of an exponential in products of numbers.
const exponential = 32

// apply writes the activation of x to y, and its derivative to slope unless that is nil; both
// use one exponential.
func (a Activation) apply(y, slope, x []float64) {
	switch a {
	case SiLU:
		for i, v := range x {
			s := 1 / (1 + portable.Exp(-v))
			y[i] = v * s
			if slope != nil {
				slope[i] = s * (1 + v*(1-s))
			}
		}
	case Tanh:
		for i, v := range x {
			t := portable.Tanh(v)
			y[i] = t
			if slope != nil {
				slope[i] = 1 - t*t
			}
		}
	}
}
