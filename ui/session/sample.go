package session

import (
	"math"
	"slices"

	"undercurrent/sim"
	"undercurrent/sim/density"
)

// Sample is what time charts keep of a report.
type Sample struct {
	Step int
	// Evaluations are those of the target since the start.
	Evaluations int
	TV, Active  float64
	// Coverage is the value of the coverage measure, NaN where it is of another one than now.
	Coverage float64
	// Predicted and Measured are the change of the coverage measure in the step
	// that led here; NaN where it was not measured.
	Predicted, Measured float64
	// Divergence is the id of the one that drove the flow then.
	Divergence string
	// Motion is the text of the motion, with the parameters, birth–death and the bandwidth of the time.
	Motion string
	// Objectives are the values of divergences that did not drive it, none where they were not measured.
	Objectives []density.Objective
	// MassRatio is each region's mass over its target's, NaN where the target has none.
	MassRatio []float64
}

// SampleOf is the sample of a report under a divergence, in a motion.
func SampleOf(r *sim.Report, divergence string, m sim.Motion) Sample {
	s := Sample{Step: r.Step, Evaluations: r.Evaluations, TV: r.TV, Active: r.Active, Coverage: r.UnderCoverage, Predicted: math.NaN(), Measured: math.NaN(), Divergence: divergence, Motion: m.String()}
	if c := r.UnderCoverageChange; !r.Ahead && c != (sim.Change{}) {
		s.Predicted, s.Measured = c.FirstOrder, c.Measured
	}
	s.Objectives = slices.Clone(r.Objectives)
	for _, k := range r.Regions {
		s.MassRatio = append(s.MassRatio, k.MassRatio())
	}
	return s
}

// Objective is the value of a divergence at the true Z, NaN where it was not measured.
func (s Sample) Objective(id string) float64 {
	for _, o := range s.Objectives {
		if o.ID == id {
			return o.Value
		}
	}
	return math.NaN()
}
