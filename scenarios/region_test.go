package scenarios_test

import (
	"math"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
)

func TestShapesContainTheirInteriorAndEdge(t *testing.T) {
	for _, c := range []struct {
		what  string
		shape scenarios.Shape
		in    []scenarios.Point
		out   []scenarios.Point
	}{
		{"what is left of 1", scenarios.HalfPlane{scenarios.Point{1, 7}, scenarios.Point{-2, 0}}, []scenarios.Point{{0, 0}, {1, -3}, {-1e150, 1e150}}, []scenarios.Point{{1.001, 0}, {1e150, 0}}},
		{"what is above the diagonal", scenarios.HalfPlane{scenarios.Point{}, scenarios.Point{-1, 1}}, []scenarios.Point{{0, 1}, {-1, -0.5}, {2, 2}}, []scenarios.Point{{1, 0.999}}},
		{"a disc", scenarios.Disc{scenarios.Point{1, 0}, 0.5}, []scenarios.Point{{1, 0}, {1.5, 0}, {1, -0.5}}, []scenarios.Point{{1.36, 0.36}, {0.4, 0}, {1e200, 1e200}}},
		{"a huge disc", scenarios.Disc{scenarios.Point{}, 1e200}, []scenarios.Point{{7e199, 7e199}}, []scenarios.Point{{8e199, 8e199}}},
		{"a box", scenarios.Box{scenarios.Window{0, 1, 2, 3}}, []scenarios.Point{{0, 2}, {1, 3}, {0.5, 2.5}}, []scenarios.Point{{-0.001, 2.5}, {0.5, 3.001}, {math.NaN(), 2.5}}},
	} {
		for _, p := range c.in {
			if !c.shape.Contains(p) {
				t.Errorf("%s does not contain %v", c.what, p)
			}
		}
		for _, p := range c.out {
			if c.shape.Contains(p) {
				t.Errorf("%s contains %v", c.what, p)
			}
		}
	}
}

// An edit of the target keeps the regions.
func TestEditsKeepTheRegions(t *testing.T) {
	s, err := catalogue.Named("ring8")
	if err != nil {
		t.Fatal(err)
	}
	s.Regions = []scenarios.Region{{"core", scenarios.Disc{scenarios.Point{}, 1}}}
	after, err := s.Edited(scenarios.Edit{Verb: scenarios.Delete, Mode: 1})
	if err != nil || len(after.Regions) != 1 || after.Regions[0] != s.Regions[0] {
		t.Errorf("after an edit the regions are %v (%v)", after.Regions, err)
	}
}
