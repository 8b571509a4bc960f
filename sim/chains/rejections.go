package chains

import "math"

// Rejections compares the rejections of a Metropolis–Hastings chain with those of a random walk
// that makes the same moves.
//
// Detailed balance says how often a move x → y was proposed from how often it was made. For a
// symmetric proposal it was accepted with probability min(1, p(y)/p(x)); all proposals together
// have probability 1, so that its rate of acceptance A₀ satisfies
//
//	1 = A₀ E[max(1, p(x)/p(y))] = A₀ E[(1 + e^|Δ|)/2],  Δ = log p(y) − log p(x),
//
// over accepted moves, where the second form uses that x → y is made as often as y → x. Moves
// and log densities alone give A₀, also for a chain that proposes otherwise; the ratio of its
// rejections to those of the random walk says what its proposals are worth. For proposals
// x + κσ²/2 ∇log p(x) + σξ with short steps it is |1 − κ|: a move of Δ is accepted with
// probability min(1, e^((1−κ)Δ)) to first order. It is 0 for Langevin proposals, 1 for a random
// walk and 2 for Langevin proposals that go down the gradient.
//
// With long steps the ratio of Langevin proposals grows, past that of a random walk where their
// drift overshoots; that of a random walk grows as well, because the mean of e^|Δ| misses
// the moves that are proposed but hardly ever made: 1.0 to 1.6 at rates below 0.3.
type Rejections struct {
	// Transitions and Moves are the numbers of transitions and of accepted moves.
	Transitions, Moves int
	// Acceptance is the observed rate, RandomWalk is A₀. The longer the moves are, measured by
	// log p, the smaller is A₀.
	Acceptance, RandomWalk Estimate
	// Ratio is (1 − Acceptance)/(1 − RandomWalk).
	Ratio Estimate
	// SE is the standard error of Ratio, by the jackknife over batches of consecutive draws;
	// there are too few draws for it where it is undefined.
	SE Estimate
}

// NewRejections compares the rejections of all chains together; the log density is indexed by
// chain and draw like each coordinate. Every step of the chains must be there, rejected ones as
// draws equal to the one before.
func NewRejections(positions [][][]float64, logDensity [][]float64) (Rejections, error) {
	if err := checkDensity(positions, logDensity); err != nil {
		return Rejections{}, err
	}
	last := make([]int, len(logDensity))
	for i, chain := range logDensity {
		last[i] = len(chain) - 1
	}
	return inBatches(last, func(chain, first, last int) (tally, bool) { return count(positions, logDensity, chain, first, last) }), nil
}

// inBatches are the rejections of chains that sum tallies: the transitions from one place of a chain to another, in
// order, up to the last place of each. ok reports whether all numbers are finite.
func inBatches(last []int, sum func(chain, first, last int) (t tally, ok bool)) Rejections {
	var all tally
	batches := make([]tally, 0, jackknifeBatches)
	per := (jackknifeBatches + len(last) - 1) / len(last)
	for i, end := range last {
		for b := range per {
			batch, ok := sum(i, end*b/per, end*(b+1)/per)
			if !ok {
				return undefinedRejections(NonFinite)
			}
			all = all.plus(batch)
			batches = append(batches, batch)
		}
	}
	return all.rejections(batches)
}

// jackknifeBatches is the least number of batches for a standard error, and minBatch the least
// mean number of moves in one.
const (
	jackknifeBatches = 40
	minBatch         = 5
)

// tally sums over transitions. excess is Σ(e^|Δ| − 1) over moves; it may be infinite, where a
// random walk would never have moved.
type tally struct {
	transitions, moves int
	excess             float64
}

func (a tally) plus(b tally) tally {
	return tally{a.transitions + b.transitions, a.moves + b.moves, a.excess + b.excess}
}

// count tallies the transitions of a chain after draw first up to draw last. It reports whether
// all numbers are finite.
func count(positions [][][]float64, logDensity [][]float64, chain, first, last int) (s tally, ok bool) {
	for t := first + 1; t <= last; t++ {
		s.transitions++
		if !moved(positions, chain, t) {
			continue
		}
		before, after := logDensity[chain][t-1], logDensity[chain][t]
		if !finite(before) || !finite(after) || !finiteAt(positions, chain, t-1) || !finiteAt(positions, chain, t) {
			return s, false
		}
		s.moves++
		s.excess += excess(before, after)
	}
	return s, true
}

// excess is e^|Δ| − 1 of a move from one log density to another.
func excess(before, after float64) float64 { return math.Expm1(math.Abs(after - before)) }

// rejections are those of a sum of batches.
func (a tally) rejections(batches []tally) Rejections {
	switch {
	case a.transitions == 0:
		return undefinedRejections(NoTransition)
	case a.moves == 0:
		r := undefinedRejections(NoMoves)
		r.Transitions, r.Acceptance = a.transitions, defined(0)
		return r
	}
	r := Rejections{Transitions: a.transitions, Moves: a.moves}
	r.Acceptance = defined(float64(a.moves) / float64(a.transitions))
	r.RandomWalk = defined(1 / (1 + a.excess/(2*float64(a.moves))))
	if a.excess == 0 {
		r.Ratio, r.SE = undefined(FlatDensity), undefined(FlatDensity)
		return r
	}
	r.Ratio, r.SE = defined(a.ratio()), a.jackknife(batches)
	return r
}

// ratio is (1 − A)/(1 − A₀), where 1 − A₀ = excess/(excess + 2 moves).
func (a tally) ratio() float64 {
	rejected := float64(a.transitions-a.moves) / float64(a.transitions)
	return rejected * (1 + 2*float64(a.moves)/a.excess)
}

// jackknife is √((B−1)/B Σ(Rᵦ − R̄)²) of the ratios Rᵦ of all batches but one: Efron (1982), The
// jackknife, the bootstrap and other resampling plans.
func (a tally) jackknife(batches []tally) Estimate {
	if a.moves < minBatch*len(batches) {
		return undefined(FewMoves)
	}
	// Sums from both sides, because a batch may be all of the excess but for rounding.
	after := make([]tally, len(batches)+1)
	for i := len(batches) - 1; i >= 0; i-- {
		after[i] = after[i+1].plus(batches[i])
	}
	var before tally
	ratios := make([]float64, len(batches))
	for i, batch := range batches {
		rest := before.plus(after[i+1])
		if rest.excess == 0 {
			return undefined(FewMoves)
		}
		ratios[i] = rest.ratio()
		before = before.plus(batch)
	}
	b := float64(len(ratios))
	return defined((b - 1) * math.Sqrt(variance(ratios)/b))
}

func undefinedRejections(r Reason) Rejections {
	return Rejections{Acceptance: undefined(r), RandomWalk: undefined(r), Ratio: undefined(r), SE: undefined(r)}
}
