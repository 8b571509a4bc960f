package data

import (
	"fmt"
	"math"

	"undercurrent/scenarios"
)

// Files reads the arrays that a scenario names. Errors begin with the name of the file.
type Files interface {
	// Locate returns the path of a file named in a scenario.
	Locate(name string) string
	// Points reads at least two points, those of a selection of columns.
	Points(path string, of scenarios.Selection) (Cloud, error)
	// Grid reads log-densities if log is set, densities otherwise.
	Grid(path string, log bool) (Nodes, error)
	// Picture reads grey levels.
	Picture(path string) (Nodes, error)
}

// Cloud is what a file of points holds.
type Cloud struct {
	Points  []scenarios.Point
	Weights []float64 // positive; nil if all are equal
	// Taken are sentences that say what was taken for what, none for a file of x and y alone.
	Taken []string
}

// Nodes are values on a regular grid.
type Nodes struct {
	Values        []float64 // row by row from the lowest y
	Columns, Rows int
	// Window extends from the first to the last node; it is the zero value if the file has no
	// coordinates.
	Window scenarios.Window
}

// fromSamples returns the kernel density estimate of the points in a file.
func fromSamples(o scenarios.Origin, w scenarios.Window, files Files) (scenarios.Scenario, error) {
	path := files.Locate(o.Text)
	cloud, err := files.Points(path, o.Selection)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	t, err := NewWeighted(cloud.Points, cloud.Weights, o.Kernel)
	if err != nil {
		return scenarios.Scenario{}, fmt.Errorf("%s: %w", path, err)
	}
	if w == (scenarios.Window{}) {
		w = t.around()
	}
	return scenarios.Scenario{
		Kind: scenarios.KindSamples, Story: "density of " + path, Target: t, Truth: scenarios.Truth{LogZ: math.NaN(), Sampler: t},
		Window: w, Origin: scenarios.Origin{Text: path, Kernel: o.Kernel, Selection: o.Selection}, Taken: cloud.Taken,
	}, nil
}

// fromLogGrid returns the target of log-densities on a grid.
func fromLogGrid(o scenarios.Origin, w scenarios.Window, files Files) (scenarios.Scenario, error) {
	return fromNodes(o.Text, true, w, files)
}

// fromGrid returns the target of densities on a grid.
func fromGrid(o scenarios.Origin, w scenarios.Window, files Files) (scenarios.Scenario, error) {
	return fromNodes(o.Text, false, w, files)
}

func fromNodes(name string, log bool, w scenarios.Window, files Files) (scenarios.Scenario, error) {
	path := files.Locate(name)
	nodes, err := files.Grid(path, log)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	hasWindow := nodes.Window != scenarios.Window{}
	switch given := w != (scenarios.Window{}); {
	case hasWindow && given:
		return scenarios.Scenario{}, fmt.Errorf("%s: there are coordinates x and y, expected no window with them", path)
	case hasWindow:
		w = nodes.Window
	case !given:
		return scenarios.Scenario{}, fmt.Errorf("%s: there is no window, expected xmin, xmax, ymin, ymax for an array without coordinates", path)
	}
	return nodes.scenario(path, w, log, hasWindow)
}

// fromPicture returns the target whose density is the grey level of a picture.
func fromPicture(o scenarios.Origin, w scenarios.Window, files Files) (scenarios.Scenario, error) {
	path := files.Locate(o.Text)
	grey, err := files.Picture(path)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	if w == (scenarios.Window{}) {
		half := float64(grey.Columns) / float64(grey.Rows)
		w = scenarios.Window{XMin: -half, XMax: half, YMin: -1, YMax: 1}
	}
	return grey.scenario(path, w, false, false)
}

// scenario returns the scenario of the nodes over a window.
func (n Nodes) scenario(path string, w scenarios.Window, log, hasWindow bool) (scenarios.Scenario, error) {
	g, err := NewGridded(n.Values, n.Columns, n.Rows, w, log)
	if err != nil {
		return scenarios.Scenario{}, fmt.Errorf("%s: %w", path, err)
	}
	return scenarios.Scenario{
		Kind: scenarios.KindGrid, Story: n.extent(path, w), Target: g, Truth: scenarios.Truth{LogZ: math.NaN()},
		Window: w, Origin: scenarios.Origin{Text: path, HasWindow: hasWindow},
	}, nil
}

// extent says how many values there are and where.
func (n Nodes) extent(path string, w scenarios.Window) string {
	return fmt.Sprintf("%d × %d values of %s, x %.4g to %.4g, y %.4g to %.4g", n.Columns, n.Rows, path, w.XMin, w.XMax, w.YMin, w.YMax)
}
