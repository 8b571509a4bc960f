package engine

import (
	"fmt"
	"time"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/sampler"
)

// Studio trains a one-step sampler and portrays it. What is measured for a portrait
// does not touch the training: equal seeds give equal networks whenever one looks.
// It is not safe for concurrent use.
type Studio struct {
	trainer *sampler.Trainer
	gauge   *density.Estimator // of the samples, with the bandwidth of the program

	past  []Trained
	every int // iterations between the notes of the past
	note  string

	began  time.Time // of the iterations since the last portrait
	last   int
	rate   float64
	serial int
}

// Trained is what was reached at an iteration.
type Trained struct {
	Iteration int
	Loss, TV  float64
}

// Portrait is what a screen shows of a sampler in training. It is not changed once
// it was made.
type Portrait struct {
	Serial   int
	Route    sampler.Route
	Drift    divergences.Info
	Progress sampler.Progress
	// Rate is the iterations a second, 0 before it is known.
	Rate float64
	// Bandwidth is that of the present iteration, in units of the last one's.
	Bandwidth float64
	// Parameters is their number.
	Parameters int
	// Samples are one pass each; Warp is the image of a grid of the latent noise.
	Samples []scenarios.Point
	Warp    [][]scenarios.Point
	// TV and Regions are those of the samples, with the program's
	// bandwidth: they compare with the particles'.
	TV      float64
	Regions []density.RegionTotals
	Past    []Trained
	// Note is a message of the training, such as a drift it could not take.
	Note string
}

// Sizes of a portrait.
const (
	portraitSamples = 4000
	warpLines       = 13
	warpPoints      = 257
	// portraitSeed draws the same noise for every portrait, so that samples move
	// instead of flickering.
	portraitSeed = 1
	mostPast     = 512
)

// NewStudio prepares a sampler for what a flow is set to.
func NewStudio(s scenarios.Scenario, settings sim.Settings, route sampler.Route) (*Studio, error) {
	t := liveSettings(route, settings.Seed)
	trainer, err := sampler.NewTrainer(s, settings, t)
	if err != nil {
		return nil, err
	}
	gauge, err := density.New(s, settings.Kernel())
	if err != nil {
		return nil, err
	}
	return &Studio{trainer: trainer, gauge: gauge, every: 1}, nil
}

// liveSettings trade some of the quality for iterations a second: one watches.
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

// Train does one iteration.
func (s *Studio) Train() { s.trainer.Step() }

// SetDrift changes what drives the training; one that cannot be used is noted.
func (s *Studio) SetDrift(d divergences.Drift) {
	s.note = ""
	if err := s.trainer.SetDrift(d); err != nil {
		s.note = fmt.Sprintf("sampler: %v", err)
	}
}

// Restart forgets what was learnt.
func (s *Studio) Restart() {
	if err := s.trainer.Restart(); err != nil {
		s.note = fmt.Sprintf("sampler: %v", err)
	}
	s.past, s.every, s.last, s.rate = nil, 1, 0, 0
	s.began = time.Time{}
}

// Portray measures and pictures the sampler at the given time.
func (s *Studio) Portray(now time.Time) *Portrait {
	s.serial++
	model, progress := s.trainer.Model(), s.trainer.Progress()
	samples := make([]scenarios.Point, portraitSamples)
	model.Stream(portraitSeed).Read(samples)
	s.measure(samples)
	tv := s.gauge.Totals(nil, false).TV
	s.keepRate(now, progress.Iteration)
	s.keepPast(Trained{progress.Iteration, progress.Loss, tv})
	stage := s.trainer.Stage().Settings()
	return &Portrait{
		Serial: s.serial, Route: s.trainer.Settings().Route, Drift: stage.Drift.Info(), Progress: progress, Rate: s.rate,
		Bandwidth: stage.Bandwidth / s.gauge.Kernel().Bandwidth, Parameters: model.Parameters(),
		Samples: samples, Warp: model.Warp(warpLines, warpPoints), TV: tv,
		Regions: s.gauge.Regions(nil), Past: s.past, Note: s.note,
	}
}

// measure has the samples measured as particles are: those outside of the padded window are
// at its edge.
func (s *Studio) measure(samples []scenarios.Point) {
	points, bounds := make([]scenarios.Point, len(samples)), s.gauge.Grid().Bounds()
	for i, p := range samples {
		points[i], _ = grid.Clamp(p, bounds)
	}
	s.gauge.SetInside(points, len(points))
}

// rateSeconds is how long iterations are counted before their rate changes.
const rateSeconds = 1

func (s *Studio) keepRate(now time.Time, iteration int) {
	if s.began.IsZero() {
		s.began, s.last = now, iteration
		return
	}
	if d := now.Sub(s.began).Seconds(); d >= rateSeconds {
		s.rate, s.began, s.last = float64(iteration-s.last)/d, now, iteration
	}
}

// keepPast appends to what was reached, in a slice of its own: portraits keep the old.
func (s *Studio) keepPast(t Trained) {
	if n := len(s.past); n > 0 && t.Iteration-s.past[n-1].Iteration < s.every || t.Iteration == 0 {
		return
	}
	past := append(make([]Trained, 0, len(s.past)+1), s.past...)
	if len(past) >= mostPast {
		for i := range past[:len(past)/2] {
			past[i] = past[2*i]
		}
		past = past[:len(past)/2]
		s.every = max(2*s.every, t.Iteration/len(past))
	}
	s.past = append(past, t)
}
