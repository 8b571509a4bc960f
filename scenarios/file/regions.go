package file

import (
	"encoding/json"
	"fmt"

	"undercurrent/scenarios"
)

// regions are how a scenario file divides the target: by the name of a division, or by a list.
type regions struct {
	division scenarios.Division
	list     []region
}

// UnmarshalJSON reads a name or a list.
func (r *regions) UnmarshalJSON(text []byte) error {
	if len(text) > 0 && text[0] == '"' {
		return json.Unmarshal(text, &r.division)
	}
	return strictly(text, &r.list)
}

// MarshalYAML returns the name, otherwise the list.
func (r *regions) MarshalYAML() (any, error) {
	if r.division != "" {
		return string(r.division), nil
	}
	return r.list, nil
}

// newRegions returns the document form of a scenario's division, nil for the one that is
// taken without. What was chosen in place of named regions replaces them in the file.
func newRegions(s scenarios.Scenario) (*regions, error) {
	switch d := s.Divided(); d {
	case scenarios.ByName:
		list, err := regionDocuments(s.Regions)
		return &regions{list: list}, err
	case scenarios.Automatic:
		if s.Regions == nil && s.Division == "" {
			return nil, nil
		}
		return &regions{division: d}, nil
	default:
		return &regions{division: d}, nil
	}
}

// fill sets the division of a scenario, which may have one of its target's.
func (r *regions) fill(s *scenarios.Scenario) (err error) {
	switch r.division {
	case "":
		s.Regions, err = regionsOf(r.list)
	case scenarios.ByName:
		if len(s.Regions) == 0 {
			return wrong(location{"regions"}, "%s, but the target names no regions, expected %s, %s, or a list", r.division, scenarios.Automatic, scenarios.ByBasins)
		}
	default:
		s.Regions, s.Division = nil, r.division
	}
	return err
}

// region is a region of a scenario file: a name, and exactly one of the other fields.
type region struct {
	Name      string     `json:"name"`
	HalfPlane *halfPlane `json:"half_plane,omitempty"`
	Disc      *disc      `json:"disc,omitempty"`
	Box       []float64  `json:"box,omitempty" yaml:"box,flow,omitempty"`
}

type halfPlane struct {
	Through []float64 `json:"through" yaml:"through,flow"`
	Normal  []float64 `json:"normal" yaml:"normal,flow"`
}

type disc struct {
	Centre []float64 `json:"centre" yaml:"centre,flow"`
	Radius float64   `json:"radius"`
}

// regionsOf returns the regions of a document.
func regionsOf(list []region) (regions []scenarios.Region, err error) {
	used := map[string]bool{}
	for k, r := range list {
		where := location{"regions"}.entry(k)
		if used[r.Name] {
			return nil, wrong(where.field("name"), "there are two regions %q, expected a name for each", r.Name)
		}
		used[r.Name] = true
		shape, err := r.shape(where)
		if err != nil {
			return nil, err
		}
		regions = append(regions, scenarios.Region{Name: r.Name, Shape: shape})
	}
	return regions, nil
}

// shape returns the shape that was given.
func (r region) shape(where location) (scenarios.Shape, error) {
	switch {
	case r.HalfPlane != nil:
		return scenarios.HalfPlane{Through: point(r.HalfPlane.Through), Normal: point(r.HalfPlane.Normal)}, nil
	case r.Disc != nil:
		return scenarios.Disc{Centre: point(r.Disc.Centre), Radius: r.Disc.Radius}, nil
	}
	w, err := rectangle(where.field("box"), r.Box)
	return scenarios.Box{Window: w}, err
}

// regionDocuments returns the document form of regions.
func regionDocuments(regions []scenarios.Region) (list []region, err error) {
	for _, r := range regions {
		one := region{Name: r.Name}
		switch s := r.Shape.(type) {
		case scenarios.HalfPlane:
			one.HalfPlane = &halfPlane{[]float64{s.Through.X, s.Through.Y}, []float64{s.Normal.X, s.Normal.Y}}
		case scenarios.Disc:
			one.Disc = &disc{[]float64{s.Centre.X, s.Centre.Y}, s.Radius}
		case scenarios.Box:
			one.Box = []float64{s.XMin, s.XMax, s.YMin, s.YMax}
		default:
			return nil, fmt.Errorf("region %q of shape %T cannot be written, expected a half plane, a disc or a box", r.Name, r.Shape)
		}
		list = append(list, one)
	}
	return list, nil
}
