package sampler

import (
	"math/rand/v2"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim/network"
)

// mapping carries latent noise to the plane, rows × latent to rows × 2.
type mapping interface {
	// Latent is the dimension of z.
	Latent() int
	// Parameters are all that is trained; changing the slice changes the mapping.
	Parameters() []float64
	// Forward maps a batch and keeps what Backward needs. The result belongs to the
	// trace until the next call.
	Forward(t *trace, z []float64) []float64
	// Values maps a batch.
	Values(t *trace, z []float64) []float64
	// Backward adds to gradient that of a loss by the parameters, given the one by
	// the samples of the last Forward of the trace.
	Backward(t *trace, byX, gradient []float64)
	// clone is the same mapping with parameters of its own.
	clone() mapping
}

// trace is what a batch leaves behind in a mapping.
type trace struct {
	passes []*network.Pass
	// Of a flow: the latent state before every coupling, and log|det J| a row.
	states [][]float64
	scales [][]float64 // s of every coupling, a row each
	input  []float64
	x      []float64
	logDet []float64
	grad   []float64
}

// affine places what a network puts out in the plane: x = Centre + Spread·u, in
// which an untrained mapping is the initial cloud's Gaussian.
type affine struct {
	Centre, Spread scenarios.Point
	// Reach is how far a network's unit output moves a sample.
	Reach scenarios.Point
}

// momentSamples is how many draws tell centre and spread of an initial cloud.
const momentSamples = 4096

// reachFraction of the window's half-width is a network's unit.
const reachFraction = 0.5

// frameOf a scenario has the first two moments of its initial cloud.
func affineOf(s scenarios.Scenario, rng *rand.Rand) affine {
	points := make([]scenarios.Point, momentSamples)
	s.Start.Sampler.Sample(points, rng)
	centre, spread := moments(points)
	w := s.Window
	return affine{Centre: centre, Spread: spread,
		Reach: scenarios.Point{X: reachFraction * (w.XMax - w.XMin) / 2, Y: reachFraction * (w.YMax - w.YMin) / 2}}
}

// grow makes a slice n long, keeping what memory there is; what it holds is lost.
func grow(s []float64, n int) []float64 { return slices.Grow(s[:0], n)[:n] }
