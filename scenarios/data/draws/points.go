package draws

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
	"undercurrent/scenarios/data/arrays"
)

// Points reads at least two points from a file: one of x and y alone as package arrays does,
// any other as a table with a selection of two columns. A name may be a pattern or a root as for
// Read. The error begins with the name of the file.
func Points(path string, of scenarios.Selection) (data.Cloud, error) {
	if of == (scenarios.Selection{}) && slices.Contains(data.ArrayEndings(), strings.ToLower(filepath.Ext(path))) {
		points, err := arrays.ReadPoints(path)
		if err == nil || isPlain(path) {
			return data.Cloud{Points: points}, err
		}
	}
	o, err := PointOptions(of)
	if err != nil {
		return data.Cloud{}, fmt.Errorf("%s: %w", path, err)
	}
	t, err := Read([]string{path}, o)
	if err != nil {
		return data.Cloud{}, err
	}
	if t.Rows() < 2 {
		return data.Cloud{}, fmt.Errorf("%s: the file has %s, expected at least two", path, counted(t.Rows(), "draw"))
	}
	points, err := t.Points()
	return data.Cloud{Points: points, Weights: t.Weight, Taken: t.Notes}, err
}

// PointOptions are the options of two columns.
func PointOptions(of scenarios.Selection) (o Options, err error) {
	o.Weights = of.Weights
	if of.Columns != "" {
		o.Columns = SplitColumns(of.Columns)
		if n := len(o.Columns); n != 2 {
			return o, fmt.Errorf("%s in %s, expected two for x and y", counted(n, "column"), quoted(of.Columns))
		}
	}
	if of.Axes != "" {
		o.Axes, err = ParseAxes(of.Axes)
	}
	return o, err
}

// SplitColumns splits columns at the commas outside of parentheses and brackets, such as
// mu,atan2(a,b),theta[1,2].
func SplitColumns(text string) (columns []string) {
	depth, begin := 0, 0
	for i, r := range text {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth <= 0 {
				columns, begin = append(columns, strings.TrimSpace(text[begin:i])), i+1
			}
		}
	}
	return append(columns, strings.TrimSpace(text[begin:]))
}

// IsTable reports whether a file has draws in a form that is no stream of x and y: names of other
// columns, more than two of them, an archive, Parquet, or objects without particles. A NumPy array
// is a stream. A pattern or a root stands for its first file.
func IsTable(path string) bool {
	paths, err := expanded([]string{path})
	if err != nil {
		return false
	}
	is := false
	_ = opened(paths[0], Options{}, func(s source) error {
		switch s := s.(type) {
		case *textSource:
			is = !s.isPlain()
		case *jsonSource:
			is = !slices.Contains(s.h.columns, "particles")
		case *arraySource:
		default:
			is = true
		}
		return nil
	})
	return is
}

// Shape is the shape of the array in a NumPy file; nil if it is none.
func Shape(path string) (shape []int) {
	_ = opened(path, Options{}, func(s source) error {
		if a, ok := s.(*arraySource); ok {
			shape = a.shape
		}
		return nil
	})
	return shape
}

// isPlain reports whether a file has points in the form of arrays.ReadPoints, or cannot be read
// at all, so that its error is that of the form.
func isPlain(path string) bool {
	plain := !strings.EqualFold(filepath.Ext(path), ".npy")
	// A pipe has no second beginning.
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return err == nil || !strings.ContainsAny(path, "*?[")
	}
	_ = opened(path, Options{}, func(s source) error {
		switch s := s.(type) {
		case *textSource:
			plain = s.isPlain()
		case *arraySource:
			plain = len(s.shape) == 2 && s.shape[1] == 2
		default:
			plain = false
		}
		return nil
	})
	return plain
}

// isPlain reports whether a text has lines of x and y.
func (s *textSource) isPlain() bool {
	if _, err := arrays.ParsePoint(s.opening); err == nil {
		return true
	}
	named := s.hasHeader && !slices.Equal(lower(s.h.columns), []string{"x", "y"})
	return s.width == 2 && !named && s.rowNames == 0 && !(s.decimals.allowsComma && strings.Contains(string(s.first), ","))
}

func lower(names []string) (list []string) {
	for _, n := range names {
		list = append(list, strings.ToLower(n))
	}
	return list
}
