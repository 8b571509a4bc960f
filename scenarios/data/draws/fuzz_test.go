package draws

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"undercurrent/internal/fuzztest"
)

// seeds adds files of testdata as they are.
func seeds(f *testing.F, pattern string) {
	f.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(paths) == 0 {
		f.Fatalf("%s matches %v (%v)", pattern, paths, err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
}

// holds reads a text by a source in all ways and checks what holds for every table.
func holds(t *testing.T, text []byte, open func(file) (source, error)) {
	t.Helper()
	for _, o := range []Options{{}, {All: true}, {Others: true}, {Columns: []string{"1", "mu*2"}}, {Columns: []string{"1"}, Weights: "2", Chain: None}} {
		s, err := open(bytes.NewReader(text))
		var table *Table
		if err == nil {
			table, err = tableOf(s, o)
		}
		fuzztest.OneLine(t, text, err)
		if err != nil {
			continue
		}
		n := table.Rows()
		for _, column := range table.Columns {
			if len(column) != n || n == 0 {
				t.Fatalf("%q has columns of %d and %d rows", text, len(column), n)
			}
		}
		for _, length := range []int{len(table.Chain), len(table.Weight), len(table.LogDensity), len(table.Energy), len(table.Divergent)} {
			if length != 0 && length != n {
				t.Fatalf("%q has a column of %d rows, expected %d or none", text, length, n)
			}
		}
		if !slices.IsSorted(table.Chain) || slices.ContainsFunc(table.Weight, func(w float64) bool { return !(w > 0) }) {
			t.Fatalf("%q has chains %v and weights %v", text, table.Chain, table.Weight)
		}
		for _, note := range table.Notes {
			if strings.ContainsAny(note, "\n\r\t\x1b") {
				t.Fatalf("%q has the note %q", text, note)
			}
		}
	}
}

// tableOf is the table of one source.
func tableOf(s source, o Options) (*Table, error) {
	b, err := newBuilder(s.head(), o, 1)
	if err != nil {
		return nil, err
	}
	b.begin("file", s.head())
	if err := s.read(b); err != nil {
		return nil, err
	}
	return b.finish()
}

func FuzzText(f *testing.F) {
	seeds(f, "*.csv")
	seeds(f, "*.t[sx][vt]")
	f.Fuzz(func(t *testing.T, text []byte) {
		holds(t, text, func(r file) (source, error) { return newTextSource("none", r) })
	})
}

func FuzzJSONLines(f *testing.F) {
	seeds(f, "*.jsonl")
	f.Fuzz(func(t *testing.T, text []byte) {
		holds(t, text, func(r file) (source, error) { return newJSONSource(r) })
	})
}

func FuzzArray(f *testing.F) {
	seeds(f, "*.npy")
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, axes := range [][]Axis{nil, {Variable, Draw}} {
			holds(t, text, func(r file) (source, error) { return newArraySource(r, axes) })
		}
	})
}

func FuzzArchive(f *testing.F) {
	seeds(f, "*.npz")
	f.Fuzz(func(t *testing.T, text []byte) {
		holds(t, text, func(r file) (source, error) { return newArchiveSource(r) })
	})
}

func FuzzParquet(f *testing.F) {
	seeds(f, "*.parquet")
	f.Fuzz(func(t *testing.T, text []byte) {
		holds(t, text, func(r file) (source, error) { return newParquetSource(r) })
	})
}

// The names are never empty and have no blanks.
func FuzzParamNames(f *testing.F) {
	f.Add("mu\t\\mu\ntau* \\tau\n# c\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range parseParamNames(text) {
			if len(strings.Fields(name)) > 1 {
				t.Errorf("%q has the name %q", text, name)
			}
		}
	})
}

// Axes that are parsed are printed as what parses to them again.
func FuzzParseAxes(f *testing.F) {
	f.Add("steps,walkers,variable")
	f.Fuzz(func(t *testing.T, text string) {
		axes, err := ParseAxes(text)
		fuzztest.OneLine(t, text, err)
		if err != nil {
			return
		}
		if again, err := ParseAxes(axesText(axes)); err != nil || !slices.Equal(again, axes) {
			t.Errorf("%q is %v and then %v (%v)", text, axes, again, err)
		}
	})
}
