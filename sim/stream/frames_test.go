package stream

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"undercurrent/internal/fuzztest"
	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays/arraytest"
)

// stream is a text and how it is read.
type stream struct {
	about string
	text  []byte
	Options
}

// streams are the same frames in every format.
func streams(list [][]scenarios.Point) []stream {
	n := len(list[0])
	var one, each, headed []byte
	for _, points := range list {
		headed = append(append(headed, "# frame\n\"x\";\"y\"\n"...), csvText([][]scenarios.Point{points}, "%v,%v\n", "\n")...)
		one = append(one, series3([][]scenarios.Point{points}, "<f8", binary.LittleEndian)...)
		each = append(each, columns(points)...)
	}
	const savetxt = "%.18e %.18e\n"
	return []stream{
		{"commas", csvText(list, "%v,%v\n", "\n"), Options{}},
		{"no last empty line", bytes.TrimSuffix(csvText(list, "%v,%v\n", "\n"), []byte("\n")), Options{}},
		{"blanks", csvText(list, savetxt, "\n\n\n"), Options{}},
		{"comments", append([]byte("# x y\n"), csvText(list, "%.17g\t%.17g\n#\n", " \t\n")...), Options{}},
		{"semicolons", csvText(list, " %v ; %v \r\n", "\r\n"), Options{Format: CSV}},
		{"headers", headed, Options{}},
		{"objects", jsonText(list), Options{}},
		{"objects without a last line end", bytes.TrimSpace(jsonText(list)), Options{Format: JSON}},
		{"objects with empty lines", bytes.ReplaceAll(jsonText(list), []byte("\n"), []byte("\r\n\r\n")), Options{}},
		{"a mark and commas", append([]byte("\ufeff"), csvText(list, "%v,%v,\r\n", "\r\n")...), Options{}},
		{"a mark and a header", append([]byte("\ufeffx,y\n"), csvText(list, "%v;%v\n", "\n")...), Options{Format: CSV}},
		{"a mark and objects", append([]byte("\ufeff"), jsonText(list)...), Options{}},
		{"a mark and points", append([]byte("\ufeff"), csvText(list, "%v,%v\n", "")...), Options{Last: n, Every: n}},
		{"blanks and objects", append([]byte(" \t\r\n  "), bytes.ReplaceAll(jsonText(list), []byte("}\n"), []byte("}\n \t"))...), Options{}},
		{"objects with more keys", bytes.ReplaceAll(jsonText(list), []byte(`{"step"`), []byte(`{"\"particles":"}]\\\"","":[{"a":["[",null]}],"p":{},"step"`)), Options{}},
		{"array", series3(list, "<f8", binary.LittleEndian), Options{}},
		{"big endian", series3(list, ">f8", binary.BigEndian), Options{Format: NumPy}},
		{"arrays", one, Options{}},
		{"columns", each, Options{}},
		{"Fortran order", turned(list), Options{}},
		{"arrays in Fortran order", append(turned(list[:1]), turned(list[1:])...), Options{}},
		{"points", csvText(list, "%v,%v\n", ""), Options{Last: n, Every: n}},
		{"points by name", csvText(list, "%v,%v\n", "\n# and\n"), Options{Format: Points, Last: n, Every: n}},
	}
}

// The same frames in every format are read to the same bits.
func TestEveryFormatHasTheSameFrames(t *testing.T) {
	list := clouds(4, 300)
	for _, s := range streams(list) {
		got, err := readAll(bytes.NewReader(s.text), s.Options)
		if err != nil {
			t.Errorf("%s: %v", s.about, err)
		}
		sameClouds(t, s.about, got, list)
		for i, f := range got {
			if want := i > 0 && s.Last == 0; f.Ordered != want {
				t.Errorf("%s: frame %d is ordered: %v, expected %v", s.about, f.Number, f.Ordered, want)
			}
		}
	}
}

// How the stream is cut into pieces on its way changes nothing.
func TestPiecesChangeNothing(t *testing.T) {
	list := clouds(3, 3000) // a frame is longer than the buffer
	for seed, s := range streams(list) {
		got, err := readAll(pieces{bytes.NewReader(s.text), rand.New(rand.NewPCG(uint64(seed), 7))}, s.Options)
		if err != nil {
			t.Errorf("%s: %v", s.about, err)
		}
		sameClouds(t, s.about, got, list)
	}
}

func TestSinglePrecisionIsRead(t *testing.T) {
	text := arraytest.NumPy(">f4", false, "(2, 2, 2)", arraytest.Packed(binary.BigEndian, []float32{1, 2, 3, 4.5, -1, -2, -3, -4.5}))
	got, err := readAll(bytes.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	sameClouds(t, "float32", got, [][]scenarios.Point{{{X: 1, Y: 2}, {X: 3, Y: 4.5}}, {{X: -1, Y: -2}, {X: -3, Y: -4.5}}})
}

func TestWholeNumbersAreRead(t *testing.T) {
	text := arraytest.NumPy(">i2", false, "(1, 2, 2)", arraytest.Packed(binary.BigEndian, []int16{1, -2, 3, 4}))
	got, err := readAll(bytes.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	sameClouds(t, "int16", got, [][]scenarios.Point{{{X: 1, Y: -2}, {X: 3, Y: 4}}})
}

// A frame is there as soon as its last byte is: nobody waits for the next one.
func TestAFrameIsHandedOnWhenItIsWhole(t *testing.T) {
	list := clouds(3, 20)
	frame := func(i int) [][]scenarios.Point { return list[i : i+1] }
	raw := func(i int) []byte { return arraytest.Packed(binary.LittleEndian, list[i]) }
	for _, c := range []struct {
		about string
		parts [3][]byte
		Options
	}{
		{"csv", [3][]byte{csvText(frame(0), "%v,%v\n", "\n"), csvText(frame(1), "%v,%v\n", "\n"), csvText(frame(2), "%v,%v\n", "\n")}, Options{}},
		{"jsonl", [3][]byte{jsonText(frame(0)), jsonText(frame(1)), jsonText(frame(2))}, Options{}},
		{"points", [3][]byte{csvText(frame(0), "%v,%v\n", ""), csvText(frame(1), "%v,%v\n", ""), csvText(frame(2), "%v,%v\n", "")}, Options{Last: 20, Every: 20}},
		{"npy", [3][]byte{append(arraytest.NumPy("<f8", false, "(9, 20, 2)", nil), raw(0)...), raw(1), raw(2)}, Options{}},
		{"npy after npy", [3][]byte{columns(list[0]), columns(list[1]), columns(list[2])}, Options{}},
	} {
		from, to := io.Pipe()
		r, err := NewReader(from, c.Options)
		if err != nil {
			t.Fatal(err)
		}
		for i, part := range c.parts {
			go func() { _, _ = to.Write(part) }()
			var f Frame
			done := make(chan error)
			go func() { done <- r.Next(&f) }()
			select {
			case err := <-done:
				if err != nil || f.Number != i+1 || !slices.Equal(f.Points, list[i]) {
					t.Errorf("%s: frame %d is %v (%v)", c.about, i+1, f, err)
				}
			case <-time.After(10 * time.Second):
				t.Fatalf("%s: frame %d is not handed on", c.about, i+1)
			}
		}
		to.Close()
	}
}

// Particles that are not finite are counted, and what comes after them is not taken for
// the same particles.
func TestLostParticlesAreCounted(t *testing.T) {
	for about, text := range map[string]string{
		"csv":   "1,2\n3,4\n\nnan,1\n1,inf\n5,6\n1e999,0\n7,8\n\n1,1\n2,2\n\n3,3\n4,4\n",
		"jsonl": `{"particles":[[1,2],[3,4]]}` + "\n" + `{"particles":[[NaN,1],[1,-Infinity],[5,6],null,[7,8]]}` + "\n" + `{"particles":[[1,1],[2,2]]}` + "\n" + `{"particles":[[3,3],[4,4]]}`,
	} {
		got, err := readAll(strings.NewReader(text), Options{})
		if err != nil || len(got) != 4 {
			t.Fatalf("%s: %v (%v)", about, got, err)
		}
		want := []int{0, 3, 0, 0}
		for i, f := range got {
			if ordered := i == 3; f.Ordered != ordered || len(f.Points) != 2 || f.Lost != want[i] {
				t.Errorf("%s: frame %d is %+v", about, i+1, f)
			}
		}
	}
}

// Frames of other sizes are no frames of the same particles.
func TestOrderNeedsEqualSizes(t *testing.T) {
	got, err := readAll(strings.NewReader(pointLines(3)+"\n"+pointLines(4)+"\n"+pointLines(4)), Options{})
	if err != nil || len(got) != 3 || got[1].Ordered || !got[2].Ordered {
		t.Errorf("%v (%v)", got, err)
	}
}

// The newest points are a frame, in the order they came in, from the first two on.
func TestTheNewestPointsAreAFrame(t *testing.T) {
	got, err := readAll(strings.NewReader("x,y\n"+pointLines(8)+"nan,0\n"), Options{Last: 3, Every: 2})
	if err != nil {
		t.Fatal(err)
	}
	at := func(first, count int) (list []scenarios.Point) {
		for i := range count {
			list = append(list, scenarios.Point{X: float64(first + i), Y: -float64(first + i)})
		}
		return list
	}
	sameClouds(t, "points", got, [][]scenarios.Point{at(0, 2), at(1, 3), at(3, 3), at(5, 3)})
	// By default there are fifty frames to a window, and the last has what is left.
	got, err = readAll(strings.NewReader(pointLines(205)), Options{Last: 100})
	if err != nil || len(got) != 103 || got[102].Points[99].X != 204 || got[102].Points[0].X != 105 || got[101].Points[99].X != 203 {
		t.Errorf("%d frames (%v)", len(got), err)
	}
}

// Frames of any size and format are joined with those before, up to the number that is pooled.
func TestTheLastFramesArePooled(t *testing.T) {
	list := append(clouds(3, 7), append(clouds(2, 4), clouds(3, 9)...)...)
	for format, text := range map[string][]byte{"csv": csvText(list, "%v,%v\n", "\n"), "jsonl": jsonText(list)} {
		got, err := readAll(bytes.NewReader(text), Options{Pool: 3})
		if err != nil || len(got) != len(list) {
			t.Fatalf("%s: %d frames (%v), expected %d", format, len(got), err, len(list))
		}
		for k, f := range got {
			first := max(k-2, 0)
			if want := slices.Concat(list[first : k+1]...); !slices.Equal(f.Points, want) || f.Pooled != k+1-first || f.Ordered {
				t.Errorf("%s: frame %d has %d points of %d frames, ordered %v, expected %d", format, k+1, len(f.Points), f.Pooled, f.Ordered, len(want))
			}
		}
	}
	got, err := readAll(strings.NewReader("1,2\n3,4\nnan,0\n\n5,6\n7,8\nnan,0\n\n1,1\n2,2\n"), Options{Pool: 2})
	if err != nil || len(got) != 3 || got[0].Lost != 1 || got[1].Lost != 2 || got[2].Lost != 1 {
		t.Errorf("particles that are not finite are counted as %+v (%v)", got, err)
	}
}

func TestInvalidStreamsGiveOneSentence(t *testing.T) {
	array, turnedArray := series3(clouds(2, 3), "<f8", binary.LittleEndian), turned(clouds(2, 3))
	for _, c := range []struct {
		about string
		text  string
		Options
		frames int
		want   string
	}{
		{"zeros", "\x00\x00\x00", Options{Name: "standard input"}, 0, "standard input: byte 0 is 0x00, expected x,y lines, JSON lines or a NumPy file"},
		{"half a mark", "\xef\xbb", Options{}, 0, "the input: byte 0 is 0xef, expected x,y lines, JSON lines or a NumPy file"},
		{"a mark alone", "\ufeff", Options{}, 0, "the input has no particles, expected at least one frame"},
		{"a mark within", "1,2\n\ufeff3,4\n", Options{}, 0, "the input: line 2, column 1: \"\\ufeff3\", expected a number"},
		{"chains that become more", "1,2\n3,4\n\n1,2\n3,4\n5,6\n\n", Options{Chains: true}, 1, "the input: frame 2 has 3 particles, expected 2 as in the frames before: each is a chain"},
		{"chains with a hole", "1,2\n3,4\n5,6\n\n1,2\nnan,4\n5,6\n\n", Options{Chains: true}, 1, "the input: frame 2 has 1 particles of 3 that are not finite, expected none: each is a draw of a chain"},
		{"blanks", " \n\t", Options{}, 0, "the input has no particles, expected at least one frame"},
		{"words behind blanks", " \nhello\n", Options{}, 0, "the input: byte 2 is 0x68, expected x,y lines, JSON lines or a NumPy file"},
		{"array behind blanks", "\n" + string(array), Options{}, 0, "the input: byte 1 is 0x93, expected x,y lines, JSON lines or a NumPy file"},
		{"words", "hello\n", Options{}, 0, "the input: byte 0 is 0x68, expected x,y lines, JSON lines or a NumPy file"},
		{"nothing", "", Options{Name: "empty.csv"}, 0, "empty.csv has no particles, expected at least one frame"},
		{"comments", "# nothing\n\n\n", Options{}, 0, "the input has no particles, expected at least one frame"},
		{"no points", "\n", Options{Last: 5}, 0, "the input has no particles, expected at least one frame"},

		{"text", "1,2\n3,4\n\n1,2\n3,abc\n", Options{}, 1, `the input: line 5, column 3: "abc", expected a number`},
		{"header in a frame", "1,2\nx,y\n", Options{}, 0, `the input: line 2, column 1: "x", expected a number`},
		{"three", "1,2,3\n", Options{}, 0, `the input: line 1, column 4: ",3", expected the line to end after x and y`},
		{"one", "1\n", Options{}, 0, "the input: line 1, column 2: the line ends, expected a number"},
		{"few", "1,2\n3,4\n\n5,6\nnan,nan\n\n", Options{}, 1, "the input: line 6: frame 2 has 1 finite particles of 2, expected 2 to 20000000"},
		{"header alone", "x,y\n\n1,2\n3,4\n", Options{}, 0, "the input: line 2: frame 1 has 0 finite particles of 0, expected 2 to 20000000"},
		{"cut", "1,2\n3,4\n\n5,6\n7,8\n9", Options{Name: "standard input"}, 1, "standard input ends in line 6 without a line end, so frame 2 is incomplete and left out"},
		{"cut in a complete file", "1,2\n3,4\n\n5,6\n7,8\n9,", Options{Complete: true}, 1, "the input ends in line 6 without a line end, so frame 2 is incomplete and left out"},
		{"few in a complete file", "1,2\n3,4\n\n5,6", Options{Complete: true}, 1, "the input: line 4: frame 2 has 1 finite particles of 1, expected 2 to 20000000"},
		{"cut point of a complete file", "1,2\n3,4\n5,6\n7,x", Options{Last: 10, Every: 2, Complete: true}, 2, "the input ends in line 4 without a line end, so that point is left out"},
		{"cut without Complete", "1,2\n3,4\n\n5,6\n7,8", Options{}, 1, "the input ends in line 5 without a line end, so frame 2 is incomplete and left out"},
		{"long", strings.Repeat("1", 5000) + "\n", Options{}, 0, "the input: line 1 has more than 4096 bytes, expected fewer"},
		{"control", "1,2\n\x00\n", Options{}, 0, `the input: line 2, column 1: "\x00", expected a number`},

		{"one point", "1,2\n", Options{Last: 10}, 0, "the input: line 1: frame 1 has 1 finite particles of 1, expected 2 to 20000000"},
		{"cut point", "1,2\n3,4\n5,6\n7,", Options{Last: 10, Every: 2}, 2, "the input ends in line 4 without a line end, so that point is left out"},
		{"text in points", "1,2\n3,4\n5,6\n7,x\n", Options{Last: 10, Every: 2}, 1, `the input: line 4, column 3: "x", expected a number`},
		{"window of objects", "{}", Options{Last: 10}, 0, "the input: the format is jsonl, expected x,y lines for the last 10 points"},

		{"no particles", `{"points": []}`, Options{}, 0, `the input: line 1, column 1: an object without "particles", expected {"particles": [[x, y], …]}`},
		{"empty object", "{}\n", Options{}, 0, `the input: line 1, column 1: an object without "particles", expected {"particles": [[x, y], …]}`},
		{"few particles", `{"particles": [[1,2]]}`, Options{}, 0, "the input: line 1: frame 1 has 1 finite particles of 1, expected 2 to 20000000"},
		{"no object", "[1, 2]\n", Options{Format: JSON}, 0, `the input: line 1, column 1: "[", expected an object with particles`},
		{"zeros as objects", "\x00\x00", Options{Format: JSON}, 0, `the input: line 1, column 1: "\x00", expected an object with particles`},
		{"two objects", `{"particles": [[1,2],[3,4]]} {}`, Options{}, 0, `the input: line 1, column 30: "{", expected the line to end after an object`},
		{"text as a number", "{\"particles\": [[1,2],[3,4]]}\n{\"particles\": [[1,2],[3,abc]]}\n", Options{}, 1, `the input: line 2, column 25: "abc", expected a number`},
		{"quoted number", `{"particles": [["1",2],[3,4]]}`, Options{}, 0, `the input: line 1, column 17: "\"", expected a number`},
		{"three of JSON", `{"particles": [[1,2,3],[3,4]]}`, Options{}, 0, `the input: line 1, column 20: ",", expected ] after x and y`},
		{"one of JSON", `{"particles": [[1],[3,4]]}`, Options{}, 0, `the input: line 1, column 18: "]", expected , and y`},
		{"number for a particle", `{"particles": [1,2]}`, Options{}, 0, `the input: line 1, column 16: "1", expected [x, y]`},
		{"object for particles", `{"particles": {"x": [1]}}`, Options{}, 0, `the input: line 1, column 15: "{", expected [`},
		{"pretty", "{\n  \"particles\": []\n}\n", Options{}, 0, "the input: line 1, column 2: the line ends, expected a key in quotes"},
		{"cut object", "{\"particles\": [[1,2],[3,4]]}\n{\"particles\": [[1,2],[3", Options{}, 1, "the input ends in line 2 without a line end, so frame 2 is incomplete and left out"},
		{"cut text", `{"particles": [[1,2],[3,4]], "note": "a\`, Options{}, 0, "the input ends in line 1 without a line end, so frame 1 is incomplete and left out"},
		{"cut value", `{"particles": [[1,2],[3,4]], "note": [[`, Options{}, 0, "the input ends in line 1 without a line end, so frame 1 is incomplete and left out"},

		{"blanks before no object", "{\"particles\": [[1,2],[3,4]]}\n  1,2\n", Options{}, 1, `the input: line 2, column 3: "1", expected an object with particles`},
		{"long number", `{"particles": [[1,` + strings.Repeat("2", 5000) + "]]}", Options{}, 0, `the input: line 1, column 19: "` + strings.Repeat("2", 40) + `"…, expected a number`},
		{"late", `{"a": "` + strings.Repeat(" ", 100000) + `", "particles": [[1,2],[3,b]]}`, Options{}, 0, `the input: line 1, column 100034: "b", expected a number`},
		{"nested", `{"particles": [[1,2],[3,4]], "a": ` + strings.Repeat("[", 70), Options{}, 0, "the input: line 1, column 99: more than 64 nested brackets, expected fewer"},
		{"nested particles", `{"particles": [[[[[`, Options{}, 0, `the input: line 1, column 17: "[", expected a number`},

		{"cut array", string(array[:len(array)-17]), Options{}, 1, "the input ends after 3 of the 6 numbers of frame 2, which is incomplete and left out"},
		{"cut between", string(array[:len(array)-48]), Options{}, 1, "the input ends after 0 of the 6 numbers of frame 2, which is incomplete and left out"},
		{"cut header", string(array[:40]), Options{}, 0, "the input ends within the header of frame 1, which is left out"},
		{"behind an array", string(array) + "end", Options{}, 2, `the input: frame 3: the file begins with "end", expected a NumPy file`},
		{"pickled", string(arraytest.NumPy("|O", false, "(3, 2)", nil)), Options{}, 0, "the input: frame 1: the array holds pickled objects, expected numbers"},
		{"beyond", string(arraytest.NumPy("<i8", false, "(2, 2, 2)", arraytest.Packed(binary.LittleEndian, []int64{0, 0, 1, 1, 0, 0, 1, 1 << 60}))), Options{}, 1, "the input: frame 2: [1, 1, 1] is an integer beyond 2⁵³, expected one that float64 represents exactly"},
		{"text in an array", string(arraytest.NumPy("<U4", false, "(3, 2)", nil)), Options{}, 0, `the input: frame 1: the array is of type "<U4", expected bool, whole numbers, float16, float32 or float64`},
		{"flat", string(arraytest.NumPy("<f8", false, "(6,)", nil)), Options{}, 0, "the input: frame 1: the array has shape [6], expected N×2 or T×N×2 with N from 2 to 20000000"},
		{"transposed", string(arraytest.NumPy("<f8", false, "(2, 6)", nil)), Options{}, 0, "the input: frame 1: the array has shape 2×6, expected 6×2: transposed?"},
		{"threes", string(arraytest.NumPy("<f8", false, "(6, 3)", nil)), Options{}, 0, "the input: frame 1: the array has shape [6 3], expected N×2 or T×N×2 with N from 2 to 20000000"},
		{"huge", string(arraytest.NumPy("<f8", false, "(20000001, 2)", nil)), Options{}, 0, "the input: frame 1: the array has shape [20000001 2], expected N×2 or T×N×2 with N from 2 to 20000000"},
		{"large in Fortran order", string(arraytest.NumPy("<f8", true, "(2, 4194305, 2)", nil)), Options{}, 0, "the input: frame 1: the array of shape [2 4194305 2] is in Fortran order, expected C order for more than 16777216 values"},
		{"cut in Fortran order", string(turnedArray[:len(turnedArray)-17]), Options{}, 0, "the input ends after 9 of the 12 numbers of an array in Fortran order, which has no complete frame and is left out"},
		{"all lost", string(arraytest.NumPy("<f8", false, "(2, 2)", arraytest.Packed(binary.LittleEndian, []uint64{0x7FF << 52, 0, 0, 0}))), Options{}, 0, "the input: frame 1 has 1 finite particles of 2, expected 2 to 20000000"},
	} {
		got, err := readAll(strings.NewReader(c.text), c.Options)
		if err == nil || err.Error() != c.want || len(got) != c.frames {
			t.Errorf("%s gives %d frames and %v, expected %d and %s", c.about, len(got), err, c.frames, c.want)
		}
		var ends CutError
		if errors.As(err, &ends) != strings.HasPrefix(c.about, "cut") {
			t.Errorf("%s is an error of type %T", c.about, err)
		}
	}
}

func TestOptionsThatContradictEachOtherAreRefused(t *testing.T) {
	for _, c := range []struct {
		Options
		want string
	}{
		{Options{Format: 9}, "format 9, expected one from 0 to 4"},
		{Options{Last: 1}, "the last 1 points, expected 2 to 20000000"},
		{Options{Last: -5}, "the last -5 points, expected 2 to 20000000"},
		{Options{Format: CSV, Last: 5}, "the last 5 points of csv, expected points"},
		{Options{Format: Points}, "points without Last, expected the number of points of a frame"},
		{Options{Pool: -1}, "the last -1 frames of the last 0 points, expected up to 100000 frames, or points alone"},
		{Options{Pool: 3, Last: 5}, "the last 3 frames of the last 5 points, expected up to 100000 frames, or points alone"},
		{Options{Chains: true, Last: 5}, "particles that are chains in frames of several, expected frames alone"},
		{Options{Chains: true, Pool: 5}, "particles that are chains in frames of several, expected frames alone"},
		{Options{Every: 5}, "a frame every 5 points of the last 0, expected 1 to 20000000, and Last"},
	} {
		if _, err := NewReader(nil, c.Options); err == nil || err.Error() != c.want {
			t.Errorf("%+v gives %v, expected %s", c.Options, err, c.want)
		}
	}
}

// broken is a stream that fails.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("no such device") }

func TestAStreamThatFailsSaysSo(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "the input: no such device, expected a readable input",
		"1,2\n3":                               "the input: line 2: no such device, expected a readable input",
		"{":                                    "the input: line 1: no such device, expected a readable input",
		`{"particles": [[1,2],[3,4]]}` + "\n[": `the input: line 2, column 1: "[", expected an object with particles`,
		`{"particles": [[1,2],[3,4]]}` + "\n ": "the input: line 2: no such device, expected a readable input",
		string(arraytest.NumPy("<f8", false, "(2, 2)", []byte("half"))): "the input: frame 1: no such device, expected a readable input",
	} {
		if _, err := readAll(io.MultiReader(strings.NewReader(text), broken{}), Options{}); err == nil || err.Error() != want {
			t.Errorf("%.6q gives %v, expected %s", text, err, want)
		}
	}
}

// Streams without line ends are refused at once and in bounded memory.
func TestEndlessStreamsAreRefused(t *testing.T) {
	for _, b := range []byte{0, '1', ' '} {
		for _, o := range []Options{{}, {Format: CSV}, {Format: JSON}, {Format: NumPy}, {Last: 100}} {
			if b == ' ' && o.Format == JSON {
				continue // a line of an object may be long
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := readAll(&again{text: []byte{b}}, o)
			runtime.ReadMemStats(&after)
			if grown := after.TotalAlloc - before.TotalAlloc; err == nil || strings.Contains(err.Error(), "\n") || grown > 1<<20 {
				t.Errorf("%q without end as %s: %v after %d bytes of memory", b, o.Format, err, grown)
			}
		}
	}
}

// endless is a line without an end, with the memory and the error that it may come to.
type endless struct {
	first, text string
	memory      uint64
	want        string
}

func TestEndlessObjectsAreRefused(t *testing.T) {
	areRefused(t, []endless{
		{`{"note":"`, "aaaaaaaa", 1 << 20, "the input: line 1, column 67108875: the text from column 10 on has more than 67108864 bytes, expected a quote"},
		{`{"note":`, "[", 1 << 20, "the input: line 1, column 73: more than 64 nested brackets, expected fewer"},
		{``, "[", 1 << 20, "the input: byte 0 is 0x5b, expected x,y lines, JSON lines or a NumPy file"},
		{`{"particles":[[1,`, "1", 1 << 20, `the input: line 1, column 18: "` + strings.Repeat("1", 40) + `"…, expected a number`},
	})
}

// areRefused tests that lines without an end are refused, in the memory of the particles that they may
// have.
func areRefused(t *testing.T, list []endless) {
	t.Helper()
	for _, c := range list {
		text := bytes.Repeat([]byte(c.text), 4096/len(c.text)+1)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := readAll(&again{first: []byte(c.first), text: text}, Options{})
		runtime.ReadMemStats(&after)
		if grown := after.TotalAlloc - before.TotalAlloc; err == nil || err.Error() != c.want || grown > c.memory {
			t.Errorf("%s%s… gives %v after %d bytes of memory, expected %s", c.first, c.text, err, grown, c.want)
		}
	}
}

// The last line of a file needs no end, if it is a point: half of one is still left out.
func TestACompleteFileNeedsNoLastLineEnd(t *testing.T) {
	list := clouds(3, 20)
	for about, c := range map[string]stream{
		"frames":   {text: bytes.TrimSpace(csvText(list, "%v,%v\n", "\n"))},
		"windows":  {text: bytes.TrimSpace(csvText(list, "%v;%v\r\n", "\r\n"))},
		"blanks":   {text: append(bytes.TrimSpace(csvText(list, "%v %v\n", "\n")), "  "...)},
		"comments": {text: append(csvText(list, "%v %v\n", "\n"), "# the end"...)},
		"points":   {text: bytes.TrimSpace(csvText(list, "%v,%v\n", "")), Options: Options{Last: 20, Every: 20}},
	} {
		c.Complete = true
		got, err := readAll(bytes.NewReader(c.text), c.Options)
		if err != nil {
			t.Errorf("%s: %v", about, err)
		}
		sameClouds(t, about, got, list)
	}
}

// An array that claims to be large costs what is there of it.
func TestAClaimCostsNoMemory(t *testing.T) {
	var before, after runtime.MemStats
	for _, text := range [][]byte{
		arraytest.NumPy("<f8", false, "(20000000, 2)", make([]byte, 1000)),
		arraytest.NumPy("<f8", true, "(20000000, 2)", make([]byte, 1000)),
		arraytest.NumPy("<f8", true, "(2, 4194304, 2)", make([]byte, 1000)),
	} {
		runtime.ReadMemStats(&before)
		_, err := readAll(bytes.NewReader(text), Options{})
		runtime.ReadMemStats(&after)
		if grown := after.TotalAlloc - before.TotalAlloc; err == nil || grown > 1<<20 {
			t.Errorf("%v after %d bytes of memory", err, grown)
		}
	}
}

// A stream of frames is read into the same memory.
func TestFramesTakeNoMemory(t *testing.T) {
	list := clouds(1, 2000)
	for about, from := range map[string]io.Reader{
		"csv":   &again{text: csvText(list, "%v,%v\n", "\n")},
		"jsonl": &again{text: jsonText(list)},
		"npy":   &again{first: arraytest.NumPy("<f8", false, "(1000000, 2000, 2)", nil), text: arraytest.Packed(binary.LittleEndian, list[0])},
	} {
		r, err := NewReader(from, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var f Frame
		next := func() {
			if err := r.Next(&f); err != nil {
				t.Fatal(err)
			}
		}
		if n := testing.AllocsPerRun(20, next); n > 2 {
			t.Errorf("%s: a frame takes %g allocations", about, n)
		}
	}
}

// BenchmarkFrames reads frames of 10,000 particles with 17 digits a coordinate.
func BenchmarkFrames(b *testing.B) {
	list := clouds(1, 10000)
	for i := range list[0] {
		list[0][i].Y = list[0][i].X * 0.7
	}
	for _, c := range []struct {
		name        string
		first, text []byte
	}{
		{"csv", nil, csvText(list, "%v,%v\n", "\n")},
		{"savetxt", nil, csvText(list, "%.18e %.18e\n", "\n")},
		{"jsonl", nil, jsonText(list)},
		{"npy", arraytest.NumPy("<f8", false, "(1000000000, 10000, 2)", nil), arraytest.Packed(binary.LittleEndian, list[0])},
	} {
		b.Run(c.name, func(b *testing.B) {
			r, err := NewReader(&again{first: c.first, text: c.text}, Options{})
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			var f Frame
			for b.Loop() {
				if err := r.Next(&f); err != nil || len(f.Points) != 10000 {
					b.Fatal(len(f.Points), err)
				}
			}
		})
	}
}

func FuzzFrames(f *testing.F) {
	list := clouds(2, 3)
	for _, s := range streams(list) {
		f.Add(s.text, s.Last)
	}
	f.Add([]byte("1,2\n3,4\n\nnan,inf\n"), 0)
	f.Add([]byte("x,y,weight\n1,2,0\n3,4,1\n5,6,2e3\n\nnan,inf,1\n1,2,1\n3,4,3"), 0)
	f.Add([]byte(`{"weights":[1,0,2.5,1],"particles":[[1,2],[3,4],[5,6],null]}`+"\n"), 0)
	f.Add([]byte("\ufeff \n1;2,\n3\t4"), 0)
	f.Add([]byte(`{"particles":[[NaN,1],[1,-Infinity],null,[5,6],[7,8]],"a":{"b":["]"]}}`), 0)
	f.Fuzz(func(t *testing.T, text []byte, last int) {
		for format := Detect; format <= NumPy; format++ {
			o := Options{Format: format, Last: last, Every: last / 2, Complete: len(text)%2 == 0}
			got, err := readAll(bytes.NewReader(text), o)
			fuzztest.OneLine(t, text, err)
			for i, frame := range got {
				if frame.Number != i+1 || frame.check() != nil || !allFinite(frame.Points) {
					t.Errorf("%s gives a frame %+v", format, frame)
				}
				if frame.Shares != nil && (len(frame.Shares) != len(frame.Points) || !areShares(frame.Shares)) {
					t.Errorf("%s gives %d points with the shares %v", format, len(frame.Points), frame.Shares)
				}
			}
			cut, cutErr := readAll(pieces{bytes.NewReader(text), rand.New(rand.NewPCG(1, 2))}, o)
			if len(cut) != len(got) || (cutErr == nil) != (err == nil) || err != nil && cutErr.Error() != err.Error() {
				t.Errorf("%s gives %d frames and %v, in pieces %d and %v", format, len(got), err, len(cut), cutErr)
			}
		}
	})
}

func allFinite(points []scenarios.Point) bool {
	for _, p := range points {
		if !finite(p) {
			return false
		}
	}
	return true
}
