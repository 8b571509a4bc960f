package sim

import (
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/sim/internal/simtest"
)

func adaptive(s *Settings) { s.Adaptive = true }

// The weight of a step is that of a design for the region with the lowest mass ratio.
func TestTheAdaptiveWeightIsTheBestForTheWorstRegion(t *testing.T) {
	t.Parallel()
	s, d := simtest.Scenario(t, "uneven-ring"), simtest.Drift(t, "reverse-kl")
	f, plain := newFlow(t, s, d, withParticles(3000), adaptive), newFlow(t, s, d, withParticles(3000))
	for range 6 {
		f.Step()
	}
	plain.Branch(f)
	worst, ratio := 0, 2.0
	r := &Report{}
	plain.Report(r, Instruments{})
	for k, region := range r.Regions {
		if m := region.MassRatio(); m < ratio {
			worst, ratio = k, m
		}
	}
	want, err := plain.Design(Aim{Region: worst}, divergences.Standard())
	if err != nil {
		t.Fatal(err)
	}
	f.StepReport(r, Instruments{})
	if r.AdaptedTo != worst+1 {
		t.Errorf("the weight is for region %d, expected %d at %g", r.AdaptedTo, worst+1, ratio)
	}
	family, err := divergences.TableFamily(want.Nodes)
	if err != nil {
		t.Fatal(err)
	}
	if err := plain.SetDrift(divergences.NewSpec(family, nil), Plugin); err != nil {
		t.Fatal(err)
	}
	plain.Step()
	if !slices.Equal(pointsOf(plain), pointsOf(f)) {
		t.Error("a step under the tabulated best weight leads elsewhere")
	}
}

// To first order no f-divergence rises in a step.
func TestNoDivergenceRisesUnderTheAdaptiveWeight(t *testing.T) {
	t.Parallel()
	s := simtest.Scenario(t, "three-modes")
	for _, id := range []string{"reverse-kl", "forward-kl", "jensen-shannon"} {
		f := newFlow(t, s, simtest.Drift(t, "reverse-kl"), withParticles(4000), adaptive)
		measured := newFlow(t, s, simtest.Drift(t, id), withParticles(4000))
		r := &Report{}
		objective := func() float64 {
			measured.Branch(f)
			measured.Report(r, Instruments{})
			return r.Active
		}
		before := objective()
		for range 30 {
			f.Step()
		}
		if after := objective(); after >= before {
			t.Errorf("%s rises from %g to %g", id, before, after)
		}
	}
}

// The path is the same after going back, with reports, and as text.
func TestTheAdaptivePathIsRepeated(t *testing.T) {
	t.Parallel()
	f := newFlow(t, simtest.Scenario(t, "banana"), simtest.Drift(t, "reverse-kl"), withParticles(800), adaptive)
	f.Step()
	at := f.Checkpoint()
	for range 5 {
		f.Step()
	}
	want := pointsOf(f)
	f.Restore(at)
	for range 5 {
		f.StepReport(&Report{}, Instruments{Response: true})
	}
	if !slices.Equal(pointsOf(f), want) {
		t.Error("after going back, with reports, the path is another one")
	}
	m, err := ParseMotion(divergences.Standard(), f.Settings().Motion().String(), nil)
	if err != nil || !m.Adaptive || m.String() != f.Settings().Motion().String() {
		t.Errorf("%s is read as %+v: %v", f.Settings().Motion(), m, err)
	}
	settings := f.Settings()
	settings.Velocity = Blob
	if err := settings.Validate(); err == nil {
		t.Error("an adaptive weight has a blob velocity")
	}
}
