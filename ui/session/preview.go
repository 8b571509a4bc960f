package session

import (
	"math/rand/v2"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// previewParticles is the number of particles of the initial cloud in a preview.
const previewParticles = 300

// Preview is a target with an initial cloud, before a flow of it is opened. It is immutable.
type Preview struct {
	// ID is the scenario's, Start the description of its initial cloud.
	ID, Start string
	// Fields holds grid and P.
	Fields sim.Fields
	// View is the part of the window that holds the target.
	View scenarios.Window
	// Cloud are particles of the initial cloud.
	Cloud []scenarios.Point
}

// NewPreview makes a preview. It reuses the target of an earlier one, if that has the same:
// another initial cloud costs no tabulation.
func NewPreview(s scenarios.Scenario, of *Preview) (*Preview, error) {
	p := &Preview{ID: s.ID, Start: s.Start.Text, Cloud: make([]scenarios.Point, previewParticles)}
	s.Start.Sampler.Sample(p.Cloud, rand.New(rand.NewPCG(1, 0)))
	if of != nil && of.ID == s.ID {
		p.Fields, p.View = of.Fields, of.View
		return p, nil
	}
	g, err := grid.New(s.Window, s.Bandwidth, 0)
	if err != nil {
		return nil, err
	}
	on, err := target.New(s, g, s.Bandwidth, target.Matched, grid.NewWorkers())
	if err != nil {
		return nil, err
	}
	// Many may be kept at a time, so only what is shown is.
	p.Fields, p.View = sim.Fields{Grid: g, P: on.P, Peak: slices.Max(on.P)}, viewOf(on, s.Window)
	return p, nil
}
