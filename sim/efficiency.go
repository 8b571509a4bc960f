package sim

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"undercurrent/divergences"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

// AllRegions is the Region of an aim for all regions together.
const AllRegions = -1

// Aim is a quantity F that a weight is to improve, with Ψ = δF/δq.
type Aim struct {
	// Region is the index in the list of regions, or AllRegions.
	Region int
	// Around is a disc that takes the place of the region where its radius is above 0.
	Around Disc
	// Functional is to fall: its value in the region, with Ψ = s δU/δq and s = K_h * 1_k, where 1_k is the
	// indicator of the region or disc, or s = 1 for all regions. If it is nil, F is the smoothed mass of the
	// region or disc, Ψ = s, which is to approach the target mass.
	Functional divergences.Functional
}

// Efficiency is what a weight w(r) does for an aim. With β = ∇log r and E over the particles, along
// the velocity wβ F improves by the response R per unit of time, at the kinetic energy T:
//
//	R(w) = ±E[w β·∇Ψ],   T(w) = E[w²|β|²],   η = R²/(T(w) T(w*)).
//
// Of all weights of r alone, w* = ±E[β·∇Ψ | r]/E[|β|² | r] has the largest R/√T, by the inequality of
// Cauchy and Schwarz, and R(w*) = T(w*); η is 1 there. Displacements are not limited.
type Efficiency struct {
	Drift divergences.Spec
	// Response is R, negative for a weight that makes F worse, and Energy is T.
	Response, Energy float64
	// Value is η, from 0 to 1, of the mean of w by bins of log r; 0 where R is not positive.
	Value float64
	// BinLoss is what these means change of R, in units of √(T(w) T(w*)): the error of √η.
	BinLoss float64
	// Change is the change of F in the next step of the drift, to first order with the displacements that the
	// limits of a step leave: for a mass that of its Forecast. It is NaN for w* itself, which has no step of its own.
	Change float64
}

// AtUnitEnergy is R/√T, the response of the weight scaled to T = 1; 0 where nothing moves.
func (e Efficiency) AtUnitEnergy() float64 {
	if e.Energy == 0 {
		return 0
	}
	return e.Response / math.Sqrt(e.Energy)
}

// Design is the weight that improves an aim fastest, and how close divergences come to it.
type Design struct {
	Aim Aim
	// Raised reports whether F is to rise.
	Raised bool
	// Bins are those of log r with particles, in increasing order.
	Bins []WeightBin
	// Energy is T(w*) = R(w*), where w* is constant in every bin; 0 if no weight of r improves F.
	Energy float64
	// Divergences are the f-divergences of a catalogue with their default parameters, the most
	// efficient first.
	Divergences []Efficiency
	// Current is that of the drift of the flow, NaN for one with a reference, the blob velocity or a mover in its
	// place.
	Current Efficiency
	// Nodes are w* as a weight of a divergence; see tabulate. There are none where Energy is 0.
	Nodes []divergences.WeightNode
	// Tabulated is the efficiency of the Nodes.
	Tabulated Efficiency
}

// Best is the efficiency of w*, constant in every bin.
func (d Design) Best() Efficiency {
	return Efficiency{Response: d.Energy, Energy: d.Energy, Value: 1, Change: math.NaN()}
}

// Purpose says what a weight is to do, with a name for the place of the aim: "to raise the mass of region 1".
func (d Design) Purpose(place string) string {
	verb := "lower"
	if d.Raised {
		verb = "raise"
	}
	return fmt.Sprintf("to %s the %s of %s", verb, d.Aim.Quantity(), place)
}

// NoDesignError reports that no weight of r improves an aim.
type NoDesignError struct{ Problem string }

// Error returns the problem.
func (e NoDesignError) Error() string { return e.Problem }

// Design returns the best weight for an aim, and the efficiencies of the f-divergences of a catalogue
// and of the current drift. The error is a NoDesignError for a region without target mass or out of the
// reach of every particle, for the mass of all regions, and where every weight makes the aim worse.
func (f *Flow) Design(a Aim, c divergences.Catalogue) (Design, error) {
	e, m := f.driven, &f.meter.details
	e.evaluate(occupied)
	m.follow(e, a.where())
	m.collect(e)
	bins, nodes, err := f.bestWeight(a)
	if err != nil {
		return Design{}, err
	}
	d := Design{Aim: a, Raised: bins.sign > 0, Bins: bins.list(), Energy: bins.energy, Nodes: nodes}
	for _, spec := range fDivergences(c) {
		d.Divergences = append(d.Divergences, m.efficiency(e, bins, spec, m.table(spec)))
	}
	slices.SortStableFunc(d.Divergences, func(a, b Efficiency) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(b.AtUnitEnergy(), a.AtUnitEnergy()))
	})
	none := math.NaN()
	d.Current = Efficiency{e.settings.Drift, none, none, none, none, none}
	if e.weighted() {
		d.Current = m.efficiency(e, bins, e.settings.Drift, e.drift.table)
	}
	family, err := divergences.TableFamily(nodes)
	if err != nil {
		return Design{}, err
	}
	spec := divergences.NewSpec(family, nil)
	drift, err := spec.Build()
	if err != nil {
		return Design{}, err
	}
	d.Tabulated = m.efficiency(e, bins, spec, newWeightTable(drift))
	return d, nil
}

// weighted reports whether a weight of r alone moves the particles: none does under a drift with a reference, the
// blob velocity, or a mover in place of the drift.
func (e *DrivenEstimator) weighted() bool {
	return e.drift.table != nil && e.drift.blob == nil && e.sampling == nil
}

// efficiency is what a weight does for the aim of the nodes.
func (m *placeDetails) efficiency(e *DrivenEstimator, bins *weightBins, drift divergences.Spec, w *weightTable) Efficiency {
	efficiency := bins.efficiency(m.nodes, drift, w)
	efficiency.Change = m.change(e, w)
	return efficiency
}

// bestWeight turns the collected nodes into those of an aim, and returns their sums by bins with w* as a table. The
// error is a NoDesignError where no weight of r improves the aim.
func (f *Flow) bestWeight(a Aim) (*weightBins, []divergences.WeightNode, error) {
	e, m := f.driven, &f.meter.details
	if err := f.checkAim(a); err != nil {
		return nil, nil, err
	}
	m.aimAt(a)
	bins := newWeightBins(m.nodes, m.signFor(a))
	nodes := bins.tabulate(e.settings.Particles)
	if len(nodes) == 0 {
		return nil, nil, NoDesignError{fmt.Sprintf("no positive weight improves %s after step %d, expected another step or place", a.text(), f.progress.Step)}
	}
	return bins, nodes, nil
}

// checkAim refuses an aim that nothing can improve, for the collected nodes.
func (f *Flow) checkAim(a Aim) error {
	m, particles := &f.meter.details, float64(f.driven.settings.Particles)
	switch {
	case a.OfAll() && a.Functional == nil:
		return NoDesignError{"the mass of all regions never changes, expected one region, or under-coverage"}
	case a.OfAll():
		return nil
	case m.goal < density.MinRegionMass && a.Around.Radius > 0:
		return NoDesignError{fmt.Sprintf("%s has no target mass, expected a place with some", a.Around)}
	case m.goal < density.MinRegionMass:
		return NoDesignError{fmt.Sprintf("region %d has no target mass, expected one with some", a.Region+1)}
	case m.mass*particles < nearby:
		return NoDesignError{fmt.Sprintf("no particle is within reach of %s after step %d, expected a place with particles", a.Place(), f.progress.Step)}
	}
	return nil
}

// Place names the region of an aim.
func (a Aim) Place() string {
	switch {
	case a.Around.Radius > 0:
		return a.Around.String()
	case a.Region == AllRegions:
		return "all regions"
	}
	return fmt.Sprintf("region %d", a.Region+1)
}

// Quantity names what of its place an aim is about: "mass", or the id of its functional.
func (a Aim) Quantity() string {
	if a.Functional == nil {
		return "mass"
	}
	return a.Functional.ID()
}

// text names the quantity of an aim with its place.
func (a Aim) text() string { return "the " + a.Quantity() + " of " + a.Place() }

// aimAt turns the pull of the mass of a region into that of an aim: with s = K_h * 1_k, or 1 for all
// regions, and ψ = δU/δq, whose gradient is −κβ,
//
//	∇(s ψ) = ψ ∇s − s κ β.
//
// The regions are thus parted by soft borders, and their U sum to the total.
func (m *placeDetails) aimAt(a Aim) {
	if a.Functional == nil {
		return
	}
	for k := range m.nodes {
		n := &m.nodes[k]
		if a.OfAll() {
			n.pull, n.inside = grid.Vector{}, 1
		}
		logR := clipLog(n.logR)
		own := n.beta.Times(-n.mass * n.inside * a.Functional.Sensitivity(logR))
		n.pull = n.pull.Times(a.Functional.Variation(logR)).Plus(own)
	}
}

// signFor is 1 for an aim that is to rise, −1 for one that is to fall.
func (m *placeDetails) signFor(a Aim) float64 {
	if a.Functional != nil {
		return -1
	}
	return m.signForMass()
}

// signForMass is 1 for a place whose mass is to rise to the target mass, −1 for one whose mass is to fall.
func (m *placeDetails) signForMass() float64 {
	if m.mass > m.goal {
		return -1
	}
	return 1
}

// fDivergences are the f-divergences of a catalogue with their default parameters, but those for which
// these are invalid.
func fDivergences(c divergences.Catalogue) (list []divergences.Spec) {
	for _, family := range c.Families() {
		if divergence, err := family.Divergence(nil); divergence != nil && err == nil {
			list = append(list, divergences.NewSpec(family, nil))
		}
	}
	return list
}
