package file

import (
	"encoding/json"

	"github.com/goccy/go-yaml"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/data"
)

// target is a mixture or an origin: the catalogue, or one of the sources of package data.
type target struct {
	Mixture []component
	Origin  scenarios.Origin
}

// UnmarshalJSON reads a target that passes the schema.
func (t *target) UnmarshalJSON(text []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return err
	}
	for name, value := range fields {
		var err error
		switch name {
		case "mixture":
			err = strictly(value, &t.Mixture)
		case "kernel":
			err = json.Unmarshal(value, &t.Origin.Kernel)
		case "columns":
			err = json.Unmarshal(value, &t.Origin.Selection.Columns)
		case "weights":
			err = json.Unmarshal(value, &t.Origin.Selection.Weights)
		case "axes":
			err = json.Unmarshal(value, &t.Origin.Selection.Axes)
		default:
			t.Origin.Source = name
			err = json.Unmarshal(value, &t.Origin.Text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// MarshalYAML writes a target.
func (t target) MarshalYAML() (any, error) {
	if t.Mixture != nil {
		return yaml.MapSlice{{Key: "mixture", Value: t.Mixture}}, nil
	}
	fields := yaml.MapSlice{{Key: t.Origin.Source, Value: t.Origin.Text}}
	if k := t.Origin.Kernel; k != 0 {
		fields = append(fields, yaml.MapItem{Key: "kernel", Value: k})
	}
	of := t.Origin.Selection
	for _, field := range []yaml.MapItem{{Key: "columns", Value: of.Columns}, {Key: "weights", Value: of.Weights}, {Key: "axes", Value: of.Axes}} {
		if field.Value != "" {
			fields = append(fields, field)
		}
	}
	return fields, nil
}

// fill sets the target and its known properties.
func (t target) fill(s *scenarios.Scenario, files data.Files) error {
	where := location{"target"}
	if t.Mixture != nil {
		m, err := mixtureOf(where.field("mixture"), t.Mixture)
		if err != nil {
			return err
		}
		s.Kind, s.Target, s.Truth = scenarios.KindMixture, m, m.Truth()
		return nil
	}
	where = where.field(t.Origin.Source)
	if t.Origin.Source == scenarios.Catalogue {
		return fillFromCatalogue(where, s, t.Origin.Text)
	}
	if source, _ := data.SourceOf(t.Origin); source.File && files == nil {
		return wrong(where, "a file, expected a target that needs no file")
	}
	own, err := data.NewScenario(t.Origin, s.Window, files)
	if err != nil {
		return wrong(where, "%w", err)
	}
	s.Kind, s.Target, s.Origin, s.Truth, s.Window, s.Taken = own.Kind, own.Target, own.Origin, own.Truth, own.Window, own.Taken
	return nil
}

func fillFromCatalogue(where location, s *scenarios.Scenario, id string) error {
	c, err := catalogue.Named(id)
	if err != nil {
		return wrong(where, "%w, expected one of the catalogue", err) // the schema has found it before
	}
	s.Kind, s.Target, s.Origin, s.Truth, s.Start = c.Kind, c.Target, c.Origin, c.Truth, c.Start
	if s.Window == (scenarios.Window{}) {
		// Another window may not contain all regions.
		s.Window, s.Regions, s.Division = c.Window, c.Regions, c.Division
	}
	if s.Particles == 0 {
		s.Particles = c.Particles
	}
	if s.Bandwidth == 0 {
		s.Bandwidth = c.Bandwidth
	}
	return nil
}
