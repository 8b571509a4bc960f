package sim

import (
	"math"

	"undercurrent/divergences"
)

// An integral over the plane is a sum over the nodes times the area of one. The
// integrands are continued beyond the clip of log r (divergences.Continue), so
// that an empty place under the target costs a finite number.

const (
	// void is a density under which a node adds nothing to any integral: even
	// multiplied by the square of the largest ratio it is lost in rounding.
	void = 1e-40
	// emptyLogR stands for log r where q = 0, far beyond the clip, where integrands
	// have reached their limits.
	emptyLogR = 2 * ClipLogR
)

// ratios is log r at the nodes that matter to an integral, and q beside it.
type ratios struct {
	node    []int32
	q, logR []float64
}

// list fills n with the present nodes, keeping memory from one call to the next.
func (n *ratios) list(f *Flow) {
	n.node, n.q, n.logR = n.node[:0], n.q[:0], n.logR[:0]
	for i, p := range f.target.p {
		q := f.field.q[i]
		if p < void && q < void {
			continue
		}
		logP := f.target.logP[i]
		logR := logP - math.Log(q)
		if logR > emptyLogR {
			q, logR = math.Exp(logP-emptyLogR), emptyLogR
		}
		n.node, n.q, n.logR = append(n.node, int32(i)), append(n.q, q), append(n.logR, logR)
	}
}

// objective is D_f(p‖q) = ∫ q f(p/q) dx.
func (n *ratios) objective(d divergences.Divergence, area float64) float64 {
	continued, sum := divergences.Continue(d, ClipLogR), 0.0
	for i, q := range n.q {
		sum += q * continued.F(n.logR[i])
	}
	return sum * area
}

// active is the objective of a drift. With a reference, ρ and the places that
// count are those held at the nodes, zero elsewhere, and m is E_ρ[log r] there.
func (n *ratios) active(l *law, held []float64, area float64) float64 {
	sum := 0.0
	if l.ref.Kind == divergences.NoReference {
		for i, q := range n.q {
			sum += q * l.drift.Integrand(divergences.Place{LogR: n.logR[i]})
		}
		return sum * area
	}
	m := moments{}
	rho := func(i int) float64 {
		if l.ref.Moves && held[n.node[i]] > 0 {
			return n.q[i]
		}
		return held[n.node[i]]
	}
	for i, logR := range n.logR {
		m.mass += rho(i)
		m.logR += rho(i) * logR
	}
	mean := average([]moments{m})
	for i, q := range n.q {
		if r := rho(i); r > 0 {
			sum += q * l.drift.Integrand(divergences.Place{LogR: n.logR[i], LogRho: math.Log(r / q), Mean: mean})
		}
	}
	return sum * area
}

// holdReference writes the present density of the reference to dst, zero where no particles
// are. The field has been evaluated widely.
func (f *field) holdReference(dst []float64) {
	clear(dst)
	if f.law.ref.Kind == divergences.NoReference {
		return
	}
	for i := range dst {
		if f.held(i) {
			dst[i] = f.rho(i)
		}
	}
}

// totalVariation is ½∫|p − q| dx.
func (f *Flow) totalVariation() float64 {
	sum := 0.0
	for i, p := range f.target.p {
		sum += math.Abs(p - f.field.q[i])
	}
	return sum / 2 * f.grid.Area()
}

// functional writes U of every region to dst and returns their sum.
func (f *Flow) functional(dst []float64, n *ratios, u divergences.Functional) (total float64) {
	clear(dst)
	for i, node := range n.node {
		dst[f.regions.label[node]] += f.target.p[node] * u.Share(n.logR[i])
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
