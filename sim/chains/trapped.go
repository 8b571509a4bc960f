package chains

import (
	"math"

	"undercurrent/internal/portable"
)

// trapped finds chains that never left a region, though the chains that do change regions would
// have. If a region has share p of the draws of those, and each of them is worth n independent
// draws, a chain is all in that region with probability pⁿ; p is 0 for a region that none of
// them visits. Where no chain changes regions, chains in different ones are all trapped.
// kept are the numbers of the chains.
func (s Samples) trapped(kept []int) (found []Suspicion, err error) {
	if s.Regions == nil {
		return nil, nil
	}
	visits, err := s.Visits()
	if err != nil {
		return nil, err
	}
	stays := visits.stays(s.Regions)
	for i, v := range visits.Chains {
		if v.Only < 0 {
			continue
		}
		if p := stays.chance(v.Only); p < MaxChance {
			found = append(found, Suspicion{
				Kind: Trapped, Chain: kept[i], Region: v.Only, Statistic: p, Threshold: MaxChance, N: v.Draws,
			})
		}
	}
	return found, nil
}

// stays has what the probability to stay in a region is made from.
type stays struct {
	// changing are the regions of the chains that change them.
	changing [][]int
	spectrum *spectrum
	// apart reports whether chains that do not change regions are in different ones.
	apart bool
	// known are the probabilities computed so far, by region.
	known map[int]float64
}

func (v Visits) stays(regions [][]int) *stays {
	s, first := &stays{known: make(map[int]float64)}, -1
	for i, c := range v.Chains {
		switch {
		case c.Only < 0 && c.Outside < c.Draws:
			s.changing = append(s.changing, regions[i])
		case c.Only >= 0 && first >= 0 && c.Only != first:
			s.apart = true
		case c.Only >= 0:
			first = c.Only
		}
	}
	s.spectrum = newSpectrum(len(regions[0]) / 2)
	return s
}

// chance is the probability that a chain never leaves a region; 1 where too little is known.
func (s *stays) chance(region int) float64 {
	if p, ok := s.known[region]; ok {
		return p
	}
	p := s.estimate(region)
	s.known[region] = p
	return p
}

func (s *stays) estimate(region int) float64 {
	n := len(s.changing)
	switch {
	case n == 0 && s.apart:
		return 0
	case n == 0:
		return 1
	}
	draws, inside := len(s.changing[0]), 0
	for _, chain := range s.changing {
		for _, r := range chain {
			if r == region {
				inside++
			}
		}
	}
	if inside == 0 {
		return 0
	}
	ess := essIndicator(n, draws, s.spectrum, func(i, t int) bool { return s.changing[i][t] == region })
	if !ess.Defined() {
		return 1
	}
	share := float64(inside) / float64(n*draws)
	return portable.Exp(ess.Value / float64(n) * math.Log(share))
}
