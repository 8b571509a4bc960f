package target

import (
	"math"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

func regionsOf(t *testing.T, s scenarios.Scenario) []Region {
	t.Helper()
	return onGrid(t, s, Matched, 0).Regions.List
}

func TestEveryScenarioHasItsRegions(t *testing.T) {
	for id, want := range map[string][2]int{"uneven-ring": {8, 8}, "ring8": {8, 8}, "grid9": {9, 9}, "grid25": {25, 25},
		"gmm40": {15, 40}, "three-modes": {3, 3}, "banana": {1, 1}, "two-moons": {2, 2}, "double-well": {2, 2}} {
		s := simtest.Scenario(t, id)
		s.Regions, s.Division = nil, scenarios.ByBasins
		list := regionsOf(t, s)
		if len(list) < want[0] || len(list) > want[1] {
			t.Errorf("%s has %d regions, expected %d to %d", id, len(list), want[0], want[1])
		}
		sum := 0.0
		for i, r := range list {
			sum += r.Mass
			if r.ID != i+1 {
				t.Errorf("%s: region %d has the number %d", id, i+1, r.ID)
			}
			if i > 0 && r.Mass > list[i-1].Mass*(1+2*massTie) {
				t.Errorf("%s: region %d is heavier than the one before it", id, r.ID)
			}
		}
		simtest.Near(t, id+": the sum of the masses", sum, 1, 1e-9)
	}
}

func TestRegionMassesAreTheWeightsOfTheModes(t *testing.T) {
	list := regionsOf(t, simtest.Scenario(t, "uneven-ring"))
	simtest.Near(t, "the heavy mode", list[0].Mass, 3/9.3, 0.02)
	simtest.Near(t, "the faint mode", list[7].Mass, 0.3/9.3, 0.06)
	well := regionsOf(t, simtest.Scenario(t, "double-well"))
	simtest.Near(t, "the right well", well[0].Mass, 0.84431, 0.01)
	for _, r := range regionsOf(t, simtest.Scenario(t, "grid9")) {
		simtest.Near(t, "a mode of grid9", r.Mass, 1./9, 0.001)
		simtest.Near(t, "its variance", r.VarX, 0.3+0.2*0.2, 0.02)
	}
}

// Targets of one basin name their regions, whose masses are closed forms but for the
// kernel that widens the target.
func TestRegionsOfTheCatalogueHaveTheirMasses(t *testing.T) {
	below := func(z float64) float64 { return 0.5 * math.Erfc(-z/math.Sqrt2) }
	arm, shoulder := below(-1.2), below(-0.35)-below(-1.2)
	middle := math.Erf(0.25)                    // of −r⁴, within r = ½
	bend := 2 / (8 + 0.25*math.Sqrt(2*math.Pi)) // of a channel with soft ends
	side := 1. / 6
	for id, want := range map[string][]float64{
		"banana":     {arm, shoulder, 1 - 2*(arm+shoulder), shoulder, arm},
		"rosenbrock": {below(-1.3), below(-0.5) - below(-1.3), 2*below(0.5) - 1, below(-0.5) - below(-1.3), below(-1.3)},
		"funnel":     {math.NaN(), math.NaN(), (2*below(1./3) - 1) / (2*below(2) - 1), math.NaN(), math.NaN()},
		"u2":         {math.NaN(), bend, bend, math.NaN()},
		"donut":      {side, side, side, side, side, side},
		"quartic":    {middle, math.NaN(), math.NaN(), math.NaN(), math.NaN()},
	} {
		list := regionsOf(t, simtest.Scenario(t, id))
		if len(list) != len(want) {
			t.Fatalf("%s has %d regions, expected %d", id, len(list), len(want))
		}
		for k, mass := range want {
			if !math.IsNaN(mass) {
				simtest.Near(t, id+": the mass of "+list[k].Name, list[k].Mass, mass, 0.055)
			}
		}
	}
}

// twoBumps are Gaussians of unit variance, the right one of the given weight.
func twoBumps(t *testing.T, distance, weight float64) scenarios.Scenario {
	t.Helper()
	m, err := scenarios.Isotropic([]scenarios.Point{{X: -distance / 2}, {X: distance / 2}}, 1, []float64{1, weight})
	if err != nil {
		t.Fatal(err)
	}
	s := simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1})
	s.Target, s.Division = m, scenarios.ByBasins
	return s
}

// passOf is the density between two equal bumps over that at the bumps, when the
// kernel has widened each to variance 1 + h².
func passOf(distance, h float64) float64 {
	v := 1 + h*h
	bump := func(x float64) float64 {
		return math.Exp(-(x-distance/2)*(x-distance/2)/(2*v)) + math.Exp(-(x+distance/2)*(x+distance/2)/(2*v))
	}
	top := 0.0
	for x := 0.0; x < distance; x += 1e-3 {
		top = max(top, bump(x))
	}
	return bump(0) / top
}

func TestBasinsMergeOverAHighPass(t *testing.T) {
	for _, c := range []struct {
		distance float64
		regions  int
	}{{2.40, 1}, {2.50, 1}, {2.60, 2}, {3.4, 2}} {
		pass := passOf(c.distance, 0.3)
		if (pass > passFraction) != (c.regions == 1) {
			t.Fatalf("a distance of %g has a pass of %.3f: not a case for %d regions", c.distance, pass, c.regions)
		}
		if n := len(regionsOf(t, twoBumps(t, c.distance, 1))); n != c.regions {
			t.Errorf("a pass of %.3f leaves %d regions, expected %d", pass, n, c.regions)
		}
	}
}

func TestSmallBasinsAreMerged(t *testing.T) {
	for weight, want := range map[float64]int{0.0005: 1, 0.005: 2} {
		if n := len(regionsOf(t, twoBumps(t, 9, weight))); n != want {
			t.Errorf("a mode of mass %g leaves %d regions, expected %d", weight, n, want)
		}
	}
}

func TestPeaksAreTheMaximaOfTheirRegions(t *testing.T) {
	on := onGrid(t, simtest.Scenario(t, "gmm40"), Matched, 0)
	for i, l := range on.LogSmooth {
		r := on.Regions.List[on.Regions.Labels[i]]
		if top := on.LogSmooth[on.Grid.Nearest(r.Peak.X, r.Peak.Y)]; l > top {
			t.Fatalf("node %d of region %d is higher than its peak", i, r.ID)
		}
	}
}
