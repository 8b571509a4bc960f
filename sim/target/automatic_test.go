package target

import (
	"math"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
)

// divided is a scenario with automatic regions.
func divided(s scenarios.Scenario) scenarios.Scenario {
	s.ChosenDivision = scenarios.Automatic
	return s
}

// The cells of a basin have equal masses, all cells together those of the basins, and every name is
// there once.
func TestCellsOfABasinHaveEqualMasses(t *testing.T) {
	for _, id := range []string{"uneven-ring", "three-modes", "banana", "squiggle", "two-moons", "u3", "u4", "donut", "rings3", "double-well", "funnel"} {
		s := simtest.Scenario(t, id)
		on := onGrid(t, divided(s), Matched, 0)
		basins := on.Basins(grid.NewWorkers()).List
		if len(basins) >= minBasins {
			if got := len(on.Regions.List); got != len(basins) {
				t.Errorf("%s: %d regions, expected its %d basins", s.ID, got, len(basins))
			}
			continue
		}
		masses, names := map[string][]float64{}, map[string]bool{}
		for _, r := range on.Regions.List {
			basin := "A"
			if len(basins) > 1 {
				basin, _, _ = strings.Cut(r.Name, " ")
			}
			masses[basin], names[r.Name] = append(masses[basin], r.Mass), true
		}
		if want := max(cellsOfOne, cellsEach*len(basins)); len(names) != want || len(on.Regions.List) != want {
			t.Errorf("%s: %d names of %d regions, expected %d of each", s.ID, len(names), len(on.Regions.List), want)
		}
		for k, b := range basins {
			each := masses[string(rune('A'+k))]
			for _, m := range each {
				simtest.Near(t, s.ID+": a cell", m, b.Mass/float64(len(each)), 0.05)
			}
		}
	}
}

// The cells of a round Gaussian are thirds along x, in halves; those of an upright one thirds along y.
func TestCellsOfAGaussianAreItsQuantiles(t *testing.T) {
	const third = 0.4307 // Φ(−third) = ⅓
	for _, c := range []struct {
		sx, sy float64
		places string
		probes []scenarios.Point
	}{
		{1, 1.1, "upper left, lower left, upper middle, lower middle, upper right, lower right",
			[]scenarios.Point{{X: -third - 0.1, Y: 0.1}, {X: -third - 0.1, Y: -0.1}, {X: -third + 0.1, Y: 0.1}, {X: third - 0.1, Y: -0.1}, {X: third + 0.1, Y: 0.1}, {X: 2, Y: -0.1}}},
		{0.5, 1, "upper left, upper right, middle left, middle right, lower left, lower right",
			[]scenarios.Point{{X: -0.1, Y: third + 0.1}, {X: 0.1, Y: third + 0.1}, {X: -0.1, Y: third - 0.1}, {X: 0.1, Y: -third + 0.1}, {X: -0.1, Y: -third - 0.1}, {X: 0.1, Y: -2}}},
		{1, 0.25, "far left, left, upper middle, lower middle, right, far right",
			[]scenarios.Point{{X: -2}, {X: -third - 0.1}, {Y: 0.1}, {Y: -0.1}, {X: third + 0.1}, {X: 2}}},
		{2, 0.25, "far left, left, middle left, middle right, right, far right",
			[]scenarios.Point{{X: -3}, {X: -1.2}, {X: -0.2}, {X: 0.2}, {X: 1.2}, {X: 3}}},
	} {
		s := simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1})
		m, err := scenarios.NewMixture([]scenarios.Component{{Cov: scenarios.Cov{XX: c.sx * c.sx, YY: c.sy * c.sy}, Weight: 1}})
		if err != nil {
			t.Fatal(err)
		}
		s.Target, s.Bandwidth, s.Window = m, 0.1, scenarios.Window{XMin: -6, XMax: 6, YMin: -6, YMax: 6}
		regions := onGrid(t, s, Matched, 0).Regions
		var places []string
		for k, r := range regions.List {
			places = append(places, r.Name)
			if got := regions.At(c.probes[k]); got != k {
				t.Errorf("σ (%g, %g): %v is in %s, expected %s", c.sx, c.sy, c.probes[k], regions.List[got].Name, r.Name)
			}
		}
		if got := strings.Join(places, ", "); got != c.places {
			t.Errorf("σ (%g, %g): the places are %s, expected %s", c.sx, c.sy, got, c.places)
		}
	}
}

// A slightly different target has the same cells, in the same places.
func TestCellsAreStable(t *testing.T) {
	cellsAt := func(dx, sigma float64) *Regions {
		s := simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1})
		m, err := scenarios.Isotropic([]scenarios.Point{{X: -1.5 + dx}, {X: 1.5}}, sigma, []float64{0.7, 0.3 + dx})
		if err != nil {
			t.Fatal(err)
		}
		s.Target, s.Bandwidth, s.Window = m, 0.25, scenarios.Window{XMin: -5, XMax: 5, YMin: -5, YMax: 5}
		return onGrid(t, s, Matched, 0).Regions
	}
	before := cellsAt(0, 0.6)
	for _, after := range []*Regions{cellsAt(0.03, 0.6), cellsAt(-0.03, 0.6), cellsAt(0, 0.63)} {
		if len(after.List) != len(before.List) {
			t.Fatalf("%d cells became %d", len(before.List), len(after.List))
		}
		for k, r := range before.List {
			got := after.List[k]
			if moved := math.Hypot(got.Mean.X-r.Mean.X, got.Mean.Y-r.Mean.Y); got.Name != r.Name || moved > 0.1 {
				t.Errorf("%s is now %s, %.2f away", r.Name, got.Name, moved)
			}
		}
	}
}

// The cells are those of the smoothed target, whatever the particles are compared with.
func TestCellsDoNotDependOnTheSmoothing(t *testing.T) {
	s := divided(simtest.Scenario(t, "banana"))
	matched, sharp := onGrid(t, s, Matched, 0).Regions, onGrid(t, s, Sharp, 0).Regions
	if !slices.Equal(matched.Labels, sharp.Labels) {
		t.Error("matched and sharp smoothing have other cells")
	}
}

// Every basin has a cell, and more mass has no fewer of them.
func TestCellNumbersFollowTheMasses(t *testing.T) {
	for _, masses := range [][]float64{{1}, {0.5, 0.5}, {0.999, 0.001}, {0.7, 0.3}, {0.34, 0.33, 0.33}, {0.97, 0.02, 0.01}, {0.5, 0.49, 0.01}, {0.84, 0.08, 0.08}} {
		var basins []Region
		for _, m := range masses {
			basins = append(basins, Region{Mass: m})
		}
		numbers, sum := cellNumbers(basins), 0
		for k, n := range numbers {
			sum += n
			if n < 1 || k > 0 && n > numbers[k-1] {
				t.Errorf("masses %v have %v cells", masses, numbers)
			}
		}
		if want := max(cellsOfOne, cellsEach*len(masses)); sum != want && sum != want+1 {
			t.Errorf("masses %v have %d cells, expected %d", masses, sum, want)
		}
	}
}

// Every number of cells has a name for each, however they are cut.
func TestCellsHaveDifferentNames(t *testing.T) {
	for n := 1; n <= 7; n++ {
		numbers := stripNumbers(n)
		for turned := range 1 << (len(numbers) + 1) {
			tree := cellTree{across: cuts{y: turned&1 > 0, at: make([]float64, len(numbers)-1)}}
			for k, parts := range numbers {
				tree.along = append(tree.along, cuts{y: turned>>(k+1)&1 > 0, at: make([]float64, parts-1)})
			}
			names := tree.names()
			if slices.Sort(names); len(names) != n || len(slices.Compact(slices.Clone(names))) != n {
				t.Errorf("%d cells have the names %q", n, names)
			}
		}
	}
}

// Where all mass is at the node of a corner, the cuts leave cells without a node: the basins remain.
func TestCellsNeedNodes(t *testing.T) {
	on := onGrid(t, simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1}), Matched, 0)
	narrow := &OnGrid{Table: Table{Grid: on.Grid, P: make([]float64, on.Grid.Len()), LogSmooth: make([]float64, on.Grid.Len())}}
	for i := range narrow.P {
		narrow.LogSmooth[i] = -1000
	}
	narrow.P[0], narrow.LogSmooth[0] = 1, 0
	if list := narrow.automatic(grid.NewWorkers()).List; len(list) != 1 || list[0].Name != "" {
		t.Errorf("the regions are %+v, expected the basin", list)
	}
}
