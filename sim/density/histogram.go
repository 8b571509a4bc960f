package density

import (
	"slices"

	"gonum.org/v1/gonum/floats"

	"undercurrent/divergences"
	"undercurrent/internal/portable"
	"undercurrent/sim/grid"
)

const (
	// knotIntervals is the number of equal intervals between log r = 0 and the clipping bound,
	// so that the kinks of the integrands are at knots. The relative error of a cubic through
	// four knots is 4·10⁻⁹ for r³.
	knotIntervals = 2048
	knotStep      = divergences.ClipLogR / knotIntervals
	// The knots extend to ±EmptyLogR. Below, every integrand is linear.
	centreKnot = 2 * knotIntervals
	knots      = 2*centreKnot + 1
)

// stripes is the number of groups of rows that are summed separately and added in order, so
// that the bits do not depend on the number of workers.
const stripes = 8

// LogRatioHistogram is the distribution of log r under q dx, as masses at knots. Every
// f-divergence is an integral over it, ∫ q f(r) dx = Σ mass·f(knot), so that one pass over the
// nodes suffices for all of them.
type LogRatioHistogram struct {
	stripes [stripes]logRatioBins
	workers *grid.Workers

	making struct { // input of the workers
		area       float64
		objectives *Objectives
		values     []Objective
	}
	add, evaluate func(worker, from, to int)
}

// knotsAtOnce is the number of knots that a worker adds up at a time.
const knotsAtOnce = 1024

func newLogRatioHistogram(w *grid.Workers) *LogRatioHistogram {
	h := &LogRatioHistogram{workers: w}
	h.add, h.evaluate = h.addKnots, grid.OneByOne(h.evaluateOne)
	return h
}

// logRatioBins are sums at the knots. Nodes whose log r exceeds the resolved ratio c by an excess
// e contribute to a divergence with a growing weight
//
//	q f = q e^e (Φ + f + w) − q (Φ + w) − q e w,
//
// with Φ, f and w at c; see divergences.Clipped.FBeyond.
//
// c and what exceeds it are not below 0, so that the knots far below have none of that.
type logRatioBins struct {
	resolved [knots]float64       // q of the nodes up to c, at log r
	rest     [knots - low]float64 // q of the other nodes, at log r
	// Of these, at c: q e^e, q and q e.
	raised, own, excess [knots - low]float64
}

// low is the number of knots below all four around 0, in full vectors: sums over the others are taken in the same order as
// over all.
const low = (centreKnot - 2) / 16 * 16

// kinds are the sums, one kind after the other; all but the first begin at the knot low.
func (b *logRatioBins) kinds() [5][]float64 {
	return [...][]float64{b.resolved[:], b.rest[:], b.raised[:], b.own[:], b.excess[:]}
}

// addUp adds the stripes and multiplies them by the area of a node.
func (h *LogRatioHistogram) addUp(area float64) {
	h.making.area = area
	h.workers.Each(knots, knotsAtOnce, h.add)
}

func (h *LogRatioHistogram) addKnots(_, from, to int) {
	for kind, total := range h.stripes[0].kinds() {
		if kind == 1 {
			from, to = max(from-low, 0), max(to-low, 0)
		}
		for k := 1; k < stripes; k++ {
			floats.Add(total[from:to], h.stripes[k].kinds()[kind][from:to])
		}
		floats.Scale(h.making.area, total[from:to])
	}
}

// evaluateOne writes the value of an objective.
func (h *LogRatioHistogram) evaluateOne(k int) {
	t := &h.making.objectives.list[k]
	h.making.values[k] = Objective{t.id, t.value(&h.stripes[0])}
}

// addOutside adds the fraction of the points outside the grid, where there is no target mass.
func (h *LogRatioHistogram) addOutside(share float64) { h.stripes[0].resolved[0] += share }

// add adds a node.
func (b *logRatioBins) add(q, logR, beyond float64, at *aroundKnots) {
	if beyond > 0 {
		spread(b.rest[:], q, at.second-1-low, &at.w)
		b.addBeyond(q, logR, beyond)
	} else {
		spread(b.resolved[:], q, at.second-1, &at.w)
	}
}

// addBeyond adds the part of a node that is beyond the resolved ratio.
func (b *logRatioBins) addBeyond(q, logR, beyond float64) {
	knot, at := knotsAround(logR - beyond)
	spread(b.raised[:], q*portable.Exp(beyond), knot-low, &at)
	spread(b.own[:], q, knot-low, &at)
	spread(b.excess[:], q*beyond, knot-low, &at)
}

// mass returns the masses by knot.
func (h *LogRatioHistogram) mass() []float64 {
	all := slices.Clone(h.stripes[0].resolved[:])
	floats.Add(all[low:], h.stripes[0].rest[:])
	return all
}

// logRAt is log r of a knot.
func logRAt(knot int) float64 { return float64(knot-centreKnot) * knotStep }

// spread adds q to the knots around a log r with their weights.
func spread(bins []float64, q float64, knot int, w *[4]float64) {
	to := bins[knot : knot+4 : knot+4]
	to[0] += q * w[0]
	to[1] += q * w[1]
	to[2] += q * w[2]
	to[3] += q * w[3]
}

// The knots of the clipping bounds, where a clipped weight has a kink.
const (
	lowerKnee = centreKnot - knotIntervals
	upperKnee = centreKnot + knotIntervals
)

// aroundKnots are the knots around a log r, of which the second is given, and their weights.
type aroundKnots struct {
	second int
	w      [4]float64
}

// knotsOfEach writes the knots around every log r to dst, which is as long.
func knotsOfEach(dst []aroundKnots, logR []float64) {
	for done := 0; done < len(logR); {
		done += knotsInVectors(dst[done:], logR[done:])
		for end := min(done+atOnce, len(logR)); done < end; done++ {
			first, w := knotsAround(logR[done])
			dst[done] = aroundKnots{first + 1, w}
		}
	}
}

// knotsAround returns the first of the four knots around a log r and their weights, those of
// cubic interpolation; below the second knot, those of linear extrapolation. Next to a kink the
// four are on one side of it.
func knotsAround(logR float64) (first int, w [4]float64) {
	x := logR/knotStep + centreKnot
	if x < 1 {
		return 0, [4]float64{1 - x, x}
	}
	k := min(int(x), knots-3)
	switch k {
	case lowerKnee - 1, upperKnee - 1:
		k--
	case lowerKnee, upperKnee:
		k++
	}
	u := x - float64(k)
	a, b := u*(1+u)/6, (1-u)*(2-u)/6
	return k - 1, [4]float64{-u * b, 3 * (1 + u) * b, 3 * (2 - u) * a, -(1 - u) * a}
}
