package sim

import (
	"math"
	"slices"
	"strconv"

	"undercurrent/divergences"
)

// WeightBin is a bin of log r.
type WeightBin struct {
	Lo, Hi float64
	// Mass is the share of the particles.
	Mass float64
	// Response is ±E[β·∇Ψ; bin], positive where motion along β improves F, and Energy is E[|β|²; bin].
	Response, Energy float64
	// Weight is w*, the positive part of Response/Energy.
	Weight float64
}

const (
	// binWidth is the width of a bin of log r.
	binWidth  = 0.2
	outerBin  = 70 // |log r| / binWidth at the outer ends, beyond ClipLogR
	weightLen = 2 * outerBin
)

// binOf is the bin of a log r.
func binOf(logR float64) int {
	return min(max(int(math.Floor(logR/binWidth))+outerBin, 0), weightLen-1)
}

// binCentre is the middle of a bin, rounded to a multiple of 0.1.
func binCentre(b int) float64 { return float64(2*(b-outerBin)+1) / 10 }

// weightBins are A = ±E[β·∇Ψ; bin], B = E[|β|²; bin] and the masses of all bins, with Σ A₊²/B.
type weightBins struct {
	sign                 float64
	response, size, mass [weightLen]float64
	energy               float64
}

// newWeightBins sums over the nodes.
func newWeightBins(nodes []pulledNode, sign float64) *weightBins {
	s := &weightBins{sign: sign}
	for _, n := range nodes {
		b := binOf(n.logR)
		s.response[b] += sign * n.beta.Dot(n.pull)
		s.size[b] += n.mass * n.beta.Dot(n.beta)
		s.mass[b] += n.mass
	}
	for b := range weightLen {
		s.energy += s.weight(b) * s.response[b]
	}
	return s
}

// weight is w* in a bin, 0 in one without particles.
func (s *weightBins) weight(b int) float64 {
	if !(s.size[b] > 0) {
		return 0
	}
	return max(s.response[b]/s.size[b], 0)
}

// efficiency returns what a weight does. In every bin w counts with its mean, weighted by |β|²: the
// energy of that mean is at most that of w, and Cauchy–Schwarz holds for the sums over the bins.
func (s *weightBins) efficiency(nodes []pulledNode, drift divergences.Spec, w *weightTable) Efficiency {
	e := Efficiency{Drift: drift}
	var mean [weightLen]float64
	for _, n := range nodes {
		value, square := w.value(n.logR), n.mass*n.beta.Dot(n.beta)
		e.Response += s.sign * value * n.beta.Dot(n.pull)
		e.Energy += value * value * square
		mean[binOf(n.logR)] += value * square
	}
	var response, energy float64
	for b, sum := range mean {
		if s.size[b] > 0 {
			response += sum / s.size[b] * s.response[b]
			energy += sum * sum / s.size[b]
		}
	}
	if s.energy > 0 && energy > 0 {
		if response > 0 {
			// Rounding alone exceeds 1.
			e.Value = min(response*response/(energy*s.energy), 1)
		}
		e.BinLoss = (e.Response - response) / math.Sqrt(e.Energy*s.energy)
	}
	return e
}

// list returns the bins with particles.
func (s *weightBins) list() (bins []WeightBin) {
	for b := range weightLen {
		if s.mass[b] > 0 {
			lo, hi := float64(b-outerBin)*binWidth, float64(b-outerBin+1)*binWidth
			bins = append(bins, WeightBin{max(lo, -ClipLogR), min(hi, ClipLogR), s.mass[b], s.response[b], s.size[b], s.weight(b)})
		}
	}
	return bins
}

const (
	// fewest is the number of particles in bins whose mean is a value of a table.
	fewest = 10
	// floorShare is the smallest weight of a table, in units of the largest.
	floorShare = 0.01
	// nearby is the part of a particle's kernel in a region from which on the region is within reach.
	nearby = 0.01
	// weightDigits is the number of significant digits of a value of a table.
	weightDigits = 3
)

// tabulate returns w* as the nodes of a tabulated weight: at the middle of every bin from the first to
// the last that has particles, the quotient of sums over the bin and, where it has few of n particles,
// as many bins on both sides as have enough; at least a floor, so that every place keeps moving; and with a mean of
// 1 over the particles. Values are rounded, so that their text is short and reads back as it is.
func (s *weightBins) tabulate(n int) (nodes []divergences.WeightNode) {
	first, last := slices.IndexFunc(s.mass[:], positiveMass), weightLen-1
	if first < 0 || !(s.energy > 0) {
		return nil
	}
	for !(s.mass[last] > 0) {
		last--
	}
	top, mean := 0.0, 0.0
	for b := first; b <= last; b++ {
		nodes = append(nodes, divergences.WeightNode{LogR: binCentre(b), Weight: s.around(b, fewest/float64(n))})
		top = max(top, nodes[len(nodes)-1].Weight)
	}
	if !(top > 0) {
		return nil
	}
	for k := range nodes {
		nodes[k].Weight = max(nodes[k].Weight, floorShare*top)
		mean += s.mass[first+k] * nodes[k].Weight
	}
	for k := range nodes {
		nodes[k].Weight = rounded(nodes[k].Weight / mean)
		nodes[k].LogR = min(max(nodes[k].LogR, -ClipLogR), ClipLogR)
	}
	return withoutRuns(nodes)
}

func positiveMass(m float64) bool { return m > 0 }

// rounded keeps the significant digits of a value of a table.
func rounded(w float64) float64 {
	v, err := strconv.ParseFloat(strconv.FormatFloat(w, 'g', weightDigits, 64), 64)
	if err != nil {
		panic(err)
	}
	return v
}

// around is w* from the bins next to b, as many on both sides as have some mass.
func (s *weightBins) around(b int, enough float64) float64 {
	response, size, mass := s.response[b], s.size[b], s.mass[b]
	for k := 1; mass < enough && k < weightLen; k++ {
		for _, c := range [2]int{b - k, b + k} {
			if c >= 0 && c < weightLen {
				response, size, mass = response+s.response[c], size+s.size[c], mass+s.mass[c]
			}
		}
	}
	if !(size > 0) {
		return 0
	}
	return max(response/size, 0)
}

// withoutRuns leaves out nodes between two of the same weight, which do not change the interpolation.
func withoutRuns(nodes []divergences.WeightNode) (kept []divergences.WeightNode) {
	for k, n := range nodes {
		if k == 0 || k == len(nodes)-1 || n.Weight != nodes[k-1].Weight || n.Weight != nodes[k+1].Weight {
			kept = append(kept, n)
		}
	}
	return kept
}
