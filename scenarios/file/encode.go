package file

import (
	"fmt"

	"github.com/goccy/go-yaml"

	"undercurrent/scenarios"
)

// Encode writes a scenario in the format of Decode; numbers keep all their bits. The target
// must be a mixture or have an Origin. Data files are named by their paths.
func Encode(s scenarios.Scenario) ([]byte, error) {
	d := document{
		Version: Version, ID: s.ID, Name: s.Name, Story: s.Story, Source: s.Source, Notes: s.Notes, Divergence: s.Divergence,
		Target: target{Origin: s.Origin}, Particles: s.Particles, Bandwidth: s.Bandwidth,
	}
	switch m, mixture := s.Target.(*scenarios.Mixture); {
	case mixture:
		d.Target = target{Mixture: componentDocuments(m)}
	case s.Origin.Source == "":
		return nil, fmt.Errorf("the target of %s cannot be written, expected a mixture, a formula, data of a file or one of the catalogue", s.ID)
	}
	if !s.Origin.HasWindow {
		d.Window = []float64{s.Window.XMin, s.Window.XMax, s.Window.YMin, s.Window.YMax}
	}
	var err error
	if d.Start, err = startDocument(s.Start.Sampler); err != nil {
		return nil, err
	}
	if d.Regions, err = newRegions(s); err != nil {
		return nil, err
	}
	return yaml.MarshalWithOptions(d, yaml.IndentSequence(true), yaml.CustomMarshaler(encodeText))
}
