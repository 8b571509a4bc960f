package sim

import (
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/sim/internal/simtest"
)

// reachedOf are the steps of a report, that of every region at once last.
func reachedOf(r *Report) (list []int) {
	for _, k := range r.Regions {
		list = append(list, k.Reached)
	}
	return append(list, r.Reached)
}

// reachedBy is what the mass ratios of every single step say.
func reachedBy(f *Flow, steps int) []int {
	r := &Report{}
	f.Report(r, Instruments{})
	first := slices.Repeat([]int{NotReached}, len(r.Regions)+1)
	for {
		every := true
		for k, region := range r.Regions {
			above := region.MassRatio() >= ReachedRatio
			every = every && above
			if above && first[k] == NotReached {
				first[k] = r.Step
			}
		}
		if last := len(first) - 1; every && first[last] == NotReached {
			first[last] = r.Step
		}
		if r.Step == steps {
			return first
		}
		f.StepReport(r, Instruments{})
	}
}

// The steps are those of the mass ratios at every step, whichever steps are measured, and a flow that
// goes back has those up to there, and finds the others again.
func TestRegionsAreReachedAtTheStepOfTheirMassRatio(t *testing.T) {
	t.Parallel()
	const steps, back = 20, 2
	s := simtest.Scenario(t, "uneven-ring")
	for _, id := range []string{"reverse-kl", "neyman"} {
		flow := func() *Flow { return newFlow(t, s, simtest.Drift(t, id), withParticles(500)) }
		want := reachedBy(flow(), steps)
		if id == "reverse-kl" && !slices.ContainsFunc(want, func(step int) bool { return step > back }) {
			t.Fatalf("%s: the regions are reached at %v, none after step %d", id, want, back)
		}
		f, r := flow(), &Report{}
		var past Checkpoint
		for range steps {
			f.Step()
			if f.Progress().Step == back {
				past = f.Checkpoint()
			}
		}
		if f.Report(r, Instruments{}); !slices.Equal(reachedOf(r), want) {
			t.Errorf("%s: the steps are %v, those of the mass ratios %v", id, reachedOf(r), want)
		}
		f.Restore(past)
		f.Report(r, Instruments{})
		for k, step := range reachedOf(r) {
			if then := want[k]; step != then && !(step == NotReached && then > back) {
				t.Errorf("%s: back at step %d, region %d is reached at %d, expected %d", id, back, k+1, step, then)
			}
		}
		for range steps - back {
			f.Step()
		}
		if f.Report(r, Instruments{}); !slices.Equal(reachedOf(r), want) {
			t.Errorf("%s: after going back the steps are %v, before %v", id, reachedOf(r), want)
		}
	}
}

// What was reached among the regions of one kernel says nothing about those of another.
func TestOtherRegionsAreReachedFromTheStepOfTheChangeOn(t *testing.T) {
	t.Parallel()
	f, r := newFlow(t, simtest.Scenario(t, "three-modes"), simtest.Drift(t, "reverse-kl"), withParticles(500)), &Report{}
	for range 30 {
		f.Step()
	}
	if err := f.SetDrift(divergences.SpecFromDrift(simtest.Drift(t, "pearson")), Plugin); err != nil {
		t.Fatal(err)
	}
	if f.Report(r, Instruments{}); !slices.ContainsFunc(reachedOf(r), func(step int) bool { return step >= 0 && step < 30 }) {
		t.Fatalf("the steps are %v, expected some before the change of the drift", reachedOf(r))
	}
	if err := f.SetBandwidth(0.4); err != nil {
		t.Fatal(err)
	}
	f.Report(r, Instruments{})
	for _, step := range reachedOf(r) {
		if step != NotReached && step != 30 {
			t.Errorf("the steps are %v, expected none before the change of the kernel", reachedOf(r))
		}
	}
}
