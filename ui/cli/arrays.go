package cli

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/ui/arrays"
)

// resolveGrid is the scenario of an array. Its nodes are where the file says, or from one
// edge of --window to the other.
func (f *flowFlags) resolveGrid(name string, log bool) (scenarios.Scenario, error) {
	grid, err := arrays.ReadGrid(name, log)
	if err != nil {
		return scenarios.Scenario{}, usage(err)
	}
	w, placed, err := f.gridWindow(name, grid)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	g, err := scenarios.NewGridded(grid.Values, grid.Columns, grid.Rows, w, log)
	if err != nil {
		return scenarios.Scenario{}, fmt.Errorf("%s: %w", name, err)
	}
	g.Name, g.Placed = name, placed
	return scenarios.OfGrid(g), nil
}

// gridWindow is the window of a grid, and whether its file has placed it.
func (f *flowFlags) gridWindow(name string, g arrays.Grid) (w scenarios.Window, placed bool, err error) {
	if g.X == nil {
		w, err = f.ownWindow()
		return w, false, err
	}
	if f.set.Changed("window") {
		return w, false, usagef("%s has coordinates x and y, expected no --window beside them", name)
	}
	return scenarios.Window{XMin: g.X[0], XMax: g.X[len(g.X)-1], YMin: g.Y[0], YMax: g.Y[len(g.Y)-1]}, true, nil
}

// resolvePicture is the scenario whose density is the grey level of a picture. Its window
// is --window, or else as wide as the picture's shape asks for at a height of two.
func (f *flowFlags) resolvePicture() (scenarios.Scenario, error) {
	grey, err := arrays.ReadPicture(f.image)
	if err != nil {
		return scenarios.Scenario{}, usage(err)
	}
	half := float64(grey.Columns) / float64(grey.Rows)
	w := scenarios.Window{XMin: -half, XMax: half, YMin: -1, YMax: 1}
	if f.set.Changed("window") {
		if w, err = f.ownWindow(); err != nil {
			return scenarios.Scenario{}, err
		}
	}
	g, err := scenarios.NewGridded(grey.Values, grey.Columns, grey.Rows, w, false)
	if err != nil {
		return scenarios.Scenario{}, fmt.Errorf("%s: %w", f.image, err)
	}
	g.Name, g.Picture = f.image, true
	return scenarios.OfGrid(g), nil
}

// resolveSamples is the scenario whose density is that of points.
func (f *flowFlags) resolveSamples() (scenarios.Scenario, error) {
	points, err := arrays.ReadPoints(f.samples)
	if err != nil {
		return scenarios.Scenario{}, usage(err)
	}
	t, err := scenarios.NewSampled(points, f.kernel)
	if err != nil {
		return scenarios.Scenario{}, fmt.Errorf("%s: %w", f.samples, err)
	}
	t.Name = f.samples
	var w scenarios.Window
	if f.set.Changed("window") {
		if w, err = f.ownWindow(); err != nil {
			return scenarios.Scenario{}, err
		}
	}
	return scenarios.OfSamples(t, w), nil
}

// readStart is the initial cloud of an N×2 array.
func readStart(name string) (scenarios.Start, int, error) {
	points, err := arrays.ReadPoints(name)
	if err != nil {
		return scenarios.Start{}, 0, usage(err)
	}
	sampler, err := scenarios.NewPlaces(points)
	if err != nil {
		return scenarios.Start{}, 0, usagef("%s: %w", name, err)
	}
	return scenarios.Start{Sampler: sampler, Text: fmt.Sprintf("%d places of %s", len(points), name)}, len(points), nil
}
