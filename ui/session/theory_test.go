package session

import (
	"strings"
	"testing"

	"undercurrent/sim"
)

func TestReferencesAreChosenInTurnAndThoseThatVanishSkipped(t *testing.T) {
	d := newSession(t, "banana")
	d.Motion.Choose("lv")
	if got := frameOf(d).Drift.Reference().Kind.String(); got != "current" {
		t.Fatalf("lv starts with reference %s", got)
	}
	d.Motion.NextReference()
	f := frameOf(d)
	if got := f.Drift.Reference().Kind.String(); got != "current" || !strings.Contains(f.Note.Text, "reference target vanishes") {
		t.Errorf("after a refused reference it is %s, the note %q", got, f.Note.Text)
	}
	for _, want := range []string{"initial", "gaussian", "uniform", "mixture", "current"} {
		d.Motion.NextReference()
		if got := frameOf(d).Drift.Reference().Kind.String(); got != want {
			t.Errorf("the next reference is %s, expected %s", got, want)
		}
	}
}

func TestAnFDivergenceHasNoReference(t *testing.T) {
	d := newSession(t, "three-modes")
	d.Motion.NextReference()
	if f := frameOf(d); !strings.Contains(f.Note.Text, "has no reference") || f.Info.ID != "reverse-kl" {
		t.Errorf("the note is %q under %s", f.Note.Text, f.Info.ID)
	}
}

func TestTheBlobVelocityIsLeftWhereThereIsNone(t *testing.T) {
	d := newSession(t, "three-modes")
	d.Motion.ToggleVelocity()
	if f := frameOf(d); f.Settings.Velocity != sim.Blob {
		t.Fatalf("the velocity is %s", f.Settings.Velocity)
	}
	d.Motion.Choose("lv-surrogate")
	if f := frameOf(d); f.Settings.Velocity != sim.Plugin || f.Info.ID != "lv-surrogate" {
		t.Errorf("lv-surrogate has velocity %s", f.Settings.Velocity)
	}
	d.Motion.ToggleVelocity()
	if f := frameOf(d); f.Settings.Velocity != sim.Plugin || !strings.Contains(f.Note.Text, "not the gradient flow") {
		t.Errorf("the velocity is %s, the note %q", f.Settings.Velocity, f.Note.Text)
	}
}

func TestTheCoverageMeasureIsChangedLive(t *testing.T) {
	d := newSession(t, "three-modes")
	before := frameOf(d).Report.UnderCoverage
	d.Coverage.ScaleTau(true)
	d.Coverage.ScaleSoftness(false)
	f := frameOf(d)
	if f.Functional.Tau != 2 || f.Functional.S != 0.8 || !(f.Report.UnderCoverage < before) {
		t.Errorf("the functional is %s, U went from %g to %g", f.Functional.Text(), before, f.Report.UnderCoverage)
	}
	d.Coverage.Next()
	if f := frameOf(d); f.Functional.ID != "deficit" {
		t.Errorf("the functional is %s", f.Functional.ID)
	}
}

func TestLambdaChangesTheMixture(t *testing.T) {
	d := newSession(t, "three-modes")
	d.Motion.Choose("lv")
	for range 5 {
		d.Motion.NextReference()
	}
	d.Motion.StepParameter(true)
	if got := frameOf(d).Drift.Reference(); got.Kind.String() != "mixture" || got.Lambda != 0.55 {
		t.Errorf("the reference is %+v", got)
	}
}
