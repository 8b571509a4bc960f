package target

import (
	"gonum.org/v1/gonum/floats"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// OnGrid is the target of a scenario at the nodes of a grid, with its regions. It is immutable
// and safe for concurrent use.
type OnGrid struct {
	Table
	// Regions are those of the scenario's division.
	Regions *Regions
	// Bandwidth is that of the smoothing kernel; Smoothing selects LogP and P.
	Bandwidth float64
	Smoothing Smoothing
	// Beyond is the mass that a wide kernel has carried out of the grid, for a target of At. The kernel of
	// Bandwidth elsewhere is narrower than the margin of the grid.
	Beyond float64

	division scenarios.Division
	of       scenarios.Scenario
}

// New tabulates the target of a scenario on a grid. It returns a DensityError if the target
// is not a density at its nodes, and an error if a named region contains no node.
func New(s scenarios.Scenario, g grid.Grid, bandwidth float64, m Smoothing, w *grid.Workers) (*OnGrid, error) {
	table, err := Tabulate(s.Target, g, bandwidth, m, w)
	if err != nil {
		return nil, within(s, err)
	}
	t := &OnGrid{Table: *table, Bandwidth: bandwidth, Smoothing: m, division: s.Divided(), of: s}
	t.Regions, err = t.divide(s.Regions, w)
	return t, err
}

// Divided returns the same target with automatic regions.
func (t *OnGrid) Divided(w *grid.Workers) *OnGrid {
	d := *t
	d.division, d.Regions = scenarios.Automatic, t.automatic(w)
	return &d
}

// At returns the same target at another bandwidth, with matched smoothing and the same regions: its
// masses by region are those of the bandwidth of t. The blurrer is of the same target and grid.
func (t *OnGrid) At(bandwidth float64, b *Blurrer) *OnGrid {
	table := b.Smoothed(bandwidth)
	beyond := max(1-floats.Sum(table.P)*t.Grid.Area(), 0)
	return &OnGrid{Table: *table, Regions: t.Regions, Bandwidth: bandwidth, Smoothing: Matched, Beyond: beyond, division: t.division, of: t.of}
}

// divide returns the regions of the division.
func (t *OnGrid) divide(named []scenarios.Region, w *grid.Workers) (*Regions, error) {
	switch t.division {
	case scenarios.ByName:
		return namedRegions(named, &t.Table, w)
	case scenarios.ByBasins:
		return t.Basins(w), nil
	default:
		return t.automatic(w), nil
	}
}

// Evaluations is the number of evaluations of the target for its tabulation. A flow needs no
// others.
func (t *OnGrid) Evaluations() int { return Evaluations(t.Grid) }

// LogPAt returns log p and its gradient at a point by bilinear interpolation.
func (t *OnGrid) LogPAt(p scenarios.Point) (logP, gx, gy float64) {
	return t.Grid.Interpolate(t.LogP, p)
}
