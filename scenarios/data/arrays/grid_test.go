package arrays

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"undercurrent/internal/fuzztest"
	"undercurrent/scenarios/data/arrays/arraytest"
)

var (
	xs = entry{"x.npy", doubles("(3,)", -1, 0, 1)}
	ys = entry{"y.npy", doubles("(2,)", 5, 7)}

	meshX = entry{"x.npy", doubles("(2, 3)", -1, 0, 1, -1, 0, 1)}
	meshY = entry{"y.npy", doubles("(2, 3)", 5, 5, 5, 7, 7, 7)}
)

// table is a two-dimensional array for xs and ys that begins with a value.
func table(name string, first float64) entry {
	return entry{name + ".npy", doubles("(2, 3)", first, 1, 2, 3, 4, 5)}
}

// The array of the best name is read, next to any others.
func TestAnArchiveIsReadByItsNames(t *testing.T) {
	for _, c := range []struct {
		about   string
		log     bool
		entries []entry
	}{
		{"density", false, []entry{xs, ys, table("p", 1), table("density", 9)}},
		{"p", false, []entry{table("log_p", 1), table("p", 9), ys, xs}},
		{"log density", true, []entry{xs, ys, table("log_p", 1), table("logp", 2), table("log_density", 9)}},
		{"logp", true, []entry{xs, ys, table("log_p", 1), table("logp", 9), table("p", 2)}},
		{"log_p", true, []entry{xs, ys, table("log_q", 1), table("log_p", 9), table("density", 2)}},
		{"the only one", true, []entry{xs, ys, table("values", 9), {"note.txt", []byte("a note")}}},
		{"a meshgrid", false, []entry{meshX, meshY, table("values", 9)}},
		{"a sparse meshgrid", false, []entry{{"x.npy", doubles("(1, 3)", -1, 0, 1)}, {"y.npy", doubles("(2, 1)", 5, 7)}, table("p", 9)}},
		{"whole numbers", true, []entry{{"x.npy", arraytest.NumPy("|i1", false, "(3,)", []byte{0xFF, 0, 1})}, {"y.npy", arraytest.NumPy("|u1", false, "(2,)", []byte{5, 7})}, table("logp", 9)}},
		{"without endings", false, []entry{{"x", xs.text}, {"y", ys.text}, {"p", table("", 9).text}}},
	} {
		g, err := ReadGrid(kept(t, "grid.npz", archived(c.entries...)), c.log)
		if err != nil || !slices.Equal(g.Values, []float64{9, 1, 2, 3, 4, 5}) || g.Rows != 2 || g.Columns != 3 || !slices.Equal(g.X, []float64{-1, 0, 1}) || !slices.Equal(g.Y, []float64{5, 7}) {
			t.Errorf("%s is read as %v (%v)", c.about, g, err)
		}
	}
	for name, text := range map[string][]byte{"bare.npz": archived(table("p", 9)), "bare.npy": table("p", 9).text, "bare.csv": []byte("9,1,2\n3,4,5\n")} {
		g, err := ReadGrid(kept(t, name, text), false)
		if err != nil || !slices.Equal(g.Values, []float64{9, 1, 2, 3, 4, 5}) || g.X != nil || g.Y != nil {
			t.Errorf("%s is read as %v (%v)", name, g, err)
		}
	}
}

// Coordinates of float32 are as even as they can be.
func TestSingleCoordinatesAreEven(t *testing.T) {
	var singles []float32
	values := make([]float64, 2001)
	for i := range values {
		singles = append(singles, -6+0.006*float32(i))
	}
	coordinates := arraytest.NumPy("<f4", false, fmt.Sprintf("(%d,)", len(singles)), arraytest.Packed(binary.LittleEndian, singles))
	whole := archived(entry{"x", coordinates}, ys, entry{"p", doubles("(2, 2001)", append(values, values...)...)})
	if _, err := ReadGrid(kept(t, "grid.npz", whole), false); err != nil {
		t.Error(err)
	}
}

// A density is not taken for a logarithm because it is the only array there is.
func TestADensityIsNotALogarithm(t *testing.T) {
	for _, name := range []string{"p", "density"} {
		_, err := ReadGrid(kept(t, "grid.npz", archived(xs, ys, table(name, 9))), true)
		want := "the array " + name + " is a density by its name, expected --density-grid for it (density_grid in a scenario file) or an array log_density or logp or log_p"
		if err == nil || !strings.HasSuffix(err.Error(), ": "+want) {
			t.Errorf("%s gives %v, expected %q", name, err, want)
		}
	}
}

func TestBadArchivesSayWhatIsWrong(t *testing.T) {
	p := table("p", 9)
	broken := archived(xs, ys, p)
	at := bytes.Index(broken, []byte("p.npy")) + 25
	broken[at] ^= 0xFF
	x := func(values ...float64) entry { return entry{"x.npy", doubles("(3,)", values...)} }
	for _, c := range []struct {
		about string
		text  []byte
		want  string
	}{
		{"text", []byte("no archive"), "zip: not a valid zip file, expected a NumPy archive"},
		{"cut", archived(xs, ys, p)[:200], "expected a NumPy archive"},
		{"broken", broken, "p: "},
		{"nothing", archived(xs, ys), "no array of two dimensions, expected density or p"},
		{"many", archived(table("b", 1), table("a", 1)), "the arrays a, b have two dimensions, expected one of them, or density or p"},
		{"half", archived(xs, p), "only one of the coordinates x and y is present, expected both"},
		{"pickled", archived(xs, ys, entry{"p.npy", arraytest.NumPy("|O", false, "(2, 3)", nil)}), "p: the array holds pickled objects, expected numbers"},
		{"flat", archived(xs, ys, entry{"p.npy", doubles("(3,)", 1, 2, 3)}), "p: the array has shape [3], expected two dimensions"},
		{"ends", archived(xs, ys, entry{"p.npy", p.text[:len(p.text)-9]}), "p: the array ends after 4 of 6 values, expected a complete file"},
		{"text inside", archived(xs, ys, entry{"p.npy", []byte("words, words")}), `p: the file begins with "words, wor", expected a NumPy file`},
		{"table", archived(entry{"x.npy", p.text}, ys, p), "x: [1, 0] is 3, expected 9 as in equal rows of a meshgrid with indexing 'xy'"},
		{"transposed", archived(meshX, entry{"y.npy", meshX.text}, p), "y: [0, 1] is 0, expected -1 as in equal columns of a meshgrid with indexing 'xy'"},
		{"no mesh", archived(entry{"x.npy", doubles("(2, 1)", 1, 1)}, ys, p), "x has 1 values, expected one for each of the 3 columns of p"},
		{"deep", archived(entry{"x.npy", doubles("(1, 1, 3)", -1, 0, 1)}, ys, p), "x: the array has shape [1 1 3], expected one dimension, or two of a meshgrid"},
		{"beyond", archived(entry{"x.npy", arraytest.NumPy("<i8", false, "(3,)", arraytest.Packed(binary.LittleEndian, []int64{0, 1, 1 << 60}))}, ys, p), "x: [2] is an integer beyond 2⁵³"},
		{"nan in p", archived(xs, ys, table("p", math.NaN())), "p: [0, 0]: NaN is not a density, expected a number"},
		{"logarithms", archived(xs, ys, table("log_p", -9)), "the array log_p is logarithms by its name, expected --log-density-grid for it (log_density_grid in a scenario file) or an array density or p"},
		{"logarithms too", archived(table("logp", -9), table("q", 1)), "the array logp is logarithms by its name, expected --log-density-grid"},
		{"swapped", archived(entry{"x.npy", ys.text}, entry{"y.npy", xs.text}, p), "x has 2 values, expected one for each of the 3 columns of p"},
		{"rows", archived(xs, entry{"y.npy", xs.text}, p), "y has 3 values, expected one for each of the 2 rows of p"},
		{"falling", archived(x(1, 0, -1), ys, p), "x[1] is 0 after 1, expected ascending coordinates"},
		{"uneven", archived(x(0, 1, 4), ys, p), "x[1] is 1, expected 2 for evenly spaced coordinates"},
		{"level", archived(x(0, 0, 0), ys, p), "x[1] is 0 after 0, expected ascending coordinates"},
		{"nan", archived(x(0, math.NaN(), 1), ys, p), "x[1] is NaN, expected a number"},
		{"wide", archived(x(-math.MaxFloat64, 0, math.MaxFloat64), ys, p), "expected a finite extent"},
	} {
		path := kept(t, "grid.npz", c.text)
		if _, err := ReadGrid(path, false); err == nil || !strings.HasPrefix(err.Error(), path+": ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s gives %v, expected %q", c.about, err, c.want)
		}
	}
}

// An array that claims to be large is refused before it is read.
func TestABombIsRefused(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "p.npy", Method: zip.Deflate, UncompressedSize64: 1 << 40, CompressedSize64: 4})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write([]byte("bomb"))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadGrid(kept(t, "bomb.npz", b.Bytes()), false); err == nil || !strings.Contains(err.Error(), "p: the array has 1099511627776 bytes, expected at most 134283264") {
		t.Error(err)
	}
}

func FuzzReadNPZ(f *testing.F) {
	f.Add(archived(xs, ys, table("p", 1)), false)
	f.Add(archived(table("a", 1), table("b", 1)), true)
	f.Add(archived(xs, ys, entry{"log_p.npy", arraytest.NumPy("|O", false, "(2, 3)", nil)}), true)
	f.Fuzz(func(t *testing.T, text []byte, log bool) {
		g, err := readArchive(bytes.NewReader(text), log)
		if err != nil {
			fuzztest.OneLine(t, text, err)
			return
		}
		checkMatrix(t)(g.Matrix, err)
		if g.X != nil && (len(g.X) != g.Columns || len(g.Y) != g.Rows) {
			t.Errorf("%d and %d coordinates for %d×%d", len(g.X), len(g.Y), g.Rows, g.Columns)
		}
	})
}
