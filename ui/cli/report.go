package cli

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim"
	"undercurrent/ui/session"
)

// line is a report as run --json prints it.
type line struct {
	Step          int                `json:"step"`
	Time          float64            `json:"time"`
	DT            float64            `json:"dt"`
	Scenario      string             `json:"scenario"`
	Divergence    string             `json:"divergence"`
	Reference     *string            `json:"reference"`
	Velocity      string             `json:"velocity"`
	Drift         string             `json:"drift"`
	Parameters    map[string]any     `json:"parameters"`
	Weight        *string            `json:"weight"`
	ZFactor       float64            `json:"z_factor"`
	Smoothing     string             `json:"smoothing"`
	TimeRule      string             `json:"time_rule"`
	Spacing       float64            `json:"spacing"`
	Seed          uint64             `json:"seed"`
	Particles     int                `json:"particles"`
	Bandwidth     float64            `json:"bandwidth"`
	BirthDeath    float64            `json:"birth_death"`
	Coarse        *coarseLine        `json:"coarse"`
	Mover         *string            `json:"mover"`
	AdaptedTo     *int               `json:"adapted_to"`
	Evaluations   int                `json:"evaluations"`
	Accepted      *float64           `json:"accepted"`
	InForce       float64            `json:"bandwidth_in_force"`
	TV            float64            `json:"tv"`
	TVInForce     float64            `json:"tv_in_force"`
	Unreached     float64            `json:"unreached"`
	Objective     float64            `json:"objective"`
	MeanLogRatio  *float64           `json:"mean_log_ratio"`
	Objectives    map[string]float64 `json:"objectives"`
	UnderCoverage float64            `json:"under_coverage"`
	Functional    functionalLine     `json:"functional"`
	ObjectiveRate rateLine           `json:"objective_rate"`
	Identity      *float64           `json:"identity_residual"`
	Effort        []bandLine         `json:"effort"`
	WrongWay      float64            `json:"wrong_way"`
	Capped        float64            `json:"capped"`
	Limited       float64            `json:"limited"`
	Outside       int                `json:"held"`
	Reached       *int               `json:"reached"`
	Regions       []regionLine       `json:"regions"`
}

// coarseLine is a schedule of the bandwidth; see sim.Coarse.
type coarseLine struct {
	Factor float64 `json:"factor"`
	Steps  int     `json:"steps"`
	From   int     `json:"from"`
}

// functionalLine is the coverage measure and its change in the step.
type functionalLine struct {
	Name       string  `json:"name"`
	Tau        float64 `json:"tau"`
	S          float64 `json:"s"`
	Value      float64 `json:"value"`
	Least      float64 `json:"least"`
	Population float64 `json:"population"`
	Taken      float64 `json:"population_taken"`
	FirstOrder float64 `json:"first_order"`
	Measured   float64 `json:"measured"`
	// Reweighted is the part of the change by birth–death.
	Reweighted changeLine `json:"birth_death"`
}

// changeLine is a change in the step.
type changeLine struct {
	Population float64 `json:"population"`
	Taken      float64 `json:"population_taken"`
	FirstOrder float64 `json:"first_order"`
	Measured   float64 `json:"measured"`
}

// rateLine is −dD/dt of the objective that drives the flow.
type rateLine struct {
	Dissipation float64 `json:"dissipation"`
	Taken       float64 `json:"dissipation_taken"`
	FirstOrder  float64 `json:"first_order"`
	Measured    float64 `json:"measured"`
	Square      float64 `json:"mean_square_velocity"`
	SquareTaken float64 `json:"mean_square_velocity_taken"`
	// Reweighted is the part of the decrease by birth–death.
	Reweighted changeLine `json:"birth_death"`
}

type bandLine struct {
	Lo    float64 `json:"log_r_lo"`
	Hi    float64 `json:"log_r_hi"`
	Share float64 `json:"share"`
	Taken float64 `json:"share_taken"`
}

// regionState is a region with the particles in it.
type regionState struct {
	ID            int     `json:"id"`
	Name          string  `json:"name,omitempty"`
	X             float64 `json:"x"`
	Y             float64 `json:"y"`
	Target        float64 `json:"target"`
	Mass          float64 `json:"mass"`
	Count         int     `json:"count"`
	SE            float64 `json:"se"`
	UnderCoverage float64 `json:"under_coverage"`
}

func stateOf(k sim.RegionReport) regionState {
	return regionState{k.ID, k.Name, k.Peak.X, k.Peak.Y, k.Region.Mass, k.ParticleMass, k.Count, k.SE, k.UnderCoverage}
}

type regionLine struct {
	regionState
	Reached *int    `json:"reached"`
	Inflow  float64 `json:"inflow"`

	PredictedMassChange          float64 `json:"predicted_mass_change"`
	MassChange                   float64 `json:"mass_change"`
	PredictedUnderCoverageChange float64 `json:"predicted_under_coverage_change"`
	UnderCoverageChange          float64 `json:"under_coverage_change"`
	// The parts by birth–death, and the particles that have been copied.
	PredictedReweighted              float64 `json:"predicted_mass_change_birth_death"`
	Reweighted                       float64 `json:"mass_change_birth_death"`
	PredictedUnderCoverageReweighted float64 `json:"predicted_under_coverage_change_birth_death"`
	UnderCoverageReweighted          float64 `json:"under_coverage_change_birth_death"`
	Copied                           int     `json:"copied"`

	Effort      float64 `json:"effort"`
	EffortTaken float64 `json:"effort_taken"`
}

func newLine(flow *sim.Flow, u session.Functional, r *sim.Report) line {
	settings := flow.Settings()
	l := line{
		Step: r.Step, Time: r.Time, DT: r.DT,
		Scenario: flow.Scenario().ID, Divergence: settings.Drift.ID(), Velocity: settings.Velocity.String(), Seed: settings.Seed,
		Drift: settings.Drift.String(), Parameters: parametersOf(settings.Drift), ZFactor: settings.Drift.ZFactor(),
		Smoothing: settings.Smoothing.String(), TimeRule: settings.Time.String(), Spacing: flow.Grid().Spacing,
		Particles: settings.Particles, Bandwidth: settings.Bandwidth, BirthDeath: settings.BirthDeath,
		Evaluations: r.Evaluations, InForce: r.Bandwidth, TV: r.TV, TVInForce: r.TVInForce, Unreached: r.Unreached, Objective: r.Active, Objectives: map[string]float64{}, UnderCoverage: r.UnderCoverage,
		Functional: functionalLine{Name: u.ID, Tau: u.Tau, S: u.S, Value: r.UnderCoverage, Least: u.Measure().Least(),
			Population: r.UnderCoverageChange.Population, Taken: r.UnderCoverageChange.Taken, FirstOrder: r.UnderCoverageChange.FirstOrder, Measured: r.UnderCoverageChange.Measured,
			Reweighted: changeLine(r.UnderCoverageReweighted)},
		ObjectiveRate: rateOf(r), WrongWay: r.WrongWay,
		Capped: r.Capped, Limited: r.Limited, Outside: r.Outside, Reached: reachedStep(r.Reached),
	}
	if m := settings.Mover; !m.IsZero() {
		text := m.String()
		l.Mover = &text
		if !math.IsNaN(r.Accepted) {
			l.Accepted = &r.Accepted
		}
	}
	if settings.Adaptive {
		l.AdaptedTo = &r.AdaptedTo
	}
	if c := settings.Coarse; c.On() {
		l.Coarse = &coarseLine{c.Factor, c.Steps, c.From}
	}
	if weight := settings.Drift.Family().Weight; weight != "" {
		l.Weight = &weight
	}
	if ref := flow.Drift().Reference(); ref.Kind != divergences.NoReference {
		name := ref.Kind.String()
		l.Reference, l.MeanLogRatio = &name, &r.Mean
	}
	if !math.IsNaN(r.IdentityResidual) {
		l.Identity = &r.IdentityResidual
	}
	for _, b := range r.Effort {
		l.Effort = append(l.Effort, bandLine(b))
	}
	for _, o := range r.Objectives {
		l.Objectives[o.ID] = o.Value
	}
	for _, k := range r.Regions {
		l.Regions = append(l.Regions, regionLine{
			regionState: stateOf(k), Reached: reachedStep(k.Reached), Inflow: k.Inflow,
			PredictedMassChange: k.MassChange.FirstOrder, MassChange: k.MassChange.Measured,
			PredictedUnderCoverageChange: k.UnderCoverageChange.FirstOrder, UnderCoverageChange: k.UnderCoverageChange.Measured,
			PredictedReweighted: k.Reweighted.FirstOrder, Reweighted: k.Reweighted.Measured,
			PredictedUnderCoverageReweighted: k.UnderCoverageReweighted.FirstOrder, UnderCoverageReweighted: k.UnderCoverageReweighted.Measured,
			Copied: k.Copied, Effort: k.Effort, EffortTaken: k.EffortTaken,
		})
	}
	return l
}

// reachedStep is a step at which something was reached, nil where it was not.
func reachedStep(step int) *int {
	if step == sim.NotReached {
		return nil
	}
	return &step
}

// rateOf is −dD/dt in the step, zero for a step of length 0.
func rateOf(r *sim.Report) rateLine {
	if r.StepDT == 0 {
		return rateLine{}
	}
	c, v := fall(r.ActiveChange, r.StepDT), r.SquareVelocity
	return rateLine{c.Population, c.Taken, c.FirstOrder, c.Measured, v.Velocity, v.Taken, fall(r.ActiveReweighted, r.StepDT)}
}

// fall is the decrease per unit of time of what changes in a step.
func fall(c sim.Change, dt float64) changeLine {
	return changeLine{-c.Population / dt, -c.Taken / dt, -c.FirstOrder / dt, -c.Measured / dt}
}

// parametersOf are the values of the parameters of the drift, and of those of the divergences
// among the objectives, by name.
func parametersOf(spec divergences.Spec) map[string]any {
	all := map[string]any{}
	add := func(s divergences.Spec) {
		for _, p := range s.Parameters() {
			if v := s.Value(p.Name); v.Choice != "" {
				all[p.Name] = v.Choice
			} else {
				all[p.Name] = v.Number
			}
		}
	}
	for _, f := range divergences.Standard().Families() {
		if d, err := f.Divergence(spec.Values()); err == nil && d != nil {
			add(divergences.NewSpec(f, spec.Values()))
		}
	}
	add(spec)
	return all
}
