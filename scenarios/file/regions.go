package file

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"undercurrent/scenarios"
)

// maxRegionName bounds the names of regions, in characters.
const maxRegionName = 24

// region is a region of a scenario file: a name, and exactly one of the other fields.
type region struct {
	Name      string     `yaml:"name" expected:"one of 1 to 24 characters"`
	HalfPlane *halfPlane `yaml:"half_plane,omitempty" expected:"a mapping such as {through: [0, 0], normal: [1, 0]}"`
	Disc      *disc      `yaml:"disc,omitempty" expected:"a mapping such as {centre: [0, 0], radius: 1}"`
	Box       []float64  `yaml:"box,flow,omitempty" expected:"[xmin, xmax, ymin, ymax]"`
}

type halfPlane struct {
	Through []float64 `yaml:"through,flow" expected:"two numbers [x, y]"`
	Normal  []float64 `yaml:"normal,flow" expected:"two numbers [x, y]"`
}

type disc struct {
	Centre []float64 `yaml:"centre,flow" expected:"two numbers [x, y]"`
	Radius float64   `yaml:"radius"`
}

// regionsOf reads the regions of a file.
func regionsOf(list []region) (regions []scenarios.Region, err error) {
	if len(list) == 0 || len(list) > scenarios.MaxRegions {
		return nil, wrong("$.regions", "%d regions, expected 1 to %d", len(list), scenarios.MaxRegions)
	}
	taken := map[string]bool{}
	for k, r := range list {
		path := fmt.Sprintf("$.regions[%d]", k)
		if err := checkRegionName(path+".name", r.Name); err != nil {
			return nil, err
		}
		if taken[r.Name] {
			return nil, wrong(path+".name", "there are two regions %q, expected a name for each", r.Name)
		}
		taken[r.Name] = true
		shape, err := r.shape(path)
		if err != nil {
			return nil, err
		}
		regions = append(regions, scenarios.Region{Name: r.Name, Shape: shape})
	}
	return regions, nil
}

// checkRegionName refuses what cannot be shown in a table, or means something else.
func checkRegionName(path, name string) error {
	unprinted := func(c rune) bool { return !unicode.IsPrint(c) }
	switch n := utf8.RuneCountInString(name); {
	case name == "":
		return wrong(path, "there is no name, expected one of 1 to %d characters", maxRegionName)
	case n > maxRegionName:
		return wrong(path, "the name has %d characters, expected 1 to %d", n, maxRegionName)
	case strings.ContainsFunc(name, unprinted) || strings.TrimSpace(name) != name:
		return wrong(path, "the name is %q, expected characters that can be printed and no blank at an end", name)
	case name == scenarios.Elsewhere:
		return wrong(path, "the name is %s, which is that of what no region holds, expected another", name)
	}
	return nil
}

// shape is the one that was given.
func (r region) shape(path string) (scenarios.Shape, error) {
	ways := 0
	for _, given := range []bool{r.HalfPlane != nil, r.Disc != nil, r.Box != nil} {
		if given {
			ways++
		}
	}
	switch {
	case ways != 1:
		return nil, wrong(path, "%d of half_plane, disc and box, expected one", ways)
	case r.HalfPlane != nil:
		return r.HalfPlane.shape(path + ".half_plane")
	case r.Disc != nil:
		return r.Disc.shape(path + ".disc")
	}
	w, err := rectangle(path+".box", r.Box)
	return scenarios.Box{Window: w}, err
}

func (d halfPlane) shape(path string) (scenarios.Shape, error) {
	through, err := point(path+".through", d.Through)
	if err != nil {
		return nil, err
	}
	normal, err := point(path+".normal", d.Normal)
	if err == nil && normal == (scenarios.Point{}) {
		err = wrong(path+".normal", "%v, expected a direction [x, y] other than none", d.Normal)
	}
	return scenarios.HalfPlane{Through: through, Normal: normal}, err
}

func (d disc) shape(path string) (scenarios.Shape, error) {
	centre, err := point(path+".centre", d.Centre)
	if err == nil && (!(d.Radius > 0) || !scenarios.IsFinite(d.Radius)) {
		err = wrong(path+".radius", "radius is %g, expected a positive number", d.Radius)
	}
	return scenarios.Disc{Centre: centre, Radius: d.Radius}, err
}

// regionDocuments are regions as a file has them.
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
