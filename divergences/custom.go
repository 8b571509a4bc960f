package divergences

import (
	"fmt"
	"math"

	"undercurrent/internal/portable"
)

const (
	customRange = ClipLogR // the range |ln r| of the table

	// Bounds on a custom weight that keep f, which may exceed w by a factor of 1e12, and squares of
	// velocities in the range of numbers.
	minCustomWeight = 1e-100
	maxCustomWeight = 1e+100

	// powerTolerance bounds the variation of the elasticity of a pure power over the
	// table; rounding gives about 1e-12.
	powerTolerance = 1e-9
)

// Custom is the divergence with a given weight w(r). With ℓ = ln r,
//
//	Φ(ℓ) = ∫₀^ℓ w dℓ,   f′ = ∫₀^ℓ w e^−ℓ dℓ,   f = r f′ − Φ,
//
// so f(1) = f′(1) = Φ(1) = 0; another member with the same weight differs by a
// linear term c(r − 1) in f and a constant in Φ. w, Φ and f are tabulated for r
// from 1e-6 to 1e6 and interpolated; r is clamped to that range. For a weight whose
// logarithm is smooth in ln r the relative error is below 1e-6.
//
// Any positive w defines an f-divergence, by f″ = w/r²: Csiszár
// (1967), Information-type measures of difference of probability
// distributions, Studia Scientiarum Mathematicarum Hungarica 2, 299–318.
type Custom struct {
	text   string
	source func(r float64) float64
	nodes  []WeightNode // of a tabulated weight, nil for a formula
	// All three are smooth and positive, also at r = 1.
	weight    logTable // w
	potential logTable // Φ/ℓ
	f         logTable // f/ℓ²
}

var _ Divergence = (*Custom)(nil)

// NewCustom returns the divergence with the given weight; text is its formula. It
// evaluates weight at thousands of values of r from 1e-6 to 1e6, and again for another
// normalizing constant. Each value must lie in [1e-100, 1e100]; otherwise the error names
// the failing r nearest to 1.
func NewCustom(text string, weight func(r float64) float64) (*Custom, error) {
	return newCustom(text, weight, 1)
}

// newCustom returns the divergence with the weight source(r/factor).
func newCustom(text string, source func(r float64) float64, factor float64) (*Custom, error) {
	weight := source
	if factor != 1 {
		weight = func(r float64) float64 { return source(r / factor) }
	}
	if logR, ok := firstBadWeight(weight); !ok {
		return nil, weightError(text, portable.Exp(logR)/factor, weight(portable.Exp(logR)), factor)
	}
	c := &Custom{text: text, source: source}
	w1 := weight(1)
	for i := range c.weight.values {
		c.weight.values[i] = math.Log(weight(portable.Exp(nodeLogR(i))))
	}
	c.potential.values[centre] = math.Log(w1)
	c.f.values[centre] = math.Log(w1 / 2)
	c.integrate(weight, 1)
	c.integrate(weight, -1)
	c.weight.setSlopes()
	c.potential.setSlopes()
	c.f.setSlopes()
	return c, nil
}

// integrate fills Φ/ℓ and f/ℓ² from r = 1 towards larger (sign 1) or smaller (sign −1) r.
// Every increment of f and |Φ| is positive, so nothing cancels.
func (c *Custom) integrate(weight func(r float64) float64, sign int) {
	var potential, slope, f float64 // |Φ|, |f′| and f at the node
	for step := range centre {
		from, to := nodeLogR(centre+sign*step), nodeLogR(centre+sign*(step+1))
		cell := integrateCell(weight, from, to)
		f += slope*math.Abs(portable.Exp(to)-portable.Exp(from)) + cell.remainder
		potential += cell.potential
		slope += cell.slope

		i := centre + sign*(step+1)
		c.potential.values[i] = math.Log(potential / math.Abs(to))
		c.f.values[i] = math.Log(f / (to * to))
	}
}

// cellIntegrals are integrals over one cell of the table, all positive.
type cellIntegrals struct {
	potential float64 // ∫ w dℓ
	slope     float64 // ∫ w e^−ℓ dℓ
	remainder float64 // ∫ |r_to/r − 1| w dℓ, the Taylor remainder at to of f linearised at from
}

// integrateCell uses the three-point Gauss–Legendre rule.
func integrateCell(weight func(r float64) float64, from, to float64) cellIntegrals {
	var sum cellIntegrals
	for k := range gaussPoints {
		logR, length := gaussPoint(k, from, to)
		w := length * weight(portable.Exp(logR))
		sum.potential += w
		sum.slope += w * portable.Exp(-logR)
		sum.remainder += w * math.Abs(math.Expm1(to-logR))
	}
	return sum
}

const gaussPoints = 3

// gaussPoint returns the k-th node of the rule on [from, to], and its quadrature weight,
// a length.
func gaussPoint(k int, from, to float64) (logR, length float64) {
	half := (to - from) / 2
	node := [gaussPoints]float64{-math.Sqrt(0.6), 0, math.Sqrt(0.6)}
	weight := [gaussPoints]float64{5. / 9, 8. / 9, 5. / 9}
	return (from+to)/2 + half*node[k], math.Abs(half) * weight[k]
}

// firstBadWeight visits every node of the table and of its quadrature, from r = 1
// outwards, and returns the first where the weight is out of bounds.
func firstBadWeight(weight func(r float64) float64) (logR float64, ok bool) {
	if !goodWeight(weight, 0) {
		return 0, false
	}
	for step := range centre {
		for _, sign := range []int{1, -1} {
			from, to := nodeLogR(centre+sign*step), nodeLogR(centre+sign*(step+1))
			for k := range gaussPoints {
				if logR, _ := gaussPoint(k, from, to); !goodWeight(weight, logR) {
					return logR, false
				}
			}
			if !goodWeight(weight, to) {
				return to, false
			}
		}
	}
	return 0, true
}

func goodWeight(weight func(r float64) float64, logR float64) bool {
	w := weight(portable.Exp(logR))
	return minCustomWeight <= w && w <= maxCustomWeight
}

func weightError(text string, r, w, factor float64) error {
	expected := "a positive finite number"
	if w > 0 && !math.IsInf(w, 1) {
		expected = fmt.Sprintf("a number from %g to %g", minCustomWeight, maxCustomWeight)
	}
	from, to := "1e-6", "1e6"
	if factor != 1 {
		from, to = fmt.Sprintf("1e-6/%g", factor), fmt.Sprintf("1e6/%g", factor)
	}
	return fmt.Errorf("the weight %q is %.4g at r = %.4g, expected %s for every r from %s to %s", text, w, r, expected, from, to)
}

// Info describes the member.
func (c *Custom) Info() Info {
	id, character := CustomID, "goes first where the weight you wrote is largest"
	if c.nodes != nil {
		id, character = TableID, "goes first where the weight of the table is largest"
	}
	return Info{
		ID:            id,
		Name:          id,
		Definition:    "∫ q f(p/q), f″ = w/r²",
		Formula:       "∬ w(r)/r² dr dr",
		WeightFormula: c.text,
		Character:     character,
		NeedsZ:        !c.isPower(),
		Citation:      "Csiszár 1967",
	}
}

// isPower reports whether w is a multiple of a power of r.
func (c *Custom) isPower() bool {
	for _, e := range c.weight.slopes {
		if math.Abs(e-c.weight.slopes[centre]) > powerTolerance {
			return false
		}
	}
	return true
}

// F is f(r), with f(1) = f′(1) = 0.
func (c *Custom) F(logR float64) float64 {
	logR = clampLogR(logR)
	return logR * logR * portable.Exp(c.f.value(logR))
}

// Potential is Φ(r), with Φ(1) = 0.
func (c *Custom) Potential(logR float64) float64 {
	logR = clampLogR(logR)
	return logR * portable.Exp(c.potential.value(logR))
}

// Weight is w(r).
func (c *Custom) Weight(logR float64) float64 {
	return portable.Exp(c.weight.value(clampLogR(logR)))
}

// Elasticity is the derivative of the tabulated ln w.
func (c *Custom) Elasticity(logR float64) float64 {
	return c.weight.slopeAt(clampLogR(logR))
}

func clampLogR(logR float64) float64 {
	return math.Max(-customRange, math.Min(customRange, logR))
}
