package file

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
)

// start is the initial cloud, by exactly one of its fields.
type start struct {
	Gaussian *gaussianStart `json:"gaussian,omitempty"`
	Uniform  []float64      `json:"uniform,omitempty" yaml:"uniform,flow,omitempty"`
	Ring     *ringStart     `json:"ring,omitempty"`
	Mixture  []component    `json:"mixture,omitempty"`
	Samples  string         `json:"samples,omitempty"` // a file of points
	// Columns, Weights and Axes select them.
	Columns string `json:"columns,omitempty"`
	Weights string `json:"weights,omitempty"`
	Axes    string `json:"axes,omitempty"`
}

type gaussianStart struct {
	Mean  []float64 `json:"mean" yaml:"mean,flow"`
	Sigma float64   `json:"sigma"`
}

type ringStart struct {
	Centre []float64 `json:"centre" yaml:"centre,flow"`
	Radius float64   `json:"radius"`
	Sigma  float64   `json:"sigma,omitempty"`
}

// fill sets the initial cloud; one from a file sets the number of particles too, unless it is
// given.
func (d *start) fill(s *scenarios.Scenario, files data.Files) (err error) {
	where := location{"start"}
	switch {
	case d.Gaussian != nil:
		mean := point(d.Gaussian.Mean)
		s.Start = scenarios.NewGaussianStart(mean.X, mean.Y, d.Gaussian.Sigma)
	case d.Uniform != nil:
		w, err := rectangle(where.field("uniform"), d.Uniform)
		s.Start = scenarios.NewBoxStart(w)
		return err
	case d.Ring != nil:
		s.Start = scenarios.NewRingStart(scenarios.Ring{Centre: point(d.Ring.Centre), Radius: d.Ring.Radius, Sigma: d.Ring.Sigma})
	case d.Mixture != nil:
		m, err := mixtureOf(where.field("mixture"), d.Mixture)
		s.Start = scenarios.Start{Sampler: m, Text: fmt.Sprintf("mixture of %d", len(d.Mixture))}
		return err
	default:
		return d.fillFromFile(where.field("samples"), s, files)
	}
	return nil
}

// fillFromFile sets an initial cloud of points.
func (d *start) fillFromFile(where location, s *scenarios.Scenario, files data.Files) error {
	if files == nil {
		return wrong(where, "a file, expected a start that needs no file")
	}
	n, err := data.StartFrom(s, d.Samples, scenarios.Selection{Columns: d.Columns, Weights: d.Weights, Axes: d.Axes}, files)
	if err != nil {
		return wrong(where, "%w", err)
	}
	if s.Particles == 0 {
		s.Particles = n
	}
	return nil
}

func startDocument(sampler scenarios.Sampler) (*start, error) {
	switch c := sampler.(type) {
	case scenarios.Gaussian:
		return &start{Gaussian: &gaussianStart{[]float64{c.Mean.X, c.Mean.Y}, c.Sigma}}, nil
	case scenarios.Box:
		return &start{Uniform: []float64{c.XMin, c.XMax, c.YMin, c.YMax}}, nil
	case scenarios.Ring:
		return &start{Ring: &ringStart{[]float64{c.Centre.X, c.Centre.Y}, c.Radius, c.Sigma}}, nil
	case *scenarios.Mixture:
		return &start{Mixture: componentDocuments(c)}, nil
	case *scenarios.FixedPoints:
		return &start{Samples: c.Name, Columns: c.Selection.Columns, Weights: c.Selection.Weights, Axes: c.Selection.Axes}, nil
	}
	return nil, fmt.Errorf("a start of %T cannot be written, expected a Gaussian, a box, a ring, a mixture or points of a file", sampler)
}
