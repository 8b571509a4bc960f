package stream

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios"
)

// Given frames come one after the other, pooled as those of a stream.
func TestGivenFramesAreRead(t *testing.T) {
	frames := []scenarios.Cloud{{Points: []scenarios.Point{{X: 1}, {X: 2}}}, {Points: []scenarios.Point{{X: 3}, {X: 4}}}, {Points: []scenarios.Point{{X: 5}, {X: 6}}}}
	for pool, want := range map[int][]int{1: {2, 2, 2}, 2: {2, 4, 4}} {
		r, err := NewGivenReader(frames, Options{Pool: pool, Name: "a table"})
		if err != nil {
			t.Fatal(err)
		}
		var sizes []int
		var last scenarios.Point
		for f := (Frame{}); ; {
			if err := r.Next(&f); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			sizes, last = append(sizes, len(f.Points)), f.Points[len(f.Points)-1]
			if ordered := pool == 1 && f.Number > 1; f.Ordered != ordered {
				t.Errorf("frame %d is ordered: %v, expected %v", f.Number, f.Ordered, ordered)
			}
		}
		if !slices.Equal(sizes, want) || last.X != 6 {
			t.Errorf("frames pooled by %d have sizes %v and end with %v, expected %v and 6", pool, sizes, last, want)
		}
	}
}

func TestInvalidGivenFramesAreRefused(t *testing.T) {
	if _, err := NewGivenReader(nil, Options{Last: 3}); err == nil || !strings.Contains(err.Error(), "expected neither") {
		t.Errorf("Last gives %v", err)
	}
	r, err := NewGivenReader([]scenarios.Cloud{{Points: []scenarios.Point{{X: 1}}}}, Options{Name: "a table"})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Next(&Frame{}); err == nil || err.Error() != "a table: frame 1 has 1 finite particles of 1, expected 2 to 20000000" {
		t.Errorf("one particle gives %v", err)
	}
}
