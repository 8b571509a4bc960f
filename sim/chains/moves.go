package chains

import (
	"math"
	"slices"
)

// Moves says how one chain moves: a move is a draw that differs from the one before, in any
// coordinate.
type Moves struct {
	// Transitions is the number of draws that have one before them, n of Acceptance.
	Transitions int
	// LongestStay is the greatest number of transitions in a row without a move.
	LongestStay int
	// Acceptance is the share of moves among the transitions. Of a chain of which every kth draw
	// is kept, it is that of any move in k steps.
	Acceptance Estimate
	// MeanLength is the mean Euclidean distance of a move.
	MeanLength Estimate

	number int
	// lengths are the distances of the moves, or of a part of them, in ascending order.
	lengths []float64
}

// Number returns the number of moves.
func (m Moves) Number() int { return m.number }

// LengthQuantile returns the quantile of the distance of a move at probability p in [0, 1], of
// type 7 like [Quantity.Quantile]. Of thinned draws it is that of the moves of one frame in [Record.Every].
func (m Moves) LengthQuantile(p float64) Estimate {
	if !m.MeanLength.Defined() {
		return undefined(m.MeanLength.Reason)
	}
	if len(m.lengths) == 0 {
		return undefined(FewMoves)
	}
	below, fraction := position(len(m.lengths), p)
	return defined(between(m.lengths[below], m.lengths[min(below+1, len(m.lengths)-1)], fraction))
}

// NewMoves returns the moves of each chain; positions are indexed by coordinate, chain and draw.
// Chains may have different lengths, coordinates may not.
func NewMoves(positions [][][]float64) ([]Moves, error) {
	if err := checkPositions(positions); err != nil {
		return nil, err
	}
	all := make([]Moves, len(positions[0]))
	for i := range all {
		all[i] = chainMoves(positions, i)
		slices.Sort(all[i].lengths)
	}
	return all, nil
}

func checkPositions(positions [][][]float64) error {
	if len(positions) == 0 || len(positions[0]) == 0 {
		return ErrNoChains
	}
	for c := range positions {
		if err := sameShape("coordinate 1", positions[0], coordinateName(c), positions[c]); err != nil {
			return err
		}
	}
	return nil
}

// chainMoves leaves the lengths in the order of the draws.
func chainMoves(positions [][][]float64, chain int) Moves {
	draws := len(positions[0][chain])
	if draws < 2 {
		return Moves{Acceptance: undefined(NoTransition), MeanLength: undefined(NoTransition)}
	}
	var c moveCounter
	var lengths []float64
	for t := range draws {
		if !finiteAt(positions, chain, t) {
			return Moves{Transitions: draws - 1, Acceptance: undefined(NonFinite), MeanLength: undefined(NonFinite)}
		}
		if t == 0 {
			continue
		}
		if !moved(positions, chain, t) {
			c.stayed()
			continue
		}
		d := distance(positions, chain, t)
		c.moved(d)
		lengths = append(lengths, d)
	}
	return c.moves(lengths)
}

// moveCounter counts the moves of one chain, transition by transition.
type moveCounter struct {
	transitions, number int
	stay, longest       int
	sum                 float64 // of the distances
}

func (c *moveCounter) stayed() {
	c.transitions++
	c.stay++
	c.longest = max(c.longest, c.stay)
}

func (c *moveCounter) moved(distance float64) {
	c.transitions++
	c.number++
	c.stay = 0
	c.sum += distance
}

// moves are those that were counted, with the distances that are known of them.
func (c *moveCounter) moves(lengths []float64) Moves {
	if c.transitions == 0 {
		return Moves{Acceptance: undefined(NoTransition), MeanLength: undefined(NoTransition)}
	}
	m := Moves{Transitions: c.transitions, LongestStay: c.longest, number: c.number, lengths: lengths}
	m.Acceptance = defined(float64(c.number) / float64(c.transitions))
	m.MeanLength = defined(c.sum / float64(c.number))
	if c.number == 0 {
		m.MeanLength = undefined(NoMoves)
	}
	return m
}

func finiteAt(positions [][][]float64, chain, draw int) bool {
	for _, coordinate := range positions {
		if !finite(coordinate[chain][draw]) {
			return false
		}
	}
	return true
}

// moved reports whether a draw differs from the one before.
func moved(positions [][][]float64, chain, draw int) bool {
	for _, coordinate := range positions {
		if coordinate[chain][draw-1] != coordinate[chain][draw] {
			return true
		}
	}
	return false
}

// distance is that of a draw to the one before.
func distance(positions [][][]float64, chain, draw int) (d float64) {
	for _, coordinate := range positions {
		d = math.Hypot(d, coordinate[chain][draw]-coordinate[chain][draw-1])
	}
	return d
}
