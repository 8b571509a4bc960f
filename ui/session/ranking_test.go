package session

import (
	"math"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
)

// A frame has the ranking where it is shown, and it is the design of the flow for the region, the place of the probe, or
// all regions.
func TestTheRankingIsTheDesignForTheAim(t *testing.T) {
	d := newSession(t, "uneven-ring")
	path(d, 6)
	if frameOf(d).Ranking != nil {
		t.Error("there is a ranking that is not shown")
	}
	d.Show(Shown{Ranking: true})
	u := d.Coverage.functional.Measure()
	check := func(a sim.Aim, place string) {
		t.Helper()
		r := frameOf(d).Ranking
		want, err := d.flow().Design(a, divergences.Standard())
		if err != nil {
			t.Fatal(err)
		}
		if r == nil || r.None != "" || r.Aim != a || r.Place != place || r.Step != frameOf(d).Report.Step {
			t.Fatalf("the ranking is %+v, expected one for %+v", r, a)
		}
		if r.Energy != want.Energy || r.Tabulated.Value != want.Tabulated.Value || r.Current.Value != want.Current.Value || len(r.Divergences) != len(want.Divergences) {
			t.Errorf("the ranking for %s has T(w*) %g, expected %g", place, r.Energy, want.Energy)
		}
		for k, e := range want.Divergences {
			if got := r.Divergences[k]; !got.Drift.Equal(e.Drift) || got.Value != e.Value || got.Response != e.Response || got.Change != e.Change {
				t.Errorf("%s: number %d is %+v, expected %+v", place, k, got, e)
			}
		}
		for k := 1; k < len(r.Divergences); k++ {
			if r.Divergences[k].Value > r.Divergences[k-1].Value {
				t.Errorf("%s stands behind %s", r.Divergences[k].Drift, r.Divergences[k-1].Drift)
			}
		}
		if k := r.CurrentAmong(); k < 0 || r.Divergences[k].Drift.ID() != "reverse-kl" {
			t.Errorf("the current divergence is number %d", k)
		}
	}
	d.Aim.Set("coverage")
	check(sim.Aim{Region: sim.AllRegions, Functional: u}, "all regions")
	d.Advance()
	check(sim.Aim{Region: sim.AllRegions, Functional: u}, "all regions")
	d.Aim.Set("mass")
	check(sim.Aim{Region: sim.AllRegions, Functional: u}, "all regions")
	at := d.flow().Target().Regions.List[0].Peak
	d.Probe(&at)
	disc := sim.Disc{Centre: at, Radius: sim.SurroundingsRadius * d.flow().Settings().Bandwidth}
	check(sim.Aim{Region: sim.AllRegions, Around: disc}, disc.String())
	d.Regions.Choose(2)
	check(sim.Aim{Region: 1}, "region 2")
	d.Coverage.ScaleTau(true)
	d.Aim.Set("coverage")
	check(sim.Aim{Region: 1, Functional: d.Coverage.functional.Measure()}, "region 2")
	d.Show(Shown{})
	if frameOf(d).Ranking != nil {
		t.Error("the ranking is made after it was closed")
	}
}

// What moves the particles has its place among the divergences, or none where it is no weight of r.
func TestTheRankingKnowsTheCurrentDrift(t *testing.T) {
	d := newSession(t, "uneven-ring")
	path(d, 6)
	d.Show(Shown{Ranking: true})
	d.Regions.Choose(1)
	for _, c := range []struct {
		text, moving string
		among, known bool
	}{
		{"alpha:0.5", "alpha 0.5", false, true},
		{"alpha:1.5", "alpha 1.5", true, true},
		{"lv:target", "lv target", false, false},
		{"pearson^2", "pearson Z×2", false, true},
	} {
		if d.Motion.SetText(c.text); frameOf(d).Ranking.Moving != c.moving {
			t.Errorf("%s is called %q", c.text, frameOf(d).Ranking.Moving)
		}
		if r := frameOf(d).Ranking; (r.CurrentAmong() >= 0) != c.among || math.IsNaN(r.Current.Value) == c.known {
			t.Errorf("%s: number %d of the divergences, η %g", c.text, r.CurrentAmong(), r.Current.Value)
		}
	}
	d.Motion.SetMover("ula")
	if r := frameOf(d).Ranking; r.Moving != "ula" || r.CurrentAmong() >= 0 || !math.IsNaN(r.Current.Value) || len(r.Divergences) == 0 {
		t.Errorf("under a mover the ranking is %+v", r)
	}
	// A divergence of the ranking has its parameters there; those of others are kept.
	r := frameOf(d).Ranking
	for _, e := range r.Divergences {
		if d.Motion.ChooseRanked(e.Drift); !frameOf(d).Settings.Drift.Equal(e.Drift) || !frameOf(d).Settings.Mover.IsZero() {
			t.Errorf("%s is switched to in place of %s", frameOf(d).Settings.Drift, e.Drift)
		}
	}
	if k := frameOf(d).Ranking.CurrentAmong(); k < 0 {
		t.Error("the divergence that was chosen is not marked")
	}
	d.Regions.Choose(0)
	d.Probe(&scenarios.Point{X: 1e3, Y: 1e3})
	if r := frameOf(d).Ranking; !strings.Contains(r.None, "has no target mass, expected a place with some") {
		t.Errorf("beyond the window the ranking is %+v", r)
	}
}
