package sim

import (
	"slices"

	"undercurrent/divergences"
	"undercurrent/sim/density"
)

// The adaptive weight is at each step the best weight w* for the mass of the region that is covered worst, among
// those within reach of a particle: see Design. Its floor keeps every place moving. It is a tabulated weight
// w ≥ 0 of r like any other, so that to first order no f-divergence rises in a step; that it reaches the
// target sooner than a fixed weight is not proved.

// adapt makes the weight the best one for the worst-covered region, if the settings ask for it. It is 1 where
// no weight of r helps.
func (f *Flow) adapt() {
	if !f.driven.settings.Adaptive {
		f.adaptedTo = 0
		return
	}
	e, m := f.driven, &f.meter.details
	e.evaluate(solid)
	nodes := []divergences.WeightNode{{LogR: 0, Weight: 1}, {LogR: 1, Weight: 1}}
	f.adaptedTo = 0
	for _, k := range f.worstFirst() {
		m.follow(e, place{region: k})
		m.collect(e)
		if m.mass*float64(e.settings.Particles) < nearby {
			continue
		}
		if best := newWeightBins(m.nodes, m.signForMass()).tabulate(e.settings.Particles); len(best) > 1 {
			nodes, f.adaptedTo = best, k+1
		}
		break
	}
	family, err := divergences.TableFamily(nodes)
	if err != nil {
		panic(err) // positive weights in increasing order of log r
	}
	drift, err := divergences.NewSpec(family, nil).Build()
	if err != nil {
		panic(err)
	}
	e.drift = e.prepare(drift, Plugin)
}

// worstFirst are the regions with target mass in the order of their mass ratio, the lowest first.
func (f *Flow) worstFirst() (list []int) {
	masses, regions := f.driven.atFinest().Masses(), f.driven.target.Regions.List
	ratio := func(k int) float64 { return masses[k] / regions[k].Mass }
	for k, r := range regions {
		if r.Mass >= density.MinRegionMass {
			list = append(list, k)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int {
		switch x, y := ratio(a), ratio(b); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return list
}
