package file

import (
	"fmt"

	"undercurrent/scenarios"
)

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
