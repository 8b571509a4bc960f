package file

import (
	"fmt"
	"math"

	"undercurrent/scenarios"
)

// component is a Gaussian by covariance, or by sigma, or by the scales of its axes and
// the degrees that the first of them is turned by, counter-clockwise from x.
type component struct {
	Mean       []float64   `yaml:"mean,flow" expected:"two numbers [x, y]"`
	Covariance [][]float64 `yaml:"covariance,flow,omitempty" expected:"a symmetric [[xx, xy], [xy, yy]]"`
	Sigma      *float64    `yaml:"sigma,omitempty"`
	Scales     []float64   `yaml:"scales,flow,omitempty" expected:"two positive numbers [a, b]"`
	Degrees    *float64    `yaml:"degrees,omitempty"`
	Weight     *float64    `yaml:"weight,omitempty"`
}

// mixtureOf is the mixture of a list of components.
func mixtureOf(path string, list []component) (*scenarios.Mixture, error) {
	if len(list) > scenarios.MaxComponents {
		return nil, wrong(path, "%d components, expected at most %d", len(list), scenarios.MaxComponents)
	}
	components := make([]scenarios.Component, len(list))
	for k, c := range list {
		at := fmt.Sprintf("%s[%d]", path, k)
		var err error
		if components[k], err = c.component(at); err != nil {
			return nil, err
		}
		if err := components[k].Check(); err != nil {
			return nil, wrong(at, "%v", err)
		}
	}
	m, err := scenarios.NewMixture(components)
	if err != nil {
		return nil, wrong(path, "%v", err)
	}
	return m, nil
}

// component is a Gaussian by whichever way it is written.
func (c component) component(path string) (scenarios.Component, error) {
	mean, err := place(path+".mean", c.Mean)
	if err != nil {
		return scenarios.Component{}, err
	}
	out := scenarios.Component{Mean: mean, Weight: 1}
	if c.Weight != nil {
		out.Weight = *c.Weight
	}
	if c.Degrees != nil && c.Scales == nil {
		return out, wrong(path+".degrees", "degrees without scales, expected scales: [a, b] beside")
	}
	if ways := count(c.Covariance != nil, c.Sigma != nil, c.Scales != nil); ways != 1 {
		return out, wrong(path, "%d of covariance, sigma and scales, expected one", ways)
	}
	out.Cov, err = c.covariance(path)
	return out, err
}

// covariance is that by the one of its fields that is given.
func (c component) covariance(path string) (scenarios.Cov, error) {
	switch {
	case c.Covariance != nil:
		return covariance(path+".covariance", c.Covariance)
	case c.Sigma != nil:
		err := deviation(path+".sigma", *c.Sigma)
		return scenarios.Cov{XX: *c.Sigma * *c.Sigma, YY: *c.Sigma * *c.Sigma}, err
	}
	scales, err := point(path+".scales", c.Scales)
	if err == nil {
		err = deviation(path+".scales[0]", scales.X)
	}
	if err == nil {
		err = deviation(path+".scales[1]", scales.Y)
	}
	if err != nil || c.Degrees == nil {
		return scenarios.Ellipse(scales.X, scales.Y, 0), err
	}
	if !scenarios.IsFinite(*c.Degrees) {
		return scenarios.Cov{}, wrong(path+".degrees", "degrees are %g, expected a number", *c.Degrees)
	}
	return scenarios.Ellipse(scales.X, scales.Y, *c.Degrees), nil
}

// minLength bounds standard deviations: determinants of smaller ones vanish.
const minLength = 1e-75

// deviation refuses what is no standard deviation.
func deviation(path string, sigma float64) error {
	switch {
	case !(sigma > 0) || !scenarios.IsFinite(sigma):
		return wrong(path, "standard deviation is %g, expected a positive number", sigma)
	case sigma < minLength || sigma > scenarios.MaxLength:
		return wrong(path, "standard deviation is %g, expected %g to %g", sigma, minLength, scenarios.MaxLength)
	}
	return nil
}

// place reads a point [x, y] of a target or a start.
func place(path string, list []float64) (scenarios.Point, error) {
	p, err := point(path, list)
	if err == nil && (math.Abs(p.X) > scenarios.MaxLength || math.Abs(p.Y) > scenarios.MaxLength) {
		err = wrong(path, "%v, expected coordinates up to %g", list, scenarios.MaxLength)
	}
	return p, err
}

// covariance reads [[xx, xy], [xy, yy]].
func covariance(path string, rows [][]float64) (scenarios.Cov, error) {
	if len(rows) != 2 || len(rows[0]) != 2 || len(rows[1]) != 2 || rows[0][1] != rows[1][0] {
		return scenarios.Cov{}, wrong(path, "covariance is %v, expected a symmetric [[xx, xy], [xy, yy]]", rows)
	}
	return scenarios.Cov{XX: rows[0][0], XY: rows[0][1], YY: rows[1][1]}, nil
}

// minShare is how much of a mixture its window must hold at least; less is for the most
// part a window that was meant for another.
const minShare = 1e-12

// checkShown refuses a window that shows nothing of a mixture.
func checkShown(m *scenarios.Mixture, w scenarios.Window) error {
	if share := m.MassBound(w); share < minShare {
		return wrong("$.window", "less than %g of the mixture is in the window, expected a part that can be seen", minShare)
	}
	return nil
}
