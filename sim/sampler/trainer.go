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
	"undercurrent/sim/movers"
	"undercurrent/sim/network"
)

// Trainer trains a mapping by a drift. It is not safe for concurrent use. Equal settings and an
// equal sequence of calls give equal bits, independently of GOMAXPROCS.
type Trainer struct {
	settings  Settings
	estimator *sim.DrivenEstimator // the grid, the target, and for a generator the density
	mapping   mapping
	adam      *network.Adam
	rng       *rand.Rand

	bandwidth, spacing float64 // final ones
	horizon            int     // of the settings, before it was extended
	spent, asked       int     // evaluations for past bandwidths, and at single samples

	batch, rest      *trace
	z, byX, gradient []float64
	before           []float64 // parameters before the last step
	points, next     []scenarios.Point
	exact            exactDrift
	progress         Progress
	losses           []float64 // of the last iterations at the final bandwidth; see LossTrend
	drifts           []string  // ids in the order in which they have trained the mapping
}

// Progress is the progress of a training.
type Progress struct {
	// Iteration is the number of completed iterations.
	Iteration int
	// Loss is the mean squared distance of the batch from its displaced positions, in units of
	// the window squared.
	Loss float64
	// Outside is the number of samples beyond the padded window.
	Outside int
	// Evaluations is the number of evaluations of the target so far.
	Evaluations int
}

// NewTrainer returns a trainer with an untrained mapping. Drift, bandwidth and smoothing are
// those of the settings flow, whose particles, seed and birth–death are not used.
func NewTrainer(s scenarios.Scenario, flow sim.Settings, settings Settings) (*Trainer, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	if settings.Route == Flow && flow.Velocity == sim.Blob {
		return nil, fmt.Errorf("the blob velocity needs a density on the grid, expected plugin for a flow, whose density is exact")
	}
	if _, err := grid.New(s.Window, flow.Bandwidth, flow.Spacing); err != nil {
		return nil, err
	}
	t := &Trainer{settings: settings, bandwidth: flow.Bandwidth, spacing: flow.Spacing, horizon: settings.Horizon, batch: &trace{}, rest: &trace{}}
	flow.Particles, flow.Seed, flow.Time, flow.Fraction = max(settings.Cloud, settings.Batch), settings.Seed, sim.UnitEffort, 1
	flow.BirthDeath, flow.Coarse, flow.Mover, flow.Adaptive = 0, sim.Coarse{}, movers.Spec{}, false
	times := settings.bandwidthAt(0)
	flow.Bandwidth, flow.Spacing = times*flow.Bandwidth, spacingAt(times, t.bandwidth, t.spacing)
	// Training does not use regions, and a coarse grid may have no node in one.
	s.ChosenDivision = scenarios.ByBasins
	estimator, err := sim.NewDrivenEstimator(s, flow)
	if err != nil {
		return nil, err
	}
	t.estimator = estimator
	return t, t.Restart()
}

// Restart resets the mapping to the untrained one, and the schedule to that of the settings.
func (t *Trainer) Restart() error {
	t.settings.Horizon = t.horizon
	t.rng = rand.New(rand.NewPCG(t.settings.Seed, 2))
	m, err := newMapping(t.settings, affineOf(t.estimator.Scenario(), t.rng), t.rng)
	if err != nil {
		return err
	}
	t.mapping = m
	n := len(m.Parameters())
	t.adam, t.gradient = network.NewAdam(n, t.settings.Rate, t.settings.Decay), make([]float64, n)
	t.progress, t.losses, t.drifts = Progress{}, nil, nil
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

// Settings returns the settings.
func (t *Trainer) Settings() Settings { return t.settings }

// Progress returns the progress of the training.
func (t *Trainer) Progress() Progress { return t.progress }

// Done reports whether the schedule of the settings has come to its end.
func (t *Trainer) Done() bool {
	return t.settings.Horizon > 0 && t.progress.Iteration >= t.settings.Horizon
}

// Extend makes the schedule n iterations longer: the rate of each further iteration is that of a training
// of so many from the beginning. The bandwidth stays as it is.
func (t *Trainer) Extend(n int) { t.settings.Horizon += n }

// Estimator returns the estimator with the grid, the target and the drift of the training.
func (t *Trainer) Estimator() *sim.DrivenEstimator { return t.estimator }

// SetDrift changes the drift from the next iteration on and keeps the mapping. Nothing changes
// on an error; see sim.DrivenEstimator.SetDrift.
func (t *Trainer) SetDrift(d divergences.Spec) error {
	return t.estimator.SetDrift(d, t.estimator.Settings().Velocity)
}

// Step takes one iteration: it maps a batch of noise, displaces the samples by the drift, and
// takes one step of the optimizer towards the displaced samples.
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
	t.note()
	t.progress.Iteration++
	return t.progress
}

// note keeps what the iteration was trained by, and its loss.
func (t *Trainer) note() {
	if id := t.estimator.Settings().Drift.ID(); len(t.drifts) == 0 || t.drifts[len(t.drifts)-1] != id {
		t.drifts = append(t.drifts, id)
		t.losses = t.losses[:0]
	}
	if t.progress.Iteration < t.settings.Descent {
		return
	}
	if len(t.losses) == 2*trendWindow {
		t.losses = append(t.losses[:0], t.losses[1:]...)
	}
	t.losses = append(t.losses, t.progress.Loss)
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
		panic(err) // a wider kernel than a valid one is valid
	}
	t.spent += spent
}

// noise draws rows of z ~ N(0, I).
func (t *Trainer) noise(rows int) []float64 {
	t.z = grow(t.z, rows*t.settings.Latent)
	for i := range t.z {
		t.z[i] = t.rng.NormFloat64()
	}
	return t.z
}

// ahead computes the displaced positions of the batch from the density of the whole cloud.
func (t *Trainer) ahead(z []float64) {
	if rest := z[t.settings.Batch*t.settings.Latent:]; len(rest) > 0 {
		t.points = toPoints(t.points, t.mapping.Values(t.rest, rest))
	}
	t.progress.Outside = t.estimator.SetPoints(t.points)
	t.estimator.Ahead(t.next, t.settings.Eta/sim.Effort)
	t.progress.Evaluations = t.spent + t.estimator.Target().Evaluations()
}

// regress takes one step of Adam towards the displaced positions.
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

// limitSamples is the number of samples for the displacement by a step of the optimizer.
const limitSamples = 256

// limitStep shortens a step of the optimizer that has moved the samples further, in mean
// square, than the drift does. The length of Adam's steps is not related to that of the drift:
// without the limit a mapping overshoots and loses modes that no drift recovers.
func (t *Trainer) limitStep(z, x []float64) {
	rows := min(limitSamples, t.settings.Batch)
	moved := t.mapping.Values(t.rest, z[:rows*t.settings.Latent])
	far, wanted := 0.0, 0.0
	for i := range rows {
		far += square(moved[2*i]-x[2*i]) + square(moved[2*i+1]-x[2*i+1])
		wanted += square(t.next[i].X-x[2*i]) + square(t.next[i].Y-x[2*i+1])
	}
	if far <= wanted {
		return
	}
	values := t.mapping.Parameters()
	if math.IsInf(far, 1) || math.IsNaN(far) {
		// A step to NaN or infinite values is not taken.
		copy(values, t.before)
		return
	}
	fraction := math.Sqrt(wanted / far)
	for i, old := range t.before {
		values[i] = old + fraction*(values[i]-old)
	}
}

// averaged returns a copy of the mapping with the moving average of its parameters.
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
