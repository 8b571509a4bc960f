package sim

import "undercurrent/divergences"

// tableIntervals is the number of equal intervals over log r in ±ClipLogR. The relative error
// of cubic interpolation of r^±3 is then 1e-8.
const tableIntervals = 2048

// weightTable is the weight of a drift that depends on log r alone, tabulated with its slope
// for cubic interpolation, at half the cost of an exponential for every divergence.
type weightTable struct {
	knots [tableIntervals + 1]struct{ value, slope float64 }
}

const tableStep = 2 * ClipLogR / tableIntervals

func newWeightTable(d divergences.Drift) *weightTable {
	t := &weightTable{}
	for k := range t.knots {
		logR := clipLog(-ClipLogR + float64(k)*tableStep)
		c := d.Velocity(divergences.LogRatios{LogR: logR})
		t.knots[k].value, t.knots[k].slope = c.Beta, c.BetaByR*tableStep
	}
	return t
}

// value is w for any log r, which is clipped.
func (t *weightTable) value(logR float64) float64 {
	u := (clipLog(logR) + ClipLogR) / tableStep
	k := min(int(u), tableIntervals-1)
	u -= float64(k)
	a, b := &t.knots[k], &t.knots[k+1]
	d := b.value - a.value
	return a.value + u*(a.slope+u*(3*d-2*a.slope-b.slope+u*(a.slope+b.slope-2*d)))
}
