package data

import (
	"fmt"

	"undercurrent/scenarios"
)

// Files reads the arrays that a scenario names. Errors begin with the name of the file.
type Files interface {
	// Locate is the path of a file as a scenario names it.
	Locate(name string) string
	// Points reads at least two points.
	Points(path string) ([]scenarios.Point, error)
	// Grid reads log-densities if log is set, densities otherwise.
	Grid(path string, log bool) (Nodes, error)
	// Picture reads grey levels.
	Picture(path string) (Nodes, error)
}

// Nodes are values on a regular grid.
type Nodes struct {
	Values        []float64 // row by row from the lowest y
	Columns, Rows int
	// Window is from the first to the last node, the zero value where the file does not
	// say.
	Window scenarios.Window
}

// Data is a target in a file: the name is in exactly one of the first four fields.
type Data struct {
	Samples string  // points, smoothed by the Kernel; see NewSampled
	LogGrid string  // log-densities on a grid
	Grid    string  // densities on a grid, up to a factor
	Image   string  // a picture whose grey level is the density, up to a factor
	Kernel  float64 // of Samples alone
}

// NewScenario is a scenario of data in a window, with what it needs by default. The window may
// be the zero value: points are then shown with some room, a picture is two high, and a
// grid must bring coordinates, which take no other window.
func NewScenario(d Data, w scenarios.Window, files Files) (scenarios.Scenario, error) {
	s, err := d.scenario(w, files)
	if err == nil {
		err = s.Window.Check()
	}
	return s, err
}

func (d Data) scenario(w scenarios.Window, files Files) (scenarios.Scenario, error) {
	switch {
	case d.Samples != "":
		return d.ofSamples(w, files)
	case d.LogGrid != "":
		return ofGrid(d.LogGrid, true, w, files)
	case d.Grid != "":
		return ofGrid(d.Grid, false, w, files)
	}
	return ofPicture(d.Image, w, files)
}

func (d Data) ofSamples(w scenarios.Window, files Files) (scenarios.Scenario, error) {
	path := files.Locate(d.Samples)
	points, err := files.Points(path)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	t, err := NewSampled(points, d.Kernel)
	if err != nil {
		return scenarios.Scenario{}, fmt.Errorf("%s: %w", path, err)
	}
	t.Name = path
	return FromSamples(t, w), nil
}

func ofGrid(name string, log bool, w scenarios.Window, files Files) (scenarios.Scenario, error) {
	path := files.Locate(name)
	nodes, err := files.Grid(path, log)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	placed := nodes.Window != scenarios.Window{}
	switch given := w != (scenarios.Window{}); {
	case placed && given:
		return scenarios.Scenario{}, fmt.Errorf("%s: there are coordinates x and y, expected no window beside them", path)
	case placed:
		w = nodes.Window
	case !given:
		return scenarios.Scenario{}, fmt.Errorf("%s: there is no window, expected xmin, xmax, ymin, ymax beside an array without coordinates", path)
	}
	g, err := NewGridded(nodes.Values, nodes.Columns, nodes.Rows, w, log)
	if err != nil {
		return scenarios.Scenario{}, fmt.Errorf("%s: %w", path, err)
	}
	g.Name, g.Placed = path, placed
	return FromGrid(g), nil
}

func ofPicture(name string, w scenarios.Window, files Files) (scenarios.Scenario, error) {
	path := files.Locate(name)
	grey, err := files.Picture(path)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	if w == (scenarios.Window{}) {
		half := float64(grey.Columns) / float64(grey.Rows)
		w = scenarios.Window{XMin: -half, XMax: half, YMin: -1, YMax: 1}
	}
	g, err := NewGridded(grey.Values, grey.Columns, grey.Rows, w, false)
	if err != nil {
		return scenarios.Scenario{}, fmt.Errorf("%s: %w", path, err)
	}
	g.Name, g.Picture = path, true
	return FromGrid(g), nil
}
