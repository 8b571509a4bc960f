package density

import (
	"slices"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// The masses alone are those among the totals, to the bit, also where named regions share nodes.
func TestMassesAreThoseOfTheTotals(t *testing.T) {
	t.Parallel()
	s := simtest.Scenario(t, "uneven-ring")
	named := s
	named.Regions = []scenarios.Region{{Name: "inside", Shape: scenarios.Disc{Radius: 2.5}}, {Name: "left", Shape: scenarios.HalfPlane{Normal: scenarios.Point{X: -1}}}}
	for name, s := range map[string]scenarios.Scenario{"basins": s, "named": named} {
		for seed := range uint64(3) {
			points := simtest.Exact(s, 300, seed)
			alone := estimator(t, s, Kernel{Bandwidth: s.Bandwidth}, points)
			e := estimator(t, s, Kernel{Bandwidth: s.Bandwidth}, points)
			want := slices.Clone(e.Totals(nil, false).Masses)
			if got := alone.Masses(); !slices.Equal(got, want) || !slices.Equal(e.Masses(), want) {
				t.Errorf("%s: the masses are %v, among the totals %v", name, got, want)
			}
			moved := simtest.Exact(s, 300, seed+100)
			alone.Set(moved)
			e.Set(moved)
			if got := slices.Clone(alone.Masses()); slices.Equal(got, want) || !slices.Equal(got, e.Totals(nil, false).Masses) {
				t.Errorf("%s: after other points the masses are %v", name, got)
			}
		}
	}
}
