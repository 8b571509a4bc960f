package cli

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// numPy writes an array as NumPy does, by its format alone.
func numPy(descr string, fortran bool, shape string, data []byte) []byte {
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': %s, 'shape': %s, }", descr, map[bool]string{true: "True", false: "False"}[fortran], shape)
	for (10+len(header)+1)%64 != 0 {
		header += " "
	}
	var b bytes.Buffer
	b.WriteString("\x93NUMPY\x01\x00")
	_ = binary.Write(&b, binary.LittleEndian, uint16(len(header)+1))
	b.WriteString(header + "\n")
	b.Write(data)
	return b.Bytes()
}

func packed(order binary.ByteOrder, v any) []byte {
	var b bytes.Buffer
	_ = binary.Write(&b, order, v)
	return b.Bytes()
}

// Every kind of floating-point array NumPy writes is read to the same values.
func TestArraysAreReadWhateverTheirOrder(t *testing.T) {
	want := []float64{1, 2, 3, 4.5, 5, -6}
	columns := []float64{1, 4.5, 2, 5, 3, -6}
	singles := []float32{1, 2, 3, 4.5, 5, -6}
	for name, text := range map[string][]byte{
		"little.npy":  numPy("<f8", false, "(2, 3)", packed(binary.LittleEndian, want)),
		"big.npy":     numPy(">f8", false, "(2, 3)", packed(binary.BigEndian, want)),
		"fortran.npy": numPy("<f8", true, "(2, 3)", packed(binary.LittleEndian, columns)),
		"single.npy":  numPy("<f4", false, "(2, 3)", packed(binary.LittleEndian, singles)),
		"big4.npy":    numPy(">f4", false, "(2, 3)", packed(binary.BigEndian, singles)),
		"lines.csv":   []byte("1,2,3\n4.5, 5 ,-6\n"),
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		values, rows, cols, err := readMatrix(path)
		if err != nil || rows != 2 || cols != 3 || !slices.Equal(values, want) {
			t.Errorf("%s is read as %v (%d×%d, %v)", name, values, rows, cols, err)
		}
	}
}

func TestBadArraysSayWhatIsWrong(t *testing.T) {
	whole := numPy("<f8", false, "(2, 2)", packed(binary.LittleEndian, []float64{0, -1, -2, -3}))
	for _, c := range []struct {
		name string
		text []byte
		want string
	}{
		{"short.npy", whole[:len(whole)-3], "of 4 values, expected a whole file"},
		{"header.npy", whole[:20], "expected a NumPy file"},
		{"text.npy", []byte("x,y\n1,2\n"), "expected a NumPy file"},
		{"pickled.npy", numPy("|O", false, "(2, 2)", []byte("pickle")), "pickled objects, expected float32"},
		{"whole.npy", numPy("<i8", false, "(2, 2)", make([]byte, 32)), "of type <i8, expected float32"},
		{"flat.npy", numPy("<f8", false, "(4,)", make([]byte, 32)), "expected two dimensions"},
		{"huge.npy", numPy("<f8", false, "(1000000000, 1000000000)", nil), "expected 1 to"},
		{"row.npy", numPy("<f8", false, "(1, 4)", packed(binary.LittleEndian, make([]float64, 4))), "1 rows of 4 values"},
		{"nan.npy", numPy("<f8", false, "(2, 2)", packed(binary.LittleEndian, []float64{0, 1, math.NaN(), 3})), "row 1, column 0: NaN is no density"},
		{"words.csv", []byte("1,2\n3,four\n"), `line 2, column 3: "four", expected a number`},
		{"ragged.csv", []byte("1,2\n3\n"), "line 2 has 1 values, expected 2"},
		{"quote.csv", []byte("1,2\n3,\"4\n"), "expected numbers with commas"},
		{"array.txt", []byte("1,2\n"), "expected .npy or .csv"},
	} {
		path := filepath.Join(t.TempDir(), c.name)
		if err := os.WriteFile(path, c.text, 0o600); err != nil {
			t.Fatal(err)
		}
		if r := runs(small("--log-density-grid", path, "--window=-1,1,-1,1")...); r.status != exitUsage || !strings.Contains(r.err, c.want) || !strings.Contains(r.err, c.name) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("%s gives %v, expected %q", c.name, r, c.want)
		}
	}
}

// A Gaussian on a grid is met by the flow.
func TestAnArrayIsATarget(t *testing.T) {
	var csv strings.Builder
	for iy := range 41 {
		for ix := range 61 {
			x, y := -6+0.2*float64(ix), -4+0.2*float64(iy)
			if ix > 0 {
				csv.WriteByte(',')
			}
			fmt.Fprintf(&csv, "%g", math.Exp(-(x*x+y*y)/2))
		}
		csv.WriteByte('\n')
	}
	path := filepath.Join(t.TempDir(), "p.csv")
	if err := os.WriteFile(path, []byte(csv.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	r := runs("run", "--density-grid", path, "--window=-6,6,-4,4", "--particles", "2000", "--steps", "150", "--json", "--every", "150")
	if r.status != 0 || !strings.Contains(r.out, `"grid"`) {
		t.Fatal(r)
	}
	list := lines(t, r.out)
	if tv := string(list[len(list)-1]["tv"]); !(tv < "0.1") {
		t.Errorf("after 150 steps TV is %s", tv)
	}
}

// A picture is a target as it hangs on the wall: bright above is mass above.
func TestAPictureIsATarget(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 60, 40))
	for y := range 40 {
		for x := range 60 {
			img.SetGray(x, y, color.Gray{Y: uint8(255 * math.Exp(-(math.Pow(float64(x-45), 2)+math.Pow(float64(y-10), 2))/30))})
		}
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "spot.png")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	f.Close()
	s, err := readPicture(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if w := s.Window; w.XMin != -1.5 || w.XMax != 1.5 || w.YMin != -1 || w.YMax != 1 {
		t.Errorf("the window is %+v", w)
	}
	if at, away := s.Target.LogDensity(-1.5+3*45./59, 1-2*10./39), s.Target.LogDensity(-1.5+3*45./59, -1+2*10./39); math.Abs(at) > 0.01 || !(away < -5) {
		t.Errorf("the log-density is %g at the spot and %g below it", at, away)
	}
	bomb := filepath.Join(dir, "bomb.png")
	if f, err = os.Create(bomb); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, image.NewGray(image.Rect(0, 0, 5000, 10))); err != nil {
		t.Fatal(err)
	}
	f.Close()
	text := filepath.Join(dir, "text.png")
	if err := os.WriteFile(text, []byte("no picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{bomb: "5000×10 pixels, expected at most 4096", text: "expected PNG or JPEG", filepath.Join(dir, "none.png"): "expected a picture"} {
		if r := runs(small("--target-image", name)...); r.status != exitUsage || !strings.Contains(r.err, want) {
			t.Errorf("%s gives %v, expected %q", name, r, want)
		}
	}
	if r := runs(small("--target-image", path, "--json")...); r.status != 0 {
		t.Error(r)
	}
}

func TestAnInitialCloudIsRead(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "cloud.csv")
	if err := os.WriteFile(path, []byte("1,2\n3,4\n-1,0.5\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	if r := runs("run", "--start-samples", path, "--steps", "1", "--json"); r.status != 0 || !strings.Contains(r.out, `"particles":3`) {
		t.Errorf("three places give %v", r)
	}
	if r := runs("run", "--start-samples", path, "--particles", "7", "--steps", "1", "--out", out); r.status != 0 {
		t.Error(r)
	}
	for text, want := range map[string]string{"1,2,3\n4,5,6\n": "2 rows of 3 values, expected at least two rows of x and y", "1,2\n": "1 rows of 2 values", "1,2\n3,NaN\n": "point 1 is (3, NaN)"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if r := runs("run", "--start-samples", path, "--steps", "1"); r.status != exitUsage || !strings.Contains(r.err, want) {
			t.Errorf("%q gives %v, expected %q", text, r, want)
		}
	}
}

func FuzzReadNumPy(f *testing.F) {
	f.Add(numPy("<f8", false, "(2, 2)", packed(binary.LittleEndian, []float64{0, -1, -2, -3})))
	f.Add(numPy(">f4", true, "(2, 1)", packed(binary.BigEndian, []float32{0, -1})))
	f.Add(numPy("|O", false, "(2, 2)", nil))
	f.Fuzz(func(t *testing.T, text []byte) {
		values, rows, columns, err := readNumPy(bytes.NewReader(text))
		if err == nil && len(values) != rows*columns {
			t.Errorf("%d values for %d×%d", len(values), rows, columns)
		}
	})
}
