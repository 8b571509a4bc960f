package sim

import (
	"runtime"
	"slices"
	"testing"

	"undercurrent/scenarios"
)

const many = 40_000 // enough for several workers to deposit

// path runs a flow for some steps and returns where its particles end.
func path(t *testing.T, processors int, seed uint64, look func(*Flow)) []scenarios.Point {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
	f := newFlow(t, scenario(t, "uneven-ring"), divergence(t, "jensen-shannon"), particles(many), func(s *Settings) { s.Seed = seed })
	for range 8 {
		if look == nil {
			f.Step()
		} else {
			look(f)
		}
	}
	points := make([]scenarios.Point, many)
	f.Points(points)
	return points
}

func TestEqualSeedsGiveEqualBitsWhateverGOMAXPROCS(t *testing.T) {
	want := path(t, 1, 7, nil)
	for _, processors := range []int{2, 5} {
		if !slices.Equal(path(t, processors, 7, nil), want) {
			t.Errorf("GOMAXPROCS %d ends elsewhere than 1", processors)
		}
	}
	if slices.Equal(path(t, 2, 8, nil), want) {
		t.Error("another seed ends in the same place")
	}
}

func TestLookingNeverChangesThePath(t *testing.T) {
	want := path(t, 2, 7, nil)
	r, d, bins, v := &Report{}, &Fields{}, make([]float64, 40), make([]scenarios.Point, many)
	got := path(t, 2, 7, func(f *Flow) {
		f.StepReport(r, Instruments{Objectives: members(t)})
		f.Fields(d)
		f.HistogramLogR(bins, -6, 6)
		f.Velocities(v)
		f.Some(nil, 100)
	})
	if !slices.Equal(got, want) {
		t.Error("the flow that was looked at ends elsewhere")
	}
}

func TestReportsHaveEqualBitsWhateverGOMAXPROCS(t *testing.T) {
	report := func(processors int) *Report {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		f := newFlow(t, scenario(t, "grid9"), divergence(t, "neyman"), particles(many))
		r := &Report{}
		for range 3 {
			f.StepReport(r, Instruments{Objectives: members(t)})
		}
		return r
	}
	a, b := report(1), report(2)
	if a.TV != b.TV || a.UnderCoverage != b.UnderCoverage || !slices.Equal(a.Objectives, b.Objectives) || !slices.Equal(a.Regions, b.Regions) {
		t.Errorf("reports differ:\n%+v\n%+v", a, b)
	}
}
