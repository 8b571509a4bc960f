package draws

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"undercurrent/scenarios/data/arrays"
)

// baseTable is testdata/base.csv, which all files of the folder were made from, read by the
// standard library.
type baseTable map[string][]float64

func base(t testing.TB) baseTable {
	t.Helper()
	f, err := os.Open("testdata/base.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	b := baseTable{}
	for _, row := range rows[1:] {
		for k, name := range rows[0] {
			v, err := strconv.ParseFloat(row[k], 64)
			if err != nil {
				t.Fatal(err)
			}
			b[name] = append(b[name], v)
		}
	}
	return b
}

// kept are the values of a column in the rows of positive weight.
func (b baseTable) kept(name string) (values []float64) {
	for i, w := range b["weight"] {
		if w > 0 {
			values = append(values, b[name][i])
		}
	}
	return values
}

func each(values []float64, f func(float64) float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = f(v)
	}
	return out
}

// close reports whether values agree up to a relative error.
func closeTo(a, b []float64, tolerance float64) bool {
	return slices.EqualFunc(a, b, func(p, q float64) bool { return math.Abs(p-q) <= tolerance*math.Abs(q) })
}

func inTestdata(names ...string) (paths []string) {
	for _, name := range names {
		paths = append(paths, filepath.Join("testdata", name))
	}
	return paths
}

// Each kind of file gives the draws it was made from. R writes 15 digits, pandas' JSON 15 decimals.
func TestFilesOfAllKindsGiveTheSameDraws(t *testing.T) {
	b := base(t)
	one, two := []int{20, 20}, []int(nil)
	for _, c := range []struct {
		files     []string
		o         Options
		format    string
		chains    []int
		tolerance float64
	}{
		{[]string{"base.csv"}, Options{Columns: []string{"mu", "tau"}, Weights: None}, "table (CSV)", one, 0},
		{[]string{"pandas.csv"}, Options{}, "table (CSV)", two, 0},
		{[]string{"german.csv"}, Options{}, "table (semicolons)", two, 0},
		{[]string{"numbered.csv"}, Options{}, "table (CSV)", two, 0},
		{[]string{"named.tsv"}, Options{}, "table (tabs)", two, 0},
		{[]string{"named.tsv"}, Options{Columns: []string{"1", "2"}}, "table (tabs)", two, 0},
		{[]string{"long.csv"}, Options{}, "table (CSV)", one, 0},
		{[]string{"lines.jsonl"}, Options{Columns: []string{"mu", "tau"}}, "JSON lines", two, 1e-11},
		{[]string{"r.csv"}, Options{}, "table (CSV)", two, 1e-14},
		{[]string{"r2.csv"}, Options{}, "table (semicolons)", two, 1e-14},
		{[]string{"r.txt"}, Options{}, "table (blanks)", two, 1e-14},
		{[]string{"tidy.csv"}, Options{Columns: []string{"mu", "tau"}}, "table (CSV)", one, 1e-14},
		{[]string{"stan_1.csv", "stan_2.csv"}, Options{}, "CmdStan", one, 0},
		{[]string{"stan_*.csv"}, Options{}, "CmdStan", one, 0},
		{[]string{"posterior.npz"}, Options{Columns: []string{"mu", "tau"}}, "NumPy archive", one, 0},
		{[]string{"flat.npz"}, Options{Weights: None}, "NumPy archive", two, 0},
		{[]string{"emcee.npy"}, Options{}, "NumPy array", one, 0},
		{[]string{"chains.npy"}, Options{}, "NumPy array", one, 0},
		{[]string{"fortran.npy"}, Options{}, "NumPy array", one, 0},
		{[]string{"transposed.npy"}, Options{Axes: []Axis{Variable, Draw}}, "NumPy array", two, 0},
		{[]string{"plain.parquet"}, Options{}, "Parquet", one, 0},
	} {
		table, err := Read(inTestdata(c.files...), c.o)
		if err != nil {
			t.Errorf("%s: %v", c.files, err)
			continue
		}
		if table.Format != c.format || !slices.Equal(table.ChainLengths(), c.chains) {
			t.Errorf("%s is taken for %s with chains of %v, expected %s, %v", c.files, table.Format, table.ChainLengths(), c.format, c.chains)
		}
		for k, name := range []string{"mu", "tau"} {
			if !closeTo(table.Columns[k], b[name], c.tolerance) {
				t.Errorf("%s has %s as %v, expected %v", c.files, name, table.Columns[k], b[name])
			}
		}
	}
}

// A row of weight 0 is ignored, whatever it holds.
func TestWeightedFilesGiveTheDrawsOfPositiveWeight(t *testing.T) {
	b := base(t)
	for _, c := range []struct {
		file    string
		o       Options
		columns []string
	}{
		{"weighted.csv", Options{}, []string{"mu", "tau"}},
		{"weighted.csv", Options{All: true}, []string{"mu", "tau"}},
		{"python.jsonl", Options{}, []string{"mu", "tau"}},
		{"flat.npz", Options{}, []string{"both[0]", "both[1]"}},
		{"nulls.parquet", Options{}, []string{"mu", "tau"}},
		{"getdist", Options{}, []string{"mu", "tau"}},
		{"cobaya", Options{}, []string{"mu", "tau"}},
		{"base.csv", Options{Columns: []string{"mu", "tau"}}, []string{"mu", "tau"}},
		{"base.csv", Options{Columns: []string{"mu", "tau"}, Weights: "5"}, []string{"mu", "tau"}},
	} {
		table, err := Read(inTestdata(c.file), c.o)
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		if !slices.Equal(table.Names, c.columns) || !slices.Equal(table.Weight, b.kept("weight")) {
			t.Errorf("%s has columns %v and weights %v, expected %v", c.file, table.Names, table.Weight, b.kept("weight"))
		}
		if !slices.Equal(table.Columns[0], b.kept("mu")) || !slices.Equal(table.Columns[1], b.kept("tau")) {
			t.Errorf("%s has %v", c.file, table.Columns)
		}
	}
}

// The log-density of a GetDist chain is negative, that of the others is not.
func TestLogDensitiesAndDivergentTransitionsAreRead(t *testing.T) {
	b := base(t)
	for _, c := range []struct {
		file                  string
		o                     Options
		logDensity, divergent []float64
	}{
		{"stan_*.csv", Options{}, b["lp"], b["divergent"]},
		{"posterior.npz", Options{Columns: []string{"mu"}}, b["lp"], b["divergent"]},
		{"named.tsv", Options{}, b["lp"], nil},
		{"getdist", Options{}, b.kept("lp"), nil},
		{"getdist", Options{LogDensity: "2"}, b.kept("lp"), nil},
		{"getdist", Options{Columns: []string{"tau"}, LogDensity: "mu"}, b.kept("mu"), nil},
		{"getdist", Options{LogDensity: None}, nil, nil},
		{"plain.parquet", Options{}, nil, b["divergent"]},
		{"plain.parquet", Options{Divergent: None}, nil, nil},
		{"tidy.csv", Options{Columns: []string{"mu"}, Divergent: "ok", LogDensity: "tau"}, b["tau"], b["divergent"]},
	} {
		table, err := Read(inTestdata(c.file), c.o)
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		var divergent []float64
		for _, d := range table.Divergent {
			divergent = append(divergent, map[bool]float64{true: 1}[d])
		}
		if !closeTo(table.LogDensity, c.logDensity, 1e-14) || !slices.Equal(divergent, c.divergent) {
			t.Errorf("%s with %+v has log-densities %v and divergent %v", c.file, c.o, table.LogDensity, table.Divergent)
		}
	}
}

// Elements of arrays of more dimensions are columns of their own.
func TestElementsOfArraysAreColumns(t *testing.T) {
	table, err := Read(inTestdata("posterior.npz"), Options{Columns: []string{"theta[2, 1]", "theta[0, 0]", "log(theta[0, 1])"}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range table.Rows() {
		if v := float64(6*i + 5); table.Columns[0][i] != v || table.Columns[1][i] != v-5 || table.Columns[2][i] != math.Log(v-4) {
			t.Fatalf("row %d is %v, %v, %v", i, table.Columns[0][i], table.Columns[1][i], table.Columns[2][i])
		}
	}
	table, err = Read(inTestdata("posterior.npz"), Options{All: true})
	if err != nil || !slices.Equal(table.Names, []string{"mu", "tau", "theta[0, 0]", "theta[0, 1]", "theta[1, 0]", "theta[1, 1]", "theta[2, 0]", "theta[2, 1]"}) {
		t.Errorf("all columns are %v (%v)", table.Names, err)
	}
}

// The first dimensions of the arrays of an archive are those that most have in common.
func TestTheDimensionsOfAnArchive(t *testing.T) {
	for _, c := range []struct {
		about  string
		shapes [][]int
		want   string
	}{
		{"chains and draws", [][]int{{4, 50}, {4, 50, 8}}, "4×50 chain,draw"},
		{"draws and chains", [][]int{{50, 4}, {50, 4}}, "50×4 draw,chain"},
		{"draws", [][]int{{50}, {50, 8}, {50, 3, 3}}, "50 draw"},
		{"points", [][]int{{50, 2}}, "50 draw"},
		{"one variable", [][]int{{4, 50}}, "4×50 chain,draw"},
		{"another length", [][]int{{3}, {4, 50}, {4, 50}}, "4×50 chain,draw"},
		{"draws of vectors", [][]int{{50, 8}, {50, 3}}, "50 draw"},
	} {
		var all []arrays.Header
		for _, shape := range c.shapes {
			all = append(all, arrays.Header{Shape: shape})
		}
		lengths, axes := leading(all)
		if got := shapeText(lengths) + " " + axesText(axes); got != c.want {
			t.Errorf("%s: the first dimensions of %v are %s, expected %s", c.about, c.shapes, got, c.want)
		}
	}
}

// Null is NaN where values need not be finite.
func TestNullsOfParquetAreMissing(t *testing.T) {
	b := base(t)
	table, err := Read(inTestdata("nulls.parquet"), Options{All: true, Weights: None})
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range b["weight"] {
		if v := table.Columns[0][i]; math.IsNaN(v) != (w == 0) || w > 0 && v != b["mu"][i] {
			t.Fatalf("row %d of weight %g has mu %g", i, w, v)
		}
	}
}

// Python's words for numbers that are not finite are read outside of texts alone.
func TestNumbersOfPythonInJSON(t *testing.T) {
	table, err := readText(t, "a.jsonl", `{"\"NaN": 1, "Infinity": -Infinity, "s": "a", "b": Infinity, "c": NaN}`, Options{All: true})
	if err != nil || !slices.Equal(table.Names, []string{`"NaN`, "Infinity", "b", "c"}) {
		t.Fatalf("the table is %+v (%v)", table, err)
	}
	if c := table.Columns; c[0][0] != 1 || !math.IsInf(c[1][0], -1) || !math.IsInf(c[2][0], 1) || !math.IsNaN(c[3][0]) {
		t.Errorf("the columns are %v", c)
	}
}

// Columns are formulas of others, in the language of targets.
func TestFormulasOfColumns(t *testing.T) {
	b := base(t)
	table, err := Read(inTestdata("stan_*.csv"), Options{Columns: []string{"log(tau)", "mu - lp__", "energy__*2", "mu + tau*energy__ - tau"}})
	if err != nil {
		t.Fatal(err)
	}
	want := make([]float64, len(b["mu"]))
	for i := range want {
		want[i] = b["mu"][i] - b["lp"][i]
	}
	if !slices.Equal(table.Columns[0], each(b["tau"], math.Log)) || !slices.Equal(table.Columns[1], want) || table.Columns[2][3] != 2 || math.Abs(table.Columns[3][5]-b["mu"][5]) > 1e-15 {
		t.Errorf("formulas give %v", table.Columns)
	}
}

func TestTheEffectiveSize(t *testing.T) {
	table := Table{Columns: [][]float64{{1, 2, 3}}}
	if n := table.EffectiveSize(); n != 3 {
		t.Errorf("without weights it is %g", n)
	}
	// (1 + 2 + 3)² / (1 + 4 + 9), also where squares of weights overflow.
	for _, scale := range []float64{1, 1e200, 1e-200} {
		table.Weight = []float64{scale, 2 * scale, 3 * scale}
		if n := table.EffectiveSize(); math.Abs(n-36.0/14) > 1e-12 {
			t.Errorf("of weights 1, 2, 3 times %g it is %g, expected %g", scale, n, 36.0/14)
		}
	}
}
