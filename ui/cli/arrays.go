package cli

import (
	"path/filepath"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
	"undercurrent/scenarios/data/arrays"
	"undercurrent/scenarios/data/draws"
)

// filesIn reads arrays from files; a relative name is resolved against the directory.
type filesIn string

var _ data.Files = filesIn("")

// Locate is the path of a file.
func (dir filesIn) Locate(name string) string {
	if dir == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(string(dir), name)
}

// Points reads a file of points.
func (filesIn) Points(path string, of scenarios.Selection) (data.Cloud, error) {
	return draws.Points(path, of)
}

// Grid reads a file of values on a grid.
func (filesIn) Grid(path string, log bool) (data.Nodes, error) {
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
func (filesIn) Picture(path string) (data.Nodes, error) {
	m, err := arrays.ReadPicture(path)
	return nodesOf(m), err
}

func nodesOf(m arrays.Matrix) data.Nodes {
	return data.Nodes{Values: m.Values, Columns: m.Columns, Rows: m.Rows}
}
