// Package sampler trains one-step samplers by the drift of a divergence: after
// training, one forward pass of a network is one sample of the target. No sample of
// the target is ever seen, only its density.
//
// A mapping carries latent noise z ~ N(0, I) to the plane. A Trainer moves it: it
// maps noise, asks where the drift V would carry what came out, and regresses the
// mapping to those ratios,
//
//	minimise mean |G(z) − stopgrad(x + ηV(x))|², x = G(z).
//
// What is trained is kept in a Model, which is saved, loaded and sampled from.
package sampler

import (
	"fmt"
	"math"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/network"
	"undercurrent/sim/target"
)

// Route is how the density q of the samples is known.
type Route string

const (
	// Generator is a plain network; q is estimated from samples on the grid, as
	// that of the particles is.
	Generator Route = "generator"
	// Flow is a normalizing flow of affine couplings; log q and its gradient are exact.
	Flow Route = "flow"
)

// Routes are the routes there are.
func Routes() []Route { return []Route{Generator, Flow} }

// Settings choose a sampler and how it is trained.
type Settings struct {
	Route Route
	// Latent is the dimension of z; that of a flow is 2.
	Latent int
	// Hidden are the widths of the hidden layers: of the generator, or of the
	// network of every coupling.
	Hidden     []int
	Activation network.Activation
	// Couplings is the number of coupling layers of a flow.
	Couplings int
	// Batch is the number of samples that are regressed in an iteration.
	Batch int
	// Cloud is the number of samples that q is estimated from, the batch included.
	// A flow does without.
	Cloud int
	// Eta is the mean length of a step, E[w·η], in units of h².
	Eta float64
	// Rate is Adam's, Decay that of the moving average which is sampled from.
	Rate, Decay float64
	// Horizon is the number of iterations over which the rate falls to nearly
	// nothing, along half a cosine; 0 keeps it.
	Horizon int
	// Coarse is the bandwidth that training begins with, in units of h. It falls to
	// h geometrically over the first Descent iterations: seen coarsely, modes are
	// connected and their masses can be set right before they part. 1 begins with h.
	Coarse  float64
	Descent int
	// Seed decides the first parameters and all noise.
	Seed uint64
}

// Defaults are settings that serve every scenario.
func Defaults(r Route) Settings {
	s := Settings{Route: r, Latent: 2, Hidden: []int{128, 128, 128}, Batch: 1024, Cloud: 4096,
		Eta: 1, Rate: 4e-3, Decay: 0.98, Coarse: 8, Descent: 400, Seed: 1}
	if r == Flow {
		s.Hidden, s.Couplings, s.Cloud = []int{64, 64}, 8, 0
		// The sharp target's score is steep where a mode is thin: at a higher rate the
		// couplings fold early, and for good.
		s.Rate = 1e-3
	}
	return s
}

// Limits of the settings.
const (
	maxLatent    = 64
	maxCouplings = 64
	maxBatch     = 1 << 20
)

// Validate says in one sentence which setting cannot be used and what was expected.
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

// maxEta keeps a step within what regression can follow.
const maxEta = 10

// maxCoarse keeps a coarse target within a window's size.
const maxCoarse = 100

// halving is how many bandwidths there are to a halving.
const halving = 2

// bandwidthAt is the bandwidth of an iteration, in units of h: it falls by steps.
func (s Settings) bandwidthAt(iteration int) float64 {
	if iteration >= s.Descent {
		return 1
	}
	steps := math.Ceil(halving * math.Log2(s.Coarse))
	return math.Pow(s.Coarse, 1-math.Floor(steps*float64(iteration)/float64(s.Descent))/steps)
}

// Tabulations is how many evaluations of a target in the window the descent costs:
// all that a generator asks of it.
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

// coarsest is how many nodes a bandwidth has while it falls.
const coarsest = 3

// spacingAt is the spacing of the grid at so many times the bandwidth h.
func spacingAt(times, h, spacing float64) float64 {
	if times == 1 {
		return spacing
	}
	return times * h / coarsest
}

// shape is that of the network, or of one coupling's.
func (s Settings) shape(in int) network.Shape {
	return network.Shape{In: in, Out: 2, Hidden: s.Hidden, Activation: s.Activation}
}

// rateAt is the learning rate of an iteration, counted from 0.
func (s Settings) rateAt(iteration int) float64 {
	if s.Horizon == 0 {
		return s.Rate
	}
	const least = 0.01
	u := min(float64(iteration)/float64(s.Horizon), 1)
	return s.Rate * (least + (1-least)*(1+math.Cos(math.Pi*u))/2)
}
