package sim

import (
	"math"
	"slices"

	"undercurrent/divergences"
	"undercurrent/sim/density"
)

// Instruments choose what is measured of a flow beside its state. What is not
// asked for is not computed, and none of it changes the particles' path.
type Instruments struct {
	// Objectives are the divergences whose values are wanted, nil for none.
	Objectives *density.Objectives
	// Functional measures the coverage; nil is soft under-coverage at τ = s = 1.
	Functional divergences.Functional
	// Response foretells and measures what the step does.
	Response bool
	// Effort tells who is driven, and along what.
	Effort bool
	// Identity checks the compression–elasticity identity.
	Identity bool
	// Undriven leaves out the objective of the drift: who watches what something else
	// moves may not ask for it.
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

// StepReport steps once and reports, with what the step has changed.
func (f *Flow) StepReport(r *Report, in Instruments) {
	taken := f.prepare(r, in)
	before := slices.Clone(f.totals(in.functional(), false).Masses)
	if in.Response {
		f.response.note(f, in.functional())
	}
	f.move(taken)
	f.reportState(r, in)
	now := f.totals(in.functional(), false)
	if in.Response {
		f.response.measure(f, r, now)
	}
	r.Ahead, r.StepDT = false, taken.dt
	f.reportChanges(r, in)
	for k := range r.Regions {
		r.Regions[k].Inflow = now.Masses[k] - before[k]
	}
}

// Report measures the flow where it is; what belongs to a step is foretold of the
// next. Inflow is zero.
func (f *Flow) Report(r *Report, in Instruments) {
	ahead := f.prepare(r, in)
	f.reportState(r, in)
	r.Ahead, r.StepDT = true, ahead.dt
	f.reportChanges(r, in)
}

// prepare aims the next step and measures what is to be known of it.
func (f *Flow) prepare(r *Report, in Instruments) plan {
	r.size(len(f.regions.List))
	f.evaluateOver(in.Response || in.Identity)
	r.Mean = f.law.average
	r.IdentityResidual = math.NaN()
	if in.Identity {
		r.IdentityResidual = f.field.identityResidual()
	}
	next := f.aim()
	if in.Response {
		if f.response == nil {
			f.response = newResponse(f.grid, len(f.regions.List))
		}
		f.response.foretell(f, in.functional())
	}
	if in.Effort {
		f.effort(&f.motion)
	}
	return next
}

// reportState measures where the particles are.
func (f *Flow) reportState(r *Report, in Instruments) {
	r.Progress = f.progress
	t := f.totals(in.functional(), in.Objectives != nil)
	r.TV, r.UnderCoverage = t.TV, t.UnderCoverage()
	if r.Active = math.NaN(); !in.Undriven {
		r.Active = f.activeNow(t)
	}
	r.Objectives = r.Objectives[:0]
	if in.Objectives != nil {
		r.Objectives = in.Objectives.Append(r.Objectives, t.Histogram)
	}
	f.reportRegions(r, t)
}

// activeNow is the objective of the drift, of the present totals.
func (f *Flow) activeNow(t *density.Totals) float64 {
	if f.law.ref.Kind == divergences.NoReference {
		return f.law.objective(t, f.straying(), nil)
	}
	if len(f.held) != f.grid.Len() {
		f.held = make([]float64, f.grid.Len())
	}
	f.evaluate()
	f.field.holdReference(f.held)
	return f.law.objective(t, f.straying(), f.held)
}

func (f *Flow) reportRegions(r *Report, t *density.Totals) {
	for a := range r.Transport {
		clear(r.Transport[a])
	}
	r.Untracked = f.origin == nil
	counts := make([]int, len(r.Regions))
	for i, p := range f.points {
		k := f.regions.At(p)
		counts[k]++
		if r.Untracked {
			continue
		}
		if from := f.origin[f.member(i)]; from != noRegion {
			r.Transport[from][k]++
		}
	}
	for k, n := range counts {
		r.Regions[k] = RegionReport{RegionTotals: f.density.Region(t, k, n)}
	}
}

// reportChanges copies what the instruments found to the report.
func (f *Flow) reportChanges(r *Report, in Instruments) {
	r.UnderCoverageChange, r.ActiveChange, r.Effort = Change{}, Change{}, r.Effort[:0]
	r.UnderCoverageGross, r.WrongWay, r.AlongBeta, r.Bend = 0, 0, 0, 0
	if in.Response {
		s := f.response
		r.UnderCoverageChange, r.ActiveChange, r.UnderCoverageGross = s.total, s.objective, s.gross
		for k := range r.Regions {
			r.Regions[k].MassChange, r.Regions[k].UnderCoverageChange = s.mass[k], s.functional[k]
		}
	}
	if in.Effort {
		m := &f.motion
		for b, push := range m.bands {
			lo, hi := bandEdges(b)
			r.Effort = append(r.Effort, Band{lo, hi, quotient(push, m.size)})
		}
		for k, push := range m.regions {
			r.Regions[k].Effort = quotient(push, m.size)
		}
		r.WrongWay, r.AlongBeta, r.Bend = m.wrong, quotient(m.along, m.energy), quotient(m.bent, m.bent+m.straight)
	}
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
