// Package check verifies a scenario numerically: its target, sampler and regions against
// independent integrals; and for every drift on it, the formulas against numerical variations,
// the predicted changes in a step against the measured ones, the compression–elasticity
// identity against finite differences, and the decrease of the objective under the blob
// velocity.
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

// Finding is the result of one check.
type Finding struct {
	// Subject is the scenario's id or the drift's, with its reference.
	Subject string `json:"subject"`
	// Check names the check: one of the constants below.
	Check string `json:"check"`
	// Quantity describes the measured quantity.
	Quantity string `json:"quantity"`
	// Figures are the measured values, coarsest first.
	Figures []float64 `json:"figures"`
	// Order is the observed order of convergence of the figures, zero if they are not a
	// refinement.
	Order float64 `json:"order,omitempty"`
	// Scale is the dt of the quantity over the usual step, zero if there is no dt in it.
	Scale float64 `json:"scale,omitempty"`
	// Expected describes the expected figures.
	Expected string `json:"expected"`
	// Pass reports whether the figures are as expected.
	Pass bool `json:"pass"`
	// Refused reports whether the reference of the drift does not cover the particles.
	Refused bool `json:"refused,omitempty"`
	// Note is the reason if there are no figures; with figures, what is not known of them, or
	// what a failure means.
	Note string `json:"note,omitempty"`
}

// The checks of a drift; those of a scenario have other names.
const (
	Weight            = "w"
	Velocity          = "velocity"
	Objective         = "objective"
	MeanSquare        = "mean-square"
	Dissipation       = "dissipation"
	Forecast          = "forecast"
	ObjectiveForecast = "objective-forecast"
	Identity          = "identity"
	Blob              = "blob"
	Flow              = "flow"
)

// checker collects findings about one scenario.
type checker struct {
	ctx      context.Context
	scenario scenarios.Scenario
	basins   []target.Region // of the target, not the named regions
	list     []Finding
	done     int
	total    int
	progress func(done, total int)
	// targets is shared by all drifts.
	targets *target.Cache
	workers *grid.Workers
	// denseCloud is that of dense, nil before its first call.
	denseCloud *denseDensity
	program    program
}

func newChecker(ctx context.Context, s scenarios.Scenario, drifts []divergences.Drift, progress func(done, total int)) *checker {
	return &checker{ctx: ctx, scenario: s, total: Parts(drifts), progress: progress, targets: target.NewCache(), workers: grid.NewWorkers(), program: real()}
}

// Parts is the number of parts of a run: the target, and with drifts what depends on no single
// one, and each of them.
func Parts(drifts []divergences.Drift) int {
	if len(drifts) == 0 {
		return 1
	}
	return 2 + len(drifts)
}

// Run checks a scenario and every drift on it; see the package documentation. It is an error if
// the scenario is invalid or the context ends. progress is called after every part.
func Run(ctx context.Context, s scenarios.Scenario, drifts []divergences.Drift, progress func(done, total int)) ([]Finding, error) {
	c := newChecker(ctx, s, drifts, progress)
	parts := []func() error{c.checkTarget}
	if len(drifts) > 0 {
		parts = append(parts, c.checkProgram)
	}
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

// addOrdered adds figures of a refinement with their order.
func (c *checker) addOrdered(subject, check, quantity, expected string, pass bool, order float64, figures ...float64) {
	c.add(subject, check, quantity, expected, pass, figures...)
	c.list[len(c.list)-1].Order = order
}

// note adds a note to the last finding.
func (c *checker) note(text string) { c.list[len(c.list)-1].Note = text }

// without adds a finding without figures, with the reason.
func (c *checker) without(subject, check, quantity, why string) {
	c.list = append(c.list, Finding{Subject: subject, Check: check, Quantity: quantity, Expected: "–", Pass: true, Note: why})
}

// refused adds a finding for a VanishedError, which passes; it returns any other error.
func (c *checker) refused(subject, check, quantity string, err error) error {
	var vanished sim.VanishedError
	if !errors.As(err, &vanished) {
		return err
	}
	c.without(subject, check, quantity, err.Error())
	c.list[len(c.list)-1].Refused = true
	return nil
}

// checkParticles is the number of particles of a check, descentParticles that of the check of
// the blob velocity.
const (
	checkParticles   = 50_000
	descentParticles = 1000
)

// checkProgram checks what depends neither on the target alone nor on one drift.
func (c *checker) checkProgram() error {
	if err := c.powerLaws(); err != nil {
		return err
	}
	if err := c.birthDeath(); err != nil {
		return err
	}
	if err := c.drifting(); err != nil {
		return err
	}
	return c.floors()
}

// drift checks one drift on the scenario.
func (c *checker) drift(d divergences.Drift) error {
	subject := Subject(d)
	c.formulas(subject, d)
	settings := sim.DefaultSettings(c.scenario, divergences.SpecFromDrift(d))
	settings.Particles = checkParticles
	f, err := sim.NewOn(c.targets, c.scenario, settings)
	if err != nil {
		return c.refused(subject, Flow, "flow", err)
	}
	for range early {
		f.Step()
	}
	if err := c.expectations(subject, f); err != nil {
		return err
	}
	if d.Reference().Kind == divergences.NoReference {
		if err := c.objective(subject, d); err != nil {
			return err
		}
	}
	for range underWay - early {
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

// highestOrder bounds the observed order, and is the order of an error that becomes zero.
const highestOrder = 16

// order is the observed order ln(coarse/fine)/ln(ratio) of an error over a refinement by ratio.
func order(coarse, fine, ratio float64) float64 {
	if fine == 0 {
		return highestOrder
	}
	return max(min(math.Log(coarse/fine)/math.Log(ratio), highestOrder), -highestOrder)
}
