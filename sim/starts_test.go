package sim

import (
	"slices"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// wideScenario has an initial cloud of which a part is beyond the window, and is moved to its edge.
func wideScenario(t *testing.T) scenarios.Scenario {
	s := simtest.Scenario(t, "uneven-ring")
	s.Start = scenarios.NewGaussianStart(s.Window.XMax, 0, s.Window.XMax-s.Window.XMin)
	return s
}

// Starts that are drawn again are those from which the particles started, whatever has changed since.
func TestStartsAreDrawnAgain(t *testing.T) {
	t.Parallel()
	f := newFlow(t, wideScenario(t), simtest.Drift(t, "reverse-kl"), withParticles(500))
	if f.Progress().Outside == 0 {
		t.Fatal("expected points of the initial cloud beyond the window")
	}
	began := slices.Clone(f.particles.points)
	kept := func(after string) {
		t.Helper()
		f.particles.track(f.driven.target)
		if !slices.Equal(f.particles.starts.points(), began) {
			t.Errorf("after %s the particles have other starts", after)
		}
		for i, p := range began {
			if got, ok := f.particles.origins.at(i); !ok || got != f.driven.target.Regions.At(p) {
				t.Fatalf("after %s particle %d began in region %d, expected %d", after, i, got, f.driven.target.Regions.At(p))
			}
		}
	}
	kept("the beginning")
	first := f.Checkpoint()
	f.Step()
	// Another bandwidth has another padded window: that of the beginning counts.
	if err := f.SetBandwidth(1.5 * f.Settings().Bandwidth); err != nil {
		t.Fatal(err)
	}
	kept("another bandwidth")
	f.Restore(first)
	kept("the way back")
	other, err := f.Sibling(f.Settings())
	if err != nil {
		t.Fatal(err)
	}
	other.Reseed(f.Settings().Seed + 1)
	other.Branch(f)
	f = other
	kept("a branch into a flow of another seed")
}

// A flow and its checkpoints hold no starts before an edit, and after one they share them.
func TestStartsAreHeldAfterAnEdit(t *testing.T) {
	t.Parallel()
	f := newFlow(t, wideScenario(t), simtest.Drift(t, "reverse-kl"), withParticles(500))
	f.Step()
	first := f.Checkpoint()
	if n := first.Starts(); n != 0 {
		t.Errorf("a checkpoint before an edit holds %d starts, expected none", n)
	}
	if err := f.Pour(scenarios.Point{}, 0.5, 20); err != nil {
		t.Fatal(err)
	}
	edited := f.Checkpoint()
	if n := edited.Starts(); n != 520 {
		t.Errorf("a checkpoint after 20 particles were added to 500 holds %d starts, expected 520", n)
	}
	f.Step()
	if !f.Checkpoint().SharesStarts(edited) || edited.SharesStarts(first) {
		t.Error("expected checkpoints to share the starts of the same edit, and no others")
	}
	if drawn, held := first.starts.points(), edited.starts.points()[:500]; !slices.Equal(drawn, held) {
		t.Error("an edit has changed the starts of the particles that were there")
	}
}
