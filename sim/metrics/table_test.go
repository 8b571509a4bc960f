package metrics

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"undercurrent/sim/internal/simtest"
)

// Every metric has all that its printers need, and a name of its own in each of them.
func TestMetricsAreCompleteAndTheirNamesUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range Table() {
		if m.ID == "" || m.Name == "" || m.Label == "" || m.Column == "" || m.Scale == 0 || !strings.HasPrefix(m.Format, "%") || m.measure == nil {
			t.Errorf("the metric %+v is not whole", m)
		}
		for _, name := range []string{"id " + string(m.ID), "name " + m.Name, "label " + m.Label, "column " + m.Column} {
			if seen[name] {
				t.Errorf("two metrics have the %s", name)
			}
			seen[name] = true
		}
	}
}

// As JSON the metrics are those of the table in its order, whole numbers without a point and
// null where they are not measured, and they come back as they were.
func TestMetricsRoundTripAsJSON(t *testing.T) {
	m := Metrics{{0.25, true}, {}, {1e-7, true}, {-0.5, true}, {3, true}, {2, true}, {1, true}, {0, true}, {}}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"tv":0.25,"sliced_w2":null,"energy_distance":1e-7,"mmd2":-0.5,"modes_visited":3,"modes_filled":2,"quality":1,"mode_entropy":0,"mass_kl":null}`
	if string(text) != want {
		t.Errorf("the JSON is %s, expected %s", text, want)
	}
	var back Metrics
	if err := json.Unmarshal(text, &back); err != nil || !slices.Equal(back, m) {
		t.Errorf("read again the metrics are %v (%v), expected %v", back, err, m)
	}
	if err := json.Unmarshal([]byte(`{"tv":2,"something else":[1]}`), &back); err != nil || back[0] != (Value{2, true}) || back[1].OK {
		t.Errorf("with other keys the metrics are %v (%v)", back, err)
	}
	if err := json.Unmarshal([]byte(`[1]`), &back); err == nil {
		t.Error("an array is read as metrics")
	}
	all := evaluatorOf(t, "three-modes", 100).Measure(simtest.Sample(1, 100, 3))
	if text, err = json.Marshal(all); err != nil || strings.Contains(string(text), "null") {
		t.Errorf("the metrics of a sample are %s (%v)", text, err)
	}
}
