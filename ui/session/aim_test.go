package session

import (
	"math"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
)

// A frame with the probe has its surroundings, of the report of the frame, unless a region is chosen; their best
// weight takes over.
func TestTheSurroundingsOfTheProbeAreShownAndTheirBestWeightTakesOver(t *testing.T) {
	d := newSession(t, "uneven-ring")
	d.Show(Shown{Effort: true})
	path(d, 6)
	if frameOf(d).Aimed != nil {
		t.Error("without the probe there are surroundings")
	}
	at := d.flow().Target().Regions.List[0].Peak
	d.Probe(&at)
	around := frameOf(d).Aimed
	want := sim.Disc{Centre: at, Radius: sim.SurroundingsRadius * d.flow().Settings().Bandwidth}
	if around == nil || around.Around != want || len(around.Best) == 0 {
		t.Fatalf("the surroundings are %+v, expected those of %v", around, want)
	}
	direct := d.flow().PlaceDetail(sim.Aim{Around: want}, divergences.Standard())
	if math.Float64bits(direct.Mass) != math.Float64bits(around.Mass) || direct.Current.MassChange != around.Current.MassChange {
		t.Errorf("the surroundings are %+v, expected %+v", around.PlaceDetail, direct)
	}
	d.Advance()
	if again := frameOf(d).Aimed; again == around || again.Mass == around.Mass {
		t.Error("after a step the surroundings are those of before")
	}
	d.Motion.ChooseBest()
	if f := frameOf(d); f.Settings.Drift.ID() != divergences.TableID || !strings.Contains(f.Note.Text, "w* of the disc of radius") {
		t.Errorf("%s takes over: %q", f.Settings.Drift, f.Note.Text)
	}
	d.Regions.Choose(1)
	if f := frameOf(d); f.Aimed != nil || f.Detail == nil {
		t.Error("with a chosen region the surroundings of the probe are shown")
	}
	d.Regions.Choose(0)
	d.Motion.NextMover()
	if frameOf(d).Aimed != nil {
		t.Error("under a mover a weight is the best")
	}
	d.Motion.Choose("pearson")
	d.Probe(nil)
	d.Aim.Set("coverage")
	f := frameOf(d)
	if f.Aimed == nil || f.Aimed.Region != sim.AllRegions || !f.AimsAtCoverage || f.Aimed.Current.Efficiency == around.Current.Efficiency || len(f.Aimed.Best) == 0 {
		t.Errorf("with the coverage as the aim it is %+v", f.Aimed)
	}
	d.Regions.Choose(2)
	mine := frameOf(d).Detail
	if d.Aim.Toggle(); frameOf(d).Detail.Current.Efficiency == mine.Current.Efficiency {
		t.Error("η of a region is the same for its mass and its coverage")
	}
	d.Regions.Choose(0)
	d.Probe(&scenarios.Point{X: 1e3, Y: 1e3})
	before := frameOf(d).Settings.Drift
	if d.Motion.ChooseBest(); !frameOf(d).Settings.Drift.Equal(before) || !strings.Contains(frameOf(d).Note.Text, "has no target mass, expected a place with some") {
		t.Errorf("beyond the window %s takes over: %q", frameOf(d).Settings.Drift, frameOf(d).Note.Text)
	}
}
