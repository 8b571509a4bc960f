package sim

import (
	"math"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
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

// parted is a scenario with named regions.
func parted(s scenarios.Scenario, regions ...scenarios.Region) scenarios.Scenario {
	s.Regions = regions
	return s
}

// A step predicts and measures each named region as it does a basin, to first order
// in the step.
func TestPredictionsAndTransportForNamedRegions(t *testing.T) {
	s := parted(simtest.Scenario(t, "uneven-ring"), region("inside", disc(0, 0, 2.5)), region("left", halfPlane(0, -1)))
	var off []float64
	for _, fraction := range []float64{1, 0.25} {
		f := newFlow(t, s, simtest.Drift(t, "jensen-shannon"), withParticles(20000), func(s *Settings) { s.Fraction = fraction })
		for range int(10 / fraction) {
			f.Step()
		}
		r := &Report{}
		f.StepReport(r, Instruments{Response: true, Effort: true})
		count, effort, change := 0, 0.0, 0.0
		for k, region := range r.Regions {
			count += region.Count
			effort += region.Effort
			change += region.MassChange.FirstOrder
			simtest.Near(t, region.Name+": predicted mass", region.MassChange.FirstOrder, region.MassChange.Measured, 0.2*fraction+0.02)
			simtest.Near(t, region.Name+": inflow", region.Inflow, region.MassChange.Measured, 1e-9)
			if r.Transport[k][k] == 0 {
				t.Errorf("nobody has stayed in %s", region.Name)
			}
		}
		if len(r.Regions) != 3 || count != 20000 || math.Abs(effort-1) > 1e-6 || math.Abs(change) > 1e-5 {
			t.Errorf("%d regions contain %d particles, their efforts sum to %g and their changes to %g", len(r.Regions), count, effort, change)
		}
		off = append(off, forecastError(r.Regions))
	}
	if off[0] > 0.2 || off[1] > off[0]/2 {
		t.Errorf("forecasts are off by %.3g at dt and by %.3g at dt/4", off[0], off[1])
	}
}

// A region without target mass counts the particles in it, and its mass ratio is NaN.
func TestRegionsWithoutTargetMassHaveNoMassRatio(t *testing.T) {
	s := parted(simtest.Gaussian(t, 0.5, scenarios.Gaussian{Sigma: 3}), region("forbidden", halfPlane(-6, -1)))
	f := newFlow(t, s, simtest.Drift(t, "reverse-kl"), withParticles(4000))
	r := &Report{}
	f.StepReport(r, Instruments{Response: true, Effort: true})
	k := r.Regions[0]
	if k.Mass >= 1e-12 || k.Count == 0 || !math.IsNaN(k.MassRatio()) {
		t.Errorf("the forbidden region is %+v, with mass ratio %g", k, k.MassRatio())
	}
	for _, v := range []float64{k.Mean.X, k.Mean.Y, k.VarX, k.VarY, k.CovXY, k.Peak.X, k.ParticleMass, k.UnderCoverage, k.Inflow, k.Effort,
		k.MassChange.FirstOrder, k.MassChange.Population, k.MassChange.Measured, k.UnderCoverageChange.FirstOrder, k.UnderCoverageChange.Measured} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Fatalf("the forbidden region is %+v", k)
		}
	}
	simtest.Near(t, "what is elsewhere", r.Regions[1].MassRatio(), r.Regions[1].ParticleMass, 1e-9)
}

func TestNamedRegionsWithoutANodeAreRejected(t *testing.T) {
	for what, regions := range map[string][]scenarios.Region{
		"between nodes": {region("dot", disc(0.01, 0.01, 1e-9))},
		"outside":       {region("dot", disc(100, 0, 1))},
		"hidden":        {region("all", halfPlane(-100, 1)), region("dot", disc(0, 0, 1))},
	} {
		s := parted(simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1}), regions...)
		_, err := New(s, DefaultSettings(s, divergences.SpecFromDrift(simtest.Drift(t, "reverse-kl"))))
		if err == nil || !strings.Contains(err.Error(), `region "dot" contains no node of the grid`) || !strings.Contains(err.Error(), "expected") {
			t.Errorf("%s: the error is %v", what, err)
		}
	}
	s := parted(simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1}), region("dot", disc(0.31, 0.31, 0.05)))
	f := newFlow(t, s, simtest.Drift(t, "reverse-kl"), func(s *Settings) { s.Spacing = 0.03 })
	was := f.Grid()
	if err := f.SetKernel(2, 0.5); err == nil || f.Grid() != was || f.Target().Regions.List[0].Name != "dot" {
		t.Errorf("at a coarser grid the error is %v, the grid %+v", err, f.Grid())
	}
}
