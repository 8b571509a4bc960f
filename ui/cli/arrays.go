package cli

import (
	"os"
	"path/filepath"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
	"undercurrent/ui/arrays"
)

// filesBeside are files of arrays; a name that is not absolute is meant from a directory.
type filesBeside string

var _ data.Files = filesBeside("")

// Locate is the path of a file.
func (dir filesBeside) Locate(name string) string {
	if dir == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(string(dir), name)
}

// Points reads a file of points.
func (filesBeside) Points(path string) ([]scenarios.Point, error) { return arrays.ReadPoints(path) }

// Grid reads a file of values on a grid.
func (filesBeside) Grid(path string, log bool) (data.Nodes, error) {
	g, err := arrays.ReadGrid(path, log)
	if err != nil {
		return data.Nodes{}, err
	}
	nodes := nodesOf(g.Matrix)
	if g.X != nil {
		nodes.Window = scenarios.Window{XMin: g.X[0], XMax: g.X[len(g.X)-1], YMin: g.Y[0], YMax: g.Y[len(g.Y)-1]}
	}
	return nodes, nil
}

// Picture reads the grey levels of a picture.
func (filesBeside) Picture(path string) (data.Nodes, error) {
	m, err := arrays.ReadPicture(path)
	return nodesOf(m), err
}

// isRegular says whether a file that was named is all there, as a pipe or a device is not;
// nil is none.
func isRegular(f *os.File) bool {
	if f == nil {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}

func nodesOf(m arrays.Matrix) data.Nodes {
	return data.Nodes{Values: m.Values, Columns: m.Columns, Rows: m.Rows}
}
