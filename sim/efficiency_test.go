package sim

import (
	"errors"
	"math"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/internal/simtest"
)

// ownUnderCoverage is U at τ = s = 1, ½ + ¼·LeCam.
func ownUnderCoverage(t *testing.T) divergences.Functional {
	t.Helper()
	u, err := divergences.NewUnderCoverage(1, 1)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// steppedFlow is a flow under reverse KL after some steps.
func steppedFlow(t *testing.T, s scenarios.Scenario, particles, steps int) *Flow {
	t.Helper()
	f := newFlow(t, s, simtest.Drift(t, "reverse-kl"), withParticles(particles))
	for range steps {
		f.Step()
	}
	return f
}

// requireEfficiencies holds a design to the inequality of Cauchy and Schwarz: η is from 0 to 1, sorted,
// and at equal kinetic energy no divergence gains more than w*, within the error of the bins.
func requireEfficiencies(t *testing.T, what string, d Design) {
	t.Helper()
	for _, e := range append(d.Divergences, d.Current, d.Tabulated) {
		if !(e.Value >= 0 && e.Value <= 1) {
			t.Errorf("%s: η of %s is %g", what, e.Drift, e.Value)
		}
		if gain := e.Response / math.Sqrt(e.Energy*d.Energy); !(gain <= 1+math.Abs(e.BinLoss)+1e-12) {
			t.Errorf("%s: at equal energy %s gains %g of w*, its bins lose %g", what, e.Drift, gain, e.BinLoss)
		}
		if root := e.Response/math.Sqrt(e.Energy*d.Energy) - e.BinLoss; root > 0 && root > math.Sqrt(e.Value)*(1+1e-9) {
			t.Errorf("%s: η of %s is %g, expected at least %g", what, e.Drift, e.Value, root*root)
		}
	}
	for k := 1; k < len(d.Divergences); k++ {
		if d.Divergences[k].Value > d.Divergences[k-1].Value {
			t.Errorf("%s: %s stands after one with a smaller η", what, d.Divergences[k].Drift)
		}
	}
	mass, energy := 0.0, 0.0
	for k, b := range d.Bins {
		mass += b.Mass
		energy += b.Weight * b.Response
		if !(b.Lo < b.Hi && b.Weight >= 0) || k > 0 && b.Lo < d.Bins[k-1].Hi-1e-9 {
			t.Errorf("%s: bin %d is %+v", what, k, b)
		}
	}
	if mass > 1+1e-9 || mass < 0.9 || math.Abs(energy-d.Energy) > 1e-9*energy {
		t.Errorf("%s: the bins hold %g of the particles and the energy %g, expected %g", what, mass, energy, d.Energy)
	}
}

// The kernel is twice as wide, so that the grids are small.
func TestEfficienciesOnEveryScenario(t *testing.T) { efficienciesOnEveryScenario(t, 300, 2, 2, 0, 2) }

// efficienciesOnEveryScenario designs weights for the first regions after some steps. Nothing lowers the total U faster than
// its own flow, that of Le Cam. The bandwidth is some times that of the scenario.
func efficienciesOnEveryScenario(t *testing.T, particles, regions int, wider float64, steps ...int) {
	t.Helper()
	u := ownUnderCoverage(t)
	for _, id := range catalogue.IDs() {
		s, designs := simtest.Scenario(t, id), 0
		s.Bandwidth *= wider
		f := steppedFlow(t, s, particles, 0)
		for _, step := range steps {
			for f.Progress().Step < step {
				f.Step()
			}
			total, err := f.Design(Aim{Region: AllRegions, Functional: u}, divergences.Standard())
			if err != nil {
				t.Fatalf("%s, step %d: %v", id, step, err)
			}
			requireEfficiencies(t, id+" U", total)
			if len(total.Divergences) != 11 {
				t.Errorf("%s: %d efficiencies, expected those of 11 f-divergences", id, len(total.Divergences))
			}
			for _, e := range total.Divergences {
				if e.Drift.ID() == "le-cam" && e.Value < 0.99 {
					t.Errorf("%s, step %d: η of U's own weight is %g, expected 0.99", id, step, e.Value)
				}
			}
			for k := range min(regions, len(f.Target().Regions.List)) {
				for _, a := range []Aim{{Region: k}, {Region: k, Functional: u}} {
					d, err := f.Design(a, divergences.Standard())
					if none := (NoDesignError{}); errors.As(err, &none) {
						continue
					}
					if err != nil {
						t.Fatalf("%s, step %d, %+v: %v", id, step, a, err)
					}
					requireEfficiencies(t, id, d)
					designs++
				}
			}
		}
		if designs == 0 {
			t.Errorf("%s: no region has a design", id)
		}
	}
}

// The U of regions, with their soft borders, sum to the total: so do the responses.
func TestResponsesOfRegionsSumToTheTotal(t *testing.T) {
	u, f := ownUnderCoverage(t), steppedFlow(t, simtest.Scenario(t, "uneven-ring"), 2000, 5)
	sum, want := 0.0, 0.0
	for k := range f.Target().Regions.List {
		d, err := f.Design(Aim{Region: k, Functional: u}, divergences.Standard())
		if err != nil {
			t.Fatal(err)
		}
		sum += d.Current.Response
	}
	total, err := f.Design(Aim{Region: AllRegions, Functional: u}, divergences.Standard())
	if err != nil {
		t.Fatal(err)
	}
	if want = total.Current.Response; math.Abs(sum-want) > 1e-9*want {
		t.Errorf("the responses of the regions sum to %g, expected %g", sum, want)
	}
}

// The η of a design orders what short steps at equal kinetic energy do for the mass of a region, as
// the report measures it: ΔM/√T under a drift is √η of what w* has.
func TestMeasuredGainsFollowTheEfficiency(t *testing.T) {
	s := simtest.Scenario(t, "uneven-ring")
	f := steppedFlow(t, s, 3000, 10)
	d, err := f.Design(Aim{}, divergences.Standard())
	if err != nil {
		t.Fatal(err)
	}
	before := f.Checkpoint()
	gain := func(e Efficiency) float64 {
		f.Restore(before)
		if err := f.SetDrift(e.Drift, Plugin); err != nil {
			t.Fatal(err)
		}
		// The displacement has a root mean square of 0.3 % of a bandwidth.
		f.driven.settings.Time, f.driven.settings.DT = Physical, 0.003*s.Bandwidth/math.Sqrt(e.Energy)
		r := &Report{}
		f.StepReport(r, Instruments{Response: true})
		return r.Regions[0].MassChange.Measured
	}
	best := gain(d.Tabulated) / (math.Sqrt(d.Tabulated.Value) + d.Tabulated.BinLoss)
	for _, e := range d.Divergences {
		// The named divergences gain less than the tabulated w*.
		want := e.Response / math.Sqrt(e.Energy*d.Energy)
		if got := gain(e) / best; math.Abs(got-want) > 0.05 {
			t.Errorf("at equal energy %s gains %.3f of w*, expected %.3f", e.Drift, got, want)
		}
		if e.Value > d.Tabulated.Value {
			t.Errorf("η of %s is %.3f, of the table %.3f", e.Drift, e.Value, d.Tabulated.Value)
		}
	}
}

// The forecasts of a region's detail have the η of its design, and its best weight.
func TestForecastsHaveTheEfficiencyOfADesign(t *testing.T) {
	f := steppedFlow(t, simtest.Scenario(t, "three-modes"), 2000, 5)
	standard := divergences.Standard()
	u := ownUnderCoverage(t)
	for _, a := range []Aim{{Region: 0}, {Region: 1}, {Region: 2}, {Region: 1, Functional: u}, {Region: AllRegions, Functional: u}} {
		d, err := f.Design(a, standard)
		if err != nil {
			t.Fatal(err)
		}
		k, detail := a.Region, f.PlaceDetail(a, standard)
		if k >= 0 {
			if one := f.RegionDetail(k, a.Functional, standard); !slices.Equal(one.Best, detail.Best) {
				t.Errorf("%s: the region has the best weight %v, the aim %v", a.text(), one.Best, detail.Best)
			}
		} else if detail.Mass != 1 || detail.Target != 1 || !math.IsNaN(detail.Current.MassChange) || !math.IsNaN(detail.Forecasts[0].MassChange) {
			t.Errorf("of all regions the detail is %+v", detail)
		}
		for _, forecast := range append(detail.Forecasts, detail.Current) {
			i := slices.IndexFunc(d.Divergences, func(e Efficiency) bool { return e.Drift.Equal(forecast.Drift) })
			if i < 0 || math.Abs(d.Divergences[i].Value-forecast.Efficiency) > 1e-12 {
				t.Errorf("region %d: η of %s is %g, the design has %+v", k, forecast.Drift, forecast.Efficiency, d.Divergences)
			}
		}
		if !slices.Equal(detail.Best, d.Nodes) {
			t.Errorf("region %d: the best weight is %v, expected %v", k, detail.Best, d.Nodes)
		}
	}
}

// The change in a step is the response times its length as long as no limit is reached, with the sign of the aim, and for
// a mass that of the forecasts, with limits.
func TestTheChangeInAStepFollowsFromTheResponse(t *testing.T) {
	f := steppedFlow(t, simtest.Scenario(t, "three-modes"), 2000, 5)
	designs := func(check func(a Aim, d Design)) {
		t.Helper()
		for _, a := range []Aim{{Region: 0}, {Region: 2}, {Region: 1, Functional: ownUnderCoverage(t)}, {Region: AllRegions, Functional: ownUnderCoverage(t)}} {
			d, err := f.Design(a, divergences.Standard())
			if err != nil {
				t.Fatal(err)
			}
			check(a, d)
		}
	}
	designs(func(a Aim, d Design) {
		detail := f.PlaceDetail(a, divergences.Standard())
		for _, c := range detail.Forecasts {
			k := slices.IndexFunc(d.Divergences, func(e Efficiency) bool { return e.Drift.Equal(c.Drift) })
			if got := d.Divergences[k].Change; a.Functional == nil && got != c.MassChange {
				t.Errorf("%s: a step of %s changes it by %g, the forecast is %g", a.text(), c.Drift, got, c.MassChange)
			}
		}
		if a.OfAll() {
			r, before := &Report{}, f.Checkpoint()
			f.StepReport(r, Instruments{Response: true, Functional: a.Functional})
			f.Restore(before)
			simtest.Near(t, "the expected change of U", d.Current.Change, r.UnderCoverageChange.Taken, 0.02)
		}
	})
	f.driven.settings.Time, f.driven.settings.DT = Physical, 1e-9
	designs(func(a Aim, d Design) {
		sign := -1.0
		if d.Raised {
			sign = 1
		}
		for _, e := range append(d.Divergences, d.Current, d.Tabulated) {
			if want := sign * e.Response * 1e-9; math.Abs(e.Change-want) > 1e-9*math.Abs(want) {
				t.Errorf("%s: a short step of %s changes it by %g, expected %g", a.text(), e.Drift, e.Change, want)
			}
		}
	})
	if best := (Design{Energy: 4}).Best(); best.Value != 1 || best.AtUnitEnergy() != 2 {
		t.Errorf("of T(w*) = 4 the best response at unit energy is %g", best.AtUnitEnergy())
	}
}

func TestAimsThatNothingImprovesAreRefused(t *testing.T) {
	far := parted(simtest.Gaussian(t, 0.5, scenarios.Gaussian{Sigma: 0.5}), region("far", halfPlane(7, 1)))
	f := steppedFlow(t, far, 500, 0)
	refused := func(a Aim, want string) {
		t.Helper()
		_, err := f.Design(a, divergences.Standard())
		if none := (NoDesignError{}); !errors.As(err, &none) || err.Error() != want {
			t.Errorf("%+v: the error is %v, expected %q", a, err, want)
		}
		// What a screen shows of the aim has no more than the design.
		details := []PlaceDetail{f.PlaceDetail(a, divergences.Standard())}
		if a.Region >= 0 {
			details = append(details, f.RegionDetail(a.Region, a.Functional, divergences.Standard()).PlaceDetail)
		}
		for _, d := range details {
			if d.Best != nil || slices.ContainsFunc(append(d.Forecasts, d.Current), func(c Forecast) bool { return !math.IsNaN(c.Efficiency) }) {
				t.Errorf("%+v: the detail is %+v, expected no efficiency", a, d)
			}
		}
	}
	refused(Aim{Region: AllRegions, Functional: nil}, "the mass of all regions never changes, expected one region, or under-coverage")
	refused(Aim{Region: 0, Functional: nil}, "region 1 has no target mass, expected one with some")
	wide := parted(simtest.Gaussian(t, 2, scenarios.Gaussian{Sigma: 0.3}), region("right", halfPlane(5, 1)))
	f = steppedFlow(t, wide, 500, 1)
	for _, u := range []divergences.Functional{nil, ownUnderCoverage(t)} {
		refused(Aim{Region: 0, Functional: u}, "no particle is within reach of region 1 after step 1, expected a place with particles")
	}
	// A target that is wider than the initial cloud has mass where no particle comes near.
	f = steppedFlow(t, simtest.Gaussian(t, 2, scenarios.Gaussian{Sigma: 0.3}), 500, 1)
	for _, u := range []divergences.Functional{nil, ownUnderCoverage(t)} {
		disc := Disc{scenarios.Point{X: 5}, 0.5}
		refused(Aim{Around: disc, Region: AllRegions, Functional: u}, "no particle is within reach of "+disc.String()+" after step 1, expected a place with particles")
	}
}
