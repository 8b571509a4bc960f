package sim

import (
	"math"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// spec is a drift of the catalogue.
func spec(t *testing.T, text string) divergences.Spec {
	t.Helper()
	s, err := divergences.Standard().Parse(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What crosses the borders of a region sums to the predicted change of its mass, and the forecast of a
// divergence is the change that a flow under it predicts, from the derivative at every particle.
func TestRegionDetailAgreesWithTheResponse(t *testing.T) {
	for _, c := range []struct {
		scenario string
		division scenarios.Division
		time     TimeRule
	}{{"uneven-ring", scenarios.ByBasins, UnitEffort}, {"three-modes", scenarios.ByBasins, Physical}, {"banana", scenarios.Automatic, UnitEffort}} {
		s := simtest.Scenario(t, c.scenario)
		s.ChosenDivision = c.division
		settings := DefaultSettings(s, spec(t, "jensen-shannon"))
		settings.Particles, settings.Time, settings.DT = 4000, c.time, 0.01
		f, err := New(s, settings)
		if err != nil {
			t.Fatal(err)
		}
		for range 15 {
			f.Step()
		}
		standard := divergences.Standard()
		own, reports := predictedBy(t, f, settings.Drift), map[string]*Report{}
		for _, forecast := range f.RegionDetail(0, nil, standard).Forecasts {
			reports[forecast.Drift.String()] = predictedBy(t, f, forecast.Drift)
		}
		if len(reports) != 11 {
			t.Errorf("%d forecasts, expected those of 11 f-divergences", len(reports))
		}
		predictedBy(t, f, settings.Drift)
		for k := range own.Regions {
			d, sum := f.RegionDetail(k, nil, standard), 0.0
			for j, mass := range d.Exchange {
				if sum += mass; j == k && mass != 0 {
					t.Errorf("%s: region %d exchanges %g with itself", c.scenario, k, mass)
				}
			}
			if want := own.Regions[k].MassChange.Taken; math.Abs(sum-want) > 1e-12 {
				t.Errorf("%s: what crosses the borders of region %d is %g, expected %g", c.scenario, k, sum, want)
			}
			for _, forecast := range append(d.Forecasts, d.Current) {
				regions, size := reports[forecast.Drift.String()].Regions, 0.0
				for _, region := range regions {
					size = max(size, math.Abs(region.MassChange.FirstOrder))
				}
				if want := regions[k].MassChange.FirstOrder; math.Abs(forecast.MassChange-want) > 1e-7*size {
					t.Errorf("%s, region %d under %s: the forecast is %g, expected %g", c.scenario, k, forecast.Drift, forecast.MassChange, want)
				}
			}
		}
	}
}

// predictedBy switches a flow to a drift and returns what it predicts of its next step.
func predictedBy(t *testing.T, f *Flow, drift divergences.Spec) *Report {
	t.Helper()
	if err := f.SetDrift(drift, Plugin); err != nil {
		t.Fatal(err)
	}
	r := &Report{}
	f.Report(r, Instruments{Response: true})
	return r
}

// A drift with a reference has no forecast of its own; the others are there.
func TestRegionDetailOfADriftWithAReference(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	f, err := New(s, DefaultSettings(s, spec(t, "lv:mixture")))
	if err != nil {
		t.Fatal(err)
	}
	if d := f.RegionDetail(0, nil, divergences.Standard()); !math.IsNaN(d.Current.MassChange) || len(d.Forecasts) != 11 {
		t.Errorf("the forecasts are %+v and %+v", d.Current, d.Forecasts)
	}
}
