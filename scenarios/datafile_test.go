package scenarios

import (
	"errors"
	"fmt"
	"path"
	"reflect"
	"strings"
	"testing"
)

// memory are files of a folder "in": three points, values on 3 × 2 nodes with and without
// coordinates, a grey picture of 4 × 2, and some that cannot be used.
type memory struct{}

func (memory) Locate(name string) string {
	if strings.HasPrefix(name, "in/") {
		return name
	}
	return path.Join("in", name)
}

func (memory) Points(name string) ([]Point, error) {
	switch name {
	case "in/three.csv":
		return []Point{{-1, 0}, {1, 1. / 3}, {0, 2}}, nil
	case "in/one.csv":
		return []Point{{1, 1}, {1, 1}}, nil
	}
	return nil, fmt.Errorf("%s: there is no such file", name)
}

func (memory) Grid(name string, log bool) (Nodes, error) {
	n := Nodes{Values: []float64{1, 2, 3, 4, 5, 1. / 7}, Columns: 3, Rows: 2}
	switch name {
	case "in/bare.npy":
		return n, nil
	case "in/placed.npz":
		n.Window = Window{-1, 1. / 3, 0, 2}
		return n, nil
	case "in/negative.npy":
		n.Values[4] = -5
		return n, nil
	}
	return n, fmt.Errorf("%s: there is no such file", name)
}

func (memory) Picture(name string) (Nodes, error) {
	if name != "in/grey.png" {
		return Nodes{}, errors.New(name + ": there is no such file")
	}
	return Nodes{Values: []float64{0, 0.5, 1, 0.5, 0, 0.25, 0.5, 0.25}, Columns: 4, Rows: 2}, nil
}

// A target or a start in a file comes back from what is written of it, to the bit.
func TestDataComesBackAsItWas(t *testing.T) {
	for _, c := range []struct {
		text, kind string
		window     Window
		particles  int
	}{
		{"target: {samples: three.csv, kernel: 0.3}\nwindow: [-5, 5, -5, 5]\n", samplesKind, Window{-5, 5, -5, 5}, defaultParticles},
		{"target: {samples: three.csv, kernel: 0.25}\n", samplesKind, Window{-2.2, 2.2, -1.2, 3.2}, defaultParticles},
		{"target: {samples: three.csv, kernel: 0.25}\nstart: {samples: three.csv}\n", samplesKind, Window{-2.2, 2.2, -1.2, 3.2}, 3},
		{"target: {log_density_grid: bare.npy}\nwindow: [0, 3, 0, 2]\n", gridKind, Window{0, 3, 0, 2}, defaultParticles},
		{"target: {density_grid: bare.npy}\nwindow: [0, 3, 0, 2]\nparticles: 70\nstart: {samples: three.csv}\n", gridKind, Window{0, 3, 0, 2}, 70},
		{"target: {log_density_grid: placed.npz}\n", gridKind, Window{-1, 1. / 3, 0, 2}, defaultParticles},
		{"target: {density_grid: placed.npz}\n", gridKind, Window{-1, 1. / 3, 0, 2}, defaultParticles},
		{"target: {image: grey.png}\n", gridKind, Window{-2, 2, -1, 1}, defaultParticles},
		{"target: {image: grey.png}\nwindow: [0, 4, 0, 2]\n", gridKind, Window{0, 4, 0, 2}, defaultParticles},
	} {
		s, err := Decode([]byte("version: 1\n"+c.text), memory{})
		if err != nil {
			t.Errorf("%s gives %v", c.text, err)
			continue
		}
		if w := s.Window; s.Kind != c.kind || s.Particles != c.particles || !near(w.XMin, c.window.XMin, 1e-12) || !near(w.YMax, c.window.YMax, 1e-12) {
			t.Errorf("%s is of kind %s with %d particles in %+v", c.text, s.Kind, s.Particles, w)
		}
		text, err := Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := Decode(text, memory{}); err != nil || !same(back, s) {
			t.Errorf("%s comes back as\n%+v (%v), expected\n%+v", text, back, err, s)
		}
	}
}

// A file of a scenario is the same target as the same data given by itself.
func TestDataOfAFileIsThatOfAFlag(t *testing.T) {
	inFile, err := Decode([]byte("version: 1\ntarget: {samples: three.csv, kernel: 0.3}\n"), memory{})
	if err != nil {
		t.Fatal(err)
	}
	alone, err := OfData(Data{Samples: "three.csv", Kernel: 0.3}, Window{}, memory{})
	if err != nil || !reflect.DeepEqual(alone.Target, inFile.Target) || alone.Window != inFile.Window || alone.Bandwidth != inFile.Bandwidth {
		t.Errorf("by itself it is %+v (%v), in a file %+v", alone, err, inFile)
	}
}

func TestBadDataSaysWhereInTheFile(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"target: {samples: no.csv}", "line 2, column 19: target.samples: in/no.csv: there is no such file"},
		{"target: {samples: one.csv}", "line 2, column 19: target.samples: in/one.csv: all 2 points are at (1, 1), expected more places than one"},
		{"target: {samples: three.csv, kernel: -1}", "line 2, column 38: target.kernel: kernel is -1, expected a positive number"},
		{"target: {samples: three.csv, kernel: 1e-9}", "line 2, column 19: target.samples: in/three.csv: kernel is 1e-09, expected at least"},
		{"target: {image: grey.png, kernel: 1}", "line 2, column 35: target.kernel: kernel without samples, expected samples: FILE beside"},
		{"target: {image: grey.png, samples: three.csv}", "target: 2 of mixture, catalogue, log_density, density, samples, log_density_grid, density_grid and image, expected one"},
		{"target: {density_grid: negative.npy}\nwindow: [0, 1, 0, 1]", "line 2, column 24: target.density_grid: in/negative.npy: row 1, column 1: density -5 is negative, expected 0 or more"},
		{"target: {density_grid: bare.npy}", "target.density_grid: in/bare.npy: there is no window, expected xmin, xmax, ymin, ymax"},
		{"target: {density_grid: placed.npz}\nwindow: [0, 1, 0, 1]", "in/placed.npz: there are coordinates x and y, expected no window beside them"},
		{"target: {image: grey.jpg}", "line 2, column 17: target.image: in/grey.jpg: there is no such file"},
		{"target: {catalogue: banana}\nstart: {samples: no.npy}", "line 3, column 18: start.samples: in/no.npy: there is no such file"},
		{"target: {catalogue: banana}\nstart: {samples: three.csv, uniform: [0, 1, 0, 1]}", "start: 2 of gaussian, uniform, ring, mixture and samples, expected one"},
	} {
		if _, err := Decode([]byte("version: 1\n"+c.text+"\n"), memory{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s gives %v, expected %q", c.text, err, c.want)
		}
	}
	for _, text := range []string{"target: {image: grey.png}", "target: {catalogue: banana}\nstart: {samples: three.csv}"} {
		if _, err := Decode([]byte("version: 1\n"+text+"\n"), nil); err == nil || !strings.Contains(err.Error(), "without one here") {
			t.Errorf("%s without files gives %v", text, err)
		}
	}
}
