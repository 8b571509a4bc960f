package scenarios

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"

	"undercurrent/internal/portable"
)

// Component is one Gaussian of a mixture. Weights need not sum to one.
type Component struct {
	Mean   Point
	Cov    Cov
	Weight float64
}

// Mixture is a normalised mixture of Gaussians with full covariances,
//
//	p(x) = Σₖ wₖ N(x; μₖ, Σₖ),  Σₖ wₖ = 1,
//
// so its log Z is zero. It is a Target and its own exact Sampler.
type Mixture struct {
	components []Component
	parts      []Normal  // distinct components of positive weight, with ln wₖ added to the peak
	cumulative []float64 // cumulative sums of the weights of parts
}

var (
	_ Target  = (*Mixture)(nil)
	_ Sampler = (*Mixture)(nil)
)

// normalisedWithin bounds the deviation from one, by rounding, of the sum of thousands of
// normalised weights.
const normalisedWithin = 1e-12

// NewMixture returns the mixture of at least one component with finite means, positive
// definite covariances, and weights that are not negative and not all zero. Its errors
// count components from 1.
func NewMixture(components []Component) (*Mixture, error) {
	total, err := checkComponents(components)
	if err != nil {
		return nil, err
	}
	if math.Abs(total-1) <= normalisedWithin {
		total = 1 // weights that are normalised already keep their bits
	}
	m := &Mixture{components: slices.Clone(components)}
	for k := range m.components {
		m.components[k].Weight /= total
	}
	sum := 0.0
	for _, c := range merged(m.components) {
		part := NewNormal(c.Mean, c.Cov)
		part.peak += math.Log(c.Weight)
		sum += c.Weight
		m.parts = append(m.parts, part)
		m.cumulative = append(m.cumulative, sum)
	}
	m.cumulative[len(m.cumulative)-1] = 1
	return m, nil
}

// merged returns the components of positive weight, with equal ones merged, so that a
// thousand of them cost as much as one.
func merged(components []Component) (list []Component) {
	known := map[Component]int{}
	for _, c := range components {
		shape := Component{Mean: c.Mean, Cov: c.Cov}
		k, again := known[shape]
		switch {
		case c.Weight == 0:
		case again:
			list[k].Weight += c.Weight
		default:
			known[shape] = len(list)
			list = append(list, c)
		}
	}
	return list
}

func checkComponents(components []Component) (total float64, err error) {
	if len(components) == 0 {
		return 0, errors.New("a mixture has no components, expected at least one")
	}
	for k, c := range components {
		if err := c.Check(); err != nil {
			return 0, fmt.Errorf("component %d of %d: %w", k+1, len(components), err)
		}
		total += c.Weight
	}
	if !(total > 0) || !IsFinite(total) {
		return 0, fmt.Errorf("the weights of %d components sum to %g, expected a positive number", len(components), total)
	}
	return total, nil
}

// Check rejects a component whose mean, weight or covariance is invalid. A weight of 0 is
// valid.
func (c Component) Check() error {
	switch {
	case !IsFinite(c.Mean.X) || !IsFinite(c.Mean.Y):
		return fmt.Errorf("mean (%g, %g) is not finite, expected numbers", c.Mean.X, c.Mean.Y)
	case !IsFinite(c.Weight):
		return fmt.Errorf("weight %g is not finite, expected a number", c.Weight)
	case c.Weight < 0:
		return fmt.Errorf("weight %g is negative, expected 0 or more", c.Weight)
	}
	return c.Cov.check()
}

// Isotropic returns the mixture of N(meansₖ, sigma² I). The length of weights is that of
// means; nil weights are equal ones.
func Isotropic(means []Point, sigma float64, weights []float64) (*Mixture, error) {
	if !(sigma > 0) || !IsFinite(sigma) {
		return nil, fmt.Errorf("standard deviation is %g, expected a positive number", sigma)
	}
	if weights != nil && len(weights) != len(means) {
		return nil, fmt.Errorf("%d weights do not fit %d means", len(weights), len(means))
	}
	components := make([]Component, len(means))
	for k, mean := range means {
		components[k] = Component{Mean: mean, Cov: Cov{XX: sigma * sigma, YY: sigma * sigma}, Weight: 1}
		if weights != nil {
			components[k].Weight = weights[k]
		}
	}
	return NewMixture(components)
}

// Components returns a copy of the components, with weights that sum to one.
func (m *Mixture) Components() []Component { return slices.Clone(m.components) }

// negligible is the log-ratio below which a term of a sum does not change its last bit, nor
// do some thousand such terms: e⁻⁴⁵ = 3e-20.
const negligible = -45

// LogDensity is the normalised log-density.
func (m *Mixture) LogDensity(x, y float64) float64 { return logSum(m.parts, x, y) }

// logSum is the logarithm of a sum of normals. One pass keeps the largest exponent so far
// and the sum relative to it, so nothing underflows or overflows and most components cost no
// exponential.
func logSum(parts []Normal, x, y float64) float64 {
	top, sum := parts[0].LogDensity(x, y), 1.0
	for k := 1; k < len(parts); k++ {
		// The difference is NaN where both are −Inf: then neither case holds.
		e := parts[k].LogDensity(x, y)
		if d := e - top; d > 0 {
			sum, top = 1+rescale(sum, -d), e
		} else if d > negligible {
			sum += portable.Exp(d)
		}
	}
	return top + math.Log(sum)
}

func rescale(v, d float64) float64 {
	if d < negligible {
		return 0
	}
	return v * portable.Exp(d)
}

// Score is Σₖ ρₖ(x) ∇log N(x; μₖ, Σₖ) with responsibilities ρₖ. They are
// computed relative to the largest one: far from all modes the score is that of the
// dominating component instead of 0/0.
func (m *Mixture) Score(x, y float64) (gx, gy float64) {
	top, sum := m.parts[0].LogDensity(x, y), 1.0
	gx, gy = m.parts[0].Score(x, y)
	for k := 1; k < len(m.parts); k++ {
		part := &m.parts[k]
		z1, z2 := part.Whiten(x, y)
		e := part.peak - 0.5*(z1*z1+z2*z2)
		if d := e - top; d > 0 {
			sx, sy := part.unwhiten(z1, z2)
			s := rescale(1, -d)
			sum, gx, gy, top = 1+s*sum, sx+s*gx, sy+s*gy, e
		} else if d > negligible {
			sx, sy := part.unwhiten(z1, z2)
			s := portable.Exp(d)
			sum, gx, gy = sum+s, gx+s*sx, gy+s*sy
		}
	}
	return gx / sum, gy / sum
}

// Sample chooses a component by its weight, then draws from it.
func (m *Mixture) Sample(dst []Point, rng *rand.Rand) {
	for i := range dst {
		k := sort.SearchFloat64s(m.cumulative, rng.Float64())
		dst[i] = m.parts[k].Draw(rng)
	}
}

// Truth returns the means of the components as modes, their weights as masses, and m as
// sampler.
func (m *Mixture) Truth() Truth {
	truth := Truth{Sampler: m}
	for _, c := range m.Components() {
		truth.Modes = append(truth.Modes, c.Mean)
		truth.ModeMasses = append(truth.ModeMasses, c.Weight)
	}
	return truth
}

// Around returns the smallest rectangle that contains every mean ± deviations times the
// standard deviations of its component.
func (m *Mixture) Around(deviations float64) Window {
	w := Window{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
	for _, c := range m.components {
		sx, sy := deviations*math.Sqrt(c.Cov.XX), deviations*math.Sqrt(c.Cov.YY)
		w.XMin, w.XMax = min(w.XMin, c.Mean.X-sx), max(w.XMax, c.Mean.X+sx)
		w.YMin, w.YMax = min(w.YMin, c.Mean.Y-sy), max(w.YMax, c.Mean.Y+sy)
	}
	return w
}
