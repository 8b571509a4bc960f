package sim

import (
	"math"

	"undercurrent/divergences"
)

// Report is what is measured of a flow after a step.
type Report struct {
	Progress
	// TV is the total variation distance ½∫|p − q|.
	TV float64
	// Objectives are the values of the divergences that were asked for.
	Objectives []Objective
	// Active is the value of the divergence that drives the flow.
	Active float64
	// UnderCoverage is U at τ = 1, s = 1; see RegionReport.
	UnderCoverage float64
	Regions       []RegionReport
	// Transport[a][b] counts the particles that started in region a and are in
	// region b now.
	Transport [][]int

	before []float64
	values []float64
}

// Objective is the value of one divergence.
type Objective struct {
	ID    string
	Value float64
}

// RegionReport is what is measured of one region.
type RegionReport struct {
	Region
	// Count is the number of particles and Share their share of all.
	Count int
	Share float64
	// SE is the binomial standard error of Share, √(s(1−s)/N).
	SE float64
	// UnderCoverage is the region's part of U.
	UnderCoverage float64
	// Inflow is the change of the region's smoothed mass in the last step.
	Inflow float64
}

// StepReport steps once and reports, with the inflow of this step. The values of
// the given divergences are computed as objectives.
func (f *Flow) StepReport(r *Report, objectives []divergences.Divergence) {
	f.refresh()
	r.size(len(f.regions.List))
	f.regionMass(r.before)
	f.Step()
	f.Report(r, objectives)
	f.regionMass(r.values)
	for k := range r.Regions {
		r.Regions[k].Inflow = r.values[k] - r.before[k]
	}
}

// Report measures the flow where it is. Inflow, which belongs to a step, is zero.
func (f *Flow) Report(r *Report, objectives []divergences.Divergence) {
	f.refresh()
	r.size(len(f.regions.List))
	r.Progress = f.progress
	r.TV = f.totalVariation()
	nodes, area := f.ratios(), f.grid.Area()
	r.Active = nodes.objective(f.settings.Divergence, area)
	r.Objectives = r.Objectives[:0]
	for _, d := range objectives {
		r.Objectives = append(r.Objectives, Objective{d.Info().ID, nodes.objective(d, area)})
	}
	f.reportRegions(r)
}

func (f *Flow) reportRegions(r *Report) {
	r.UnderCoverage = f.underCoverage(r.values)
	for a := range r.Transport {
		clear(r.Transport[a])
	}
	for i, p := range f.points {
		r.Transport[f.origin[i]][f.regions.At(p)]++
	}
	n := float64(len(f.points))
	for k, region := range f.regions.List {
		count := 0
		for a := range r.Transport {
			count += r.Transport[a][k]
		}
		s := float64(count) / n
		r.Regions[k] = RegionReport{Region: region, Count: count, Share: s,
			SE: math.Sqrt(s * (1 - s) / n), UnderCoverage: r.values[k]}
	}
}

// size makes room for k regions.
func (r *Report) size(k int) {
	if len(r.Regions) == k {
		return
	}
	r.Regions, r.before, r.values = make([]RegionReport, k), make([]float64, k), make([]float64, k)
	r.Transport = make([][]int, k)
	for a := range r.Transport {
		r.Transport[a] = make([]int, k)
	}
}

// Clone is a copy that shares nothing with r.
func (r *Report) Clone() *Report {
	c := *r
	c.before, c.values = nil, nil
	c.Objectives = append([]Objective(nil), r.Objectives...)
	c.Regions = append([]RegionReport(nil), r.Regions...)
	c.Transport = make([][]int, len(r.Transport))
	for a := range r.Transport {
		c.Transport[a] = append([]int(nil), r.Transport[a]...)
	}
	return &c
}
