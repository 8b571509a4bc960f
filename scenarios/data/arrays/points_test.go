package arrays

import (
	"math"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios"
)

// One cloud is read from all that programs write.
func TestEveryFormOfPointsIsRead(t *testing.T) {
	want := []scenarios.Point{{X: 1, Y: -2.5}, {X: 3e-3, Y: 4}}
	for name, text := range map[string]string{
		"rows.npy":      string(doubles("(2, 2)", 1, -2.5, 3e-3, 4)),
		"commas.csv":    "1,-2.5\n3e-3,4\n",
		"header.csv":    "x,y\n1, -2.5\n0.003 ,4\n",
		"quoted.csv":    "\"x\",\"y\"\r\n\"1\",\"-2.5\"\r\n3e-3,4",
		"blanks.csv":    "# x y\n1.000e+00 -2.500e+00\n 3.000e-03\t4.0\n",
		"whole.txt":     "\ufeff# x y\n1 -2.5\n3e-3 4\n",
		"excel.csv":     "\ufeffx;y\r\n1;-2.5\r\n3e-3;4\r\n",
		"trailing.csv":  "x,y,\n1,-2.5,\n3e-3,4, \n",
		"named.npz":     string(archived(table("p", 1), entry{"points.npy", doubles("(2, 2)", 1, -2.5, 3e-3, 4)})),
		"samples.npz":   string(archived(entry{"samples.npy", doubles("(2, 2)", 1, -2.5, 3e-3, 4)}, entry{"points.npy", doubles("(1, 2)", 1, 2)})),
		"only.npz":      string(archived(xs, entry{"chain.npy", doubles("(2, 2)", 1, -2.5, 3e-3, 4)})),
		"semicolon.csv": "\n1;-2.5\n\n# half way\n3e-3 ; 4\n\n",
	} {
		got, err := ReadPoints(kept(t, name, []byte(text)))
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s is read as %v (%v)", name, got, err)
		}
	}
}

func TestBadPointsSayWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"three.npy", string(doubles("(2, 3)", 1, 2, 3, 4, 5, 6)), "the array has 2 rows of 3 values, expected at least two rows of x and y"},
		{"one.npy", string(doubles("(1, 2)", 1, 2)), "the array has 1 rows of 2 values, expected at least two rows of x and y"},
		{"one.csv", "x,y\n1,2\n", "the file has 1 points, expected at least two lines of x and y"},
		{"empty.csv", "", "the file has 0 points, expected at least two lines of x and y"},
		{"late.csv", strings.Repeat("1,2\n", 31414) + "3,abc\n", `line 31415, column 3: "abc", expected a number`},
		{"header.csv", "1,2\nx,y\n", `line 2, column 1: "x", expected a number`},
		{"three.csv", "1,2\n3,4,5\n", `line 2, column 4: ",5", expected the line to end after x and y`},
		{"half.csv", "1,2\n3\n", "line 2, column 2: the line ends, expected a number"},
		{"comma.csv", "1,2\n3,\n", "line 2, column 3: the line ends, expected a number"},
		{"twice.csv", "1,,2\n", `line 1, column 3: ",", expected a number`},
		{"quote.csv", "1,\"2\n", `line 1, column 3: "\"2", expected a number`},
		{"long.csv", "1,2\n" + strings.Repeat("1", 2<<20), "line 2 has more than 1048576 bytes, expected numbers"},
		{"nan.csv", "x,y\n1,2\n\n3,NaN\n", "line 4: the point is (3, NaN), expected two finite numbers"},
		{"infinite.csv", "1,2\n1e999,3\n", "line 2: the point is (+Inf, 3), expected two finite numbers"},
		{"nan.npy", string(doubles("(2, 2)", 1, 2, 3, math.NaN())), "[1, 1]: NaN, expected a finite number"},
		{"nan.npz", string(archived(entry{"points.npy", doubles("(2, 2)", 1, math.Inf(-1), 3, 4)})), "points: [0, 1]: -Inf, expected a finite number"},
		{"three.npz", string(archived(table("points", 1))), "points: the array has 2 rows of 3 values, expected at least two rows of x and y"},
		{"two.npz", string(archived(table("a", 1), table("b", 1))), "the arrays a, b have two dimensions, expected one of them, or samples or points"},
		{"none.npz", string(archived(xs)), "no array of two dimensions, expected samples or points"},
		{"points.dat", "", "unknown file name extension, expected .csv or .npy or .npz or .txt"},
	} {
		path := kept(t, c.name, []byte(c.text))
		if _, err := ReadPoints(path); err == nil || err.Error() != path+": "+c.want {
			t.Errorf("%s gives %v, expected %q", c.name, err, c.want)
		}
	}
}

// A number beyond the largest is infinite, and a point costs no memory.
func TestAPointIsParsed(t *testing.T) {
	line := []byte(" -1.234567890123456789e-05\t1e999 ")
	p, err := ParsePoint(line)
	if err != nil || p.X != -1.234567890123456789e-05 || !math.IsInf(p.Y, 1) {
		t.Errorf("the point is %v (%v)", p, err)
	}
	line = []byte("-1.234567890123456789e-05,0.12345678901234568")
	if n := testing.AllocsPerRun(100, func() { _, _ = ParsePoint(line) }); n != 0 {
		t.Errorf("a point takes %g allocations", n)
	}
}
