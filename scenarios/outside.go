package scenarios

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/integrate/quad"

	"undercurrent/internal/portable"
)

// MassOutsider is a Target whose mass in a rectangle is known without a search.
type MassOutsider interface {
	Target
	// MassOutside is ∫ p over the plane without the window, over ∫ p; between 0 and 1. It is
	// a sum of masses outside, not one minus the mass inside, so that small ones keep their
	// digits.
	MassOutside(w Window) float64
}

var (
	_ MassOutsider = (*Mixture)(nil)
	_ MassOutsider = Gaussian{}
	_ MassOutsider = Box{}
)

// MassOutside is Σₖ wₖ times the mass of component k outside the window, see
// Normal.MassOutside.
func (m *Mixture) MassOutside(w Window) (mass float64) {
	rule := newPanelRule()
	for _, c := range merged(m.components) {
		n := NewNormal(c.Mean, c.Cov)
		mass += c.Weight * n.massOutside(w, rule)
	}
	return min(mass, 1)
}

// MassOutside is the exact mass outside the window.
func (g Gaussian) MassOutside(w Window) float64 {
	n := NewNormal(g.Mean, Cov{XX: g.Sigma * g.Sigma, YY: g.Sigma * g.Sigma})
	return n.MassOutside(w)
}

// MassOutside is the share of the rectangle's area outside the window.
func (b Box) MassOutside(w Window) float64 {
	beyond := func(lo, hi, from, to float64) float64 {
		return min((max(from-lo, 0)+max(hi-to, 0))/(hi-lo), 1)
	}
	return either(beyond(b.XMin, b.XMax, w.XMin, w.XMax), beyond(b.YMin, b.YMax, w.YMin, w.YMax))
}

// either is the probability that at least one of two independent events happens.
func either(a, b float64) float64 { return a + (1-a)*b }

// OutsideInterval is the mass of N(mean, deviation²) outside from ≤ x ≤ to.
func OutsideInterval(from, to, mean, deviation float64) float64 {
	return below((from-mean)/deviation) + below((mean-to)/deviation)
}

// below is the standard normal distribution function Φ; its relative error is small in the
// lower tail.
func below(z float64) float64 { return portable.Erfc(-z/math.Sqrt2) / 2 }

// MassOutside is the mass of the normalised Gaussian outside the window, whatever its
// constant. With the first coordinate of the whitened point, z = (x − μₓ)/√Σₓₓ,
//
//	P(x outside) + ∫ φ(z) P(y outside | z) dz over the x inside,
//
// where y given z is N(μᵧ + L₂₁z, L₂₂²). The integral is a sum of Gauss–Legendre panels no
// wider than one, nor than the range of z over which y crosses an edge: the absolute error
// is below 1e-14 for thin and strongly correlated Gaussians too.
func (n *Normal) MassOutside(w Window) float64 { return n.massOutside(w, newPanelRule()) }

func (n *Normal) massOutside(w Window, rule panelRule) float64 {
	sides := OutsideInterval(w.XMin, w.XMax, n.mx, n.l11)
	if n.l21 == 0 {
		return min(either(sides, OutsideInterval(w.YMin, w.YMax, n.my, n.l22)), 1)
	}
	given := func(z float64) float64 {
		return portable.Exp(-z*z/2) / math.Sqrt(2*math.Pi) * OutsideInterval(w.YMin, w.YMax, n.my+n.l21*z, n.l22)
	}
	ends, sum := n.panels(w), 0.0
	for k := range max(len(ends)-1, 0) {
		sum += rule.integral(given, ends[k], ends[k+1])
	}
	return min(sides+sum, 1)
}

const (
	// normalReach is where the standard normal density is cut: the mass beyond is 1e-23.
	normalReach = 10
	// stepReach is where the normal distribution function is constant to rounding.
	stepReach = 9
)

// panels returns the ends of the panels in z that cover the x of the window: the whole
// numbers, and closer ones where y crosses the edges at y = e, about z = (e − μᵧ)/L₂₁ with
// the width L₂₂/|L₂₁|.
func (n *Normal) panels(w Window) []float64 {
	from, to := max((w.XMin-n.mx)/n.l11, -normalReach), min((w.XMax-n.mx)/n.l11, normalReach)
	if !(from < to) {
		return nil
	}
	ends := []float64{from, to}
	add := func(z float64) {
		if z > from && z < to {
			ends = append(ends, z)
		}
	}
	for z := -normalReach; z <= normalReach; z++ {
		add(float64(z))
	}
	if width := n.l22 / math.Abs(n.l21); width < 1 {
		for _, edge := range [2]float64{w.YMin, w.YMax} {
			for k := -stepReach; k <= stepReach; k++ {
				add((edge-n.my)/n.l21 + float64(k)*width)
			}
		}
	}
	slices.Sort(ends)
	return ends
}

// panelRule is a Gauss–Legendre rule on −1 ≤ t ≤ 1.
type panelRule struct{ t, weight []float64 }

// panelNodes integrate a normal density or distribution function over one standard
// deviation to rounding.
const panelNodes = 16

func newPanelRule() panelRule {
	r := panelRule{make([]float64, panelNodes), make([]float64, panelNodes)}
	quad.Legendre{}.FixedLocations(r.t, r.weight, -1, 1)
	return r
}

// integral is ∫ f over a panel.
func (r panelRule) integral(f func(float64) float64, from, to float64) (sum float64) {
	centre, half := (from+to)/2, (to-from)/2
	for k, t := range r.t {
		sum += r.weight[k] * f(centre+half*t)
	}
	return sum * half
}
