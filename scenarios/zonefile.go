package scenarios

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// MostZones bounds the zones of a scenario.
	MostZones = 64
	// mostZoneName bounds their names, in characters.
	mostZoneName = 24
	// Elsewhere is the name of what no zone holds.
	Elsewhere = "elsewhere"
)

// zone is a zone of a scenario file: a name, and exactly one of the other fields.
type zone struct {
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

// zonesOf reads the zones of a file.
func zonesOf(list []zone) (zones []Zone, err error) {
	if len(list) == 0 || len(list) > MostZones {
		return nil, wrong("$.regions", "%d regions, expected 1 to %d", len(list), MostZones)
	}
	taken := map[string]bool{}
	for k, z := range list {
		path := fmt.Sprintf("$.regions[%d]", k)
		if err := checkZoneName(path+".name", z.Name); err != nil {
			return nil, err
		}
		if taken[z.Name] {
			return nil, wrong(path+".name", "there are two regions %q, expected a name for each", z.Name)
		}
		taken[z.Name] = true
		shape, err := z.shape(path)
		if err != nil {
			return nil, err
		}
		zones = append(zones, Zone{z.Name, shape})
	}
	return zones, nil
}

// checkZoneName refuses what cannot be shown in a table, or means something else.
func checkZoneName(path, name string) error {
	unprinted := func(r rune) bool { return !unicode.IsPrint(r) }
	switch n := utf8.RuneCountInString(name); {
	case name == "":
		return wrong(path, "there is no name, expected one of 1 to %d characters", mostZoneName)
	case n > mostZoneName:
		return wrong(path, "the name has %d characters, expected 1 to %d", n, mostZoneName)
	case strings.ContainsFunc(name, unprinted) || strings.TrimSpace(name) != name:
		return wrong(path, "the name is %q, expected characters that can be printed and no blank at an end", name)
	case name == Elsewhere:
		return wrong(path, "the name is %s, which is that of what no region holds, expected another", name)
	}
	return nil
}

// shape is the one that was given.
func (z zone) shape(path string) (Shape, error) {
	ways := 0
	for _, given := range []bool{z.HalfPlane != nil, z.Disc != nil, z.Box != nil} {
		if given {
			ways++
		}
	}
	switch {
	case ways != 1:
		return nil, wrong(path, "%d of half_plane, disc and box, expected one", ways)
	case z.HalfPlane != nil:
		return z.HalfPlane.shape(path + ".half_plane")
	case z.Disc != nil:
		return z.Disc.shape(path + ".disc")
	}
	w, err := rectangle(path+".box", z.Box)
	return Box{w}, err
}

func (d halfPlane) shape(path string) (Shape, error) {
	through, err := point(path+".through", d.Through)
	if err != nil {
		return nil, err
	}
	normal, err := point(path+".normal", d.Normal)
	if err == nil && normal == (Point{}) {
		err = wrong(path+".normal", "%v, expected a direction [x, y] other than none", d.Normal)
	}
	return HalfPlane{through, normal}, err
}

func (d disc) shape(path string) (Shape, error) {
	centre, err := point(path+".centre", d.Centre)
	if err == nil && (!(d.Radius > 0) || !finite(d.Radius)) {
		err = wrong(path+".radius", "radius is %g, expected a positive number", d.Radius)
	}
	return Disc{centre, d.Radius}, err
}

// zoneDocuments are zones as a file has them.
func zoneDocuments(zones []Zone) (list []zone, err error) {
	for _, z := range zones {
		one := zone{Name: z.Name}
		switch s := z.Shape.(type) {
		case HalfPlane:
			one.HalfPlane = &halfPlane{[]float64{s.Through.X, s.Through.Y}, []float64{s.Normal.X, s.Normal.Y}}
		case Disc:
			one.Disc = &disc{[]float64{s.Centre.X, s.Centre.Y}, s.Radius}
		case Box:
			one.Box = []float64{s.XMin, s.XMax, s.YMin, s.YMax}
		default:
			return nil, fmt.Errorf("region %q of shape %T cannot be written, expected a half plane, a disc or a box", z.Name, z.Shape)
		}
		list = append(list, one)
	}
	return list, nil
}
