package chains

import "fmt"

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

// NewVisits returns the visits of chains to k regions, numbered from 0; −1 is a draw in none.
// Chains may have different lengths. The time is O(N + T k) for N draws and T transitions.
func NewVisits(regions [][]int, k int) (Visits, error) {
	if err := checkRegions(regions, k); err != nil {
		return Visits{}, err
	}
	v := Visits{Transitions: square[int](k), RoundTrips: square[RoundTrips](k)}
	trips := newTripCounter(k)
	for _, chain := range regions {
		v.Chains = append(v.Chains, v.follow(chain, k, trips))
	}
	for a := range k {
		for b := range k {
			v.RoundTrips[a][b] = trips.trips(a, b)
		}
	}
	return v, nil
}

// follow counts the draws of a chain, adds its transitions and its round trips.
func (v *Visits) follow(chain []int, k int, trips *tripCounter) ChainVisits {
	c := ChainVisits{Draws: len(chain), Counts: make([]int, k), Only: -1}
	last, several := -1, false
	trips.begin()
	for t, region := range chain {
		if region < 0 {
			c.Outside++
			continue
		}
		c.Counts[region]++
		if region == last {
			continue
		}
		if last >= 0 {
			v.Transitions[last][region]++
			several = true
		}
		trips.enter(region, t)
		last = region
	}
	if !several {
		c.Only = last
	}
	return c
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
