// Package diagnosis says what is wrong with the draws of a sampler: it puts the statistics of package chains
// together, for every column, for the regions of a target and for the moves of the chains, and orders what
// speaks against the sampler by its weight.
package diagnosis

import (
	"errors"
	"fmt"
	"slices"

	"undercurrent/sim/chains"
)

// Draws are what a sampler wrote. The draws of a chain are consecutive.
type Draws struct {
	Names   []string
	Columns [][]float64 // by column, all of the same length
	// Lengths are the numbers of draws of the chains; one for draws of a single chain. Nothing is said
	// of chains where Independent is set: the order of the draws means nothing.
	Lengths     []int
	Independent bool
	// Weights are those of the draws, positive; nil if all are equal. Nothing is said of chains of weighted draws.
	Weights []float64
	// LogDensity is log p of each draw up to a constant, nil where it is not known.
	LogDensity []float64
	// Divergent reports the divergent transitions of Hamiltonian Monte Carlo, nil where unknown.
	Divergent []bool
	// Energy is that of Hamiltonian Monte Carlo, nil where unknown.
	Energy []float64
	// Gathered is what the draws are of where they came as frames, nil where they are those of a file.
	Gathered *Gathered
}

// Target are the regions of a target, for draws of its two coordinates.
type Target struct {
	Names  []string  // by region, empty for a number alone
	Masses []float64 // by region
	// Regions is the region of each draw, from 0, or −1 outside the window.
	Regions []int
}

// Report is what there is to say of draws.
type Report struct {
	Chains int
	// Length is the number of draws of a chain that are looked at, Cut how many were left out so that all
	// chains have as many.
	Length, Cut int
	// Gathered is what the draws are of where they came as frames, nil where they are those of a file.
	Gathered   *Gathered
	Quantities []Quantity
	// LogDensity are the diagnostics of the log-density, nil where it is not known.
	LogDensity *Quantity
	Moves      []chains.Moves
	// Rejections has no ratio where the log-density is not known.
	Rejections chains.Rejections
	// Energies are E-BFMI by chain, nil where the energy is not known.
	Energies []chains.Estimate
	// Regions and Visits need a target; those that the target does not have are empty.
	Regions []Region
	Visits  chains.Visits
	// Divergent is the number of divergent transitions, by region after the total where there are regions,
	// nil where unknown.
	Divergent []int
	// Findings are what speaks against the sampler, the weightiest first.
	Findings []Finding
}

// Quantity are the diagnostics of a column.
type Quantity struct {
	Name                                               string
	Mean, SD, MCSE, RHat, ESSBulk, ESSTail, Time, Lag1 chains.Estimate
	// Constant reports whether all draws are equal.
	Constant bool
}

// Region is the share of the draws in a region beside its target mass.
type Region struct {
	chains.RegionMass
	Name string
	// ByChain is the share of each chain in the region.
	ByChain []float64
}

// Diagnose returns the report of draws, against a target if there is one. Chains of different lengths are cut
// to the shortest. The error says which table does not fit.
func Diagnose(d Draws, t *Target) (*Report, error) {
	if d.Weights != nil {
		return nil, errors.New("the draws have weights, expected chains of equal draws")
	}
	if err := d.check(t); err != nil {
		return nil, err
	}
	d, t, cut := d.evenly(t)
	r := &Report{Chains: len(d.Lengths), Length: d.Lengths[0], Cut: cut, Gathered: d.Gathered}
	for k := range d.Names {
		q, err := d.quantity(k)
		if err != nil {
			return nil, err
		}
		r.Quantities = append(r.Quantities, q)
	}
	if d.LogDensity != nil {
		q, err := d.quantityOf(logDensity, d.LogDensity, chains.OfLogDensity)
		if err != nil {
			return nil, err
		}
		r.LogDensity = &q
	}
	if d.Energy != nil {
		r.Energies = chains.EBFMI(d.split(d.Energy))
	}
	if err := r.addRegions(d, t); err != nil {
		return nil, err
	}
	r.countDivergent(d, t)
	if d.Independent {
		r.find(nil)
		return r, nil
	}
	suspicions, err := r.addMoves(d, t)
	if err != nil {
		return nil, err
	}
	r.find(suspicions)
	return r, nil
}

// check returns an error unless all tables have as many draws.
func (d Draws) check(t *Target) error {
	n := 0
	for _, length := range d.Lengths {
		n += length
	}
	fits := func(what string, m int) error {
		if m != n {
			return fmt.Errorf("%s has %d draws, expected %d", what, m, n)
		}
		return nil
	}
	if len(d.Columns) == 0 || n == 0 {
		return fmt.Errorf("there are no draws, expected at least one")
	}
	for k, c := range d.Columns {
		if err := fits("column "+d.Names[k], len(c)); err != nil {
			return err
		}
	}
	for _, one := range []struct {
		what string
		n    int
		is   bool
	}{
		{"the log-density", len(d.LogDensity), d.LogDensity != nil}, {"the divergent transitions", len(d.Divergent), d.Divergent != nil},
		{"the energy", len(d.Energy), d.Energy != nil}, {"the table of regions", regionsOf(t), t != nil},
	} {
		if !one.is {
			continue
		}
		if err := fits(one.what, one.n); err != nil {
			return err
		}
	}
	return nil
}

// regionsOf is the number of draws whose region is known.
func regionsOf(t *Target) int {
	if t == nil {
		return 0
	}
	return len(t.Regions)
}

// Column returns the diagnostics of the k-th column alone, cut to the shortest chain as in Diagnose. Of
// weighted draws it has mean and standard deviation of all.
func (d Draws) Column(k int) (Quantity, error) {
	if d.Weights != nil {
		return d.weightedQuantity(k)
	}
	one := Draws{Names: d.Names[k : k+1], Columns: d.Columns[k : k+1], Lengths: d.Lengths}
	if err := one.check(nil); err != nil {
		return Quantity{}, err
	}
	one, _, _ = one.evenly(nil)
	return one.quantity(0)
}

// logDensity is the name of the log-density among columns.
const logDensity = "log-density"

// All are the columns, and the log-density where it is known.
func (r *Report) All() []Quantity {
	if r.LogDensity == nil {
		return r.Quantities
	}
	return append(slices.Clip(r.Quantities), *r.LogDensity)
}

// quantity are the diagnostics of a column.
func (d Draws) quantity(k int) (Quantity, error) { return d.quantityOf(d.Names[k], d.Columns[k], k) }

// quantityOf are the diagnostics of values, the coordinate of a number or chains.OfLogDensity.
func (d Draws) quantityOf(name string, values []float64, of int) (Quantity, error) {
	q, err := chains.NewQuantity(d.split(values))
	if err != nil {
		return Quantity{}, err
	}
	one := Quantity{Name: name, Mean: q.Mean(), SD: q.SD(), MCSE: q.MCSEMean(), RHat: q.RHat(), ESSBulk: q.ESSBulk(), ESSTail: q.ESSTail(), Time: q.AutocorrelationTime()}
	one.Constant = one.SD.Defined() && one.SD.Value == 0
	one.Lag1 = lag1(q)
	if thinned := d.Gathered.thinned(); thinned != nil {
		one.Time, one.Lag1 = thinned.Time(of, q), thinned.Lag1(of)
	}
	return one, nil
}

// lag1 is the mean autocorrelation at lag 1 over the chains that have one.
func lag1(q *chains.Quantity) chains.Estimate {
	sum, n := 0.0, 0
	for _, c := range q.Correlations(1) {
		if len(c.Rho) > 1 {
			sum, n = sum+c.Rho[1], n+1
		}
	}
	if n == 0 {
		return chains.Estimate{Value: sum, Reason: chains.Constant}
	}
	return chains.Estimate{Value: sum / float64(n)}
}

// addRegions adds what the chains have of every region.
func (r *Report) addRegions(d Draws, t *Target) (err error) {
	if t == nil {
		return nil
	}
	regions := split(t.Regions, d.Lengths)
	masses, err := chains.NewRegionMasses(regions, t.Masses)
	if err != nil {
		return err
	}
	if r.Visits, err = d.samples(t).Visits(); err != nil {
		return err
	}
	for k, m := range masses {
		one := Region{RegionMass: m, Name: t.Names[k]}
		for _, c := range r.Visits.Chains {
			one.ByChain = append(one.ByChain, c.Share(k).Value)
		}
		r.Regions = append(r.Regions, one)
	}
	return nil
}

// countDivergent counts the divergent transitions, in all and by region.
func (r *Report) countDivergent(d Draws, t *Target) {
	if d.Divergent == nil {
		return
	}
	r.Divergent = make([]int, 1+len(r.Regions))
	for i, is := range d.Divergent {
		if !is {
			continue
		}
		r.Divergent[0]++
		if t != nil && t.Regions[i] >= 0 {
			r.Divergent[1+t.Regions[i]]++
		}
	}
}

// addMoves adds how the chains move, and returns what is suspicious.
func (r *Report) addMoves(d Draws, t *Target) (list []chains.Suspicion, err error) {
	samples := d.samples(t)
	if r.Moves, err = samples.Moves(); err != nil {
		return nil, err
	}
	if samples.LogDensity != nil {
		if r.Rejections, err = samples.Rejections(); err != nil {
			return nil, err
		}
	}
	return chains.Suspicions(samples)
}

// samples are the draws by chain, with their regions where there is a target.
func (d Draws) samples(t *Target) chains.Samples {
	if thinned := d.Gathered.thinned(); thinned != nil {
		return thinned.Samples
	}
	samples := chains.Samples{LogDensity: d.split(d.LogDensity)}
	for _, c := range d.Columns {
		samples.Positions = append(samples.Positions, d.split(c))
	}
	if t != nil {
		samples.Regions, samples.RegionCount = split(t.Regions, d.Lengths), len(t.Masses)
	}
	return samples
}
