package sim

import (
	"math"

	"undercurrent/divergences"
)

// An integral over the plane is a sum over the nodes times the area of one.
// Where q is below p·1e-6 it counts as p·1e-6: an empty place under the target
// then costs what the clip of log r says, a finite number, instead of infinity.

// void is a density under which a node adds nothing to any integral: even
// multiplied by the square of the largest ratio it is lost in rounding.
const void = 1e-40

// ratios is log r at the nodes that matter to an integral, and q beside it.
type ratios struct {
	q, logR []float64
}

// ratios lists the present nodes, keeping memory from one call to the next.
func (f *Flow) ratios() ratios {
	n := &f.nodes
	n.q, n.logR = n.q[:0], n.logR[:0]
	for i, p := range f.target.p {
		q := f.field.q[i]
		if p < void && q < void {
			continue
		}
		logP := f.target.logP[i]
		logR := logP - math.Log(q)
		if logR > ClipLogR {
			q, logR = math.Exp(logP-ClipLogR), ClipLogR
		}
		n.q, n.logR = append(n.q, q), append(n.logR, max(logR, -ClipLogR))
	}
	return *n
}

// objective is D_f(p‖q) = ∫ q f(p/q) dx.
func (n ratios) objective(d divergences.Divergence, area float64) float64 {
	sum := 0.0
	for i, q := range n.q {
		sum += q * d.F(n.logR[i])
	}
	return sum * area
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
		if p > 0 {
			dst[f.regions.Label(i)] += p * p / (p + f.field.q[i])
		}
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
