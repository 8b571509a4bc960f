package chains

import "math"

// Thresholds of [Suspicions].
const (
	// MaxStay is the greatest share of a chain that may be one stay, if by its rate of acceptance
	// so long a stay has a probability below MaxChance.
	MaxStay = 0.1
	// MaxChance is the probability below which something does not happen by chance.
	MaxChance = 0.001
	// MinAcceptance is the least rate of acceptance of proposals that are worth their cost. It is
	// also the least for which the ratio of rejections is judged.
	MinAcceptance = 0.1
	// MaxAcceptance is the greatest rate of acceptance, both observed and of a random walk with
	// the same moves: beyond it moves are short. It is that of a random walk on a Gaussian
	// target of two dimensions with steps of half its standard deviation; 0.35 is best there
	// (Gelman, Roberts, Gilks, 1996, Efficient Metropolis jumping rules).
	MaxAcceptance = 0.75
	// MaxRejectionRatio is the greatest ratio of rejections to those of a random walk with the
	// same moves, less two standard errors: 1 for a random walk, 2 against the gradient.
	MaxRejectionRatio = 1.5
)

// Samples are the draws of chains of equal lengths and what is known of them.
type Samples struct {
	// Positions are indexed by coordinate, chain and draw.
	Positions [][][]float64
	// LogDensity is the log density of the target, up to a constant, by chain and draw; nil where
	// it is not known. Without it nothing is said of steps and gradients.
	LogDensity [][]float64
	// Regions is the region by chain and draw, from 0, or −1; nil where there are none.
	Regions [][]int
	// RegionCount is the number of regions.
	RegionCount int

	// course is what the chains did at all draws, nil where these are all.
	course *course
}

// Suspicions returns what speaks against a sampler, in the order of the kinds; nothing for one
// that moves well. Each is one statistic beyond its threshold. Whether chains agree is said by
// [Quantity.RHat], and is not repeated here. Of fewer than 200 moves nothing is said but that a
// chain is frozen or trapped, or that moves are rare.
func Suspicions(s Samples) ([]Suspicion, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	all := frozen(s.movesInOrder())
	if moving, kept := s.without(all); len(kept) > 0 {
		trapped, err := moving.trapped(kept)
		if err != nil {
			return nil, err
		}
		proposals, err := moving.proposals()
		if err != nil {
			return nil, err
		}
		all = append(append(all, trapped...), proposals...)
	}
	return all, nil
}

// check returns an error unless all tables have the same chains, of equal lengths.
func (s Samples) check() error {
	if err := checkPositions(s.Positions); err != nil {
		return err
	}
	if _, err := rectangle(s.Positions[0]); err != nil {
		return err
	}
	if s.LogDensity != nil {
		if err := checkDensity(s.Positions, s.LogDensity); err != nil {
			return err
		}
	}
	if s.Regions == nil {
		return nil
	}
	if err := checkRegions(s.Regions, s.RegionCount); err != nil {
		return err
	}
	return sameShape("coordinate 1", s.Positions[0], "the table of regions", s.Regions)
}

// frozen finds chains that stay at one draw for longer than chance explains. The rate of
// acceptance that chance has is that outside the longest stay of each chain; without any move,
// it is the least that is worth its cost.
func frozen(moves []Moves) (all []Suspicion) {
	transitions, number := 0, 0
	for _, m := range moves {
		transitions += m.Transitions - m.LongestStay
		number += m.Number()
	}
	rate := MinAcceptance
	if number > 0 {
		rate = float64(number) / float64(transitions)
	}
	for i, m := range moves {
		if !m.Acceptance.Defined() || float64(m.LongestStay) <= MaxStay*float64(m.Transitions) {
			continue
		}
		// The probability that a stay of this length begins at any of the draws.
		chance := math.Log(float64(m.Transitions)) + float64(m.LongestStay)*math.Log1p(-rate)
		if chance < math.Log(MaxChance) {
			all = append(all, Suspicion{
				Kind: Frozen, Chain: i, N: m.Transitions, Threshold: MaxStay,
				Statistic: float64(m.LongestStay) / float64(m.Transitions),
			})
		}
	}
	return all
}

// without leaves out the chains of suspicions; kept are the numbers of those that are left.
func (s Samples) without(suspicions []Suspicion) (rest Samples, kept []int) {
	out := make(map[int]bool)
	for _, suspicion := range suspicions {
		out[suspicion.Chain] = true
	}
	for i := range s.Positions[0] {
		if !out[i] {
			kept = append(kept, i)
		}
	}
	rest = Samples{RegionCount: s.RegionCount, LogDensity: omit(s.LogDensity, out), Regions: omit(s.Regions, out), course: s.course.without(out)}
	for _, coordinate := range s.Positions {
		rest.Positions = append(rest.Positions, omit(coordinate, out))
	}
	return rest, kept
}

func omit[T any](chains []T, out map[int]bool) []T {
	if chains == nil {
		return nil
	}
	rest := make([]T, 0, len(chains))
	for i, chain := range chains {
		if !out[i] {
			rest = append(rest, chain)
		}
	}
	return rest
}
