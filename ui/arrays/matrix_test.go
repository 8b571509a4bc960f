package arrays

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"undercurrent/ui/arrays/arraytest"
)

// Every kind of floating-point array NumPy writes is read to the same values.
func TestArraysAreReadWhateverTheirOrder(t *testing.T) {
	want := []float64{1, 2, 3, 4.5, 5, -6}
	columns := []float64{1, 4.5, 2, 5, 3, -6}
	singles := []float32{1, 2, 3, 4.5, 5, -6}
	for name, text := range map[string][]byte{
		"little.npy":  doubles("(2, 3)", want...),
		"big.npy":     arraytest.NumPy(">f8", false, "(2, 3)", arraytest.Packed(binary.BigEndian, want)),
		"fortran.npy": arraytest.NumPy("<f8", true, "(2, 3)", arraytest.Packed(binary.LittleEndian, columns)),
		"single.npy":  arraytest.NumPy("<f4", false, "(2, 3)", arraytest.Packed(binary.LittleEndian, singles)),
		"big4.NPY":    arraytest.NumPy(">f4", false, "(2, 3)", arraytest.Packed(binary.BigEndian, singles)),
		"lines.csv":   []byte("1,2,3\n4.5, 5 ,-6\n"),
		"windows.csv": []byte("1,2,\"3\"\r\n\r\n4.5,5,-6"),
	} {
		m, err := ReadMatrix(kept(t, name, text))
		if err != nil || m.Rows != 2 || m.Columns != 3 || !slices.Equal(m.Values, want) {
			t.Errorf("%s is read as %v (%v)", name, m, err)
		}
	}
}

// What no density can be is handed on: what the numbers mean is the reader's business.
func TestNumbersOfEveryKindAreHandedOn(t *testing.T) {
	want := []float64{math.NaN(), math.Inf(1), math.Inf(-1), -3}
	for name, text := range map[string][]byte{"all.npy": doubles("(2, 2)", want...), "all.csv": []byte("nan,inf\n-Inf,-3\n")} {
		m, err := ReadMatrix(kept(t, name, text))
		if err != nil || !math.IsNaN(m.Values[0]) || !slices.Equal(m.Values[1:], want[1:]) {
			t.Errorf("%s is read as %v (%v)", name, m.Values, err)
		}
	}
}

func TestBadArraysSayWhatIsWrong(t *testing.T) {
	whole := doubles("(2, 2)", 0, -1, -2, -3)
	late := strings.Repeat("1,2\n", 31414) + "3,abc\n"
	long := arraytest.NumPy("<f8", false, "(2, 2)", nil)
	long[6], long[10], long[11] = 2, 0xFF, 0x7F // version 2 with a header of two gigabytes
	for _, c := range []struct {
		name string
		text []byte
		want string
	}{
		{"short.npy", whole[:len(whole)-3], "the array ends after 3 of 4 values, expected a whole file"},
		{"none.npy", whole[:128], "the array ends after 0 of 4 values, expected a whole file"},
		{"header.npy", whole[:20], "the header is cut (unexpected EOF), expected a NumPy file"},
		{"start.npy", whole[:9], "the header is cut (unexpected EOF), expected a NumPy file"},
		{"long.npy", long, "bytes, expected at most 65536"},
		{"empty.npy", nil, "the header is cut (unexpected EOF), expected a NumPy file"},
		{"broken.npy", bytes.Replace(whole, []byte("'shape'"), []byte("'shope'"), 1), "the header cannot be read (npy: invalid dictionary format), expected a NumPy file"},
		{"line.npy", bytes.Replace(whole, []byte("\n"), []byte(" "), 1), "the header cannot be read, expected a NumPy file"},
		{"text.npy", []byte("x,y\n1,2\n"), `the file begins with "x,y\n1,2\n", expected a NumPy file`},
		{"pickled.npy", arraytest.NumPy("|O", false, "(2, 2)", []byte("pickle")), "the array holds pickled objects, expected float32 or float64"},
		{"whole.npy", arraytest.NumPy("<i8", false, "(2, 2)", make([]byte, 32)), `the array is of type "<i8", expected float32 or float64`},
		{"flat.npy", arraytest.NumPy("<f8", false, "(4,)", make([]byte, 32)), "the array has shape [4], expected two dimensions"},
		{"huge.npy", arraytest.NumPy("<f8", false, "(1000000000, 1000000000)", nil), "expected 1 to 16777216 values"},
		{"negative.npy", arraytest.NumPy("<f8", false, "(-2, -2)", make([]byte, 32)), "the array has shape [-2 -2], expected 1 to"},
		{"words.csv", []byte("1,2\n3,four\n"), `line 2, column 3: "four", expected a number`},
		{"late.csv", []byte(late), `line 31415, column 3: "abc", expected a number`},
		{"story.csv", []byte("1," + strings.Repeat("a", 1000) + "\n"), `line 1, column 3: "` + strings.Repeat("a", 40) + `"…, expected a number`},
		{"ragged.csv", []byte("1,2\n3\n"), "line 2 has 1 values, expected 2"},
		{"quote.csv", []byte("1,2\n3,\"4\n"), "expected numbers with commas"},
		{"array.txt", []byte("1,2\n"), "the name ends otherwise, expected .csv or .npy"},
	} {
		path := kept(t, c.name, c.text)
		if _, err := ReadMatrix(path); err == nil || !strings.HasPrefix(err.Error(), path+": ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s gives %v, expected %q", c.name, err, c.want)
		}
	}
	if _, err := ReadMatrix("none.npy"); err == nil || err.Error() != "none.npy: no such file or directory, expected a file that can be read" {
		t.Error(err)
	}
	directory := filepath.Join(t.TempDir(), "directory.csv")
	if err := os.Mkdir(directory, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadMatrix(directory); err == nil || err.Error() != directory+": is a directory, expected a file that can be read" {
		t.Error(err)
	}
}

// endless is a file of one byte again and again.
type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

func (e endless) ReadAt(p []byte, _ int64) (int, error) { return e.Read(p) }
func (endless) Seek(int64, int) (int64, error)          { return 0, errors.New("no end") }

// Files without line ends, or without an end, are refused in bounded memory.
func TestEndlessFilesAreRefused(t *testing.T) {
	for _, b := range []endless{0, '1', '\n', '"', ' '} {
		for name, reads := range map[string]func(file) error{
			"numbers": func(f file) error { _, err := readCSV(f); return err },
			"points":  func(f file) error { _, err := readLines(f); return err },
			"array":   func(f file) error { _, err := readNumPy(f); return err },
			"archive": func(f file) error { _, err := readArchive(f, true); return err },
			"picture": func(f file) error { _, err := readPicture(f); return err },
		} {
			if name == "points" && b == '\n' {
				continue // empty lines are left out
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := reads(b)
			runtime.ReadMemStats(&after)
			if grown := after.TotalAlloc - before.TotalAlloc; err == nil || grown > 64<<20 {
				t.Errorf("%s of %q without end: %v after %d bytes of memory", name, byte(b), err, grown)
			}
		}
	}
}

func FuzzReadNumPy(f *testing.F) {
	f.Add(doubles("(2, 2)", 0, -1, -2, -3))
	f.Add(arraytest.NumPy(">f4", true, "(2, 1)", arraytest.Packed(binary.BigEndian, []float32{0, -1})))
	f.Add(arraytest.NumPy("|O", false, "(2, 2)", nil))
	f.Fuzz(func(t *testing.T, text []byte) {
		checkMatrix(t)(readNumPy(bytes.NewReader(text)))
	})
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("1,2\n3,4\n"))
	f.Add([]byte("x,y\r\n# a comment\r\n1;2\r\n\"3\"\t-inf\r\n"))
	f.Add([]byte("1,\"2\n3\",nan\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		checkMatrix(t)(readCSV(bytes.NewReader(text)))
		points, err := readLines(bytes.NewReader(text))
		if err == nil && len(points) < 2 || err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("%d points, %v", len(points), err)
		}
	})
}

// checkMatrix is what holds of whatever is read.
func checkMatrix(t *testing.T) func(Matrix, error) {
	return func(m Matrix, err error) {
		if err == nil && len(m.Values) != m.Rows*m.Columns || err != nil && m.Values != nil {
			t.Errorf("%d values for %d×%d, %v", len(m.Values), m.Rows, m.Columns, err)
		}
	}
}
