package arrays

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
)

// Grid has values at the nodes of a regular grid, a row for each y from the lowest.
type Grid struct {
	Matrix
	// X and Y are the coordinates of columns and rows, ascending and evenly spaced; nil if
	// the file has none.
	X, Y []float64
}

// evenTolerance is the largest deviation of a coordinate from an even grid, relative to
// the grid's extent: float32 is accepted.
const evenTolerance = 1e-6

// densityNames and logNames are the accepted names of an archive's array, in order of
// preference.
func densityNames() []string { return []string{"density", "p"} }
func logNames() []string     { return []string{"log_density", "logp", "log_p"} }

// ReadGrid reads log-densities if log is set, densities otherwise, at most 2²⁴: a NumPy
// file (.npy: numbers or bool, either byte and memory order), lines of numbers (.csv or
// .txt, separated as for ParsePoint; empty lines and those that begin with # are
// skipped), or a NumPy archive (.npz) with coordinates x and y and a two-dimensional
// array: log_density, logp or log_p if log is set, density or p otherwise, or else the only
// one. The error begins with the name of the file.
func ReadGrid(name string, log bool) (Grid, error) {
	bare := func(with func(file, valueCheck) (Matrix, error)) reader[Grid] {
		return func(f file) (Grid, error) {
			m, err := with(f, densities(log))
			return Grid{Matrix: m}, err
		}
	}
	archived := func(f file) (Grid, error) { return readArchive(f, log) }
	return read(name, map[string]reader[Grid]{".npy": bare(readNumPy), ".csv": bare(readCSV), ".txt": bare(readCSV), ".npz": archived})
}

// densities is the check of densities, or of their logarithms.
func densities(log bool) valueCheck {
	if log {
		return checkLogDensity
	}
	return checkDensity
}

func checkLogDensity(v float64) error {
	if math.IsNaN(v) || math.IsInf(v, 1) {
		return fmt.Errorf("%g is not a density, expected a number", v)
	}
	return nil
}

func checkDensity(v float64) error {
	if v < 0 {
		return fmt.Errorf("density %g is negative, expected 0 or more", v)
	}
	return checkLogDensity(v)
}

// readArchive reads a grid with its coordinates.
func readArchive(f file, log bool) (g Grid, err error) {
	a, err := openArchive(f)
	if err != nil {
		return Grid{}, err
	}
	name, err := a.density(log)
	if err != nil {
		return Grid{}, err
	}
	if g.Matrix, err = a.matrix(name, densities(log)); err != nil {
		return Grid{}, err
	}
	switch x, y := a["x"] != nil, a["y"] != nil; {
	case !x && !y:
		return g, nil
	case x != y:
		return Grid{}, errors.New("only one of the coordinates x and y is present, expected both")
	}
	if g.X, err = a.coordinates("x", g.Columns, "columns of "+name); err != nil {
		return Grid{}, err
	}
	if g.Y, err = a.coordinates("y", g.Rows, "rows of "+name); err != nil {
		return Grid{}, err
	}
	return g, nil
}

// density is the name of the array that holds the density, or its logarithm.
func (a archive) density(log bool) (string, error) {
	wanted, others, kind, source := densityNames(), logNames(), "logarithms", "log_density_grid"
	if log {
		wanted, others, kind, source = others, wanted, "a density", "density_grid"
	}
	instead, _ := data.SourceOf(scenarios.Origin{Source: source})
	tables := slices.DeleteFunc(a.flat(), func(name string) bool { return name == "x" || name == "y" })
	name, err := a.pick(tables, wanted...)
	if err == nil && slices.Contains(wanted, name) {
		return name, nil
	}
	// The only array is refused if its name says that it is the other kind.
	for _, other := range others {
		if slices.Contains(tables, other) {
			return "", fmt.Errorf("the array %s is %s by its name, expected --%s for it (%s in a scenario file) or an array %s",
				other, kind, instead.Flag, instead.Key, strings.Join(wanted, " or "))
		}
	}
	return name, err
}

// coordinates reads the coordinates of the columns (x) or rows (y), count of them.
func (a archive) coordinates(name string, count int, of string) (at []float64, err error) {
	err = a.open(name, func(n *NumPy) error {
		switch len(n.Shape) {
		case 1:
			at, err = n.all()
		case 2:
			at, err = n.meshed(name == "y")
		default:
			err = fmt.Errorf("the array has shape %v, expected one dimension, or two of a meshgrid", n.Shape)
		}
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case len(at) != count:
		return nil, fmt.Errorf("%s has %d values, expected one for each of the %d %s", name, len(at), count, of)
	}
	return at, even(name, at)
}

// meshed reads a coordinate that numpy.meshgrid repeats in every row, or in every column if
// columns is set.
func (a *NumPy) meshed(columns bool) (at []float64, err error) {
	m, err := a.matrix(finite)
	if err != nil {
		return nil, err
	}
	of := "rows"
	if columns {
		of = "columns"
	}
	for i, v := range m.Values {
		k := i % m.Columns
		if columns {
			k = i / m.Columns
		}
		if k == len(at) {
			at = append(at, v)
		}
		if v != at[k] {
			return nil, fmt.Errorf("%s is %g, expected %g as in equal %s of a meshgrid with indexing 'xy'", indexText([]int{i / m.Columns, i % m.Columns}), v, at[k], of)
		}
	}
	return at, nil
}

// even refuses coordinates that do not ascend in even steps.
func even(name string, at []float64) error {
	for i, v := range at {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("%s[%d] is %g, expected a number", name, i, v)
		}
	}
	extent := at[len(at)-1] - at[0]
	if math.IsInf(extent, 0) {
		return fmt.Errorf("%s ranges from %g to %g, expected a finite extent", name, at[0], at[len(at)-1])
	}
	for i := 1; i < len(at); i++ {
		want := at[0] + extent*float64(i)/float64(len(at)-1)
		switch {
		case !(at[i] > at[i-1]):
			return fmt.Errorf("%s[%d] is %g after %g, expected ascending coordinates", name, i, at[i], at[i-1])
		case !(math.Abs(at[i]-want) <= evenTolerance*extent):
			return fmt.Errorf("%s[%d] is %g, expected %g for evenly spaced coordinates", name, i, at[i], want)
		}
	}
	return nil
}
