package arrays

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// Grid has values at the nodes of a regular grid, a row for each y from the lowest.
type Grid struct {
	Matrix
	// X and Y are the coordinates of columns and rows, ascending and evenly spaced; nil
	// where the file has none.
	X, Y []float64
}

// evenness is how far a coordinate may be from its place on an even grid, in units of
// the grid's extent: float32 must do.
const evenness = 1e-6

// ReadGrid reads what ReadMatrix reads, or a NumPy archive (.npz) with coordinates x and
// y and a two-dimensional array: log_density, logp or log_p if log is set, density or p
// otherwise, or else the only one there is. The error begins with the name of the file.
func ReadGrid(name string, log bool) (Grid, error) {
	bare := func(with reader[Matrix]) reader[Grid] {
		return func(f file) (Grid, error) {
			m, err := with(f)
			return Grid{Matrix: m}, err
		}
	}
	archived := func(f file) (Grid, error) { return readArchive(f, log) }
	return read(name, map[string]reader[Grid]{".npy": bare(readNumPy), ".csv": bare(readCSV), ".npz": archived})
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
	if g.Matrix, err = a.matrix(name); err != nil {
		return Grid{}, err
	}
	switch x, y := a["x"] != nil, a["y"] != nil; {
	case !x && !y:
		return g, nil
	case x != y:
		return Grid{}, errors.New("one of the coordinates x and y is there, expected both")
	}
	if g.X, err = a.coordinates("x", g.Columns, "columns of "+name); err != nil {
		return Grid{}, err
	}
	g.Y, err = a.coordinates("y", g.Rows, "rows of "+name)
	return g, err
}

// density is the name of the array that holds the density.
func (a archive) density(log bool) (string, error) {
	wanted := []string{"density", "p"}
	if log {
		wanted = []string{"log_density", "logp", "log_p"}
	}
	for _, name := range wanted {
		if a[name] != nil {
			return name, nil
		}
	}
	switch list := a.flat(); len(list) {
	case 0:
		return "", fmt.Errorf("no array of two dimensions, expected %s", strings.Join(wanted, " or "))
	case 1:
		return list[0], nil
	default:
		return "", fmt.Errorf("the arrays %s have two dimensions, expected one of them, or %s", names(list), strings.Join(wanted, " or "))
	}
}

// coordinates reads the places of so many columns or rows.
func (a archive) coordinates(name string, count int, of string) ([]float64, error) {
	at, err := a.vector(name)
	switch {
	case err != nil:
		return nil, err
	case len(at) != count:
		return nil, fmt.Errorf("%s has %d values, expected one for each of the %d %s", name, len(at), count, of)
	}
	return at, even(name, at)
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
		return fmt.Errorf("%s reaches from %g to %g, expected a finite extent", name, at[0], at[len(at)-1])
	}
	for i := 1; i < len(at); i++ {
		place := at[0] + extent*float64(i)/float64(len(at)-1)
		switch {
		case !(at[i] > at[i-1]):
			return fmt.Errorf("%s[%d] is %g after %g, expected ascending coordinates", name, i, at[i], at[i-1])
		case !(math.Abs(at[i]-place) <= evenness*extent):
			return fmt.Errorf("%s[%d] is %g, expected %g as of evenly spaced coordinates", name, i, at[i], place)
		}
	}
	return nil
}
