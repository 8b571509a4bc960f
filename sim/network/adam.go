package network

import (
	"math"

	"undercurrent/internal/portable"
)

// Adam is the optimizer of Kingma, Ba (2015), Adam: a method for stochastic
// optimization, ICLR, with its usual β₁ = 0.9, β₂ = 0.999, ε = 1e-8, and with the exponential
// moving average of the parameters, which is used for sampling.
type Adam struct {
	// Rate is the length of a step, in units of the parameters.
	Rate float64
	// Decay of the average for each step, 0 ≤ Decay < 1.
	Decay float64

	steps, averaged int
	first, second   []float64
	average         []float64
}

const (
	beta1, beta2 = 0.9, 0.999
	epsilon      = 1e-8
)

// NewAdam returns an optimizer of a number of parameters.
func NewAdam(parameters int, rate, decay float64) *Adam {
	return &Adam{Rate: rate, Decay: decay, first: make([]float64, parameters), second: make([]float64, parameters), average: make([]float64, parameters)}
}

// Step moves the parameters against a gradient.
func (a *Adam) Step(parameters, gradient []float64) {
	a.steps++
	c1, c2 := 1-portable.Pow(beta1, float64(a.steps)), 1-portable.Pow(beta2, float64(a.steps))
	for i, g := range gradient {
		a.first[i] += (1 - beta1) * (g - a.first[i])
		a.second[i] += (1 - beta2) * (g*g - a.second[i])
		parameters[i] -= a.Rate * (a.first[i] / c1) / (math.Sqrt(a.second[i]/c2) + epsilon)
	}
}

// UpdateAverage adds the parameters after a step to the average.
func (a *Adam) UpdateAverage(parameters []float64) {
	a.averaged++
	for i, v := range parameters {
		a.average[i] += (1 - a.Decay) * (v - a.average[i])
	}
}

// Average writes the bias-corrected moving average of the parameters to dst,
// Σ Decayᵏ θ₋ₖ / Σ Decayᵏ. If nothing has been averaged, dst is unchanged.
func (a *Adam) Average(dst []float64) {
	if a.averaged == 0 {
		return
	}
	total := 1 - portable.Pow(a.Decay, float64(a.averaged))
	for i, v := range a.average {
		dst[i] = v / total
	}
}
