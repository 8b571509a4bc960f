package file

import (
	"reflect"
	"slices"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/internal/scenariotest"
)

// Every point of the window of a scenario of the catalogue is in one of its named regions, if
// it has any; with another window the regions are not used.
func TestRegionsOfTheCatalogueCoverTheWindow(t *testing.T) {
	scenariotest.ForEach(t, catalogue.All(), func(t *testing.T, s scenarios.Scenario) {
		if s.Regions == nil {
			return
		}
		rng, counts := scenariotest.Seeded(5), make([]int, len(s.Regions))
		for range 2000 {
			p := scenariotest.Uniform(s.Window, rng)
			k := slices.IndexFunc(s.Regions, func(r scenarios.Region) bool { return r.Shape.Contains(p) })
			if k < 0 {
				t.Fatalf("%v is in no region", p)
			}
			counts[k]++
		}
		if slices.Contains(counts, 0) {
			t.Errorf("the regions contain %v of 2000 points, expected some each", counts)
		}
		for text, want := range map[string][]scenarios.Region{"": s.Regions, "window: [-0.5, 0.5, -0.5, 0.5]\n": nil,
			"regions: [{name: core, disc: {centre: [0, 0], radius: 1}}]\n": {{Name: "core", Shape: scenarios.Disc{Centre: scenarios.Point{}, Radius: 1}}}} {
			got, err := Decode([]byte("version: 1\ntarget: {catalogue: "+s.ID+"}\n"+text), nil)
			if err != nil || !reflect.DeepEqual(got.Regions, want) {
				t.Errorf("with %q the regions are %v (%v), expected %v", text, got.Regions, err, want)
			}
		}
	})
}

// A division has a name in place of a list; it is written as it was read, and what the target does not
// have is refused at its place.
func TestDivisionsAreNamed(t *testing.T) {
	const ring, banana, hill = "target: {catalogue: three-modes}\n", "target: {catalogue: banana}\n", "target: {log_density: -x^2-y^2}\nwindow: [-3, 3, -3, 3]\n"
	for text, want := range map[string]scenarios.Division{
		hill: scenarios.Automatic, hill + "regions: auto\n": scenarios.Automatic, hill + "regions: basins\n": scenarios.ByBasins,
		ring: scenarios.ByBasins, ring + "regions: auto\n": scenarios.Automatic, banana: scenarios.ByName, banana + "regions: named\n": scenarios.ByName,
		banana + "regions: auto\n": scenarios.Automatic, banana + "regions: basins\n": scenarios.ByBasins,
		hill + "regions: [{name: core, disc: {centre: [0, 0], radius: 1}}]\n": scenarios.ByName,
	} {
		s, err := Decode([]byte("version: 1\n"+text), nil)
		if err != nil || s.Divided() != want {
			t.Errorf("%q is divided by %s (%v), expected %s", text, s.Divided(), err, want)
			continue
		}
		written, err := Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Decode(written, nil)
		if err != nil || again.Divided() != want || !reflect.DeepEqual(again.Regions, s.Regions) {
			t.Errorf("%q is written as\n%s, which is divided by %s (%v)", text, written, again.Divided(), err)
		}
	}
	for text, want := range map[string]string{
		hill + "regions: named\n":  "line 4, column 10: regions: named, but the target names no regions, expected auto, basins, or a list",
		hill + "regions: basin\n":  "line 4, column 10: regions: basin, expected auto, basins, named, or a list of 1 to 64 regions",
		hill + "regions: {a: 1}\n": "line 4, column 10: regions: a mapping, expected auto, basins, named, or a list of 1 to 64 regions",
	} {
		if _, err := Decode([]byte("version: 1\n"+text), nil); err == nil || err.Error() != want {
			t.Errorf("%q gives %v, expected %q", text, err, want)
		}
	}
}
