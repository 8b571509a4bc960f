package sim

import (
	"math"

	"undercurrent/divergences"
)

// An integral over the plane is a sum over the nodes times the area of one.
// Where q is below p·1e-6 it counts as p·1e-6: an empty place under the target
// then costs what the clip of log r says, a finite number, instead of infinity.

// objective is D_f(p‖q) = ∫ q f(p/q) dx at the nodes.
func (f *Flow) objective(d divergences.Divergence) float64 {
	sum := 0.0
	for i, p := range f.target.p {
		q := f.field.q[i]
		if p == 0 && q == 0 {
			continue
		}
		q, logR := f.ratioAt(i)
		sum += q * d.F(logR)
	}
	return sum * f.grid.Area()
}

// ratioAt is q, no less than p·1e-6, and log r, clipped, at a node.
func (f *Flow) ratioAt(i int) (q, logR float64) {
	q, logP := f.field.q[i], f.target.logP[i]
	logQ := math.Log(q)
	if logP-logQ > ClipLogR {
		return math.Exp(logP - ClipLogR), ClipLogR
	}
	return q, max(logP-logQ, -ClipLogR)
}

// totalVariation is ½∫|p − q| dx.
func (f *Flow) totalVariation() float64 {
	sum := 0.0
	for i, p := range f.target.p {
		sum += math.Abs(p - f.field.q[i])
	}
	return sum / 2 * f.grid.Area()
}

// underCoverage writes the soft under-coverage of every region to dst and
// returns their sum,
//
//	U_{τ,s} = ∫ p·σ((ln r − ln τ)/s) dx,  σ(z) = 1/(1 + e^{−z}):
//
// the target mass that is under-covered by more than a factor τ, softly. At
// τ = s = 1 the integrand is p·p/(p + q).
func (f *Flow) underCoverage(dst []float64) (total float64) {
	clear(dst)
	for i, p := range f.target.p {
		if p == 0 {
			continue
		}
		dst[f.regions.Label(i)] += p * p / (p + f.field.q[i])
	}
	for k := range dst {
		dst[k] *= f.grid.Area()
		total += dst[k]
	}
	return total
}

// regionMass writes the particles' smoothed mass ∫_k q dx of every region to dst.
func (f *Flow) regionMass(dst []float64) {
	clear(dst)
	for i, q := range f.field.q {
		dst[f.regions.Label(i)] += q
	}
	for k := range dst {
		dst[k] *= f.grid.Area()
	}
}
