package sim

import "undercurrent/sim/grid"

// terrain is what follows from the target on a grid. It is immutable: flows may share it.
type terrain struct {
	grid      grid.Grid
	bandwidth float64
	smoothing Smoothing
	zoned     bool // by regions that the scenario names

	target  *table
	regions *Regions
}

// terrains are those that were surveyed of one target with one list of regions, to be
// used again: a check crosses the same few with every drift.
type terrains struct{ list []terrain }

func (k *terrains) find(t terrain) (terrain, bool) {
	if k == nil {
		return terrain{}, false
	}
	for _, known := range k.list {
		if known.grid == t.grid && known.bandwidth == t.bandwidth && known.smoothing == t.smoothing && known.zoned == t.zoned {
			return known, true
		}
	}
	return terrain{}, false
}

// Sibling is a flow of the same scenario under settings of its own, at its initial cloud.
// Where grid and kernel are those of f, it shares what follows from the target and costs
// no tabulation.
func (f *Flow) Sibling(settings Settings) (*Flow, error) {
	s := f.settings
	t := terrain{f.grid, s.Bandwidth, s.Smoothing, len(f.scenario.Zones) > 0, f.target, f.regions}
	return newOn(&terrains{[]terrain{t}}, f.scenario, settings)
}

// survey is the terrain of the flow's scenario on a grid.
func (f *Flow) survey(g grid.Grid, s Settings) (terrain, error) {
	t := terrain{grid: g, bandwidth: s.Bandwidth, smoothing: s.Smoothing, zoned: len(f.scenario.Zones) > 0}
	if known, ok := f.known.find(t); ok {
		return known, nil
	}
	var err error
	if t.target, err = tabulate(f.scenario.Target, g, s.Bandwidth, s.Smoothing, f.workers); err != nil {
		return t, within(f.scenario, err)
	}
	if t.regions, err = f.regionsOf(g, t.target); err != nil {
		return t, err
	}
	if f.known != nil {
		f.known.list = append(f.known.list, t)
	}
	return t, nil
}
