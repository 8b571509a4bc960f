package chains

import (
	"errors"
	"fmt"
	"math"
)

// RegionMass compares the share of draws in a region with its target mass.
type RegionMass struct {
	// Share is the share of all draws, Target the target mass p.
	Share, Target float64
	// ESS is the effective sample size of the indicator of the region.
	ESS Estimate
	// Z is (Share − p)/√(p(1−p)/ESS), standard normal for chains in their stationary law. It has
	// no value where no draw or every draw is in the region.
	Z Estimate
}

// NewRegionMasses compares shares of regions with target masses, indexed by region; regions are
// indexed by chain and draw, −1 in none. Errors: [ErrNoChains], [UnequalLengthsError], a region
// that has no mass, a mass that is not in [0, 1]. The time is that of one ESS per region.
func NewRegionMasses(regions [][]int, masses []float64) ([]RegionMass, error) {
	draws, err := rectangle(regions)
	if err != nil {
		return nil, err
	}
	if err := checkRegions(regions, len(masses)); err != nil {
		return nil, err
	}
	for r, p := range masses {
		if !(p >= 0 && p <= 1) {
			return nil, fmt.Errorf("region %d: the target mass is %g, expected 0 to 1", r, p)
		}
	}
	if draws == 0 {
		return nil, errors.New("chains have no draws, expected at least 1")
	}
	counts := make([]int, len(masses)+1)
	for _, chain := range regions {
		for _, region := range chain {
			counts[region+1]++
		}
	}
	all, s := make([]RegionMass, len(masses)), newSpectrum(draws/2)
	for r, p := range masses {
		ess := essIndicator(len(regions), draws, s, func(chain, draw int) bool { return regions[chain][draw] == r })
		share := float64(counts[r+1]) / float64(len(regions)*draws)
		all[r] = RegionMass{Share: share, Target: p, ESS: ess, Z: massZ(share, p, ess)}
	}
	return all, nil
}

func massZ(share, p float64, ess Estimate) Estimate {
	switch {
	case !ess.Defined():
		return ess
	case p == 0 || p == 1:
		return undefined(CertainMass)
	}
	return defined((share - p) / math.Sqrt(p*(1-p)/ess.Value))
}
