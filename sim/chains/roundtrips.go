package chains

// tripCounter counts round trips between all pairs of regions, at the cost of k per transition.
type tripCounter struct {
	// started is the draw at which the current trip from a by way of b began, −1 for none;
	// turned reports whether the chain has been in b since. Both are indexed by a and b.
	started [][]int
	turned  [][]bool
	// number and length are those of the completed trips of all chains.
	number, length [][]int
}

func newTripCounter(k int) *tripCounter {
	return &tripCounter{started: square[int](k), turned: square[bool](k), number: square[int](k), length: square[int](k)}
}

// begin forgets the trips of the chain before.
func (c *tripCounter) begin() {
	for a := range c.started {
		for b := range c.started[a] {
			c.started[a][b], c.turned[a][b] = -1, false
		}
	}
}

// enter notes that the chain enters a region, at a draw.
func (c *tripCounter) enter(region, draw int) {
	for other := range c.started {
		if other == region {
			continue
		}
		c.turned[other][region] = c.started[other][region] >= 0
		started := &c.started[region][other]
		switch {
		case *started < 0:
			*started = draw
		case c.turned[region][other]:
			c.number[region][other]++
			c.length[region][other] += draw - *started
			*started, c.turned[region][other] = draw, false
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
