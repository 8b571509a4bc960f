package file

import (
	"slices"

	"undercurrent/scenarios"
)

// component is a Gaussian given by its covariance, by sigma, or by the standard deviations
// along its principal axes and the angle of the first one, counter-clockwise from x.
type component struct {
	Mean       []float64   `json:"mean" yaml:"mean,flow"`
	Covariance [][]float64 `json:"covariance,omitempty" yaml:"covariance,flow,omitempty"`
	Sigma      float64     `json:"sigma,omitempty"`
	Scales     []float64   `json:"scales,omitempty" yaml:"scales,flow,omitempty"`
	Degrees    float64     `json:"degrees,omitempty"`
	Weight     *float64    `json:"weight,omitempty"`
}

// mixtureOf returns the mixture of a list of components.
func mixtureOf(where location, list []component) (*scenarios.Mixture, error) {
	components := make([]scenarios.Component, len(list))
	for k, c := range list {
		components[k] = scenarios.Component{Mean: point(c.Mean), Weight: 1}
		if c.Weight != nil {
			components[k].Weight = *c.Weight
		}
		var err error
		if components[k].Cov, err = c.covariance(where.entry(k)); err != nil {
			return nil, err
		}
		if err := components[k].Check(); err != nil {
			return nil, wrong(where.entry(k), "%w", err)
		}
	}
	m, err := scenarios.NewMixture(components)
	if err != nil {
		return nil, wrong(where, "%w", err)
	}
	return m, nil
}

// covariance returns the covariance from the one of its fields that is given.
func (c component) covariance(where location) (scenarios.Cov, error) {
	switch m := c.Covariance; {
	case m != nil && m[0][1] != m[1][0]:
		return scenarios.Cov{}, wrong(where.field("covariance"), "%v, expected a symmetric [[xx, xy], [xy, yy]]", m)
	case m != nil:
		return scenarios.Cov{XX: m[0][0], XY: m[0][1], YY: m[1][1]}, nil
	case c.Scales != nil:
		return scenarios.Ellipse(c.Scales[0], c.Scales[1], c.Degrees), nil
	}
	return scenarios.Cov{XX: c.Sigma * c.Sigma, YY: c.Sigma * c.Sigma}, nil
}

func componentDocuments(m *scenarios.Mixture) (list []component) {
	for _, c := range m.Components() {
		one := component{Mean: []float64{c.Mean.X, c.Mean.Y}, Weight: &c.Weight}
		one.Covariance = [][]float64{{c.Cov.XX, c.Cov.XY}, {c.Cov.XY, c.Cov.YY}}
		list = append(list, one)
	}
	return slices.Clip(list)
}
