package session

import (
	"fmt"
	"slices"
	"time"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/metrics"
	"undercurrent/sim/sampler"
)

// trainer trains a one-step sampler and measures it. Measuring does not affect training:
// equal seeds give equal networks at any time of snapshots. It is not safe for
// concurrent use.
type trainer struct {
	training  *sampler.Trainer
	estimator *density.Estimator // of the samples, with the bandwidth of the program

	evaluator *metrics.Evaluator // of the samples, with the same bandwidth
	exact     metrics.Spread     // TV of exact samples
	final     *MetricsSnapshot   // nil before the end
	next      divergences.Spec   // drift of further iterations, once the training has ended; zero for the same

	past    []Trained
	every   int   // iterations between the entries of past
	ordered []int // the iterations at which orders were carried out
	note    string

	began  time.Time // of the iterations since the last snapshot
	last   int
	rate   float64
	serial int
}

// Trained has the loss and the TV reached at an iteration.
type Trained struct {
	Iteration int
	Loss, TV  float64
}

// TrainingSnapshot is what a screen shows of a sampler in training. It is immutable.
type TrainingSnapshot struct {
	Serial   int
	Route    sampler.Route
	Drift    divergences.Info
	Progress sampler.Progress
	// Iterations is the number of iterations of the whole training, Done reports whether they are over.
	Iterations int
	Done       bool
	// Trend is that of the loss.
	Trend sampler.Trend
	// Model is the sampler, as it would be saved.
	Model *sampler.Model
	// Exact is the TV of exact samples of as many points, or of samples of the tabulated density where the
	// target has no exact ones.
	Exact     metrics.Spread
	Tabulated bool
	// Final compares the samples with those of the target, nil before the training has ended and they
	// are compared.
	Final *MetricsSnapshot
	// Rate is the number of iterations per second, 0 before it is known.
	Rate float64
	// Bandwidth is that of the current iteration, relative to that of the last one.
	Bandwidth float64
	// Parameters is the number of parameters of the network.
	Parameters int
	// Samples are one pass each; Warp is the image of a grid of the latent noise.
	Samples []scenarios.Point
	Warp    [][]scenarios.Point
	// TV and Regions are those of the samples with the flow's bandwidth, to be compared with
	// those of the particles.
	TV      float64
	Regions []density.RegionTotals
	Past    []Trained
	// ordered are the iterations at which orders were carried out.
	ordered []int
	// Note is a message of the training, such as a drift that was refused.
	Note string
}

// Sizes of a snapshot.
const (
	snapshotSamples = 4000
	warpLines       = 13
	warpPoints      = 257
	// snapshotSeed draws the same noise for every snapshot, so that samples move
	// instead of flickering.
	snapshotSeed = 1
	maxPast      = 512
)

// newTrainer prepares a sampler with the settings of a flow, to be trained for a number of iterations.
func newTrainer(s scenarios.Scenario, settings sim.Settings, route sampler.Route, iterations int) (*trainer, error) {
	training, err := sampler.NewTrainer(s, settings, liveSettings(route, settings.Seed).WithIterations(iterations))
	if err != nil {
		return nil, err
	}
	estimator, err := density.New(s, settings.Kernel())
	if err != nil {
		return nil, err
	}
	evaluator, err := metrics.NewEvaluator(s, settings.Kernel(), snapshotSamples, settings.Seed)
	if err != nil {
		return nil, err
	}
	return &trainer{training: training, estimator: estimator, evaluator: evaluator, exact: evaluator.ExactTV(snapshotSamples, exactDraws), every: 1}, nil
}

// liveSettings trade quality for iterations per second, as one watches.
func liveSettings(route sampler.Route, seed uint64) sampler.Settings {
	t := sampler.Defaults(route)
	t.Seed, t.Batch = seed, 512
	if route == sampler.Generator {
		t.Hidden, t.Cloud = []int{64, 64, 64}, 3072
	} else {
		t.Hidden = []int{32, 32}
	}
	return t
}

// obey carries out an order.
func (t *trainer) obey(order func(*trainer)) {
	t.ordered = append(t.ordered, t.training.Progress().Iteration)
	order(t)
}

// train does one iteration, unless the training has ended.
func (t *trainer) train() {
	if !t.training.Done() {
		t.training.Step()
	}
}

// extend makes the training n iterations longer, under the newest drift.
func (t *trainer) extend(n int) {
	next := t.next
	t.final, t.next = nil, divergences.Spec{}
	t.training.Extend(n)
	if !next.IsZero() {
		t.setDrift(next)
	}
}

// finish compares the samples of a training that has ended with exact ones, and reports whether it did.
func (t *trainer) finish() bool {
	if !t.training.Done() || t.final != nil {
		return false
	}
	samples := make([]scenarios.Point, snapshotSamples)
	t.training.Model().Stream(snapshotSeed).Read(samples)
	v := t.evaluator
	t.final = &MetricsSnapshot{t.training.Progress().Iteration, snapshotSamples, snapshotSamples, v.Measure(samples), v.Floor(snapshotSamples), v.Modes(), v.Exact()}
	return true
}

// setDrift changes the drift of the training, or notes the error. A sampler that is done stays what
// another drift has made of it.
func (t *trainer) setDrift(d divergences.Spec) {
	t.note = ""
	if t.training.Done() {
		t.next = d
		return
	}
	if err := t.training.SetDrift(d); err != nil {
		t.note = fmt.Sprintf("sampler: %v", err)
	}
}

// restart restarts the training from the initial network.
func (t *trainer) restart() {
	if err := t.training.Restart(); err != nil {
		t.note = fmt.Sprintf("sampler: %v", err)
	}
	t.past, t.every, t.last, t.rate, t.final = nil, 1, 0, 0, nil
	if !t.next.IsZero() {
		t.setDrift(t.next)
		t.next = divergences.Spec{}
	}
	t.began = time.Time{}
}

// snapshot measures the sampler at the given time.
func (t *trainer) snapshot(now time.Time) *TrainingSnapshot {
	t.serial++
	model, progress := t.training.Model(), t.training.Progress()
	samples := make([]scenarios.Point, snapshotSamples)
	model.Stream(snapshotSeed).Read(samples)
	t.measure(samples)
	tv := t.estimator.Totals(nil, false).TV
	t.keepRate(now, progress.Iteration)
	t.keepPast(Trained{progress.Iteration, progress.Loss, tv})
	stage := t.training.Estimator()
	return &TrainingSnapshot{
		Serial: t.serial, Route: t.training.Settings().Route, Drift: stage.Drift().Info(), Progress: progress, Rate: t.rate,
		Bandwidth: stage.Settings().Bandwidth / t.estimator.Kernel().Bandwidth, Parameters: model.Parameters(),
		Samples: samples, Warp: model.Warp(warpLines, warpPoints), TV: tv,
		Regions: t.estimator.Regions(nil), Past: t.past, Note: t.note, ordered: slices.Clip(t.ordered),
		Iterations: t.training.Settings().Horizon, Done: t.training.Done(), Trend: t.training.LossTrend(), Model: model,
		Exact: t.exact, Tabulated: !t.evaluator.Exact(), Final: t.final,
	}
}

// measure measures the samples like particles: those outside the padded window are moved to
// its edge.
func (t *trainer) measure(samples []scenarios.Point) {
	points, bounds := make([]scenarios.Point, len(samples)), t.estimator.Grid().Bounds()
	for i, p := range samples {
		points[i], _ = grid.Clamp(p, bounds)
	}
	t.estimator.SetInside(points, len(points))
}

// rateSeconds is the time over which iterations are counted for their rate.
const rateSeconds = 1

func (t *trainer) keepRate(now time.Time, iteration int) {
	if t.began.IsZero() {
		t.began, t.last = now, iteration
		return
	}
	if d := now.Sub(t.began).Seconds(); d >= rateSeconds {
		t.rate, t.began, t.last = float64(iteration-t.last)/d, now, iteration
	}
}

// keepPast appends to the past in a new slice: snapshots keep the old one.
func (t *trainer) keepPast(now Trained) {
	if n := len(t.past); n > 0 && now.Iteration-t.past[n-1].Iteration < t.every || now.Iteration == 0 {
		return
	}
	past := append(make([]Trained, 0, len(t.past)+1), t.past...)
	if len(past) >= maxPast {
		for i := range past[:len(past)/2] {
			past[i] = past[2*i]
		}
		past = past[:len(past)/2]
		t.every = max(2*t.every, now.Iteration/len(past))
	}
	t.past = append(past, now)
}
