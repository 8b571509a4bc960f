package chains

import (
	"cmp"
	"fmt"
	"slices"
)

// Visits says which regions chains visit and how they go from one to another.
type Visits struct {
	// Chains are the visits of each chain.
	Chains []ChainVisits
	// Transitions counts, by region left and region entered, how often a chain went from one to
	// another without a draw in a third; draws in no region between them are passed over. Its
	// diagonal is 0.
	Transitions [][]int
	// RoundTrips are those of all chains, indexed by start and turning point.
	RoundTrips [][]RoundTrips
}

// ChainVisits are the visits of one chain.
type ChainVisits struct {
	// Draws is the number of draws.
	Draws int
	// Counts is the number of draws in each region, Outside that in none.
	Counts  []int
	Outside int
	// Only is the region that the chain never left for another, and −1 if it was in several or in
	// none.
	Only int
}

// Share returns the share of draws in a region, its occupancy.
func (v ChainVisits) Share(region int) Estimate {
	if v.Draws == 0 {
		return undefined(NoDraws)
	}
	return defined(float64(v.Counts[region]) / float64(v.Draws))
}

// RoundTrips are those from a region a to a region b and back to a. Each begins at the first
// draw in a after one in b, or at the first draw in a of all, and ends where the next begins:
// a trip begins where one ends, and all draws between the first and the last beginning
// belong to one trip. The regions in between do not matter. Its mean length is the commute
// time of a and b of a stationary chain.
type RoundTrips struct {
	// Number is the number of round trips that were completed.
	Number int
	// MeanLength is their mean length in draws. Trips longer than a chain are never seen: it is
	// too small where few are completed.
	MeanLength Estimate
}

// Pair says how often chains go between two regions A < B.
type Pair struct {
	A, B int
	// Transitions is the number of those from A to B and from B to A.
	Transitions int
	// RoundTrips are those from A to B and back.
	RoundTrips RoundTrips
}

// Pairs are the pairs of regions between which a chain went without a draw in a third, the most frequent first.
func (v Visits) Pairs() (list []Pair) {
	for a := range v.Transitions {
		for b := a + 1; b < len(v.Transitions); b++ {
			if n := v.Transitions[a][b] + v.Transitions[b][a]; n > 0 {
				list = append(list, Pair{a, b, n, v.RoundTrips[a][b]})
			}
		}
	}
	slices.SortStableFunc(list, func(p, q Pair) int { return cmp.Compare(q.Transitions, p.Transitions) })
	return list
}

// NewVisits returns the visits of chains to k regions, numbered from 0; −1 is a draw in none.
// Chains may have different lengths. The time is O(N + T k) for N draws and T transitions.
func NewVisits(regions [][]int, k int) (Visits, error) {
	if err := checkRegions(regions, k); err != nil {
		return Visits{}, err
	}
	c, trips := newVisitCounter(k), newTripsUnderWay(k)
	var chains []ChainVisits
	for _, chain := range regions {
		trips.begin()
		v := newVisitor(k, trips)
		for _, region := range chain {
			c.add(v, region)
		}
		chains = append(chains, v.visits())
	}
	return c.visits(chains), nil
}

// visitCounter counts how chains go from region to region.
type visitCounter struct {
	transitions [][]int
	trips       *tripCounter
}

func newVisitCounter(k int) *visitCounter { return &visitCounter{square[int](k), newTripCounter(k)} }

// visitor is a chain on its way.
type visitor struct {
	seen    ChainVisits
	last    int // region, −1 before the first
	several bool
	trips   *tripsUnderWay
}

func newVisitor(k int, trips *tripsUnderWay) *visitor {
	return &visitor{seen: ChainVisits{Counts: make([]int, k)}, last: -1, trips: trips}
}

// add adds the next draw of a chain.
func (c *visitCounter) add(v *visitor, region int) {
	draw := v.seen.Draws
	v.seen.Draws++
	if region < 0 {
		v.seen.Outside++
		return
	}
	v.seen.Counts[region]++
	if region == v.last {
		return
	}
	if v.last >= 0 {
		c.transitions[v.last][region]++
		v.several = true
	}
	c.trips.enter(v.trips, region, draw)
	v.last = region
}

// visits are those of the chain so far. They share its counts.
func (v *visitor) visits() ChainVisits {
	c := v.seen
	c.Only = -1
	if !v.several {
		c.Only = v.last
	}
	return c
}

// visits are those of all chains, which are given.
func (c *visitCounter) visits(chains []ChainVisits) Visits {
	k := len(c.transitions)
	v := Visits{Chains: chains, Transitions: c.transitions, RoundTrips: square[RoundTrips](k)}
	for a := range k {
		for b := range k {
			v.RoundTrips[a][b] = c.trips.trips(a, b)
		}
	}
	return v
}

func checkRegions(regions [][]int, k int) error {
	if len(regions) == 0 {
		return ErrNoChains
	}
	for i, chain := range regions {
		for t, region := range chain {
			if region < -1 || region >= k {
				return fmt.Errorf("chain %d, draw %d: the region is %d, expected -1 to %d", i+1, t+1, region, k-1)
			}
		}
	}
	return nil
}

func square[T any](k int) [][]T {
	rows := make([][]T, k)
	for i := range rows {
		rows[i] = make([]T, k)
	}
	return rows
}
