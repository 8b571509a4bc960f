package session

import (
	"reflect"
	"strings"
	"testing"

	"undercurrent/sim"
)

func labels(f *Frame) (list []string) {
	for _, l := range f.Runs {
		list = append(list, l.Label)
	}
	return list
}

func TestAComparisonBeginsWithTheSameParticles(t *testing.T) {
	for name, c := range map[string]struct {
		begin func(*ComparisonControl)
		step  int
	}{"start": {(*ComparisonControl).Toggle, 0}, "here": {(*ComparisonControl).Here, 5}} {
		d := newSession(t, "uneven-ring")
		began := frameOf(d)
		path(d, 5)
		c.begin(&d.Comparison)
		f := frameOf(d)
		if got := labels(f); !reflect.DeepEqual(got, []string{"reverse-kl", "forward-kl", "neyman", "jensen-shannon"}) {
			t.Fatalf("%s: the flows are %v", name, got)
		}
		for _, l := range f.Runs {
			if !reflect.DeepEqual(l.Particles, f.Particles) || l.Report.Step != c.step {
				t.Errorf("%s: %s begins elsewhere, at step %d", name, l.Label, l.Report.Step)
			}
		}
		if fromStart := reflect.DeepEqual(f.Particles, began.Particles); fromStart != (c.step == 0) {
			t.Errorf("%s: that it begins at the initial cloud is %t", name, fromStart)
		}
		d.Advance()
		f = frameOf(d)
		for _, l := range f.Runs {
			if l.Report.Step != c.step+1 {
				t.Errorf("%s: %s is at step %d, expected %d", name, l.Label, l.Report.Step, c.step+1)
			}
		}
		if reflect.DeepEqual(f.Runs[0].Particles, f.Runs[1].Particles) {
			t.Errorf("%s: two divergences move the particles alike", name)
		}
	}
}

// What a recipe says of a comparison is enough to begin the same one.
func TestAComparisonIsReproduced(t *testing.T) {
	d := newSession(t, "three-modes")
	path(d, 3)
	d.Comparison.Toggle()
	path(d, 6)
	recipe := d.Recipe()
	var ids []string
	for _, s := range recipe.Compared {
		ids = append(ids, s.String())
	}
	if !reflect.DeepEqual(ids, []string{"reverse-kl", "forward-kl", "neyman", "jensen-shannon"}) || recipe.Step != 6 {
		t.Fatalf("the recipe compares %v at step %d", ids, recipe.Step)
	}
	other := newSession(t, "three-modes")
	if err := other.Comparison.Under(recipe.Compared[1:]...); err != nil {
		t.Fatal(err)
	}
	if err := other.Play(recipe.Events, recipe.Step); err != nil {
		t.Fatal(err)
	}
	was, now := frameOf(d), frameOf(other)
	for k := range was.Runs {
		if !reflect.DeepEqual(was.Runs[k].Particles, now.Runs[k].Particles) {
			t.Errorf("%s goes another way", was.Runs[k].Label)
		}
	}
	d.Motion.Choose("pearson")
	if got := d.Recipe().Compared; got != nil {
		t.Errorf("after a change the recipe compares %v, which is not the whole of it", got)
	}
	here := newSession(t, "three-modes")
	path(here, 2)
	here.Comparison.Here()
	path(here, 1)
	if got := here.Recipe().Compared; got != nil {
		t.Errorf("from a later step the recipe compares %v", got)
	}
}

// A flow in a comparison is the same flow as alone.
func TestAComparisonChangesNoFlow(t *testing.T) {
	alone, compared := newSession(t, "three-modes"), newSession(t, "three-modes")
	compared.Comparison.Toggle()
	for range 10 {
		alone.Advance()
		compared.Advance()
	}
	if !reflect.DeepEqual(frameOf(alone).Particles, frameOf(compared).Runs[0].Particles) {
		t.Error("the flow moves otherwise in company")
	}
}

func TestEqualDriftsAreEqualFlows(t *testing.T) {
	d := newSession(t, "three-modes")
	d.Advance()
	d.Comparison.Toggle()
	d.Comparison.Focus(1)
	d.Motion.Choose("reverse-kl")
	for range 10 {
		d.Advance()
	}
	f := frameOf(d)
	if !reflect.DeepEqual(f.Runs[0].Particles, f.Runs[1].Particles) || f.Runs[0].Report.TV != f.Runs[1].Report.TV {
		t.Error("two flows of reverse-kl differ")
	}
}

func TestCommandsGoToTheFlowInFocus(t *testing.T) {
	d := newSession(t, "uneven-ring")
	d.Comparison.Toggle()
	d.Comparison.Focus(-1)
	d.Motion.Choose("pearson")
	d.Motion.StepParameter(true)
	f := frameOf(d)
	if got := labels(f); f.Focus != 3 || got[3] != "alpha 1.5" && !strings.HasPrefix(got[3], "alpha") || got[0] != "reverse-kl" || f.Info.ID != "alpha" {
		t.Errorf("the flows are %v, the focus %d", got, f.Focus)
	}
	d.Motion.ScaleBandwidth(1)
	f = frameOf(d)
	if !(f.Runs[3].Settings.Bandwidth > f.Runs[0].Settings.Bandwidth) {
		t.Errorf("the bandwidths are %g and %g", f.Runs[3].Settings.Bandwidth, f.Runs[0].Settings.Bandwidth)
	}
}

func TestFlowsAreAddedRemovedAndOpenedElsewhere(t *testing.T) {
	d := newSession(t, "uneven-ring")
	d.Comparison.Add()
	if got := labels(frameOf(d)); len(got) != 2 {
		t.Fatalf("after one more the flows are %v", got)
	}
	for range 5 {
		d.Comparison.Add()
	}
	f := frameOf(d)
	if len(f.Runs) != MaxRuns || !strings.Contains(f.Note.Text, "at most 4") {
		t.Errorf("the flows are %v, the note %q", labels(f), f.Note.Text)
	}
	d.Comparison.Remove()
	d.Scene.Open("grid9")
	f = frameOf(d)
	if len(f.Runs) != 3 || f.Runs[2].Report.Regions[8].ID != 9 || f.Scenario.ID != "grid9" {
		t.Errorf("on another scenario the flows are %v", labels(f))
	}
	d.Scene.Restart()
	d.Scene.Reseed(1)
	for _, l := range frameOf(d).Runs {
		if !reflect.DeepEqual(l.Particles, frameOf(d).Particles) {
			t.Errorf("after another seed %s begins elsewhere", l.Label)
		}
	}
	for range 4 {
		d.Comparison.Remove()
	}
	if f := frameOf(d); len(f.Runs) != 0 || len(d.runs) != 1 {
		t.Errorf("%d flows are left", len(d.runs))
	}
	d.Comparison.Toggle()
	d.Comparison.Focus(2)
	kept := d.Motion.Drift().ID()
	d.Comparison.Toggle()
	if f := frameOf(d); len(f.Runs) != 0 || f.Info.ID != kept {
		t.Errorf("after the comparison %s goes on, expected %s", f.Info.ID, kept)
	}
}

func TestABranchTakesOverTheParticles(t *testing.T) {
	d := newSession(t, "three-modes")
	for range 7 {
		d.Advance()
	}
	other, err := d.flow().Sibling(d.focus.settings())
	if err != nil {
		t.Fatal(err)
	}
	other.Branch(d.flow())
	if other.Progress() != d.flow().Progress() {
		t.Errorf("the branch has come %+v, expected %+v", other.Progress(), d.flow().Progress())
	}
	a, b := &sim.Report{}, &sim.Report{}
	d.flow().Report(a, sim.Instruments{})
	other.Report(b, sim.Instruments{})
	if !reflect.DeepEqual(a.Transport, b.Transport) || a.TV != b.TV {
		t.Error("the branch is measured otherwise")
	}
}
