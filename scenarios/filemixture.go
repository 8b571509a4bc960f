package scenarios

import (
	"fmt"
	"math"
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
func mixtureOf(path string, list []component) (*Mixture, error) {
	if len(list) > MostComponents {
		return nil, wrong(path, "%d components, expected at most %d", len(list), MostComponents)
	}
	components := make([]Component, len(list))
	for k, c := range list {
		at := fmt.Sprintf("%s[%d]", path, k)
		var err error
		if components[k], err = c.component(at); err != nil {
			return nil, err
		}
		if err := components[k].check(); err != nil {
			return nil, wrong(at, "%v", err)
		}
	}
	m, err := NewMixture(components)
	if err != nil {
		return nil, wrong(path, "%v", err)
	}
	return m, nil
}

// component is a Gaussian by whichever way it is written.
func (c component) component(path string) (Component, error) {
	mean, err := place(path+".mean", c.Mean)
	if err != nil {
		return Component{}, err
	}
	out := Component{Mean: mean, Weight: 1}
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
func (c component) covariance(path string) (Cov, error) {
	switch {
	case c.Covariance != nil:
		return covariance(path+".covariance", c.Covariance)
	case c.Sigma != nil:
		err := deviation(path+".sigma", *c.Sigma)
		return Cov{XX: *c.Sigma * *c.Sigma, YY: *c.Sigma * *c.Sigma}, err
	}
	scales, err := point(path+".scales", c.Scales)
	if err == nil {
		err = deviation(path+".scales[0]", scales.X)
	}
	if err == nil {
		err = deviation(path+".scales[1]", scales.Y)
	}
	if err != nil || c.Degrees == nil {
		return turned(scales.X, scales.Y, 0), err
	}
	if !finite(*c.Degrees) {
		return Cov{}, wrong(path+".degrees", "degrees are %g, expected a number", *c.Degrees)
	}
	return turned(scales.X, scales.Y, *c.Degrees), nil
}

const (
	// leastLength bounds standard deviations: determinants of smaller ones vanish.
	leastLength = 1e-75
	// mostLength bounds lengths and coordinates of what is shown: the area of a window far
	// beyond is more than a float32 holds, which flows have densities in.
	mostLength = 1e15
)

// deviation refuses what is no standard deviation.
func deviation(path string, sigma float64) error {
	switch {
	case !(sigma > 0) || !finite(sigma):
		return wrong(path, "standard deviation is %g, expected a positive number", sigma)
	case sigma < leastLength || sigma > mostLength:
		return wrong(path, "standard deviation is %g, expected %g to %g", sigma, leastLength, mostLength)
	}
	return nil
}

// place reads a point [x, y] of a target or a start.
func place(path string, list []float64) (Point, error) {
	p, err := point(path, list)
	if err == nil && (math.Abs(p.X) > mostLength || math.Abs(p.Y) > mostLength) {
		err = wrong(path, "%v, expected coordinates up to %g", list, mostLength)
	}
	return p, err
}

// turned is the covariance of an ellipse whose first axis is turned by so many degrees
// from x.
func turned(a, b, degrees float64) Cov {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	a, b = a*a, b*b
	return Cov{XX: a*cos*cos + b*sin*sin, XY: (a - b) * sin * cos, YY: a*sin*sin + b*cos*cos}
}

// covariance reads [[xx, xy], [xy, yy]].
func covariance(path string, rows [][]float64) (Cov, error) {
	if len(rows) != 2 || len(rows[0]) != 2 || len(rows[1]) != 2 || rows[0][1] != rows[1][0] {
		return Cov{}, wrong(path, "covariance is %v, expected a symmetric [[xx, xy], [xy, yy]]", rows)
	}
	return Cov{XX: rows[0][0], XY: rows[0][1], YY: rows[1][1]}, nil
}

// around is the rectangle of so many standard deviations around every mode.
func (m *Mixture) around(deviations float64) Window {
	w := Window{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
	for _, c := range m.components {
		sx, sy := deviations*math.Sqrt(c.Cov.XX), deviations*math.Sqrt(c.Cov.YY)
		w.XMin, w.XMax = min(w.XMin, c.Mean.X-sx), max(w.XMax, c.Mean.X+sx)
		w.YMin, w.YMax = min(w.YMin, c.Mean.Y-sy), max(w.YMax, c.Mean.Y+sy)
	}
	return w
}

// leastShare is how much of a mixture its window must hold at least; less is for the most
// part a window that was meant for another.
const leastShare = 1e-12

// checkFor refuses a window that shows nothing of a mixture.
func (w Window) checkFor(m *Mixture) error {
	if share := m.mostIn(w); share < leastShare {
		return wrong("$.window", "less than %g of the mixture is in the window, expected a part that can be seen", leastShare)
	}
	return nil
}

// check refuses a window that is too far out or too large to compute in, and one whose
// nodes would fall together.
func (w Window) check() error {
	switch across := max(math.Abs(w.XMin), math.Abs(w.XMax), math.Abs(w.YMin), math.Abs(w.YMax)); {
	case !(across <= mostLength):
		return wrong("$.window", "the window is [%g, %g, %g, %g], expected coordinates up to %g", w.XMin, w.XMax, w.YMin, w.YMax, mostLength)
	case !(w.shorter() > leastSpan*across):
		return wrong("$.window", "the window is [%g, %g, %g, %g], expected it wider and higher than %g times its coordinates", w.XMin, w.XMax, w.YMin, w.YMax, leastSpan)
	}
	return nil
}

// mostIn is not below the mass in a window: of each component the smaller of the masses
// between its sides and between its top and bottom.
func (m *Mixture) mostIn(w Window) (share float64) {
	between := func(from, to, mean, variance float64) float64 {
		scale := math.Sqrt(2 * variance)
		return (math.Erf((to-mean)/scale) - math.Erf((from-mean)/scale)) / 2
	}
	for _, c := range m.components {
		share += c.Weight * min(between(w.XMin, w.XMax, c.Mean.X, c.Cov.XX), between(w.YMin, w.YMax, c.Mean.Y, c.Cov.YY))
	}
	return share
}
