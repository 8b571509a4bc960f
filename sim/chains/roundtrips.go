package chains

// tripsUnderWay are the round trips of one chain that are not completed.
type tripsUnderWay struct {
	// started is the draw at which the current trip from a by way of b began, −1 for none;
	// turned reports whether the chain has been in b since. Both are indexed by a and b.
	started [][]int
	turned  [][]bool
}

func newTripsUnderWay(k int) *tripsUnderWay {
	u := &tripsUnderWay{started: square[int](k), turned: square[bool](k)}
	u.begin()
	return u
}

// begin forgets the trips of the chain before.
func (u *tripsUnderWay) begin() {
	for a := range u.started {
		for b := range u.started[a] {
			u.started[a][b], u.turned[a][b] = -1, false
		}
	}
}

// tripCounter counts round trips between all pairs of regions, at the cost of k per transition.
type tripCounter struct {
	// number and length are those of the completed trips of all chains.
	number, length [][]int
}

func newTripCounter(k int) *tripCounter {
	return &tripCounter{number: square[int](k), length: square[int](k)}
}

// enter notes that a chain enters a region, at a draw.
func (c *tripCounter) enter(u *tripsUnderWay, region, draw int) {
	for other := range u.started {
		if other == region {
			continue
		}
		u.turned[other][region] = u.started[other][region] >= 0
		started := &u.started[region][other]
		switch {
		case *started < 0:
			*started = draw
		case u.turned[region][other]:
			c.number[region][other]++
			c.length[region][other] += draw - *started
			*started, u.turned[region][other] = draw, false
		}
	}
}

func (c *tripCounter) trips(a, b int) RoundTrips {
	n := c.number[a][b]
	if n == 0 {
		return RoundTrips{MeanLength: undefined(NoRoundTrip)}
	}
	return RoundTrips{Number: n, MeanLength: defined(float64(c.length[a][b]) / float64(n))}
}
