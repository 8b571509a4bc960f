package engine

import (
	"reflect"
	"strings"
	"testing"

	"undercurrent/sim"
)

func labels(f *Frame) (list []string) {
	for _, l := range f.Lanes {
		list = append(list, l.Label)
	}
	return list
}

func TestAComparisonBeginsWithTheSameParticles(t *testing.T) {
	d := newDriver(t, "uneven-ring")
	for range 5 {
		d.Advance()
	}
	d.Compare()
	f := frameOf(d)
	if got := labels(f); !reflect.DeepEqual(got, []string{"reverse-kl", "forward-kl", "neyman", "jensen-shannon"}) {
		t.Fatalf("the flows are %v", got)
	}
	for _, l := range f.Lanes {
		if !reflect.DeepEqual(l.Particles, f.Particles) || l.Report.Step != 5 {
			t.Errorf("%s begins elsewhere, at step %d", l.Label, l.Report.Step)
		}
	}
	d.Advance()
	f = frameOf(d)
	for _, l := range f.Lanes {
		if l.Report.Step != 6 {
			t.Errorf("%s is at step %d, expected 6", l.Label, l.Report.Step)
		}
	}
	if reflect.DeepEqual(f.Lanes[0].Particles, f.Lanes[1].Particles) {
		t.Error("two divergences move the particles alike")
	}
}

// A flow in a comparison is the flow alone, whatever runs beside it.
func TestAComparisonChangesNoFlow(t *testing.T) {
	alone, beside := newDriver(t, "three-modes"), newDriver(t, "three-modes")
	beside.Compare()
	for range 10 {
		alone.Advance()
		beside.Advance()
	}
	if !reflect.DeepEqual(frameOf(alone).Particles, frameOf(beside).Lanes[0].Particles) {
		t.Error("the flow moves otherwise in company")
	}
}

func TestADriftComparedWithItselfIsTheSameFlow(t *testing.T) {
	d := newDriver(t, "three-modes")
	d.Advance()
	d.Compare()
	d.Focus(1)
	d.Choose("reverse-kl")
	for range 10 {
		d.Advance()
	}
	f := frameOf(d)
	if !reflect.DeepEqual(f.Lanes[0].Particles, f.Lanes[1].Particles) || f.Lanes[0].Report.TV != f.Lanes[1].Report.TV {
		t.Error("reverse-kl beside itself goes two ways")
	}
}

func TestCommandsGoToTheFlowInFocus(t *testing.T) {
	d := newDriver(t, "uneven-ring")
	d.Compare()
	d.Focus(-1)
	d.Choose("pearson")
	d.Turn(true)
	f := frameOf(d)
	if got := labels(f); f.Focus != 3 || got[3] != "alpha 1.5" && !strings.HasPrefix(got[3], "alpha") || got[0] != "reverse-kl" || f.Info.ID != "alpha" {
		t.Errorf("the flows are %v, the focus %d", got, f.Focus)
	}
	d.Widen(true)
	f = frameOf(d)
	if !(f.Lanes[3].Settings.Bandwidth > f.Lanes[0].Settings.Bandwidth) {
		t.Errorf("the bandwidths are %g and %g", f.Lanes[3].Settings.Bandwidth, f.Lanes[0].Settings.Bandwidth)
	}
}

func TestFlowsAreAddedRemovedAndOpenedElsewhere(t *testing.T) {
	d := newDriver(t, "uneven-ring")
	d.AddLane()
	if got := labels(frameOf(d)); len(got) != 2 {
		t.Fatalf("after one more the flows are %v", got)
	}
	for range 5 {
		d.AddLane()
	}
	f := frameOf(d)
	if len(f.Lanes) != MostLanes || !strings.Contains(f.Note.Text, "at most 4") {
		t.Errorf("the flows are %v, the note %q", labels(f), f.Note.Text)
	}
	d.RemoveLane()
	d.Open("grid9")
	f = frameOf(d)
	if len(f.Lanes) != 3 || f.Lanes[2].Report.Regions[8].ID != 9 || f.Scenario.ID != "grid9" {
		t.Errorf("on another scenario the flows are %v", labels(f))
	}
	d.Restart()
	d.Reseed()
	for _, l := range frameOf(d).Lanes {
		if !reflect.DeepEqual(l.Particles, frameOf(d).Particles) {
			t.Errorf("after another seed %s begins elsewhere", l.Label)
		}
	}
	for range 4 {
		d.RemoveLane()
	}
	if f := frameOf(d); len(f.Lanes) != 0 || len(d.lanes) != 1 {
		t.Errorf("%d flows are left", len(d.lanes))
	}
	d.Compare()
	d.Focus(2)
	kept := d.choice.ID
	d.Compare()
	if f := frameOf(d); len(f.Lanes) != 0 || f.Info.ID != kept {
		t.Errorf("after the comparison %s goes on, expected %s", f.Info.ID, kept)
	}
}

func TestABranchTakesOverTheParticles(t *testing.T) {
	d := newDriver(t, "three-modes")
	for range 7 {
		d.Advance()
	}
	other, err := d.flow.Sibling(d.settings)
	if err != nil {
		t.Fatal(err)
	}
	other.Branch(d.flow)
	if other.Progress() != d.flow.Progress() {
		t.Errorf("the branch has come %+v, expected %+v", other.Progress(), d.flow.Progress())
	}
	a, b := &sim.Report{}, &sim.Report{}
	d.flow.Report(a, sim.Instruments{})
	other.Report(b, sim.Instruments{})
	if !reflect.DeepEqual(a.Transport, b.Transport) || a.TV != b.TV {
		t.Error("the branch is measured otherwise")
	}
}
