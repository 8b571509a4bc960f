package file

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
)

// document is a scenario file; schema.json defines its fields. The YAML library uses the JSON
// tags too; only lists in brackets need a YAML tag.
type document struct {
	Version    int       `json:"version"`
	ID         string    `json:"id,omitempty"`
	Name       string    `json:"name,omitempty"`
	Story      string    `json:"story,omitempty"`
	Source     string    `json:"source,omitempty"`
	Target     target    `json:"target"`
	Start      *start    `json:"start,omitempty"`
	Window     []float64 `json:"window,omitempty" yaml:"window,flow,omitempty"`
	Regions    *regions  `json:"regions,omitempty"`
	Particles  int       `json:"particles,omitempty"`
	Bandwidth  float64   `json:"bandwidth,omitempty"`
	Divergence string    `json:"divergence,omitempty"`
	Notes      string    `json:"notes,omitempty"`
}

// fill sets the document from a value that passes the schema.
func (d *document) fill(value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return strictly(text, d)
}

// strictly reads JSON into a struct and rejects unknown fields.
func strictly(text []byte, to any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(to); err != nil {
		return Error{Problem: fmt.Sprintf("the file cannot be read (%v), expected a scenario file", err)}
	}
	return nil
}

// joinLines joins the lines of the texts that are shown on one line; notes keep theirs.
func (d *document) joinLines() {
	for _, text := range []*string{&d.ID, &d.Name, &d.Story, &d.Source} {
		*text = scenarios.OneLine(*text)
	}
	d.Notes = strings.Trim(d.Notes, "\n")
}

// scenario returns the scenario of the document, with the data from the files it names.
func (d *document) scenario(files data.Files) (s scenarios.Scenario, err error) {
	s = scenarios.Scenario{
		ID: d.ID, Name: d.Name, Story: d.Story, Source: d.Source, Notes: d.Notes, Divergence: d.Divergence,
		Particles: d.Particles, Bandwidth: d.Bandwidth,
	}
	if d.Window != nil {
		if s.Window, err = rectangle(location{"window"}, d.Window); err != nil {
			return s, err
		}
	}
	if err := d.Target.fill(&s, files); err != nil {
		return s, err
	}
	if err := fillWindow(&s); err != nil {
		return s, err
	}
	if d.Start != nil {
		if err := d.Start.fill(&s, files); err != nil {
			return s, err
		}
	}
	if d.Regions != nil {
		if err := d.Regions.fill(&s); err != nil {
			return s, err
		}
	}
	s.FillDefaults()
	return s, nil
}

// fillWindow sets a missing window of a mixture to five standard deviations around its modes,
// and rejects an invalid window.
func fillWindow(s *scenarios.Scenario) error {
	m, mixture := s.Target.(*scenarios.Mixture)
	if mixture && s.Window == (scenarios.Window{}) {
		s.Window = m.Around(5)
	}
	where := location{"window"}
	if err := s.Window.Check(); err != nil {
		return wrong(where, "%w", err)
	}
	if mixture && 1-m.MassOutside(s.Window) < minWindowMass {
		return wrong(where, "less than %g of the mixture is in the window, expected a visible part", minWindowMass)
	}
	return nil
}

// minWindowMass is the smallest mass of a mixture in its window; less usually means that the
// window belongs to another target.
const minWindowMass = 1e-12

// point is [x, y].
func point(list []float64) scenarios.Point { return scenarios.Point{X: list[0], Y: list[1]} }

// rectangle is [xmin, xmax, ymin, ymax].
func rectangle(where location, list []float64) (scenarios.Window, error) {
	w := scenarios.Window{XMin: list[0], XMax: list[1], YMin: list[2], YMax: list[3]}
	if !(w.XMin < w.XMax && w.YMin < w.YMax) || !scenarios.IsFinite(w.XMax-w.XMin) || !scenarios.IsFinite(w.YMax-w.YMin) {
		return w, wrong(where, "%v, expected xmin below xmax and ymin below ymax", list)
	}
	return w, nil
}
