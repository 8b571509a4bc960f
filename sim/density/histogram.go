package density

import (
	"gonum.org/v1/gonum/floats"

	"undercurrent/divergences"
)

const (
	// knotIntervals of equal length lie between log r = 0 and the clipping bound, so that a
	// knot stands where integrands have their kinks. A cubic through four knots is then
	// right to 4·10⁻⁹ of r³.
	knotIntervals = 2048
	knotStep      = divergences.ClipLogR / knotIntervals
	// The knots reach to ±EmptyLogR. Further down every integrand has become a line.
	centreKnot = 2 * knotIntervals
	knots      = 2*centreKnot + 1
)

// stripes of rows are collected apart and added up in their order, so that the bits do not
// depend on how many workers there are.
const stripes = 8

// LogRatioHistogram is the distribution of log r over points: what q dx is at each knot.
// All f-divergences are integrals over it, ∫ q f(r) dx = Σ mass·f(knot), so that one pass
// over the nodes serves them all.
type LogRatioHistogram struct{ stripes [stripes][knots]float64 }

// addUp adds the stripes, with what a node's mass is in units of its q.
func (h *LogRatioHistogram) addUp(area float64) {
	for k := 1; k < stripes; k++ {
		floats.Add(h.mass(), h.stripes[k][:])
	}
	floats.Scale(area, h.mass())
}

// mass is the histogram by knot.
func (h *LogRatioHistogram) mass() []float64 { return h.stripes[0][:] }

// logRAt is log r of a knot.
func logRAt(knot int) float64 { return float64(knot-centreKnot) * knotStep }

// spread gives q to the knots around a log r.
func spread(stripe *[knots]float64, q float64, knot int, w *[4]float64) {
	to := stripe[knot : knot+4 : knot+4]
	to[0] += q * w[0]
	to[1] += q * w[1]
	to[2] += q * w[2]
	to[3] += q * w[3]
}

// knotsAround is the first of the four knots around a log r and their weights: those of
// cubic interpolation, below the last two knots those of linear extrapolation.
func knotsAround(logR float64) (first int, w [4]float64) {
	x := logR/knotStep + centreKnot
	if x < 1 {
		return 0, [4]float64{1 - x, x}
	}
	k := min(int(x), knots-3)
	u := x - float64(k)
	a, b := u*(1+u)/6, (1-u)*(2-u)/6
	return k - 1, [4]float64{-u * b, 3 * (1 + u) * b, 3 * (2 - u) * a, -(1 - u) * a}
}
