package sim

import (
	"undercurrent/divergences"
	"undercurrent/sim/density"
)

// Instruments select the measurements of a Report. The others are not computed, and none of
// them changes the paths of the particles.
type Instruments struct {
	// Objectives are the divergences to evaluate, nil for none.
	Objectives *density.Objectives
	// Functional is the coverage measure U; nil is soft under-coverage at τ = s = 1.
	Functional divergences.Functional
	// Response selects the predicted and measured changes in the step.
	Response bool
	// Effort selects the effort by band of log r and by region, and its directions.
	Effort bool
	// Identity selects the residual of the compression–elasticity identity.
	Identity bool
	// Undriven omits the objective of the drift, for watched particles.
	Undriven bool
	// NoTransport omits the transport between regions. Without it the regions in which the particles started are kept
	// from the first report on, a byte for each.
	NoTransport bool
}

// functional returns the coverage measure.
func (in Instruments) functional() divergences.Functional {
	if in.Functional != nil {
		return in.Functional
	}
	return density.DefaultFunctional()
}

// Report contains the measurements of a flow.
type Report struct {
	Progress
	// Effective is the effective size of the particles, their number unless a watched frame has shares; see
	// scenarios.Cloud.
	Effective float64
	// TV is the total variation distance ½∫|p − q| over the whole plane; the mass of q outside
	// the grid counts in full. It is that at the bandwidth of the settings, whatever is in force, so
	// that flows can be compared.
	TV float64
	// Bandwidth is the bandwidth in force: that of the settings, or a wider one under a coarse
	// schedule. All figures but TV and the state of the regions (their masses, and the steps at which
	// they were reached) are at this bandwidth, and so is TVInForce.
	Bandwidth, TVInForce float64
	// AdaptedTo is the number of the region that the adaptive weight of the step is for, 0 for none.
	AdaptedTo int
	// Objectives are the values of Instruments.Objectives.
	Objectives []density.Objective
	// Unreached is the target mass where no particles are; see density.Totals.
	Unreached float64
	// Active is the value of the objective of the drift, NaN where Undriven.
	Active float64
	// Mean is m = E_ρ[log r], zero without a reference.
	Mean float64
	// UnderCoverage is U, the value of Instruments.Functional.
	UnderCoverage float64
	Regions       []RegionReport
	// Reached is the first step at which every region had at least ReachedRatio of its target mass at
	// the same time, NotReached before.
	Reached int
	// Transport[a][b] counts the particles that started in region a and are now in region b,
	// both inside the padded window. It is zero if Untracked: the origins are not known, or not wanted.
	Transport [][]int
	Untracked bool

	// The following fields belong to the last step, or to the next one if Ahead is true.
	// StepDT is its length.
	Ahead  bool
	StepDT float64
	// UnderCoverageChange, ActiveChange, UnderCoverageGross and SquareVelocity need
	// Instruments.Response. ActiveChange.Population is −dt times the dissipation
	// E[∇(K_h * Φ)·V], the rate at which V lowers the objective of the smoothed density, with the part
	// of ActiveReweighted.
	// UnderCoverageGross is E|κ V·β| dt with the limits of the step, in which changes do not cancel.
	UnderCoverageChange, ActiveChange Change
	UnderCoverageGross                float64
	SquareVelocity                    MeanSquare
	// UnderCoverageReweighted and ActiveReweighted are the parts of the changes by birth–death; see
	// reweighting.
	UnderCoverageReweighted, ActiveReweighted Change
	// Effort, WrongWay, AlongBeta and Bend need Instruments.Effort: the effort by bands of
	// log r, the fraction of the particles with V·β < 0, the fraction of E|V|² along β, and
	// E|V_ρ|²/(E|V_β|² + E|V_ρ|²), where V_β = Direct·β and V_ρ = V − V_β is the part due to
	// the reference.
	Effort                    []Band
	WrongWay, AlongBeta, Bend float64
	// IdentityResidual needs Instruments.Identity. It is NaN without it, under the blob
	// velocity, and if log r is clipped around every particle.
	IdentityResidual float64
}

// RegionReport contains the measurements of one region.
type RegionReport struct {
	density.RegionTotals
	// Reached is the first step at which the region had at least ReachedRatio of its target mass,
	// NotReached before. It is not lost where the region loses mass again.
	Reached int
	// Inflow is the change of the region's smoothed mass in the last step.
	Inflow float64
	// MassChange and UnderCoverageChange need Instruments.Response.
	MassChange, UnderCoverageChange Change
	// Reweighted and UnderCoverageReweighted are the parts of MassChange and UnderCoverageChange by
	// birth–death; see reweighting. The rest is that by the drift.
	Reweighted, UnderCoverageReweighted Change
	// Copied counts the particles that have taken the place of another one by birth–death, and whose
	// ancestor is not the one that was there at the start.
	Copied int
	// Effort is the region's fraction of the effort, EffortTaken that with the limits of a step;
	// see Band. They need Instruments.Effort.
	Effort, EffortTaken float64
}

// RegionTotals returns the totals of every region.
func (r *Report) RegionTotals() []density.RegionTotals {
	list := make([]density.RegionTotals, len(r.Regions))
	for k := range list {
		list[k] = r.Regions[k].RegionTotals
	}
	return list
}

// size allocates k regions.
func (r *Report) size(k int) {
	if len(r.Regions) == k {
		return
	}
	r.Regions = make([]RegionReport, k)
	r.Transport = make([][]int, k)
	for a := range r.Transport {
		r.Transport[a] = make([]int, k)
	}
}

// Clone returns a deep copy.
func (r *Report) Clone() *Report {
	c := *r
	c.Effort = append([]Band(nil), r.Effort...)
	c.Objectives = append([]density.Objective(nil), r.Objectives...)
	c.Regions = append([]RegionReport(nil), r.Regions...)
	c.Transport = make([][]int, len(r.Transport))
	for a := range r.Transport {
		c.Transport[a] = append([]int(nil), r.Transport[a]...)
	}
	return &c
}
