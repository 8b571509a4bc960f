package session

import (
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim/chains"
	"undercurrent/sim/diagnosis"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// Chains are the draws of a file by their chains, with what there is to say of them. It is immutable.
type Chains struct {
	Report *diagnosis.Report
	// Names are those of the two columns.
	Names [2]string
	// Traces are draws of a column by chain, of the first MaxRuns of them: every Every-th, at most maxTrace.
	Traces [2][][]float64
	Every  int
	// Divergent are the draws of divergent transitions, every k-th where there are more than are shown.
	Divergent []scenarios.Point
	// Bandwidth is that of the regions where it is not that of the map, 0 otherwise.
	Bandwidth float64
	// Ranks are those of the first column.
	Ranks chains.RankHistogram
}

// rankBins is the number of bins of the ranks.
const rankBins = 20

// verdict is what speaks most against the chains.
func (c *Chains) verdict() string {
	if c.Report.Pass() {
		return "nothing speaks against these chains"
	}
	return c.Report.Findings[0].Text
}

// maxTrace bounds the draws of a chain that are kept for its trace.
const maxTrace = 400

// newChains diagnoses draws of two columns against a target, or chains against all where none was given.
func newChains(t *Table, s scenarios.Scenario, on *target.OnGrid) (*Chains, error) {
	return chainsOf(regionsOf(t.Own, s, on).Compared(t.pair()))
}

// chainsOf diagnoses draws of two columns by their regions.
func chainsOf(d diagnosis.Draws, t *diagnosis.Target) (*Chains, error) {
	report, err := diagnosis.Diagnose(d, t)
	if err != nil {
		return nil, err
	}
	c := &Chains{Report: report, Names: [2]string{d.Names[0], d.Names[1]}, Every: (report.Length + maxTrace - 1) / maxTrace}
	for k := range c.Traces {
		from := 0
		for _, n := range d.Lengths[:min(len(d.Lengths), MaxRuns)] {
			c.Traces[k] = append(c.Traces[k], thinned(d.Columns[k][from:from+n], c.Every))
			from += n
		}
	}
	if report.Gathered != nil {
		c.Every *= report.Gathered.Every
	}
	c.Divergent = divergentOf(d)
	c.Ranks, err = ranksOf(d.Columns[0], d.Lengths)
	return c, err
}

// Diagnose is the report of draws of two columns against a target, or of chains against all where none was given. Where
// they have no log-density it is that of the target.
func Diagnose(d diagnosis.Draws, own bool, s scenarios.Scenario, on *target.OnGrid) (*diagnosis.Report, error) {
	regions, err := RegionsOf(own, s, on)
	if err != nil {
		return nil, err
	}
	return diagnosis.Diagnose(regions.Compared(d))
}

// RegionsOf is what chains are compared with: the regions of a target, or where none was given each other. The target on a
// grid is that of the map: where its bandwidth is wider than the scenario's, as it is for few particles, the regions are
// those of the scenario's bandwidth. A wide kernel merges modes, and draws are not smoothed.
func RegionsOf(own bool, s scenarios.Scenario, on *target.OnGrid) (r diagnosis.Regions, err error) {
	if on.Bandwidth > s.Bandwidth {
		if on, err = SharpTarget(s); err != nil {
			return r, err
		}
	}
	return regionsOf(own, s, on), nil
}

// SharpTarget is the target of a scenario on the grid of its bandwidth.
func SharpTarget(s scenarios.Scenario) (*target.OnGrid, error) {
	g, err := grid.New(s.Window, s.Bandwidth, 0)
	if err != nil {
		return nil, err
	}
	return target.New(s, g, s.Bandwidth, target.Matched, grid.NewWorkers())
}

// regionsOf are the regions of a target on a grid.
func regionsOf(own bool, s scenarios.Scenario, on *target.OnGrid) diagnosis.Regions {
	r := diagnosis.Regions{On: on, Own: own}
	if !own {
		r.Target = s.Target
	}
	return r
}

// divergentOf are the draws of divergent transitions.
func divergentOf(d diagnosis.Draws) (points []scenarios.Point) {
	for i, is := range d.Divergent {
		if is {
			points = append(points, scenarios.Point{X: d.Columns[0][i], Y: d.Columns[1][i]})
		}
	}
	return thinned(points, 1+len(points)/maxShown)
}

// ranksOf is the histogram of the ranks of each chain, over as many draws as the shortest has.
func ranksOf(column []float64, lengths []int) (chains.RankHistogram, error) {
	var list [][]float64
	for _, n := range lengths {
		list = append(list, column[n-slices.Min(lengths):n])
		column = column[n:]
	}
	q, err := chains.NewQuantity(list)
	if err != nil {
		return chains.RankHistogram{}, err
	}
	return q.RankHistogram(rankBins)
}

// thinned is every n-th of a list.
func thinned[T any](list []T, n int) (some []T) {
	for i := 0; i < len(list); i += n {
		some = append(some, list[i])
	}
	return some
}
