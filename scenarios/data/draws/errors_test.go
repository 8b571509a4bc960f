package draws

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// written writes files into a folder of their own and returns their paths.
func written(t *testing.T, texts map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// cut is the beginning of a file of testdata.
func cut(t *testing.T, name string, n int) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text[:n])
}

const stanHead = "# method = sample (Default)\nlp__,accept_stat__,mu,tau\n"

func TestErrorsSayWhereAndWhatWasExpected(t *testing.T) {
	long := "mu,tau\n" + strings.Repeat("1,2\n", 31413)
	for _, c := range []struct {
		about, name, text string
		o                 Options
		want              string
	}{
		{"text in a late row", "draws.csv", long + "1,abc\n", Options{}, `draws.csv, line 31415: column tau is "abc", expected a number`},
		{"a ragged row", "a.csv", "mu,tau\n1,2\n1,2,3\n4,5\n", Options{}, "a.csv, line 3: 3 fields, expected 2 as in the rows before"},
		{"a short last row", "a.csv", "mu,tau,b\n1,2,3\n1,2", Options{Columns: []string{"mu"}}, "a.csv, line 3: 2 fields, expected 3 as in the rows before (the file ends there and may be truncated)"},
		{"another header", "a.csv", "mu,tau\n1,2,3,4\n", Options{}, "a.csv, line 2: 4 fields in the row, expected 2 as in the header of line 1"},
		{"no row", "a.csv", "# c\nmu,tau\n# end\n", Options{}, "a.csv, line 2: no row follows the header, expected draws"},
		{"comments alone", "a.csv", "# c\n\n", Options{}, "a.csv: there is no row of numbers, expected draws"},
		{"an empty file", "a.csv", "", Options{}, "a.csv: the file is empty, expected draws"},
		{"all weights 0", "a.csv", "weight,mu,tau\n0,1,2\n0,nan,x\n", Options{}, "a.csv: the weight of all 2 rows is 0, expected a positive one"},
		{"a negative weight", "a.csv", "weight,mu,tau\n1,1,2\n-1,1,2\n", Options{}, "a.csv, line 3: column weight is -1, expected a weight of 0 or more"},
		{"a missing weight", "a.csv", "weight,mu,tau\n1,1,2\n,1,2\n", Options{}, "a.csv, line 3: column weight is NaN, expected a weight of 0 or more"},
		{"a missing value", "a.csv", "mu,tau\n1,2\nNA,2\n", Options{}, "a.csv, line 3: column mu is NaN, expected a finite number"},
		{"no value of a formula", "a.csv", "mu,tau\n1,2\n1,-2\n", Options{Columns: []string{"mu", "log(mu*tau)"}}, "a.csv, line 3: column log(mu*tau) is NaN where mu is 1 and tau is -2, expected a finite number"},
		{"an unknown column", "a.csv", "mu,tau\n1,2\n", Options{Columns: []string{"mu", "tua"}}, `a.csv: no column "tua", expected mu or tau`},
		{"an unknown name in a formula", "a.csv", "mu,sigma\n1,2\n", Options{Columns: []string{"log(sigm)"}}, `a.csv: no column "sigm" as in "log(sigm)", expected sigma`},
		{"a broken formula", "a.csv", "mu,tau\n1,2\n", Options{Columns: []string{"log(mu"}}, `a.csv: column "log(mu": the formula ends too soon at line 1, column 6, expected a formula of mu such as log(mu)`},
		{"a number beyond", "a.csv", "mu,tau\n1,2\n", Options{Columns: []string{"1", "3"}}, `a.csv: no column "3", expected a number from 1 to 2`},
		{"unknown weights", "a.csv", "w,mu,tau\n1,2,3\n", Options{Weights: "wt"}, `a.csv: no column "wt" for the weights, expected w, mu or tau`},
		{"two columns of a name", "a.csv", "mu,mu\n1,2\n", Options{Columns: []string{"mu"}}, `a.csv: 2 columns are named "mu", expected the number of one of them, from 1`},
		{"three variables", "a.csv", "a,b,c\n1,2,3\n", Options{}, "a.csv: there are 3 columns of variables, a, b, c, expected two of them to be chosen, such as a,b"},
		{"one variable", "a.csv", "lp,b,iter\n1,2,3\n", Options{}, "a.csv: there is only one column of a variable, b, expected two"},
		{"bookkeeping alone", "a.csv", "lp,iter\n1,2\n", Options{}, "a.csv: the columns are lp, iter, expected two with the values of variables"},
		{"a formula without names", "a.csv", "1,2\n", Options{Columns: []string{"log(x)"}}, `a.csv: the columns have no names for the formula "log(x)", expected the number of a column`},
		{"thousands", "a.csv", "mu;tau\n1,5;2,5\n1.000;2\n", Options{}, `a.csv, line 3: column mu is "1.000", expected a number`},
		{"all warm-up", "a.csv", "# num_warmup = 5\n# save_warmup = 1\n" + stanHead + "1,1,2,3\n1,1,2,3\n", Options{}, "a.csv: all 2 rows are warm-up, expected draws after them"},
		{"names that do not fit", "b_1.txt", "1 2 3 4 5\n", Options{}, "b_1.txt: 5 columns, expected a weight, −log L and the 2 parameters of b.paramnames"},
		{"UTF-16", "a.csv", "\xff\xfem\x00u\x00", Options{}, `a.csv: the file begins with "\xff\xfem\x00u\x00", expected text in UTF-8, NumPy (.npy, .npz) or Parquet`},
		{"HDF5", "a.nc", "\x89HDF\r\n\x1a\n", Options{}, "a.nc: the file is HDF5 or NetCDF, expected text, NumPy (.npy, .npz) or Parquet"},
		{"Parquet without its end", "a.parquet", cut(t, "plain.parquet", 2000), Options{}, "a.parquet: the end of a Parquet file is missing, expected a complete file"},
		{"Parquet with a footer longer than the file", "a.parquet", "PAR1\x15\x02\xff\xff\xff\x00PAR1", Options{}, "a.parquet: the footer has 16777215 bytes in a file of 14, expected a Parquet file"},
		{"an archive without its end", "a.npz", cut(t, "posterior.npz", 2000), Options{}, "a.npz: zip: not a valid zip file, expected a NumPy archive"},
		{"an array without its end", "a.npy", cut(t, "emcee.npy", 400), Options{}, "a.npy: the array ends after 34 of 80 values, expected a complete file"},
		{"a transposed array", "a.npy", cut(t, "transposed.npy", 768), Options{}, "a.npy: the array has shape 2×40, expected 40×2: transposed?"},
		{"axes of another length", "a.npy", cut(t, "emcee.npy", 768), Options{Axes: []Axis{Draw, Variable}}, "a.npy: the array has shape 20×2×2, expected 2 dimensions for the axes draw,variable"},
		{"axes of a text", "a.csv", "mu,tau\n1,2\n", Options{Axes: []Axis{Draw, Variable}}, "a.csv: the file is no NumPy array (.npy), expected one where axes are named"},
		{"an invalid object", "a.jsonl", "{\"mu\": 1, \"tau\": 2}\n{\"mu\": 1, \"tau\"}\n", Options{}, `a.jsonl, line 2: "{\"mu\": 1, \"tau\"}", expected an object of named numbers on each line, such as {"mu": 1.5, "tau": 0.2}`},
		{"a missing key", "a.jsonl", "{\"mu\": 1, \"tau\": 2}\n{\"mu\": 1}\n", Options{}, "a.jsonl, line 2: column tau is missing, expected a number"},
		{"a text in an object", "a.jsonl", "{\"mu\": 1, \"tau\": 2}\n{\"mu\": 1, \"tau\": [3]}\n", Options{}, `a.jsonl, line 2: column tau is "[3]", expected a number`},
		{"no value in an object", "a.jsonl", "{\"mu\": 1, \"tau\": 2}\n{\"mu\": 1, \"tau\": NaN}\n", Options{}, "a.jsonl, line 2: column tau is NaN, expected a finite number"},
	} {
		dir := written(t, map[string]string{c.name: c.text, "b.paramnames": "mu \\mu\ntau \\tau\n"})
		_, err := Read([]string{filepath.Join(dir, c.name)}, c.o)
		if err == nil || strings.ReplaceAll(err.Error(), dir+"/", "") != c.want {
			t.Errorf("%s gives %v, expected %s", c.about, err, c.want)
		}
	}
}

func TestErrorsOfSeveralFiles(t *testing.T) {
	dir := written(t, map[string]string{"a.csv": "mu,tau\n1,2\n", "b.csv": "mu,nu\n1,2\n", "c.jsonl": `{"mu": 1, "tau": 2}`, "d.csv": "mu,tau\n1,2\n1,x\n"})
	for want, names := range map[string][]string{
		"b.csv: the columns are mu, nu, expected mu, tau as in a.csv":                 {"a.csv", "b.csv"},
		"c.jsonl: the file is taken for JSON lines, expected table (CSV) as in a.csv": {"a.csv", "c.jsonl"},
		`d.csv, line 3: column tau is "x", expected a number`:                         {"a.csv", "d.csv"},
		"e.csv: no such file or directory, expected a readable file":                  {"a.csv", "e.csv"},
		"e*.csv: no file matches the pattern, expected at least one":                  {"e*.csv"},
		".: is a directory, expected a file of draws":                                 {"."},
	} {
		var paths []string
		for _, name := range names {
			paths = append(paths, dir+"/"+name)
		}
		_, err := Read(paths, Options{})
		if err == nil || strings.ReplaceAll(err.Error(), dir+"/", "") != want {
			t.Errorf("%v gives %v, expected %s", names, err, want)
		}
	}
	if _, err := Read(nil, Options{}); err == nil || err.Error() != "no file is named, expected at least one file of draws" {
		t.Errorf("no file gives %v", err)
	}
}
