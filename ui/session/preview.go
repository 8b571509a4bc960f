package session

import (
	"math/rand/v2"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// previewParticles are shown of an initial cloud.
const previewParticles = 300

// Preview is a target as the stage shows it, and an initial cloud beside it, before any
// flow of it is opened. It is immutable.
type Preview struct {
	// ID is the scenario's, Start what its initial cloud is.
	ID, Start string
	// Fields holds grid and P.
	Fields sim.Fields
	// View is the part of the window that holds the target.
	View scenarios.Window
	// Cloud are some particles of the start.
	Cloud []scenarios.Point
}

// NewPreview makes a preview, of an earlier one of the same target where there is one:
// another start alone costs no tabulation.
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
	// Many may be kept at a time: what is not shown is let go.
	p.Fields, p.View = sim.Fields{Grid: g, P: on.P}, viewOf(on, s.Window)
	return p, nil
}
