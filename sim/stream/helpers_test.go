package stream

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays/arraytest"
)

// clouds are frames of n particles each.
func clouds(frames, n int) (list [][]scenarios.Point) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range frames {
		points := make([]scenarios.Point, n)
		for i := range points {
			points[i] = scenarios.Point{X: 3 * rng.NormFloat64(), Y: rng.ExpFloat64() * math.Pow(10, float64(rng.IntN(30)-15))}
		}
		list = append(list, points)
	}
	return list
}

// csvText writes frames with a form of a line.
func csvText(list [][]scenarios.Point, form, between string) []byte {
	var b bytes.Buffer
	for _, points := range list {
		for _, p := range points {
			fmt.Fprintf(&b, form, p.X, p.Y)
		}
		b.WriteString(between)
	}
	return b.Bytes()
}

// jsonText writes frames as Python's json.dumps does.
func jsonText(list [][]scenarios.Point) []byte {
	var b bytes.Buffer
	for step, points := range list {
		fmt.Fprintf(&b, `{"step": %d, "particles": [`, step)
		for i, p := range points {
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "[%v, %v]", p.X, p.Y)
		}
		b.WriteString("], \"loss\": NaN}\n")
	}
	return b.Bytes()
}

// series3 writes frames of equal size as one array.
func series3(list [][]scenarios.Point, descr string, order binary.ByteOrder) []byte {
	return arraytest.NumPy(descr, false, fmt.Sprintf("(%d, %d, 2)", len(list), len(list[0])), arraytest.Packed(order, slices.Concat(list...)))
}

// columns writes a frame of N×2 in Fortran order.
func columns(points []scenarios.Point) []byte {
	var flat []float64
	for _, p := range points {
		flat = append(flat, p.X)
	}
	for _, p := range points {
		flat = append(flat, p.Y)
	}
	return arraytest.NumPy("<f8", true, fmt.Sprintf("(%d, 2)", len(points)), arraytest.Packed(binary.LittleEndian, flat))
}

// turned writes frames of equal size as one array in Fortran order.
func turned(list [][]scenarios.Point) []byte {
	var flat []float64
	for _, of := range []func(scenarios.Point) float64{func(p scenarios.Point) float64 { return p.X }, func(p scenarios.Point) float64 { return p.Y }} {
		for n := range list[0] {
			for _, points := range list {
				flat = append(flat, of(points[n]))
			}
		}
	}
	return arraytest.NumPy("<f8", true, fmt.Sprintf("(%d, %d, 2)", len(list), len(list[0])), arraytest.Packed(binary.LittleEndian, flat))
}

// readAll reads copies of all frames.
func readAll(r io.Reader, o Options) (list []Frame, err error) {
	reader, err := NewReader(r, o)
	if err != nil {
		return nil, err
	}
	var f Frame
	for {
		if err := reader.Next(&f); err != nil {
			if again := reader.Next(&f); again != err {
				return list, fmt.Errorf("%w after %w", again, err)
			}
			if errors.Is(err, io.EOF) {
				return list, nil
			}
			return list, err
		}
		kept := f
		kept.Points = slices.Clone(f.Points)
		list = append(list, kept)
	}
}

// sameClouds compares frames bit by bit.
func sameClouds(t *testing.T, about string, got []Frame, want [][]scenarios.Point) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d frames, expected %d", about, len(got), len(want))
		return
	}
	for i, f := range got {
		if f.Number != i+1 || f.Lost != 0 || !slices.Equal(f.Points, want[i]) {
			t.Errorf("%s: frame %d has number %d, %d lost and %d points, expected the same %d", about, i+1, f.Number, f.Lost, len(f.Points), len(want[i]))
		}
	}
}

// pieces hands on a stream in pieces of random length.
type pieces struct {
	from io.Reader
	rng  *rand.Rand
}

func (p pieces) Read(b []byte) (int, error) {
	if p.rng.IntN(8) == 0 {
		return 0, nil
	}
	return p.from.Read(b[:min(len(b), 1+p.rng.IntN(1+p.rng.IntN(200)))])
}

// again is a text over and over, after something else.
type again struct {
	first, text []byte
	at          int
}

func (a *again) Read(p []byte) (n int, err error) {
	if len(a.first) > 0 {
		n = copy(p, a.first)
		a.first = a.first[n:]
		return n, nil
	}
	for n < len(p) {
		moved := copy(p[n:], a.text[a.at:])
		n, a.at = n+moved, (a.at+moved)%len(a.text)
	}
	return n, nil
}

// points writes one frame's lines.
func pointLines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d,%d\n", i, -i)
	}
	return b.String()
}
