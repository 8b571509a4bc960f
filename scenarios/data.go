package scenarios

import "fmt"

// Files reads the arrays that a scenario names. Errors begin with the name of the file.
type Files interface {
	// Locate is the path of a file as a scenario names it.
	Locate(name string) string
	// Points reads at least two points.
	Points(path string) ([]Point, error)
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
	Window Window
}

// Data is a target in a file: the name is in exactly one of the first four fields.
type Data struct {
	Samples string  // points, smoothed by the Kernel; see NewSampled
	LogGrid string  // log-densities on a grid
	Grid    string  // densities on a grid, up to a factor
	Image   string  // a picture whose grey level is the density, up to a factor
	Kernel  float64 // of Samples alone
}

// OfData is a scenario of data in a window, with what it needs by default. The window may
// be the zero value: points are then shown with some room, a picture is two high, and a
// grid must bring coordinates, which take no other window.
func OfData(d Data, w Window, files Files) (Scenario, error) {
	s, err := d.scenario(w, files)
	if err == nil {
		err = s.Window.check()
	}
	return s, err
}

func (d Data) scenario(w Window, files Files) (Scenario, error) {
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

func (d Data) ofSamples(w Window, files Files) (Scenario, error) {
	path := files.Locate(d.Samples)
	points, err := files.Points(path)
	if err != nil {
		return Scenario{}, err
	}
	t, err := NewSampled(points, d.Kernel)
	if err != nil {
		return Scenario{}, fmt.Errorf("%s: %w", path, err)
	}
	t.Name = path
	return OfSamples(t, w), nil
}

func ofGrid(name string, log bool, w Window, files Files) (Scenario, error) {
	path := files.Locate(name)
	nodes, err := files.Grid(path, log)
	if err != nil {
		return Scenario{}, err
	}
	placed := nodes.Window != Window{}
	switch given := w != (Window{}); {
	case placed && given:
		return Scenario{}, fmt.Errorf("%s: there are coordinates x and y, expected no window beside them", path)
	case placed:
		w = nodes.Window
	case !given:
		return Scenario{}, fmt.Errorf("%s: there is no window, expected xmin, xmax, ymin, ymax beside an array without coordinates", path)
	}
	g, err := NewGridded(nodes.Values, nodes.Columns, nodes.Rows, w, log)
	if err != nil {
		return Scenario{}, fmt.Errorf("%s: %w", path, err)
	}
	g.Name, g.Placed = path, placed
	return OfGrid(g), nil
}

func ofPicture(name string, w Window, files Files) (Scenario, error) {
	path := files.Locate(name)
	grey, err := files.Picture(path)
	if err != nil {
		return Scenario{}, err
	}
	if w == (Window{}) {
		half := float64(grey.Columns) / float64(grey.Rows)
		w = Window{-half, half, -1, 1}
	}
	g, err := NewGridded(grey.Values, grey.Columns, grey.Rows, w, false)
	if err != nil {
		return Scenario{}, fmt.Errorf("%s: %w", path, err)
	}
	g.Name, g.Picture = path, true
	return OfGrid(g), nil
}

// OfPlaces is the initial cloud of the points in a file, and how many they are.
func OfPlaces(name string, files Files) (Start, int, error) {
	path := files.Locate(name)
	points, err := files.Points(path)
	if err != nil {
		return Start{}, 0, err
	}
	places, err := NewPlaces(points)
	if err != nil {
		return Start{}, 0, fmt.Errorf("%s: %w", path, err)
	}
	places.Name = path
	return Start{Sampler: places, Text: fmt.Sprintf("%d places of %s", len(points), path)}, len(points), nil
}
