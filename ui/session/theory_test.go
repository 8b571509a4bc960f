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

// Birth–death is switched on and off in the flow in focus, kept under another divergence, and left where there
// is none.
func TestBirthDeathIsSwitchedLive(t *testing.T) {
	d := newSession(t, "three-modes")
	d.Motion.ToggleBirthDeath()
	if f := frameOf(d); f.Settings.BirthDeath != sim.DefaultBirthDeath || !strings.Contains(f.Note.Text, "birth–death 1: particles double") {
		t.Fatalf("the rate is %g, the note %q", f.Settings.BirthDeath, f.Note.Text)
	}
	d.Motion.Choose("forward-kl")
	d.Motion.SetBirthDeath(2)
	d.Motion.SetText("pearson")
	d.Motion.SetBirthDeath(-1)
	if f := frameOf(d); f.Settings.BirthDeath != 2 || f.Info.ID != "pearson" || !strings.Contains(f.Note.Text, "rate of birth–death is -1, expected") {
		t.Errorf("under %s the rate is %g, the note %q", f.Info.ID, f.Settings.BirthDeath, f.Note.Text)
	}
	d.Comparison.Here()
	if f := frameOf(d); len(f.Runs) != MaxRuns || f.Settings.BirthDeath != 2 {
		t.Errorf("%d flows are compared, at the rate %g", len(f.Runs), f.Settings.BirthDeath)
	}
	d.Comparison.Toggle()
	d.Motion.Choose("lv-surrogate")
	if f := frameOf(d); f.Settings.BirthDeath != 0 || f.Info.ID != "lv-surrogate" {
		t.Errorf("%s has the rate %g", f.Info.ID, f.Settings.BirthDeath)
	}
	d.Motion.ToggleBirthDeath()
	if f := frameOf(d); f.Settings.BirthDeath != 0 || !strings.Contains(f.Note.Text, "expected no birth–death") {
		t.Errorf("the rate is %g, the note %q", f.Settings.BirthDeath, f.Note.Text)
	}
	d.Motion.SetText("reverse-kl+birth-death:3")
	if f := frameOf(d); f.Settings.BirthDeath != 3 {
		t.Errorf("typed as a text the rate is %g", f.Settings.BirthDeath)
	}
	d.Motion.ToggleBirthDeath()
	if f := frameOf(d); f.Settings.BirthDeath != 0 || !strings.Contains(f.Note.Text, "birth–death off") {
		t.Errorf("the rate is %g, the note %q", f.Settings.BirthDeath, f.Note.Text)
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
