// Package check is the correctness page of a scenario: its target, sampler and regions against
// independent integrals, and every drift on it, its formulas against numerical variations,
// its predictions of a step against what the step does, the compression–elasticity identity
// against finite differences, and the promise of the blob velocity.
package check

import (
	"context"
	"errors"
	"fmt"
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// Finding is one figure of a correctness check and what was expected of it.
type Finding struct {
	// Subject is the scenario's id or the drift's, with its reference.
	Subject string `json:"subject"`
	// Check names the check: one of the constants below.
	Check string `json:"check"`
	// Quantity says what was measured.
	Quantity string `json:"quantity"`
	// Figures are the numbers that were measured, coarsest first.
	Figures []float64 `json:"figures"`
	// Order is the observed order of the figures in what they are refined by, zero
	// where they are no such sequence.
	Order float64 `json:"order,omitempty"`
	// Scale is the part of the usual step that dt is in the quantity, zero where it is in
	// none.
	Scale float64 `json:"scale,omitempty"`
	// Expected says what they should be.
	Expected string `json:"expected"`
	// Pass reports whether they are.
	Pass bool `json:"pass"`
	// Refused reports that the drift cannot be used where the particles are.
	Refused bool `json:"refused,omitempty"`
	// Note says why there is no figure, where there is none.
	Note string `json:"note,omitempty"`
}

// The checks of a drift; those of a scenario have names of their own.
const (
	Weight   = "w"
	Velocity = "velocity"
	Forecast = "forecast"
	Identity = "identity"
	Blob     = "blob"
	Flow     = "flow"
)

// checker collects findings about one scenario.
type checker struct {
	ctx      context.Context
	scenario scenarios.Scenario
	basins   []target.Region // of the target, whatever the scenario names
	list     []Finding
	done     int
	total    int
	progress func(done, total int)
	// targets of the scenario on its grids, the same for every drift.
	targets *target.Cache
	workers *grid.Workers
}

// Run examines a scenario and, on it, every drift: the formulas against numerical
// variations, the forecasts against what is measured, the identity against finite
// differences, the blob velocity against its promise. It is an error where the
// scenario cannot be run at all or the context ends; progress is called after every
// part.
func Run(ctx context.Context, s scenarios.Scenario, drifts []divergences.Drift, progress func(done, total int)) ([]Finding, error) {
	c := &checker{ctx: ctx, scenario: s, total: 1 + len(drifts), progress: progress, targets: target.NewCache(), workers: grid.NewWorkers()}
	parts := []func() error{c.checkTarget}
	for _, d := range drifts {
		parts = append(parts, func() error { return c.drift(d) })
	}
	for _, part := range parts {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("check of %s interrupted after %d of %d parts", s.ID, c.done, c.total)
		}
		if err := part(); err != nil {
			return nil, err
		}
		c.done++
		progress(c.done, c.total)
	}
	return c.list, nil
}

func (c *checker) add(subject, check, quantity, expected string, pass bool, figures ...float64) {
	c.list = append(c.list, Finding{Subject: subject, Check: check, Quantity: quantity, Figures: figures, Expected: expected, Pass: pass})
}

// addOrdered adds figures of a quantity that is refined, and their order.
func (c *checker) addOrdered(subject, check, quantity, expected string, pass bool, order float64, figures ...float64) {
	c.add(subject, check, quantity, expected, pass, figures...)
	c.list[len(c.list)-1].Order = order
}

// without notes that there is nothing to measure.
func (c *checker) without(subject, check, quantity, why string) {
	c.list = append(c.list, Finding{Subject: subject, Check: check, Quantity: quantity, Expected: "–", Pass: true, Note: why})
}

// refused notes that the drift cannot be used where the particles are, which is
// right where its reference vanishes; any other reason is an error.
func (c *checker) refused(subject, check, quantity string, err error) error {
	var vanished sim.VanishedError
	if !errors.As(err, &vanished) {
		return err
	}
	c.without(subject, check, quantity, err.Error())
	c.list[len(c.list)-1].Refused = true
	return nil
}

// checkParticles is the number of particles that a check moves, descentParticles that under
// the blob velocity.
const (
	checkParticles   = 50_000
	descentParticles = 1000
)

// drift examines one drift on the scenario.
func (c *checker) drift(d divergences.Drift) error {
	subject := Subject(d)
	c.formulas(subject, d)
	settings := sim.DefaultSettings(c.scenario, divergences.SpecFromDrift(d))
	settings.Particles = checkParticles
	f, err := sim.NewOn(c.targets, c.scenario, settings)
	if err != nil {
		return c.refused(subject, Flow, "flow", err)
	}
	for range underWay {
		f.Step()
	}
	if err := c.forecasts(subject, f); err != nil {
		return err
	}
	if err := c.identity(subject, f); err != nil {
		return err
	}
	if d.Reference().Kind == divergences.NoReference {
		return c.descent(subject, d)
	}
	return nil
}

// Subject names a drift with its reference.
func Subject(d divergences.Drift) string {
	if r := d.Reference(); r.Kind != divergences.NoReference && !r.Differentiated {
		return d.Info().ID + " " + r.Kind.String()
	}
	return d.Info().ID
}

// highestOrder stands for the order of an error that is gone altogether.
const highestOrder = 16

// order is the observed order of a quantity that shrinks over a range of steps.
func order(coarse, fine, ratio float64) float64 {
	if fine == 0 {
		return highestOrder
	}
	return max(min(math.Log(coarse/fine)/math.Log(ratio), highestOrder), -highestOrder)
}
