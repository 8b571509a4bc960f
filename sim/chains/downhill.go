package chains

import "math"

// Downhill says how many moves lower the log density.
type Downhill struct {
	// Up, Level and Down are numbers of moves that raise it, leave it, lower it.
	Up, Level, Down int
	// Share is Down/(Up+Down).
	Share Estimate
	// SD is the standard deviation of Share at ½ for independent moves, ½/√(Up+Down): an upper
	// bound for chains where up follows down more often than not, as for most.
	SD Estimate
}

// NewDownhill counts the moves of all chains by what they do to the log density, which is
// indexed by chain and draw like each coordinate.
//
// A reversible chain in its stationary law has (x, y) as often as (y, x): the pair of a draw and
// the next has the density p(x)k(x→y) = p(y)k(y→x). So ½ is expected whatever the proposals
// are, also against the gradient, if they are corrected. Less than ½ is a chain that still
// climbs to the bulk; a stationary chain that is far from ½ is not reversible.
func NewDownhill(positions [][][]float64, logDensity [][]float64) (Downhill, error) {
	var d Downhill
	if err := checkDensity(positions, logDensity); err != nil {
		return d, err
	}
	for i := range logDensity {
		for t := 1; t < len(logDensity[i]); t++ {
			if !moved(positions, i, t) {
				continue
			}
			switch before, after := logDensity[i][t-1], logDensity[i][t]; {
			case !finite(before) || !finite(after) || !finiteAt(positions, i, t-1) || !finiteAt(positions, i, t):
				return Downhill{Share: undefined(NonFinite), SD: undefined(NonFinite)}, nil
			case after > before:
				d.Up++
			case after < before:
				d.Down++
			default:
				d.Level++
			}
		}
	}
	n := float64(d.Up + d.Down)
	switch {
	case n > 0:
		d.Share, d.SD = defined(float64(d.Down)/n), defined(0.5/math.Sqrt(n))
	case d.Level > 0:
		d.Share, d.SD = undefined(FlatDensity), undefined(FlatDensity)
	default:
		d.Share, d.SD = undefined(NoMoves), undefined(NoMoves)
	}
	return d, nil
}

// checkDensity returns an error unless there is a log density for each position.
func checkDensity(positions [][][]float64, logDensity [][]float64) error {
	if err := checkPositions(positions); err != nil {
		return err
	}
	return sameShape("coordinate 1", positions[0], "the log density", logDensity)
}
