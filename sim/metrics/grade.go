package metrics

import "math"

// Grade says how a value compares with those of exact samples.
type Grade int

// The grades. The shortfall of a value is its distance from the best one: from 0 where lower is
// better, from the number of modes or 100 % of a count or share, and from the mean of exact samples,
// to either side, where neither more nor less is better. That of exact samples is at most
//
//	b = mean + 3·sd·√(1 + 1/draws)
//
// of theirs, three standard deviations of a further draw above its mean; for a count the next whole number. Skewed as the metrics are, about
// one exact sample in fifty has more.
const (
	// Ungraded values, or the exact samples, are not measured.
	Ungraded Grade = iota
	// LikeExact values have a shortfall up to b.
	LikeExact
	// NearExact values have one above b, up to 2b.
	NearExact
	// FarFromExact values have one above 2b.
	FarFromExact
)

const (
	// exactDeviations and nearRange are the numbers of the grades.
	exactDeviations = 3
	nearRange       = 2
)

// Grade compares a value on a target with a number of modes to the spread of exact samples of the same size.
func (m Metric) Grade(value Value, floor Spread, modes int) Grade {
	if !value.OK || !floor.Measured() {
		return Ungraded
	}
	best, sign := 0.0, -1.0
	switch {
	case m.LowerIsBetter:
	case m.Unit == Count:
		best, sign = float64(modes), 1
	case m.Unit == Share:
		best, sign = 1, 1
	default:
		best = floor.Mean
		value.V = best + math.Abs(value.V-best)
	}
	shortfall, mean := sign*(best-value.V), sign*(best-floor.Mean)
	bound := mean + exactDeviations*floor.SD*math.Sqrt(1+1/float64(floor.Draws))
	if m.Unit == Count {
		const rounding = 1e-9 // of the mean
		bound = math.Ceil(bound - rounding)
	}
	switch {
	case shortfall <= bound:
		return LikeExact
	case shortfall <= nearRange*bound:
		return NearExact
	}
	return FarFromExact
}
