package arrays

import (
	"errors"
	"fmt"
	"io"
	"math"

	"undercurrent/scenarios"
)

// ReadPoints reads at least two points: an N×2 array of a NumPy file (.npy) or archive
// (.npz: samples or points, or else the only array of two dimensions), or lines of x and y
// as for ParsePoint (.csv or .txt), where a first line "x,y", empty lines and lines that
// begin with # are skipped. Coordinates must be finite. The error begins with the name of
// the file.
func ReadPoints(name string) ([]scenarios.Point, error) {
	return read(name, map[string]reader[[]scenarios.Point]{".npy": readRows, ".npz": readArchivedRows, ".csv": readLines, ".txt": readLines})
}

// readRows reads the rows of a NumPy file.
func readRows(f file) ([]scenarios.Point, error) {
	m, err := readNumPy(f, finite)
	if err != nil {
		return nil, err
	}
	return m.points()
}

// readArchivedRows reads the rows of an array of an archive.
func readArchivedRows(f file) (points []scenarios.Point, err error) {
	a, err := openArchive(f)
	if err != nil {
		return nil, err
	}
	name, err := a.pick(a.flat(), "samples", "points")
	if err != nil {
		return nil, err
	}
	m, err := a.matrix(name, finite)
	if err != nil {
		return nil, err
	}
	if points, err = m.points(); err != nil {
		return nil, fmt.Errorf("%s: %w", scenarios.Escaped(name), err)
	}
	return points, nil
}

// points are the rows of a matrix.
func (m Matrix) points() ([]scenarios.Point, error) {
	if m.Columns != 2 || m.Rows < 2 {
		return nil, fmt.Errorf("the array has %d rows of %d values, expected at least two rows of x and y", m.Rows, m.Columns)
	}
	points := make([]scenarios.Point, m.Rows)
	for i := range points {
		points[i] = scenarios.Point{X: m.Values[2*i], Y: m.Values[2*i+1]}
	}
	return points, nil
}

// readLines reads a point from each line.
func readLines(f file) (points []scenarios.Point, err error) {
	lines := newTextLines(f)
	for begun := false; ; {
		line, err := lines.next()
		switch {
		case errors.Is(err, io.EOF) && len(points) < 2:
			return nil, fmt.Errorf("the file has %d points, expected at least two lines of x and y", len(points))
		case errors.Is(err, io.EOF):
			return points, nil
		case err != nil:
			return nil, err
		}
		header := !begun && IsHeader(line)
		if begun = true; header {
			continue
		}
		p, err := ParsePoint(line)
		switch {
		case err != nil:
			return nil, fmt.Errorf("line %d, %w", lines.number, err)
		case finite(p.X) != nil || finite(p.Y) != nil:
			return nil, fmt.Errorf("line %d: the point is (%g, %g), expected two finite numbers", lines.number, p.X, p.Y)
		}
		if points = append(points, p); len(points) > maxValues/2 {
			return nil, fmt.Errorf("line %d: more than %d points, expected fewer", lines.number, maxValues/2)
		}
	}
}

// finite is the check of coordinates.
func finite(v float64) error {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return fmt.Errorf("%g, expected a finite number", v)
	}
	return nil
}
