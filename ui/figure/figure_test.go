package figure

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/color"
	"image/png"
	"io"
	"math"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/bench"
)

func named(t *testing.T, id string) scenarios.Scenario {
	t.Helper()
	s, err := catalogue.Named(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The picture of a scenario contains its modes, except for those of negligible density, and
// little more.
func TestTheViewHoldsTheTarget(t *testing.T) {
	for _, s := range catalogue.All() {
		w := viewOf(s)
		top := math.Inf(-1)
		for _, m := range s.Truth.Modes {
			top = max(top, s.Target.LogDensity(m.X, m.Y))
		}
		for _, m := range s.Truth.Modes {
			if s.Target.LogDensity(m.X, m.Y) < top+minLogDensity {
				continue
			}
			if m.X < w.XMin || m.X > w.XMax || m.Y < w.YMin || m.Y > w.YMax {
				t.Errorf("%s: the mode %v is outside of %+v", s.ID, m, w)
			}
		}
		if whole := s.Window; w.XMax-w.XMin > 1.3*(whole.XMax-whole.XMin) {
			t.Errorf("%s: the view %+v is wider than the window %+v", s.ID, w, whole)
		}
	}
}

// Samples are drawn in their colour, each method has its tile, and a bad sample is
// left out instead of ending the picture.
func TestABenchIsDrawn(t *testing.T) {
	far := 1e9
	b := NewBench(named(t, "grid9"), []*bench.Result{
		{Cell: bench.Cell{Method: "exact", Scenario: "grid9", Seed: 1}, Outcome: bench.Outcome{Some: [][2]float64{{5, 5}, {0, 0}, {far, -far}}}},
		{Cell: bench.Cell{Method: "exact", Scenario: "grid9", Seed: 2}},
		{Cell: bench.Cell{Method: "ula", Scenario: "grid9", Seed: 1}},
		{Cell: bench.Cell{Method: "ula", Scenario: "ring8", Seed: 1}},
	})
	if len(b.results) != 2 {
		t.Fatalf("%d tiles, expected 2", len(b.results))
	}
	var out bytes.Buffer
	if err := b.PNG(&out); err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	want, found := sampleColour().(color.RGBA), 0
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			r, g, b, _ := picture.At(x, y).RGBA()
			if (color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}) == want {
				found++
			}
		}
	}
	if found == 0 {
		t.Error("no sample is seen")
	}
}

func TestSVGsAreWellFormed(t *testing.T) {
	var out bytes.Buffer
	if err := NewBench(named(t, "banana"), []*bench.Result{{Cell: bench.Cell{Method: "exact", Scenario: "banana", Seed: 1}}}).SVG(&out); err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(&out)
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// The contours of a target with many modes are many lines, which have an order of their own.
func TestEqualFiguresAreEqualFiles(t *testing.T) {
	b := NewBench(named(t, "gmm40"), []*bench.Result{{Cell: bench.Cell{Method: "exact", Scenario: "gmm40", Seed: 1}}})
	var first bytes.Buffer
	if err := b.SVG(&first); err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(first.Bytes(), []byte("<path")); n < 20 {
		t.Fatalf("the figure has %d lines, expected those of many modes", n)
	}
	for range 3 {
		var again bytes.Buffer
		if err := b.SVG(&again); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Fatal("the same figure is another file")
		}
	}
}
