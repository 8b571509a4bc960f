package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/baseline"
	"undercurrent/sim/density"
	"undercurrent/sim/metrics"
	"undercurrent/sim/sampler"
)

// Settings are common to all cells of a benchmark.
type Settings struct {
	// Samples is the number of points of every method.
	Samples int `json:"samples"`
	// Iterations is the number of training iterations of a one-step sampler, Steps the number
	// of steps of the particles.
	Iterations int `json:"iterations"`
	Steps      int `json:"steps"`
}

// Validate returns an error that names an invalid setting and what was expected.
func (s Settings) Validate() error {
	switch {
	case s.Samples < 2 || s.Samples > sim.MaxParticles:
		return fmt.Errorf("number of samples is %d, expected 2 to %d", s.Samples, sim.MaxParticles)
	case s.Iterations < 1:
		return fmt.Errorf("number of iterations is %d, expected 1 or more", s.Iterations)
	case s.Steps < 1:
		return fmt.Errorf("number of steps is %d, expected 1 or more", s.Steps)
	}
	return nil
}

// Cell is one method on one scenario with one seed.
type Cell struct {
	Method   Method `json:"method"`
	Scenario string `json:"scenario"`
	Seed     uint64 `json:"seed"`
}

// Result is the result of a cell. The metrics of exact samples are the means of their floor.
type Result struct {
	Cell
	Settings
	Metrics metrics.Metrics
	Outcome
}

// Outcome contains the costs of a cell and some of its points.
type Outcome struct {
	// Modes is the number of modes of the target.
	Modes int `json:"modes"`
	// Evaluations is the number of evaluations of the target, TrainSeconds the time of training.
	Evaluations  int     `json:"target_evaluations"`
	TrainSeconds float64 `json:"train_seconds"`
	// Microseconds is the time per sample, without training.
	Microseconds float64 `json:"microseconds_per_sample"`
	// Step is the tuned step of a baseline, in the units of baseline.Method.Ladder.
	Step float64 `json:"step,omitempty"`
	// Floor is the distribution of the metrics of exact samples, nil for other methods.
	Floor metrics.Floor `json:"floor,omitempty"`
	// Some are some of the points, for a figure.
	Some [][2]float64 `json:"some"`
}

// Runner runs cells of one scenario.
type Runner struct {
	scenario scenarios.Scenario
	settings Settings
	budget   int
}

// NewRunner returns a runner whose budget of evaluations of the target is that of the
// tabulations of a generator, at least one per sample.
func NewRunner(s scenarios.Scenario, settings Settings) (*Runner, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	budget, err := trainingSettings(sampler.Generator, settings, 1).Tabulations(s.Window, s.Bandwidth, 0)
	if err != nil {
		return nil, err
	}
	return &Runner{s, settings, max(budget, settings.Samples)}, nil
}

// Budget is the number of evaluations of the target allowed to a baseline.
func (s *Runner) Budget() int { return s.budget }

// flowSettings returns the settings of a flow under a divergence.
func (s *Runner) flowSettings(divergence string, seed uint64) (sim.Settings, error) {
	d, err := divergences.Standard().Parse(divergence, nil)
	if err != nil {
		return sim.Settings{}, err
	}
	settings := sim.DefaultSettings(s.scenario, d)
	settings.Particles, settings.Seed = s.settings.Samples, seed
	return settings, nil
}

func trainingSettings(r sampler.Route, s Settings, seed uint64) sampler.Settings {
	t := sampler.Defaults(r).WithIterations(s.Iterations)
	t.Seed = seed
	return t
}

// evaluator returns the evaluator for a seed.
func (s *Runner) evaluator(seed uint64) (*metrics.Evaluator, error) {
	return metrics.NewEvaluator(s.scenario, density.Kernel{Bandwidth: s.scenario.Bandwidth}, s.settings.Samples, seed)
}

// Progress is called with the completed fraction of a cell, from 0 to 1.
type Progress func(fraction float64)

// Run computes the points of a cell and their metrics. step is the step of a baseline, in the
// units of baseline.Method.Ladder; see Tune.
func (s *Runner) Run(ctx context.Context, c Cell, step float64, progress Progress) (*Result, error) {
	r := &Result{Cell: c, Settings: s.settings, Outcome: Outcome{Step: step}}
	points, err := s.points(ctx, r, progress)
	if err != nil {
		return nil, err
	}
	evaluator, err := s.evaluator(c.Seed)
	if err != nil {
		return nil, err
	}
	r.Modes = evaluator.Modes()
	if c.Method == Exact {
		r.Floor = evaluator.Floor(len(points))
		r.Metrics = r.Floor.Means()
	} else {
		r.Metrics = evaluator.Measure(points)
	}
	for i := 0; i < len(points); i += max(len(points)/shown, 1) {
		r.Some = append(r.Some, [2]float64{points[i].X, points[i].Y})
	}
	return r, nil
}

// shown is the approximate number of points in Outcome.Some.
const shown = 600

// points runs the method of a cell and returns its points.
func (s *Runner) points(ctx context.Context, r *Result, progress Progress) ([]scenarios.Point, error) {
	route, divergence := r.Method.split()
	switch route {
	case string(Exact):
		return s.exact(r)
	case particles:
		return s.particles(ctx, r, divergence, progress)
	case string(sampler.Generator), string(sampler.Flow):
		return s.oneStep(ctx, r, sampler.Route(route), divergence, progress)
	}
	return s.baseline(r, baseline.Method(route)), nil
}

// Independent random streams of a seed.
const (
	exactStream = iota + 10
	startStream
	chainStream
)

func (s *Runner) exact(r *Result) ([]scenarios.Point, error) {
	draw := s.scenario.Truth.Sampler
	if draw == nil {
		return nil, fmt.Errorf("%s has no exact sampler", s.scenario.ID)
	}
	points, began := make([]scenarios.Point, s.settings.Samples), time.Now()
	draw.Sample(points, rand.New(rand.NewPCG(r.Seed, exactStream)))
	r.Microseconds = s.each(began)
	return points, nil
}

// each is the time since began per sample, in microseconds.
func (s *Runner) each(began time.Time) float64 {
	return 1e6 * time.Since(began).Seconds() / float64(s.settings.Samples)
}

// start draws the initial cloud by a seed.
func (s *Runner) start(seed uint64) []scenarios.Point {
	points := make([]scenarios.Point, s.settings.Samples)
	s.scenario.Start.Sampler.Sample(points, rand.New(rand.NewPCG(seed, startStream)))
	return points
}

func (s *Runner) baseline(r *Result, m baseline.Method) []scenarios.Point {
	points, began := s.start(r.Seed), time.Now()
	r.Evaluations = m.Run(points, s.scenario.Target, s.scenario.Window, s.scenario.Bandwidth, r.Step, s.budget, rand.New(rand.NewPCG(r.Seed, chainStream)))
	r.Microseconds = s.each(began)
	return points
}

func (s *Runner) particles(ctx context.Context, r *Result, divergence string, progress Progress) ([]scenarios.Point, error) {
	settings, err := s.flowSettings(divergence, r.Seed)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	flow, err := sim.New(s.scenario, settings)
	if err != nil {
		return nil, err
	}
	for k := range s.settings.Steps {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		flow.Step()
		progress(float64(k+1) / float64(s.settings.Steps))
	}
	r.Evaluations, r.Microseconds = flow.Target().Evaluations(), s.each(began)
	points := make([]scenarios.Point, s.settings.Samples)
	flow.Points(points)
	return points, nil
}

func (s *Runner) oneStep(ctx context.Context, r *Result, route sampler.Route, divergence string, progress Progress) ([]scenarios.Point, error) {
	settings, err := s.flowSettings(divergence, r.Seed)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	trainer, err := sampler.NewTrainer(s.scenario, settings, trainingSettings(route, s.settings, r.Seed))
	if err != nil {
		return nil, err
	}
	for k := range s.settings.Iterations {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		trainer.Step()
		progress(float64(k+1) / float64(s.settings.Iterations))
	}
	r.TrainSeconds, r.Evaluations = time.Since(began).Seconds(), trainer.Progress().Evaluations
	points := make([]scenarios.Point, s.settings.Samples)
	began = time.Now()
	trainer.Model().Stream(r.Seed).Read(points)
	r.Microseconds = s.each(began)
	return points, nil
}
