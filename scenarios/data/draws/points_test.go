package draws

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios"
)

// A file of x and y is read as ever and nothing is said of it; others are tables.
func TestPointsOfFiles(t *testing.T) {
	b := base(t)
	texts := map[string]string{"plain.csv": "x,y\n1,2\n3,4\n", "mixed.txt": "# c\n1 2,\n3;4\n", "decimal.csv": "x;y\n1,5;2\n3;4\n"}
	dir := written(t, texts)
	for name, of := range map[string]scenarios.Selection{"plain.csv": {}, "mixed.txt": {}} {
		cloud, err := Points(filepath.Join(dir, name), of)
		if err != nil || cloud.Taken != nil || cloud.Weights != nil || !slices.Equal(cloud.Points, []scenarios.Point{{X: 1, Y: 2}, {X: 3, Y: 4}}) {
			t.Errorf("%s gives %+v (%v)", name, cloud, err)
		}
	}
	cloud, err := Points(filepath.Join(dir, "decimal.csv"), scenarios.Selection{})
	if err != nil || len(cloud.Taken) != 1 || cloud.Points[0] != (scenarios.Point{X: 1.5, Y: 2}) {
		t.Errorf("decimal commas give %+v (%v)", cloud, err)
	}
	cloud, err = Points("testdata/getdist", scenarios.Selection{Columns: "log(tau),2*mu"})
	if err != nil || len(cloud.Taken) != 2 || !slices.Equal(cloud.Weights, b.kept("weight")) || cloud.Points[1].Y != 2*b.kept("mu")[1] {
		t.Errorf("a GetDist chain gives %+v (%v)", cloud, err)
	}
	cloud, err = Points("testdata/transposed.npy", scenarios.Selection{Axes: "variable,draw"})
	if err != nil || cloud.Points[3] != (scenarios.Point{X: b["mu"][3], Y: b["tau"][3]}) {
		t.Errorf("named axes give %+v (%v)", cloud, err)
	}
}

// The errors of files of x and y are those of package arrays.
func TestErrorsOfPoints(t *testing.T) {
	dir := written(t, map[string]string{"late.csv": "x,y\n1,2\n3,4,5\n", "one.tsv": "a\tb\n1\t2\n", "bad.csv": "1,2\nx,3\n", "three.csv": "1,2,3\n", "turned.npy": cut(t, "transposed.npy", 768), "cut.npy": cut(t, "emcee.npy", 400)})
	for _, c := range []struct {
		name string
		of   scenarios.Selection
		want string
	}{
		{"late.csv", scenarios.Selection{}, `late.csv: line 3, column 4: ",5", expected the line to end after x and y`},
		{"bad.csv", scenarios.Selection{}, `bad.csv: line 2, column 1: "x", expected a number`},
		{"none.csv", scenarios.Selection{}, "none.csv: no such file or directory, expected a readable file"},
		{"none_*.csv", scenarios.Selection{}, "none_*.csv: no file matches the pattern, expected at least one"},
		{"turned.npy", scenarios.Selection{}, "turned.npy: the array has shape 2×40, expected 40×2: transposed?"},
		{"cut.npy", scenarios.Selection{}, "cut.npy: the array ends after 34 of 80 values, expected a complete file"},
		{"one.tsv", scenarios.Selection{}, "one.tsv: the file has 1 draw, expected at least two"},
		{"three.csv", scenarios.Selection{Columns: "1,2,3"}, `three.csv: 3 columns in "1,2,3", expected two for x and y`},
		{"three.csv", scenarios.Selection{Columns: "1"}, `three.csv: 1 column in "1", expected two for x and y`},
		{"three.csv", scenarios.Selection{Axes: "x"}, `three.csv: unknown axis "x", expected chain, draw and variable in the order of the dimensions`},
	} {
		_, err := Points(filepath.Join(dir, c.name), c.of)
		if err == nil || strings.ReplaceAll(err.Error(), dir+"/", "") != c.want {
			t.Errorf("%s with %+v gives %v, expected %s", c.name, c.of, err, c.want)
		}
	}
}

func TestColumnsAreSplitOutsideOfBrackets(t *testing.T) {
	for text, want := range map[string][]string{
		"mu,tau": {"mu", "tau"}, " mu , log(tau) ": {"mu", "log(tau)"}, "atan2(a, b),theta[1,2]": {"atan2(a, b)", "theta[1,2]"}, "a": {"a"}, "a),b": {"a)", "b"}, "": {""},
	} {
		if got := SplitColumns(text); !slices.Equal(got, want) {
			t.Errorf("%q is split into %q, expected %q", text, got, want)
		}
	}
}

// A stream of x and y, of objects of particles, or an array is no table.
func TestTablesAreToldFromStreams(t *testing.T) {
	texts := map[string]string{
		"header.csv": "x,y\n1,2\n", "bare.csv": "1,2\n3,4\n", "frames.csv": "1,2\n3,4\n\n1,2\n", "particles.jsonl": `{"particles": [[1, 2]]}`, "broken.csv": "a\n", "empty.csv": "",
		"mu.csv": "mu,tau\n1,2\n", "three.csv": "1,2,3\n", "named.jsonl": `{"mu": 1}`,
	}
	dir := written(t, texts)
	for name, want := range map[string]bool{
		"header.csv": false, "bare.csv": false, "frames.csv": false, "particles.jsonl": false, "broken.csv": false, "empty.csv": false, "none.csv": false,
		"mu.csv": true, "three.csv": true, "named.jsonl": true,
	} {
		if got := IsTable(filepath.Join(dir, name)); got != want {
			t.Errorf("%s is a table: %v", name, got)
		}
	}
	for name, want := range map[string]bool{"stan_1.csv": true, "flat.npz": true, "plain.parquet": true, "emcee.npy": false, "getdist_1.txt": true} {
		if got := IsTable(filepath.Join("testdata", name)); got != want {
			t.Errorf("%s is a table: %v", name, got)
		}
	}
	if shape := Shape("testdata/emcee.npy"); !slices.Equal(shape, []int{20, 2, 2}) || Shape("testdata/r.csv") != nil {
		t.Errorf("the shape is %v", shape)
	}
}
