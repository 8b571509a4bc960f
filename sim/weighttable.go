package sim

import "undercurrent/divergences"

// tableIntervals is the number of equal intervals over log r in ±ClipLogR. The relative error
// of cubic interpolation of r^±3 is then 1e-8.
const tableIntervals = 2048

// weightTable is the weight of a drift that depends on log r alone, or its potential, tabulated as the
// cubics through the values and slopes at the ends of each interval, at a fraction of the cost of an
// exponential for every divergence.
type weightTable struct{ pieces [tableIntervals]cubic }

// cubic is a + u(b + u(c + u d)), for u from 0 to 1 over an interval.
type cubic struct{ a, b, c, d float64 }

const tableStep = 2 * ClipLogR / tableIntervals

func newWeightTable(d divergences.Drift) *weightTable {
	return tabulated(func(logR float64) (value, slope float64) {
		c := d.Velocity(divergences.LogRatios{LogR: logR})
		return c.Beta, c.BetaByR
	})
}

// newPotentialTable tabulates Φ = −δD/δq, whose slope over log r is the weight.
func newPotentialTable(d divergences.Drift) *weightTable {
	return tabulated(func(logR float64) (value, slope float64) {
		l := divergences.LogRatios{LogR: logR}
		return d.Potential(l), d.Descent(l).Beta
	})
}

// tabulated tabulates a function of log r with its derivative.
func tabulated(of func(logR float64) (value, slope float64)) *weightTable {
	knot := func(k int) (value, slope float64) {
		value, slope = of(clipLog(-ClipLogR + float64(k)*tableStep))
		return value, slope * tableStep
	}
	t := &weightTable{}
	from, fromSlope := knot(0)
	for k := range t.pieces {
		to, toSlope := knot(k + 1)
		rise := to - from
		t.pieces[k] = cubic{from, fromSlope, 3*rise - 2*fromSlope - toSlope, fromSlope + toSlope - 2*rise}
		from, fromSlope = to, toSlope
	}
	return t
}

// value is w, or Φ, for any log r, which is clipped.
func (t *weightTable) value(logR float64) float64 {
	u := (clipLog(logR) + ClipLogR) * (1 / tableStep)
	k := min(int(u), tableIntervals-1)
	u -= float64(k)
	p := &t.pieces[k]
	return p.a + float64(u*(p.b+float64(u*(p.c+float64(u*p.d)))))
}

// values writes the values at every log r to dst, which is as long: those of value, faster. What is written for a log r
// that is not a number means nothing.
func (t *weightTable) values(dst, logR []float64) {
	for k := t.valuesInVectors(dst, logR); k < len(logR); k++ {
		if dst[k] = 0; logR[k] == logR[k] {
			dst[k] = t.value(logR[k])
		}
	}
}
