package arrays

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"testing"

	"undercurrent/internal/fuzztest"
	"undercurrent/scenarios"
)

// A line of a point is two numbers as strconv reads them, and nothing else.
func FuzzPoint(f *testing.F) {
	f.Add([]byte("1.5,-2"))
	f.Fuzz(func(t *testing.T, line []byte) {
		p, err := ParsePoint(line)
		if err != nil {
			fuzztest.OneLine(t, line, err)
			return
		}
		apart := func(r rune) bool { return strings.ContainsRune(",; \t\r", r) }
		fields := strings.FieldsFunc(string(line), apart)
		if len(fields) != 2 {
			t.Fatalf("%q is read as the point %v", line, p)
		}
		for k, got := range []float64{p.X, p.Y} {
			// Beyond the numbers it is infinite, and an error to strconv alone.
			if want, _ := strconv.ParseFloat(strings.Trim(fields[k], `"`), 64); math.Float64bits(got) != math.Float64bits(want) && !(got != got && want != want) {
				t.Errorf("%q is read as %v for %q, expected %v", line, got, fields[k], want)
			}
		}
	})
}

// Files of points are at least two points of finite numbers, in memory that grows with the file.
func FuzzReadPoints(f *testing.F) {
	f.Add([]byte("x,y\n1,2\n3,4\n"))
	f.Add(archived(table("samples", 1)))
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, reads := range []reader[[]scenarios.Point]{readRows, readArchivedRows, readLines} {
			points, err := reads(bytes.NewReader(text))
			fuzztest.OneLine(t, text, err)
			if err != nil {
				continue
			}
			if len(points) < 2 {
				t.Fatalf("%d points", len(points))
			}
			for _, p := range points {
				if finite(p.X) != nil || finite(p.Y) != nil {
					t.Fatalf("%q has the point %v", text, p)
				}
			}
		}
	})
}
