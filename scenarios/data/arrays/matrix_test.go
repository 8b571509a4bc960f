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

	"undercurrent/internal/fuzztest"
	"undercurrent/scenarios/data/arrays/arraytest"
)

// Every kind of array that NumPy writes is read to the same values, and so is every way to
// write lines of numbers.
func TestEveryFormOfAnArrayIsRead(t *testing.T) {
	want := []float64{1, 2, 3, 4.5, 5, -6}
	columns := []float64{1, 4.5, 2, 5, 3, -6}
	singles := []float32{1, 2, 3, 4.5, 5, -6}
	halves := []uint16{0x3C00, 0x4000, 0x4200, 0x4480, 0x4500, 0xC600}
	for name, text := range map[string][]byte{
		"little.npy":    doubles("(2, 3)", want...),
		"big.npy":       arraytest.NumPy(">f8", false, "(2, 3)", arraytest.Packed(binary.BigEndian, want)),
		"fortran.npy":   arraytest.NumPy("<f8", true, "(2, 3)", arraytest.Packed(binary.LittleEndian, columns)),
		"single.npy":    arraytest.NumPy("<f4", false, "(2, 3)", arraytest.Packed(binary.LittleEndian, singles)),
		"big4.NPY":      arraytest.NumPy(">f4", false, "(2, 3)", arraytest.Packed(binary.BigEndian, singles)),
		"half.npy":      arraytest.NumPy("<f2", false, "(2, 3)", arraytest.Packed(binary.LittleEndian, halves)),
		"big2.npy":      arraytest.NumPy(">f2", false, "(2, 3)", arraytest.Packed(binary.BigEndian, halves)),
		"lines.csv":     []byte("1,2,3\n4.5, 5 ,-6\n"),
		"windows.csv":   []byte("1,2,\"3\"\r\n\r\n4.5,5,-6"),
		"savetxt.csv":   []byte("1.000e+00 2.000e+00 3.000e+00\n4.500e+00 5.000e+00 -6.000e+00\n"),
		"savetxt.txt":   []byte("# density\n# of two rows\n1 2 3\n4.5 5 -6\n"),
		"tabs.csv":      []byte("1\t2\t3\n4.5\t5\t-6\n"),
		"semicolon.csv": []byte("1;2;3\n4.5 ; 5;-6\n"),
		"trailing.csv":  []byte("1,2,3,\n4.5,5,-6, \n"),
		"excel.csv":     []byte("\ufeff1,2,3\r\n4.5,5,-6\r\n"),
		"marked.csv":    []byte("\ufeff# density\n1,2,3\n4.5,5,-6\n"),
	} {
		m, err := ReadGrid(kept(t, name, text), true)
		if err != nil || m.Rows != 2 || m.Columns != 3 || !slices.Equal(m.Values, want) {
			t.Errorf("%s is read as %v (%v)", name, m, err)
		}
	}
}

// Whole numbers of every size are read as they are, to their extremes.
func TestWholeNumbersAreReadExactly(t *testing.T) {
	for _, c := range []struct {
		descr  string
		values any
		want   []float64
	}{
		{"|b1", []uint8{0, 1, 7, 0}, []float64{0, 1, 1, 0}},
		{"|i1", []int8{-128, 0, 1, 127}, []float64{-128, 0, 1, 127}},
		{"|u1", []uint8{0, 1, 128, 255}, []float64{0, 1, 128, 255}},
		{"i2", []int16{-32768, -1, 1, 32767}, []float64{-32768, -1, 1, 32767}},
		{"u2", []uint16{0, 1, 32768, 65535}, []float64{0, 1, 32768, 65535}},
		{"i4", []int32{-1 << 31, -1, 1, 1<<31 - 1}, []float64{-1 << 31, -1, 1, 1<<31 - 1}},
		{"u4", []uint32{0, 1, 1 << 31, 1<<32 - 1}, []float64{0, 1, 1 << 31, 1<<32 - 1}},
		{"i8", []int64{-1 << 53, -1, 1, 1 << 53}, []float64{-1 << 53, -1, 1, 1 << 53}},
		{"u8", []uint64{0, 1, 1<<53 - 1, 1 << 53}, []float64{0, 1, 1<<53 - 1, 1 << 53}},
		{"f2", []uint16{0x0001, 0x03FF, 0x7BFF, 0xFC00}, []float64{0x1p-24, 1023 * 0x1p-24, 65504, math.Inf(-1)}},
	} {
		for sign, order := range map[string]binary.ByteOrder{"<": binary.LittleEndian, ">": binary.BigEndian} {
			descr := c.descr
			if descr[0] != '|' {
				descr = sign + descr
			}
			m, err := ReadGrid(kept(t, "whole.npy", arraytest.NumPy(descr, false, "(2, 2)", arraytest.Packed(order, c.values))), true)
			if err != nil || !slices.Equal(m.Values, c.want) {
				t.Errorf("%s is read as %v (%v)", descr, m.Values, err)
			}
		}
	}
	if v := half(0x7C01); !math.IsNaN(v) {
		t.Errorf("a half that is NaN is read as %g", v)
	}
}

func TestBadArraysSayWhatIsWrong(t *testing.T) {
	whole := doubles("(2, 2)", 0, -1, -2, -3)
	late := strings.Repeat("1,2\n", 31414) + "3,abc\n"
	long := arraytest.NumPy("<f8", false, "(2, 2)", nil)
	long[6], long[10], long[11] = 2, 0xFF, 0x7F // version 2 with a header of two gigabytes
	beyond := func(descr string, fortran bool, values any) []byte {
		return arraytest.NumPy(descr, fortran, "(2, 3)", arraytest.Packed(binary.LittleEndian, values))
	}
	for _, c := range []struct {
		name string
		text []byte
		want string
	}{
		{"short.npy", whole[:len(whole)-3], "the array ends after 3 of 4 values, expected a complete file"},
		{"none.npy", whole[:128], "the array ends after 0 of 4 values, expected a complete file"},
		{"header.npy", whole[:20], "the header is truncated (unexpected EOF), expected a NumPy file"},
		{"start.npy", whole[:9], "the header is truncated (unexpected EOF), expected a NumPy file"},
		{"long.npy", long, "bytes, expected at most 65536"},
		{"empty.npy", nil, "the header is truncated (unexpected EOF), expected a NumPy file"},
		{"broken.npy", bytes.Replace(whole, []byte("'shape'"), []byte("'shope'"), 1), "the header cannot be read (npy: invalid dictionary format), expected a NumPy file"},
		{"line.npy", bytes.Replace(whole, []byte("\n"), []byte(" "), 1), "the header cannot be read, expected a NumPy file"},
		{"text.npy", []byte("x,y\n1,2\n"), `the file begins with "x,y\n1,2\n", expected a NumPy file`},
		{"pickled.npy", arraytest.NumPy("|O", false, "(2, 2)", []byte("pickle")), "the array holds pickled objects, expected numbers"},
		{"complex.npy", arraytest.NumPy("<c16", false, "(2, 2)", make([]byte, 64)), `the array is of type "<c16", expected bool, whole numbers, float16, float32 or float64`},
		{"beyond.npy", beyond("<i8", false, []int64{0, 0, 0, 0, 0, -1<<53 - 1}), "[1, 2] is an integer beyond 2⁵³, expected one that float64 represents exactly"},
		{"columns.npy", beyond("<u8", true, []uint64{0, 0, 0, 0, 1<<53 + 1, 0}), "[0, 2] is an integer beyond 2⁵³, expected one that float64 represents exactly"},
		{"cut8.npy", beyond("<i8", false, []int64{0, 1})[:133], "the array ends after 0 of 6 values, expected a complete file"},
		{"flat.npy", arraytest.NumPy("<f8", false, "(4,)", make([]byte, 32)), "the array has shape [4], expected two dimensions"},
		{"huge.npy", arraytest.NumPy("<f8", false, "(1000000000, 1000000000)", nil), "expected 1 to 16777216 values"},
		{"negative.npy", arraytest.NumPy("<f8", false, "(-2, -2)", make([]byte, 32)), "the array has shape [-2 -2], expected 1 to"},
		{"nan.npy", doubles("(2, 2)", 0, 0, math.NaN(), 0), "[1, 0]: NaN is not a density, expected a number"},
		{"below.npy", doubles("(2, 2)", 0, -1, 0, 0), "[0, 1]: density -1 is negative, expected 0 or more"},
		{"words.csv", []byte("1,2\n3,four\n"), `line 2, value 2: "four", expected a number`},
		{"late.csv", []byte(late), `line 31415, value 2: "abc", expected a number`},
		{"story.csv", []byte("1," + strings.Repeat("a", 1000) + "\n"), `line 1, value 2: "` + strings.Repeat("a", 40) + `"…, expected a number`},
		{"ragged.csv", []byte("1,2\n3\n"), "line 2 has 1 values, expected 2 as in the lines before"},
		{"quote.csv", []byte("1,2\n3,\"4\n"), `line 2, value 2: "\"4", expected a number`},
		{"hole.csv", []byte("1,,2\n"), `line 1, value 2: ",", expected a number`},
		{"nan.csv", []byte("# p\n0,0,0\n0,0,nan\n"), "line 3, value 3: NaN is not a density, expected a number"},
		{"infinite.csv", []byte("0,1e999\n"), "line 1, value 2: +Inf is not a density, expected a number"},
		{"below.csv", []byte("0,1\n\n0,-1\n"), "line 3, value 2: density -1 is negative, expected 0 or more"},
		{"comments.csv", []byte(strings.Repeat("# nothing\n", 200000)), "bytes of empty lines and comments, expected numbers"},
		{"array.dat", []byte("1,2\n"), "unknown file name extension, expected .csv or .npy or .npz or .txt"},
	} {
		path := kept(t, c.name, c.text)
		if _, err := ReadGrid(path, false); err == nil || !strings.HasPrefix(err.Error(), path+": ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s gives %v, expected %q", c.name, err, c.want)
		}
	}
	if _, err := ReadGrid("none.npy", false); err == nil || err.Error() != "none.npy: no such file or directory, expected a readable file" {
		t.Error(err)
	}
}

// A directory is named as one by every reader and with every extension.
func TestADirectoryIsRefused(t *testing.T) {
	for _, name := range []string{"folder", "folder.csv", "folder.npy", "folder.npz", "folder.png"} {
		folder := filepath.Join(t.TempDir(), name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		_, grid := ReadGrid(folder, true)
		_, points := ReadPoints(folder)
		_, picture := ReadPicture(folder)
		for _, err := range []error{grid, points, picture} {
			if err == nil || !strings.HasPrefix(err.Error(), folder+": is a directory, expected a ") {
				t.Error(err)
			}
		}
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
			"numbers": func(f file) error { _, err := readCSV(f, checkLogDensity); return err },
			"points":  func(f file) error { _, err := readLines(f); return err },
			"array":   func(f file) error { _, err := readNumPy(f, checkLogDensity); return err },
			"archive": func(f file) error { _, err := readArchive(f, true); return err },
			"picture": func(f file) error { _, err := readPicture(f); return err },
		} {
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
	f.Add(arraytest.NumPy("<i8", true, "(1, 2)", arraytest.Packed(binary.LittleEndian, []int64{1, -1 << 60})))
	f.Fuzz(func(t *testing.T, text []byte) {
		checkMatrix(t)(readNumPy(bytes.NewReader(text), checkLogDensity))
	})
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("1,2\n3,4\n"))
	f.Add([]byte("x,y\r\n# a comment\r\n1;2\r\n\"3\"\t-inf\r\n"))
	f.Add([]byte("1,\"2\n3\",nan\n"))
	f.Add([]byte("\ufeff# p\n1 2,\n3 4;\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		checkMatrix(t)(readCSV(bytes.NewReader(text), checkLogDensity))
		points, err := readLines(bytes.NewReader(text))
		fuzztest.OneLine(t, text, err)
		if err == nil && len(points) < 2 {
			t.Errorf("%d points", len(points))
		}
	})
}

// checkMatrix checks what holds for every array.
func checkMatrix(t *testing.T) func(Matrix, error) {
	return func(m Matrix, err error) {
		if err == nil && len(m.Values) != m.Rows*m.Columns || err != nil && m.Values != nil {
			t.Errorf("%d values for %d×%d, %v", len(m.Values), m.Rows, m.Columns, err)
		}
		fuzztest.OneLine(t, "the file", err)
	}
}
