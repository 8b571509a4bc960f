package target

import (
	"math"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
)

func region(name string, s scenarios.Shape) scenarios.Region {
	return scenarios.Region{Name: name, Shape: s}
}

func disc(x, y, radius float64) scenarios.Disc {
	return scenarios.Disc{Centre: scenarios.Point{X: x, Y: y}, Radius: radius}
}

func halfPlane(x, normalX float64) scenarios.HalfPlane {
	return scenarios.HalfPlane{Through: scenarios.Point{X: x}, Normal: scenarios.Point{X: normalX}}
}

// parted is a scenario with named regions of its own.
func parted(s scenarios.Scenario, named ...scenarios.Region) scenarios.Scenario {
	s.Regions = named
	return s
}

func TestHalfPlanesHaveHalfOfASymmetricMixture(t *testing.T) {
	list := regionsOf(t, parted(twoBumps(t, 8, 1), region("left", halfPlane(0, -3)), region("right", halfPlane(0, 1))))
	if len(list) != 2 {
		t.Fatalf("two half planes leave the regions %+v", list)
	}
	for k, x := range []float64{-4, 4} {
		simtest.Near(t, list[k].Name, list[k].Mass, 0.5, 1e-4)
		simtest.Near(t, "its mean", list[k].Mean.X, x, 1e-3)
		simtest.Near(t, "its peak", list[k].Peak.X, x, 0.03)
		simtest.Near(t, "its variance", list[k].VarY, 1+0.3*0.3, 2e-3)
	}
}

// The smoothed target has the variance σ² + h².
func TestADiscOfAGaussianHasItsClosedForm(t *testing.T) {
	const sigma, h = 1.1, 0.3
	s := simtest.Gaussian(t, sigma, scenarios.Gaussian{Sigma: 1})
	for _, radius := range []float64{0.5, 1, 2.5} {
		s.Regions = []scenarios.Region{region("core", disc(0, 0, radius))}
		for smoothing, variance := range map[Smoothing]float64{Matched: sigma*sigma + h*h, Sharp: sigma * sigma} {
			on := onGrid(t, s, smoothing, 0.025)
			simtest.Near(t, smoothing.String()+" mass", on.Regions.List[0].Mass, 1-math.Exp(-radius*radius/(2*variance)), 5e-3)
		}
	}
}

// A disc of few nodes, off the nodes: by whole cells its mass is off by up to a sixth.
func TestASmallDiscHasItsMassOnACoarseGrid(t *testing.T) {
	const sigma, h = 1.1, 0.3
	s := simtest.Gaussian(t, sigma, scenarios.Gaussian{Sigma: 1})
	for _, radius := range []float64{0.17, 0.23, 0.31} {
		s.Regions = []scenarios.Region{region("core", disc(0.04, -0.03, radius))}
		on := onGrid(t, s, Matched, 0)
		// Near the peak the density is nearly constant.
		v := sigma*sigma + h*h
		want := radius * radius / (2 * v) * (1 - radius*radius/(4*v))
		simtest.Near(t, "the mass", on.Regions.List[0].Mass, want, 0.03)
	}
}

func TestPointsBelongToTheFirstContainingRegion(t *testing.T) {
	on := onGrid(t, parted(simtest.Scenario(t, "three-modes"), region("a", disc(0, 0, 1)), region("b", disc(0.5, 0, 1)), region("c", scenarios.Box{Window: scenarios.Window{XMin: -9, XMax: 9, YMin: -9, YMax: -2}})), Matched, 0)
	r, sum := on.Regions, 0.0
	for k, want := range []string{"a", "b", "c", "elsewhere"} {
		if got := r.List[k]; got.ID != k+1 || got.Name != want {
			t.Errorf("region %d is %d %q, expected %q", k+1, got.ID, got.Name, want)
		}
		sum += r.List[k].Mass
	}
	simtest.Near(t, "the sum of the masses", sum, 1, 1e-12)
	for p, want := range map[scenarios.Point]int{{}: 0, {X: 0.9}: 0, {X: -0.9}: 0, {X: 1.3}: 1, {Y: -3}: 2, {Y: 3}: 3} {
		if got := r.At(p); got != want {
			t.Errorf("%v is in region %d, expected %d", p, got+1, want+1)
		}
	}
}

// Where p is zero in the last bit, a region has a peak all the same.
func TestRegionsWithoutMassHaveAPeak(t *testing.T) {
	s := parted(simtest.Gaussian(t, 0.1, scenarios.Gaussian{Sigma: 1}), region("none", halfPlane(-7, -1)))
	on := onGrid(t, s, Sharp, 0)
	if k := on.Regions.List[0]; k.Mass != 0 || k.Mean != k.Peak || k.VarX != 0 || k.VarY != 0 || !(k.Peak.X < -6.9) {
		t.Errorf("the region is %+v", k)
	}
}

// A region of two parts has its middle in one of them, not between.
func TestMiddleLiesInTheRegion(t *testing.T) {
	s := parted(twoBumps(t, 6, 1), region("between", scenarios.Box{Window: scenarios.Window{XMin: -1, XMax: 1, YMin: -5, YMax: 5}}))
	regions := onGrid(t, s, Matched, 0).Regions
	between, rest := regions.List[0], regions.List[1]
	if between.Middle != between.Mean || rest.Middle != rest.Peak || regions.At(rest.Mean) != 0 {
		t.Errorf("the middles are %v of %+v and %v of %+v", between.Middle, between, rest.Middle, rest)
	}
}

func TestRegionsWithoutANodeAreRejected(t *testing.T) {
	for what, named := range map[string][]scenarios.Region{
		"between nodes": {region("dot", disc(0.01, 0.01, 1e-9))},
		"outside":       {region("dot", disc(100, 0, 1))},
		"hidden":        {region("all", halfPlane(-100, 1)), region("dot", disc(0, 0, 1))},
	} {
		s := parted(simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1}), named...)
		g, err := grid.New(s.Window, s.Bandwidth, 0)
		if err != nil {
			t.Fatal(err)
		}
		_, err = New(s, g, s.Bandwidth, Matched, grid.NewWorkers())
		if err == nil || !strings.Contains(err.Error(), `region "dot" contains no node of the grid`) || !strings.Contains(err.Error(), "expected") {
			t.Errorf("%s: the error is %v", what, err)
		}
	}
}
