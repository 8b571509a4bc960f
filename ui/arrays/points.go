package arrays

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"

	"undercurrent/scenarios"
)

// longestLine bounds a line of points, in bytes.
const longestLine = 1 << 20

// ReadPoints reads at least two points: an N×2 array of a NumPy file (.npy), or lines of x
// and y as ParsePoint takes them (.csv), where a first line "x,y", empty lines and lines
// that begin with # are left out. The error begins with the name of the file.
func ReadPoints(name string) ([]scenarios.Point, error) {
	return read(name, map[string]reader[[]scenarios.Point]{".npy": readRows, ".csv": readLines})
}

// readRows reads the rows of a NumPy file.
func readRows(f file) ([]scenarios.Point, error) {
	m, err := readNumPy(f)
	switch {
	case err != nil:
		return nil, err
	case m.Columns != 2 || m.Rows < 2:
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
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, longestLine)
	at, begun := 0, false
	for lines.Scan() {
		at++
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		header := !begun && IsHeader(line)
		if begun = true; header {
			continue
		}
		p, err := ParsePoint(lines.Bytes())
		if err != nil {
			return nil, fmt.Errorf("line %d, %w", at, err)
		}
		if points = append(points, p); len(points) > mostValues/2 {
			return nil, fmt.Errorf("more than %d points, expected fewer", mostValues/2)
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, fmt.Errorf("line %d has more than %d bytes, expected x and y", at+1, longestLine)
	case err != nil:
		return nil, fmt.Errorf("%w, expected a file that can be read", plain(err))
	case len(points) < 2:
		return nil, fmt.Errorf("the file has %d points, expected at least two lines of x and y", len(points))
	}
	return points, nil
}
