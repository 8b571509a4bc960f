package sim

import (
	"errors"
	"math"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

func TestVanishingReferencesAreRejected(t *testing.T) {
	s := simtest.Gaussian(t, 0.3, scenarios.Gaussian{Mean: scenarios.Point{X: 6}, Sigma: 0.3})
	target := divergences.NewLogVariance(divergences.Reference{Kind: divergences.Target})
	_, err := New(s, DefaultSettings(s, divergences.SpecFromDrift(target)))
	var vanished VanishedError
	if !errors.As(err, &vanished) || vanished.Share < 0.9 || !strings.Contains(err.Error(), "expected one that covers the cloud") {
		t.Errorf("the error is %v", err)
	}
	f := newFlow(t, s, simtest.Drift(t, "reverse-kl"))
	if err := f.SetDrift(divergences.SpecFromDrift(target), Plugin); !errors.As(err, &vanished) {
		t.Errorf("the error is %v", err)
	}
	if got := f.Settings().Drift.ID(); got != "reverse-kl" {
		t.Errorf("after a rejected reference the drift is %s", got)
	}
	f.Step()
}

func TestTheSurrogateHasNoBlobVelocity(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	settings := DefaultSettings(s, divergences.SpecFromDrift(simtest.Drift(t, "lv-surrogate")))
	settings.Velocity = Blob
	if _, err := New(s, settings); err == nil || !strings.Contains(err.Error(), "lv-surrogate is not the gradient flow") {
		t.Errorf("the error is %v", err)
	}
}

func TestTheUniformReferenceIsOneOverTheAreaOfThePaddedWindow(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	e, err := NewDrivenEstimator(s, DefaultSettings(s, divergences.SpecFromDrift(divergences.NewLogVariance(divergences.Reference{Kind: divergences.Uniform}))))
	if err != nil {
		t.Fatal(err)
	}
	b := e.Target().Grid.Bounds()
	got, _, _ := e.ReferenceAt(scenarios.Point{X: 1, Y: -0.5})
	simtest.Near(t, "ρ", math.Exp(got), 1/((b.XMax-b.XMin)*(b.YMax-b.YMin)), 1e-6)
}
