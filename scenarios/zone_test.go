package scenarios

import (
	"math"
	"reflect"
	"slices"
	"testing"
)

func TestShapesHoldTheirSideAndTheirEdge(t *testing.T) {
	for _, c := range []struct {
		what  string
		shape Shape
		in    []Point
		out   []Point
	}{
		{"what is left of 1", HalfPlane{Point{1, 7}, Point{-2, 0}}, []Point{{0, 0}, {1, -3}, {-1e150, 1e150}}, []Point{{1.001, 0}, {1e150, 0}}},
		{"what is above the diagonal", HalfPlane{Point{}, Point{-1, 1}}, []Point{{0, 1}, {-1, -0.5}, {2, 2}}, []Point{{1, 0.999}}},
		{"a disc", Disc{Point{1, 0}, 0.5}, []Point{{1, 0}, {1.5, 0}, {1, -0.5}}, []Point{{1.36, 0.36}, {0.4, 0}, {1e200, 1e200}}},
		{"a huge disc", Disc{Point{}, 1e200}, []Point{{7e199, 7e199}}, []Point{{8e199, 8e199}}},
		{"a box", Box{Window{0, 1, 2, 3}}, []Point{{0, 2}, {1, 3}, {0.5, 2.5}}, []Point{{-0.001, 2.5}, {0.5, 3.001}, {math.NaN(), 2.5}}},
	} {
		for _, p := range c.in {
			if !c.shape.Holds(p) {
				t.Errorf("%s does not hold %v", c.what, p)
			}
		}
		for _, p := range c.out {
			if c.shape.Holds(p) {
				t.Errorf("%s holds %v", c.what, p)
			}
		}
	}
}

// An edit of the target leaves the zones where they are.
func TestZonesOutliveAnEdit(t *testing.T) {
	s, err := Named("ring8")
	if err != nil {
		t.Fatal(err)
	}
	s.Zones = []Zone{{"core", Disc{Point{}, 1}}}
	after, err := s.Edited(Edit{Verb: Delete, Mode: 1})
	if err != nil || len(after.Zones) != 1 || after.Zones[0] != s.Zones[0] {
		t.Errorf("after an edit the zones are %v (%v)", after.Zones, err)
	}
}

// Every place of a target of the catalogue is in one of the zones that it names, and the
// zones lie in its window alone.
func TestTheZonesOfTheCatalogueLeaveNothingOut(t *testing.T) {
	forEach(t, func(t *testing.T, s Scenario) {
		if s.Zones == nil {
			return
		}
		rng, held := seeded(5), make([]int, len(s.Zones))
		for range 2000 {
			place := s.Window.uniform(rng)
			k := slices.IndexFunc(s.Zones, func(z Zone) bool { return z.Shape.Holds(place) })
			if k < 0 {
				t.Fatal("a place is in no zone")
			}
			held[k]++
		}
		if slices.Contains(held, 0) {
			t.Errorf("the zones hold %v of 2000 places, expected some each", held)
		}
		for text, want := range map[string][]Zone{"": s.Zones, "window: [-0.5, 0.5, -0.5, 0.5]\n": nil,
			"regions: [{name: core, disc: {centre: [0, 0], radius: 1}}]\n": {{"core", Disc{Point{}, 1}}}} {
			got, err := Decode([]byte("version: 1\ntarget: {catalogue: "+s.ID+"}\n"+text), nil)
			if err != nil || !reflect.DeepEqual(got.Zones, want) {
				t.Errorf("with %q the zones are %v (%v), expected %v", text, got.Zones, err, want)
			}
		}
	})
}
