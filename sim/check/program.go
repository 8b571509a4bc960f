package check

import (
	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/metrics"
	"undercurrent/sim/movers"
	"undercurrent/sim/target"
)

// program are the parts of the program that are checked against something else. Tests put faulty
// ones in their place, to see that the check finds them.
type program struct {
	massOutside func(scenarios.Scenario, grid.Grid, float64, *grid.Workers) target.OutsideMass
	// tabulate returns the target on a grid.
	tabulate func(*target.Cache, scenarios.Scenario, grid.Grid, *grid.Workers) (*target.OnGrid, error)
	// masses are the masses of points by region, to be compared with the target masses.
	masses func(*density.Estimator) []float64
	// objective is that of the drift.
	objective func(*sim.Flow) float64
	// meanSquare is E|V|² of the next step, dissipation that with its limits.
	meanSquare, dissipation func(*sim.Report) float64
	// reweighted is the change of the objective by birth–death in a step.
	reweighted func(*sim.Report) sim.Change
	// drifting is the field of drifting models under the Gaussian kernel.
	drifting func(h float64, bounds scenarios.Window) (*movers.DriftingField, error)
	// scaled is the drift of a spec with the normalizing constant taken factor times too large.
	scaled func(s divergences.Spec, factor float64) divergences.Spec
	// floor is that of n points, by a seed.
	floor func(s scenarios.Scenario, k density.Kernel, n int, seed uint64) (metrics.Floor, error)
}

// real are the parts as the program uses them.
func real() program {
	return program{
		massOutside: target.MassOutside,
		tabulate: func(c *target.Cache, s scenarios.Scenario, g grid.Grid, w *grid.Workers) (*target.OnGrid, error) {
			return c.New(s, g, s.Bandwidth, target.Matched, w)
		},
		masses: func(e *density.Estimator) (masses []float64) {
			for _, r := range e.Regions(nil) {
				masses = append(masses, r.ParticleMass)
			}
			return masses
		},
		objective: func(f *sim.Flow) float64 {
			r := &sim.Report{}
			f.Report(r, sim.Instruments{})
			return r.Active
		},
		meanSquare:  func(r *sim.Report) float64 { return r.SquareVelocity.Velocity },
		dissipation: func(r *sim.Report) float64 { return -r.ActiveChange.Taken / r.StepDT },
		reweighted:  func(r *sim.Report) sim.Change { return r.ActiveReweighted },
		drifting: func(h float64, bounds scenarios.Window) (*movers.DriftingField, error) {
			return movers.NewDriftingField(movers.Gaussian, h, bounds, grid.NewWorkers())
		},
		scaled: func(s divergences.Spec, factor float64) divergences.Spec { return s.WithZFactor(factor) },
		floor: func(s scenarios.Scenario, k density.Kernel, n int, seed uint64) (metrics.Floor, error) {
			e, err := metrics.NewEvaluator(s, k, n, seed)
			if err != nil {
				return nil, err
			}
			return e.Floor(n), nil
		},
	}
}
