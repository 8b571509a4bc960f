package session

import (
	"fmt"
	"math"

	"undercurrent/sim"
)

// There are islands when TV stands still: when it would not be gone after stillHorizon steps at the pace of
// the last islandSteps. A region is one when its particle mass is off its target mass by more than
// islandShare of it and islandErrors standard errors, and would not be right after islandHorizon steps
// at that pace: what crosses its borders is less than it needs.
const (
	islandShare   = 0.1
	islandErrors  = 3
	islandSteps   = 50
	islandHorizon = 1000
	stillHorizon  = 3000
)

// minLacking is the target mass from which on islands hold the flow back enough to say so.
const minLacking = 0.05

// Islands are the regions that the drift does not bring to their target mass.
type Islands struct {
	// Regions reports of each region whether it is one.
	Regions []bool
	// Lacking is the mass that those with too little need.
	Lacking float64
}

// Is reports whether a region, counted from 1, is an island. There may be none.
func (i *Islands) Is(id int) bool { return i != nil && id <= len(i.Regions) && i.Regions[id-1] }

// sentence says what they are and what helps.
func (i *Islands) sentence() string {
	return fmt.Sprintf("islands lack %.0f%%: too little crosses to them; U birth–death, H coarse to fine", 100*i.Lacking)
}

// findIslands are the islands by a report and what it was some steps before; nil if they lack less than
// minLacking.
func findIslands(now *sim.Report, before restSample) *Islands {
	within := float64(now.Step - before.step)
	if len(before.masses) != len(now.Regions) || (before.tv-now.TV)/within*stillHorizon >= now.TV {
		return nil
	}
	found := &Islands{Regions: make([]bool, len(now.Regions))}
	for k, r := range now.Regions {
		need := r.Region.Mass - r.ParticleMass
		change := r.ParticleMass - before.masses[k]
		if need < 0 {
			change = -change
		}
		if math.Abs(need) <= max(islandShare*r.Region.Mass, islandErrors*r.SE) || change/within*islandHorizon >= math.Abs(need) {
			continue
		}
		found.Regions[k] = true
		found.Lacking += max(need, 0)
	}
	if found.Lacking < minLacking {
		return nil
	}
	return found
}
