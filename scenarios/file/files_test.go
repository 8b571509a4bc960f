package file

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
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

func (memory) Points(name string, of scenarios.Selection) (cloud data.Cloud, err error) {
	switch name {
	case "in/draws.parquet":
		if of != (scenarios.Selection{Columns: "mu,log(tau)", Weights: "w", Axes: "draw,chain,variable"}) {
			return cloud, fmt.Errorf("%s: the selection is %+v", name, of)
		}
		cloud.Weights, cloud.Taken = []float64{1, 2, 1. / 3}, []string{"taken"}
		fallthrough
	case "in/three.csv", "in/points.txt", "in/points.NPZ", "in/points.npy":
		cloud.Points = []scenarios.Point{{X: -1, Y: 0}, {X: 1, Y: 1. / 3}, {X: 0, Y: 2}}
		return cloud, nil
	case "in/one.csv":
		cloud.Points = []scenarios.Point{{X: 1, Y: 1}, {X: 1, Y: 1}}
		return cloud, nil
	}
	return cloud, fmt.Errorf("%s: there is no such file", name)
}

func (memory) Grid(name string, log bool) (data.Nodes, error) {
	n := data.Nodes{Values: []float64{1, 2, 3, 4, 5, 1. / 7}, Columns: 3, Rows: 2}
	switch name {
	case "in/bare.npy":
		return n, nil
	case "in/placed.npz", "in/grid.txt", "in/grid.csv":
		n.Window = scenarios.Window{XMin: -1, XMax: 1. / 3, YMin: 0, YMax: 2}
		return n, nil
	case "in/negative.npy":
		n.Values[4] = -5
		return n, nil
	}
	return n, fmt.Errorf("%s: there is no such file", name)
}

func (memory) Picture(name string) (data.Nodes, error) {
	switch name {
	case "in/grey.png", "in/a.gif", "in/a.jpeg", "in/a.JPG", "in/no ending":
	default:
		return data.Nodes{}, errors.New(name + ": there is no such file")
	}
	return data.Nodes{Values: []float64{0, 0.5, 1, 0.5, 0, 0.25, 0.5, 0.25}, Columns: 4, Rows: 2}, nil
}
