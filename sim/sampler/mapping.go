package sampler

import (
	"math/rand/v2"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim/network"
)

// mapping maps latent noise to the plane, rows × latent to rows × 2.
type mapping interface {
	// Latent is the dimension of z.
	Latent() int
	// Parameters are the trained parameters; changing the slice changes the mapping.
	Parameters() []float64
	// Forward maps a batch and keeps the intermediate values for Backward. The result belongs
	// to the trace and is valid until the next call.
	Forward(t *trace, z []float64) []float64
	// Values maps a batch, without Backward.
	Values(t *trace, z []float64) []float64
	// Backward adds to gradient the gradient of a loss with respect to the parameters, given
	// byX, that with respect to the samples of the last Forward of the trace.
	Backward(t *trace, byX, gradient []float64)
	// clone returns a copy of the mapping.
	clone() mapping
}

// trace contains the intermediate values of a batch in a mapping.
type trace struct {
	passes []*network.Pass
	// Of a flow: the state before every coupling, and log|det J| by row.
	states [][]float64
	scales [][]float64 // s of every coupling, by row
	input  []float64
	x      []float64
	logDet []float64
	grad   []float64
}

// affine is the map x = Centre + Spread·u, with which an untrained mapping has the mean and the
// standard deviations of the initial cloud.
type affine struct {
	Centre, Spread scenarios.Point
	// Reach is the displacement of a sample per unit of a network's output.
	Reach scenarios.Point
}

// momentSamples is the number of draws for the moments of an initial cloud.
const momentSamples = 4096

// reachFraction is Reach over the window's half-width.
const reachFraction = 0.5

// affineOf returns the map with the mean and the standard deviations of the initial cloud.
func affineOf(s scenarios.Scenario, rng *rand.Rand) affine {
	points := make([]scenarios.Point, momentSamples)
	s.Start.Sampler.Sample(points, rng)
	centre, spread := moments(points)
	w := s.Window
	return affine{Centre: centre, Spread: spread,
		Reach: scenarios.Point{X: reachFraction * (w.XMax - w.XMin) / 2, Y: reachFraction * (w.YMax - w.YMin) / 2}}
}

// grow returns a slice of length n, reusing memory; its contents are undefined.
func grow(s []float64, n int) []float64 { return slices.Grow(s[:0], n)[:n] }
