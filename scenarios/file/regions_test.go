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
