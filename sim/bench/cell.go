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

// Settings are the same for every cell of a bench.
type Settings struct {
	// Samples is the number of points that every method makes.
	Samples int `json:"samples"`
	// Iterations train a one-step sampler, Steps move the particles.
	Iterations int `json:"iterations"`
	Steps      int `json:"steps"`
}

// Validate says in one sentence which setting cannot be used and what was expected.
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

// Result is what a cell came to.
type Result struct {
	Cell
	Settings
	Metrics metrics.Metrics
	Outcome
}

// Outcome is what else there is to say of a cell's points.
type Outcome struct {
	// Modes is how many there are to cover.
	Modes int `json:"modes"`
	// Evaluations of the target, and the seconds before the first sample: training.
	Evaluations  int     `json:"target_evaluations"`
	TrainSeconds float64 `json:"train_seconds"`
	// Microseconds a sample, once trained.
	Microseconds float64 `json:"microseconds_per_sample"`
	// Step that a baseline was tuned to, in the units of baseline.Method.Ladder.
	Step float64 `json:"step,omitempty"`
	// Some of the points, for a picture.
	Some [][2]float64 `json:"some"`
}

// Stage is a scenario made ready for cells.
type Stage struct {
	scenario scenarios.Scenario
	settings Settings
	budget   int
}

// NewStage finds the budget of evaluations on a scenario: what a generator's
// tabulations cost. The baselines get as many.
func NewStage(s scenarios.Scenario, settings Settings) (*Stage, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	budget, err := trainingSettings(sampler.Generator, settings, 1).Tabulations(s.Window, s.Bandwidth, 0)
	if err != nil {
		return nil, err
	}
	return &Stage{s, settings, max(budget, settings.Samples)}, nil
}

// Budget is how many evaluations a baseline may make.
func (s *Stage) Budget() int { return s.budget }

// flowSettings are those of a scenario under a divergence.
func (s *Stage) flowSettings(divergence string, seed uint64) (sim.Settings, error) {
	d, err := divergences.Standard().Parse(divergence, nil)
	if err != nil {
		return sim.Settings{}, err
	}
	settings := sim.DefaultSettings(s.scenario, d)
	settings.Particles, settings.Seed = s.settings.Samples, seed
	return settings, nil
}

func trainingSettings(r sampler.Route, s Settings, seed uint64) sampler.Settings {
	t := sampler.Defaults(r)
	t.Seed, t.Horizon, t.Descent = seed, s.Iterations, min(t.Descent, s.Iterations/2)
	return t
}

// judge is that of a seed.
func (s *Stage) judge(seed uint64) (*metrics.Judge, error) {
	return metrics.NewJudge(s.scenario, density.Kernel{Bandwidth: s.scenario.Bandwidth}, s.settings.Samples, seed)
}

// Progress is told how much of a cell is done, from 0 to 1.
type Progress func(share float64)

// Run makes the points of a cell and judges them. A step of 0 has a baseline tuned
// first; see Tune.
func (s *Stage) Run(ctx context.Context, c Cell, step float64, told Progress) (*Result, error) {
	r := &Result{Cell: c, Settings: s.settings, Outcome: Outcome{Step: step}}
	points, err := s.points(ctx, r, told)
	if err != nil {
		return nil, err
	}
	judge, err := s.judge(c.Seed)
	if err != nil {
		return nil, err
	}
	r.Metrics, r.Modes = judge.Measure(points), judge.Modes()
	for i := 0; i < len(points); i += max(len(points)/shown, 1) {
		r.Some = append(r.Some, [2]float64{points[i].X, points[i].Y})
	}
	return r, nil
}

// shown is about how many points of a cell a picture shows.
const shown = 600

// points runs the method of a cell.
func (s *Stage) points(ctx context.Context, r *Result, told Progress) ([]scenarios.Point, error) {
	route, divergence := r.Method.split()
	switch route {
	case string(Exact):
		return s.exact(r)
	case particles:
		return s.particles(ctx, r, divergence, told)
	case string(sampler.Generator), string(sampler.Flow):
		return s.oneStep(ctx, r, sampler.Route(route), divergence, told)
	}
	return s.baseline(r, baseline.Method(route)), nil
}

// Streams of a seed that have nothing to do with each other.
const (
	exactStream = iota + 10
	startStream
	chainStream
)

func (s *Stage) exact(r *Result) ([]scenarios.Point, error) {
	draw := s.scenario.Truth.Sampler
	if draw == nil {
		return nil, fmt.Errorf("%s has no exact sampler", s.scenario.ID)
	}
	points, began := make([]scenarios.Point, s.settings.Samples), time.Now()
	draw.Sample(points, rand.New(rand.NewPCG(r.Seed, exactStream)))
	r.Microseconds = s.each(began)
	return points, nil
}

// each is the microseconds a sample since began.
func (s *Stage) each(began time.Time) float64 {
	return 1e6 * time.Since(began).Seconds() / float64(s.settings.Samples)
}

// start is the initial cloud of a seed.
func (s *Stage) start(seed uint64) []scenarios.Point {
	points := make([]scenarios.Point, s.settings.Samples)
	s.scenario.Start.Sampler.Sample(points, rand.New(rand.NewPCG(seed, startStream)))
	return points
}

func (s *Stage) baseline(r *Result, m baseline.Method) []scenarios.Point {
	points, began := s.start(r.Seed), time.Now()
	r.Evaluations = m.Run(points, s.scenario.Target, s.scenario.Window, s.scenario.Bandwidth, r.Step, s.budget, rand.New(rand.NewPCG(r.Seed, chainStream)))
	r.Microseconds = s.each(began)
	return points
}

func (s *Stage) particles(ctx context.Context, r *Result, divergence string, told Progress) ([]scenarios.Point, error) {
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
		told(float64(k+1) / float64(s.settings.Steps))
	}
	r.Evaluations, r.Microseconds = flow.Target().Evaluations(), s.each(began)
	points := make([]scenarios.Point, s.settings.Samples)
	flow.Points(points)
	return points, nil
}

func (s *Stage) oneStep(ctx context.Context, r *Result, route sampler.Route, divergence string, told Progress) ([]scenarios.Point, error) {
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
		told(float64(k+1) / float64(s.settings.Iterations))
	}
	r.TrainSeconds, r.Evaluations = time.Since(began).Seconds(), trainer.Progress().Evaluations
	points := make([]scenarios.Point, s.settings.Samples)
	began = time.Now()
	trainer.Model().Stream(r.Seed).Read(points)
	r.Microseconds = s.each(began)
	return points, nil
}
