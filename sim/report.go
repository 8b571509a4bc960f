package sim

import (
	"undercurrent/divergences"
	"undercurrent/sim/density"
)

// Instruments choose what is measured of a flow besides its state. What is not
// asked for is not computed, and none of it changes the particles' path.
type Instruments struct {
	// Objectives are the divergences whose values are wanted, nil for none.
	Objectives *density.Objectives
	// Functional measures the coverage; nil is soft under-coverage at τ = s = 1.
	Functional divergences.Functional
	// Response predicts and measures what the step does.
	Response bool
	// Effort measures which particles are driven, and along what.
	Effort bool
	// Identity checks the compression–elasticity identity.
	Identity bool
	// Undriven leaves out the objective of the drift, for particles that something else
	// moves.
	Undriven bool
}

// functional is the one that measures the coverage.
func (in Instruments) functional() divergences.Functional {
	if in.Functional != nil {
		return in.Functional
	}
	return density.DefaultFunctional()
}

// Report is what is measured of a flow after a step.
type Report struct {
	Progress
	// TV is the total variation distance ½∫|p − q|, over the whole plane: q that the grid
	// does not hold counts in full.
	TV float64
	// Objectives are the values of the divergences that were asked for.
	Objectives []density.Objective
	// Active is the value of the objective of the drift, NaN where Undriven.
	Active float64
	// Mean is m = E_ρ[log r], zero without a reference.
	Mean float64
	// UnderCoverage is the functional U that was asked for; see Instruments.
	UnderCoverage float64
	Regions       []RegionReport
	// Transport[a][b] counts the particles that started in region a and are in
	// region b now, without those that were or are beyond the padded window. It is all
	// zero where Untracked: nobody knows who is who.
	Transport [][]int
	Untracked bool

	// What follows belongs to the step that led here, or where Ahead to the one
	// that would be taken next. Its length is StepDT.
	Ahead  bool
	StepDT float64
	// UnderCoverageChange and ActiveChange need Instruments.Response, and so does
	// UnderCoverageGross, what the particles' own changes of U add up to in size,
	// Σ mass·|κ V·β| dt: the changes themselves may cancel.
	UnderCoverageChange, ActiveChange Change
	UnderCoverageGross                float64
	// Effort, WrongWay, AlongBeta and Bend need Instruments.Effort: the effort by
	// bands of log r, the share of the particles with V·β < 0, the share of E|V|²
	// along β, and the share that the reference has in what V is made of,
	// E|V_ρ|²/(E|V_β|² + E|V_ρ|²) with V = V_β + V_ρ.
	Effort                    []Band
	WrongWay, AlongBeta, Bend float64
	// IdentityResidual needs Instruments.Identity; NaN without it, under the blob velocity,
	// and where log r is clipped around every particle.
	IdentityResidual float64
}

// RegionReport is what is measured of one region.
type RegionReport struct {
	density.RegionTotals
	// Inflow is the change of the region's smoothed mass in the last step.
	Inflow float64
	// MassChange and UnderCoverageChange need Instruments.Response.
	MassChange, UnderCoverageChange Change
	// Effort is the region's share of the effort; see Band. It needs Instruments.Effort.
	Effort float64
}

// RegionTotals are what is measured of the particles in every region.
func (r *Report) RegionTotals() []density.RegionTotals {
	list := make([]density.RegionTotals, len(r.Regions))
	for k := range list {
		list[k] = r.Regions[k].RegionTotals
	}
	return list
}

// size makes room for k regions.
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

// Clone is a copy that shares nothing with r.
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
