package sampler

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/grid"
	"undercurrent/sim/network"
)

// Trainer moves a mapping by a drift. It is not safe for concurrent use. Equal
// settings and an equal sequence of calls give equal bits, whatever GOMAXPROCS is.
type Trainer struct {
	settings  Settings
	estimator *sim.DrivenEstimator // the grid, the target, and for a generator the density
	mapping   mapping
	adam      *network.Adam
	rng       *rand.Rand

	bandwidth, spacing float64 // that training ends with
	spent, asked       int     // evaluations for past bandwidths, and sample by sample

	batch, rest      *trace
	z, byX, gradient []float64
	before           []float64 // parameters before the last step
	points, next     []scenarios.Point
	exact            exactDrift
	progress         Progress
}

// Progress says how far a training has come.
type Progress struct {
	// Iteration counts those that were done.
	Iteration int
	// Loss is the mean squared distance of the batch from where it is to go, in
	// units of the window squared.
	Loss float64
	// Outside counts the samples that came out beyond the padded window.
	Outside int
	// Evaluations of the target so far.
	Evaluations int
}

// NewTrainer prepares the training of an untrained mapping. What drives it, the
// bandwidth and the smoothing are the flow's settings; their particles and seed are
// not used.
func NewTrainer(s scenarios.Scenario, flow sim.Settings, settings Settings) (*Trainer, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	if settings.Route == Flow && flow.Velocity == sim.Blob {
		return nil, fmt.Errorf("the blob velocity is of a density on the grid, expected plugin for a flow, whose density is exact")
	}
	if _, err := grid.New(s.Window, flow.Bandwidth, flow.Spacing); err != nil {
		return nil, err
	}
	t := &Trainer{settings: settings, bandwidth: flow.Bandwidth, spacing: flow.Spacing, batch: &trace{}, rest: &trace{}}
	flow.Particles, flow.Seed, flow.Time, flow.Fraction = max(settings.Cloud, settings.Batch), settings.Seed, sim.UnitEffort, 1
	times := settings.bandwidthAt(0)
	flow.Bandwidth, flow.Spacing = times*flow.Bandwidth, spacingAt(times, t.bandwidth, t.spacing)
	// Training asks for no regions, and a wide kernel's grid may miss one.
	s.Regions = nil
	estimator, err := sim.NewDrivenEstimator(s, flow)
	if err != nil {
		return nil, err
	}
	t.estimator = estimator
	return t, t.Restart()
}

// Restart makes the mapping untrained again.
func (t *Trainer) Restart() error {
	t.rng = rand.New(rand.NewPCG(t.settings.Seed, 2))
	m, err := newMapping(t.settings, affineOf(t.estimator.Scenario(), t.rng), t.rng)
	if err != nil {
		return err
	}
	t.mapping = m
	n := len(m.Parameters())
	t.adam, t.gradient = network.NewAdam(n, t.settings.Rate, t.settings.Decay), make([]float64, n)
	t.progress = Progress{}
	t.focus()
	t.spent, t.asked = 0, 0
	return nil
}

func newMapping(s Settings, f affine, rng *rand.Rand) (mapping, error) {
	if s.Route == Flow {
		return newCoupling(s, f, rng)
	}
	return newGenerator(s, f, rng)
}

// Settings are those in force.
func (t *Trainer) Settings() Settings { return t.settings }

// Progress is how far the training has come.
func (t *Trainer) Progress() Progress { return t.progress }

// Stage is what drives the samples: the grid, the target and the drift of the training.
func (t *Trainer) Estimator() *sim.DrivenEstimator { return t.estimator }

// SetDrift changes what drives the training from the next iteration on; what was
// learnt stays.
func (t *Trainer) SetDrift(d divergences.Spec) error {
	return t.estimator.SetDrift(d, t.estimator.Settings().Velocity)
}

// Step is one iteration: draw noise, map it, see where the drift would carry what
// came out, and move the parameters towards that.
func (t *Trainer) Step() Progress {
	t.focus()
	z := t.noise(max(t.settings.Batch, t.settings.Cloud))
	x := t.mapping.Forward(t.batch, z[:t.settings.Batch*t.settings.Latent])
	t.points = toPoints(t.points[:0], x)
	t.next = slices.Grow(t.next[:0], t.settings.Batch)[:t.settings.Batch]
	if c, ok := t.mapping.(*coupling); ok {
		t.exact.ahead(t, c, z, t.next)
	} else {
		t.ahead(z)
	}
	t.regress(z, x)
	t.progress.Iteration++
	return t.progress
}

// focus sets the bandwidth of the iteration.
func (t *Trainer) focus() {
	times := t.settings.bandwidthAt(t.progress.Iteration)
	h := t.bandwidth * times
	if h == t.estimator.Settings().Bandwidth {
		return
	}
	spent := t.estimator.Target().Evaluations()
	if err := t.estimator.SetKernel(h, spacingAt(times, t.bandwidth, t.spacing)); err != nil {
		// A wider kernel than the one the settings were accepted with fits as well.
		panic(err)
	}
	t.spent += spent
}

// noise is rows of z ~ N(0, I).
func (t *Trainer) noise(rows int) []float64 {
	t.z = grow(t.z, rows*t.settings.Latent)
	for i := range t.z {
		t.z[i] = t.rng.NormFloat64()
	}
	return t.z
}

// ahead finds where the batch is to go by the density of the whole cloud.
func (t *Trainer) ahead(z []float64) {
	if rest := z[t.settings.Batch*t.settings.Latent:]; len(rest) > 0 {
		t.points = toPoints(t.points, t.mapping.Values(t.rest, rest))
	}
	t.progress.Outside = t.estimator.SetPoints(t.points)
	t.estimator.Ahead(t.next, t.settings.Eta/sim.Effort)
	t.progress.Evaluations = t.spent + t.estimator.Target().Evaluations()
}

// regress takes one step of Adam towards the ratios ahead.
func (t *Trainer) regress(z, x []float64) {
	n := float64(t.settings.Batch)
	t.byX = grow(t.byX, len(x))
	t.progress.Loss = 0
	for i, p := range t.next {
		dx, dy := x[2*i]-p.X, x[2*i+1]-p.Y
		t.progress.Loss += (dx*dx + dy*dy) / n
		t.byX[2*i], t.byX[2*i+1] = 2*dx/n, 2*dy/n
	}
	clear(t.gradient)
	t.mapping.Backward(t.batch, t.byX, t.gradient)
	t.before = append(t.before[:0], t.mapping.Parameters()...)
	t.adam.Rate = t.settings.rateAt(t.progress.Iteration)
	t.adam.Step(t.mapping.Parameters(), t.gradient)
	t.limitStep(z, x)
	t.adam.UpdateAverage(t.mapping.Parameters())
}

// limitSamples is how many samples tell how far a step has moved the mapping.
const limitSamples = 256

// rein shortens a step that has moved the samples further than the drift asks, in
// the mean square. Adam's steps know nothing of lengths: without this a mapping
// overshoots, and whole modes are lost that no drift brings back.
func (t *Trainer) limitStep(z, x []float64) {
	rows := min(limitSamples, t.settings.Batch)
	moved := t.mapping.Values(t.rest, z[:rows*t.settings.Latent])
	far, asked := 0.0, 0.0
	for i := range rows {
		far += square(moved[2*i]-x[2*i]) + square(moved[2*i+1]-x[2*i+1])
		asked += square(t.next[i].X-x[2*i]) + square(t.next[i].Y-x[2*i+1])
	}
	if far <= asked {
		return
	}
	values := t.mapping.Parameters()
	if math.IsInf(far, 1) || math.IsNaN(far) {
		// Such a step leads out of the numbers and is not taken.
		copy(values, t.before)
		return
	}
	fraction := math.Sqrt(asked / far)
	for i, old := range t.before {
		values[i] = old + fraction*(values[i]-old)
	}
}

// averaged is a copy of the mapping with the moving average of its parameters.
func (t *Trainer) averaged() mapping {
	m := t.mapping.clone()
	t.adam.Average(m.Parameters())
	return m
}

// toPoints appends rows × 2 numbers as points.
func toPoints(dst []scenarios.Point, x []float64) []scenarios.Point {
	for i := 0; i < len(x); i += 2 {
		dst = append(dst, scenarios.Point{X: x[i], Y: x[i+1]})
	}
	return dst
}
