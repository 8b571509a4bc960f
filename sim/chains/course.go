package chains

import (
	"math"
	"slices"
)

// course is what chains did at every draw, where only some of their draws are kept.
type course struct {
	moves []Moves // by chain
	// tallies are those of the transitions from a kept draw on up to the next one, by chain and kept draw; nil where no
	// log density is known. Their excess is NaN where a log density is not finite.
	tallies [][]tally
	visits  Visits
}

// without leaves out chains; nil stays nil. Transitions and round trips stay those of all.
func (a *course) without(out map[int]bool) *course {
	if a == nil {
		return nil
	}
	rest := &course{moves: omit(a.moves, out), tallies: omit(a.tallies, out), visits: a.visits}
	rest.visits.Chains = omit(a.visits.Chains, out)
	return rest
}

// Moves returns the moves of each chain: those of [NewMoves], or where draws are thinned those between all draws.
func (s Samples) Moves() ([]Moves, error) {
	if s.course != nil {
		return s.course.moves, nil
	}
	return NewMoves(s.Positions)
}

// movesInOrder are the moves of each chain, of which no quantile is asked for.
func (s Samples) movesInOrder() []Moves {
	if s.course != nil {
		return s.course.moves
	}
	moves := make([]Moves, len(s.Positions[0]))
	for i := range moves {
		moves[i] = chainMoves(s.Positions, i)
	}
	return moves
}

// Rejections returns those of all chains together: those of [NewRejections], or where draws are thinned those of all
// transitions, in batches of kept draws. There must be a log density.
func (s Samples) Rejections() (Rejections, error) {
	if s.course == nil {
		return NewRejections(s.Positions, s.LogDensity)
	}
	last := make([]int, len(s.course.tallies))
	for i, chain := range s.course.tallies {
		last[i] = len(chain)
		if n := len(chain); n > 0 && chain[n-1].transitions == 0 { // nothing is after the last draw
			last[i]--
		}
	}
	return inBatches(last, func(chain, first, last int) (sum tally, ok bool) {
		for _, one := range s.course.tallies[chain][first:last] {
			sum = sum.plus(one)
		}
		return sum, !math.IsNaN(sum.excess)
	}), nil
}

// Visits returns those of all draws, also where they are thinned. There must be regions.
func (s Samples) Visits() (Visits, error) {
	if s.course != nil {
		return s.course.visits, nil
	}
	return NewVisits(s.Regions, s.RegionCount)
}

// halved keeps every second of a list, in its place.
func halved[T any](list []T) []T {
	kept := list[:0]
	for i := 0; i < len(list); i += 2 {
		kept = append(kept, list[i])
	}
	return kept
}

// merged adds every second of a list to the one before, in its place.
func merged[T any](list []T, plus func(a, b T) T) []T {
	kept := list[:0]
	for i := 0; i < len(list); i += 2 {
		one := list[i]
		if i+1 < len(list) {
			one = plus(one, list[i+1])
		}
		kept = append(kept, one)
	}
	return kept
}

// copied is a copy of chains.
func copied[T any](chains [][]T) (all [][]T) {
	for _, chain := range chains {
		all = append(all, slices.Clone(chain))
	}
	return all
}
