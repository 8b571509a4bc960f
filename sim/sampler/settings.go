// Package sampler trains one-step samplers by the drift of a divergence: after training, one
// forward pass of a network is one sample of the target. Training uses the density of the
// target, no samples.
//
// A mapping G maps latent noise z ~ N(0, I) to the plane. An iteration of a Trainer maps a
// batch of noise and regresses the mapping to the samples displaced by the drift V,
//
//	minimise mean |G(z) − stopgrad(x + ηV(x))|², x = G(z).
//
// The result is a Model, which can be saved, loaded and sampled.
package sampler

import (
	"fmt"
	"math"
	"slices"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/network"
	"undercurrent/sim/target"
)

// Route is the kind of mapping, which determines how the density q of the samples is computed.
type Route string

const (
	// Generator is a plain network; q is estimated from samples on the grid, like that of
	// particles.
	Generator Route = "generator"
	// Flow is a normalizing flow of affine couplings; log q and its gradient are exact.
	Flow Route = "flow"
)

// Routes returns all routes.
func Routes() []Route { return []Route{Generator, Flow} }

// Settings configure a sampler and its training.
type Settings struct {
	Route Route
	// Latent is the dimension of z, which is 2 for a flow.
	Latent int
	// Hidden are the widths of the hidden layers: of the generator, or of the
	// network of every coupling.
	Hidden     []int
	Activation network.Activation
	// Couplings is the number of coupling layers of a flow.
	Couplings int
	// Batch is the batch size, in samples.
	Batch int
	// Cloud is the number of samples for the density estimate, including the batch. A flow
	// does not use it.
	Cloud int
	// Eta is the mean length of a step, E[w·η], in units of h².
	Eta float64
	// Rate is the learning rate of Adam, Decay the decay of the moving average of the
	// parameters.
	Rate, Decay float64
	// Horizon is the number of iterations of the training, over which the rate falls to 1 % along
	// half a cosine; 0 keeps it constant, and the training has no end. See WithIterations.
	Horizon int
	// Coarse is the initial bandwidth in units of h. It falls to h geometrically over the first
	// Descent iterations: at a large bandwidth modes are connected, and their masses are
	// corrected before they separate. 1 starts at h.
	Coarse  float64
	Descent int
	// Seed is the random seed of the initial parameters and of all noise.
	Seed uint64
}

// Defaults returns the default settings of a route.
func Defaults(r Route) Settings {
	s := Settings{Route: r, Latent: 2, Hidden: []int{128, 128, 128}, Batch: 1024, Cloud: 4096,
		Eta: 1, Rate: 4e-3, Decay: 0.98, Coarse: 8, Descent: 400, Seed: 1}
	if r == Flow {
		s.Hidden, s.Couplings, s.Cloud = []int{64, 64}, 8, 0
		// The score of a sharp target is steep at narrow modes: at a higher rate the couplings
		// fold early and do not recover.
		s.Rate = 1e-3
	}
	return s
}

// DefaultIterations is the usual number of iterations of a training. With the default networks they take
// about a minute on one core.
const DefaultIterations = 1000

// WithIterations returns the settings with the schedule of a training of n iterations: the rate falls
// over all of them, the bandwidth over the first half at most. Every training has its schedule from here.
func (s Settings) WithIterations(n int) Settings {
	s.Horizon, s.Descent = n, min(s.Descent, n/2)
	return s
}

// Limits of the settings.
const (
	maxLatent    = 64
	maxCouplings = 64
	maxBatch     = 1 << 20
)

// Validate returns an error that names an invalid setting and what was expected.
func (s Settings) Validate() error {
	switch {
	case !slices.Contains(Routes(), s.Route):
		return fmt.Errorf("route is %q, expected generator or flow", s.Route)
	case s.Latent < 2 || s.Latent > maxLatent:
		return fmt.Errorf("latent dimension is %d, expected 2 to %d", s.Latent, maxLatent)
	case s.Route == Flow && s.Latent != 2:
		return fmt.Errorf("latent dimension is %d, expected 2 for a flow, which keeps the dimension", s.Latent)
	case s.Route == Flow && (s.Couplings < 2 || s.Couplings > maxCouplings):
		return fmt.Errorf("number of couplings is %d, expected 2 to %d", s.Couplings, maxCouplings)
	case s.Batch < 2 || s.Batch > maxBatch:
		return fmt.Errorf("batch is %d, expected 2 to %d", s.Batch, maxBatch)
	case s.Route == Generator && (s.Cloud < s.Batch || s.Cloud > maxBatch):
		return fmt.Errorf("cloud for the density is %d, expected the batch of %d to %d", s.Cloud, s.Batch, maxBatch)
	case !(s.Eta > 0 && s.Eta <= maxEta):
		return fmt.Errorf("step length η is %g h², expected above 0 and up to %g", s.Eta, float64(maxEta))
	case !(s.Rate > 0 && s.Rate < 1):
		return fmt.Errorf("learning rate is %g, expected above 0 and below 1", s.Rate)
	case !(s.Decay >= 0 && s.Decay < 1):
		return fmt.Errorf("decay of the average is %g, expected 0 up to below 1", s.Decay)
	case !(s.Coarse >= 1 && s.Coarse <= maxCoarse):
		return fmt.Errorf("coarse bandwidth is %g h, expected 1 to %g", s.Coarse, float64(maxCoarse))
	case s.Descent < 0:
		return fmt.Errorf("descent of the bandwidth is %d iterations, expected 0 or more", s.Descent)
	case s.Horizon < 0:
		return fmt.Errorf("horizon is %d iterations, expected 0 or more", s.Horizon)
	}
	return s.shape(2).Validate()
}

// maxEta bounds Eta.
const maxEta = 10

// maxCoarse bounds Coarse.
const maxCoarse = 100

// halving is the number of reductions of the bandwidth per halving.
const halving = 2

// bandwidthAt is the bandwidth of an iteration, in units of h; it is piecewise constant.
func (s Settings) bandwidthAt(iteration int) float64 {
	if iteration >= s.Descent {
		return 1
	}
	steps := math.Ceil(halving * math.Log2(s.Coarse))
	return portable.Pow(s.Coarse, 1-math.Floor(steps*float64(iteration)/float64(s.Descent))/steps)
}

// Tabulations is the number of evaluations of a target for its tabulations at all bandwidths of
// the descent, which are all evaluations of a generator. It is an error if a grid is invalid.
func (s Settings) Tabulations(w scenarios.Window, h, spacing float64) (total int, err error) {
	for last, k := 0.0, 0; k <= s.Descent; k++ {
		times := s.bandwidthAt(k)
		if times == last {
			continue
		}
		last = times
		g, err := grid.New(w, times*h, spacingAt(times, h, spacing))
		if err != nil {
			return 0, err
		}
		total += target.Evaluations(g)
	}
	return total, nil
}

// coarsest is the number of nodes per bandwidth during the descent.
const coarsest = 3

// spacingAt is the spacing of the grid at the bandwidth times·h.
func spacingAt(times, h, spacing float64) float64 {
	if times == 1 {
		return spacing
	}
	return times * h / coarsest
}

// shape returns the shape of the network, or of that of one coupling.
func (s Settings) shape(in int) network.Shape {
	return network.Shape{In: in, Out: 2, Hidden: s.Hidden, Activation: s.Activation}
}

// rateAt is the learning rate of an iteration, counted from 0.
func (s Settings) rateAt(iteration int) float64 {
	if s.Horizon == 0 {
		return s.Rate
	}
	const final = 0.01 // of Rate
	u := min(float64(iteration)/float64(s.Horizon), 1)
	return s.Rate * (final + (1-final)*(1+math.Cos(math.Pi*u))/2)
}
