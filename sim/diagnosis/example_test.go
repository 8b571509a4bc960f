package diagnosis

import (
	"testing"

	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// A right sampler passes, and each fault is found before all else.
func TestExamplesAreToldApart(t *testing.T) {
	s, err := catalogue.Named("three-modes")
	if err != nil {
		t.Fatal(err)
	}
	g, err := grid.New(s.Window, s.Bandwidth, 0)
	if err != nil {
		t.Fatal(err)
	}
	on, err := target.New(s, g, s.Bandwidth, target.Matched, grid.NewWorkers())
	if err != nil {
		t.Fatal(err)
	}
	first := map[string]string{"right": "", "wrong-sign": "against the gradient", "stuck": "frozen chain", "short-steps": "short moves"}
	for _, e := range Examples() {
		for seed := range uint64(3) {
			d := e.Draws(s, seed+1)
			r, err := Diagnose(d, Against(on, d.Columns[0], d.Columns[1]))
			if err != nil {
				t.Fatal(err)
			}
			if want := first[e.ID]; r.Pass() != (want == "") || want != "" && kinds(r)[0] != want {
				t.Errorf("%s, seed %d: the findings are %v", e.ID, seed+1, r.Findings)
			}
		}
	}
}
