package file

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/goccy/go-yaml"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/data"
	"undercurrent/scenarios/formula"
)

// Encode writes a scenario as Decode reads it, to the bit: its target must be a mixture,
// a formula, one of the catalogue or data of a file, which is named as it was found.
func Encode(s scenarios.Scenario) ([]byte, error) {
	d := document{Version: Version, ID: s.ID, Name: s.Name, Story: s.Story, Source: s.Source, Notes: s.Notes, Divergence: s.Divergence,
		Window: []float64{s.Window.XMin, s.Window.XMax, s.Window.YMin, s.Window.YMax}, Particles: unlessZero(s.Particles), Bandwidth: unlessZero(s.Bandwidth)}
	var err error
	if d.Target, err = targetDocument(s); err != nil {
		return nil, err
	}
	if g, ok := s.Target.(*data.Gridded); ok && g.Placed {
		d.Window = nil
	}
	if d.Start, err = startDocument(s.Start.Sampler); err != nil {
		return nil, err
	}
	if d.Regions, err = regionDocuments(s.Regions); err != nil {
		return nil, err
	}
	return yaml.MarshalWithOptions(d, yaml.IndentSequence(true), yaml.CustomMarshaler(encodeText))
}

// unlessZero is a value that is left out where there is none.
func unlessZero[T int | float64](v T) *T {
	if v == 0 {
		return nil
	}
	return &v
}

func targetDocument(s scenarios.Scenario) (target, error) {
	switch t := s.Target.(type) {
	case *scenarios.Mixture:
		return target{Mixture: componentDocuments(t)}, nil
	case *formula.Target:
		if t.Log {
			return target{LogDensity: &t.Text}, nil
		}
		return target{Density: &t.Text}, nil
	case *data.Gridded:
		return gridDocument(t), nil
	case *data.Sampled:
		return sampledDocument(t), nil
	}
	for _, c := range catalogue.All() {
		if reflect.DeepEqual(c.Target, s.Target) {
			return target{Catalogue: &c.ID}, nil
		}
	}
	return target{}, fmt.Errorf("the target of %s cannot be written, expected a mixture, a formula, data of a file or one of the catalogue", s.ID)
}

func componentDocuments(m *scenarios.Mixture) (list []component) {
	for _, c := range m.Components() {
		one := component{Mean: []float64{c.Mean.X, c.Mean.Y}, Weight: &c.Weight}
		one.Covariance = [][]float64{{c.Cov.XX, c.Cov.XY}, {c.Cov.XY, c.Cov.YY}}
		list = append(list, one)
	}
	return slices.Clip(list)
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
		return &start{Samples: &c.Name}, nil
	}
	return nil, fmt.Errorf("a start of %T cannot be written, expected a Gaussian, a box, a ring, a mixture or points of a file", sampler)
}
