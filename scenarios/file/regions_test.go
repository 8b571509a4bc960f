package file

import (
	"reflect"
	"slices"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/internal/scenariotest"
)

// Every place of a target of the catalogue is in one of the zones that it names, and the
// zones lie in its window alone.
func TestTheZonesOfTheCatalogueLeaveNothingOut(t *testing.T) {
	scenariotest.ForEach(t, catalogue.All(), func(t *testing.T, s scenarios.Scenario) {
		if s.Regions == nil {
			return
		}
		rng, held := scenariotest.Seeded(5), make([]int, len(s.Regions))
		for range 2000 {
			place := scenariotest.Uniform(s.Window, rng)
			k := slices.IndexFunc(s.Regions, func(z scenarios.Region) bool { return z.Shape.Holds(place) })
			if k < 0 {
				t.Fatal("a place is in no zone")
			}
			held[k]++
		}
		if slices.Contains(held, 0) {
			t.Errorf("the zones hold %v of 2000 places, expected some each", held)
		}
		for text, want := range map[string][]scenarios.Region{"": s.Regions, "window: [-0.5, 0.5, -0.5, 0.5]\n": nil,
			"regions: [{name: core, disc: {centre: [0, 0], radius: 1}}]\n": {{Name: "core", Shape: scenarios.Disc{Centre: scenarios.Point{}, Radius: 1}}}} {
			got, err := Decode([]byte("version: 1\ntarget: {catalogue: "+s.ID+"}\n"+text), nil)
			if err != nil || !reflect.DeepEqual(got.Regions, want) {
				t.Errorf("with %q the zones are %v (%v), expected %v", text, got.Regions, err, want)
			}
		}
	})
}
