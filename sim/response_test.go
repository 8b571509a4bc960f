package sim

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
	"undercurrent/sim/target"
)

// underway is a flow after thirty steps.
func underway(t testing.TB, s scenarios.Scenario, d divergences.Drift, edits ...func(*Settings)) *Flow {
	t.Helper()
	f := newFlow(t, s, d, edits...)
	for range underWay {
		f.Step()
	}
	return f
}

// again is the same cloud in a flow with other settings.
func again(t testing.TB, f *Flow, edit func(*Settings)) *Flow {
	t.Helper()
	s, settings := f.Scenario(), f.Settings()
	points := make([]scenarios.Point, settings.Particles)
	f.Points(points)
	s.Start.Sampler = placed(points)
	edit(&settings)
	g, err := NewOn(f.driven.targets, s, settings)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// placed is an initial cloud of points that are given.
type placed []scenarios.Point

func (p placed) Sample(dst []scenarios.Point, _ *rand.Rand) { copy(dst, p) }

// forecastError is Σ|first order − measured| over the regions, relative to Σ|measured|.
func forecastError(regions []RegionReport) float64 {
	off, size := 0.0, 0.0
	for _, k := range regions {
		u := k.UnderCoverageChange
		off += math.Abs(u.FirstOrder - u.Measured)
		size += math.Abs(u.Measured)
	}
	return off / size
}

// underWay is the number of steps after which a flow no longer depends on its start.
const underWay = 30

var everything = Instruments{Response: true, Effort: true, Identity: true}

// The derivative on the nodes is what a thousandth of the step changes, in units of
// a thousandth.
func TestFirstOrderIsTheDerivativeOfWhatIsMeasured(t *testing.T) {
	isTheDerivative(t, simtest.KindsOfDrifts(t))
}

func isTheDerivative(t *testing.T, list []divergences.Drift) {
	t.Helper()
	// Shorter steps meet the rounding of the deposit.
	const fraction = 4e-3
	for _, d := range list {
		f := underway(t, simtest.Scenario(t, "uneven-ring"), d, withParticles(3000))
		r := &Report{}
		again(t, f, func(s *Settings) { s.Fraction = fraction }).StepReport(r, everything)
		simtest.Near(t, simtest.Name(d)+": U", r.UnderCoverageChange.FirstOrder, r.UnderCoverageChange.Measured, 0.01)
		simtest.Near(t, simtest.Name(d)+": D", r.ActiveChange.FirstOrder, r.ActiveChange.Measured, 0.01)
		size := 0.0
		for _, k := range r.Regions {
			size += math.Abs(k.MassChange.Measured)
		}
		for _, k := range r.Regions {
			if off := math.Abs(k.MassChange.FirstOrder - k.MassChange.Measured); off > 0.01*size {
				t.Errorf("%s: mass of region %d changes by %g, expected %g", simtest.Name(d), k.ID, k.MassChange.Measured, k.MassChange.FirstOrder)
			}
			if k.MassChange.Measured != k.Inflow {
				t.Errorf("region %d: inflow %g is not the measured change %g", k.ID, k.Inflow, k.MassChange.Measured)
			}
		}
	}
}

// Half the error at half the step: first order is exact to first order. On a fine
// grid, where the kinks of the deposit are small.
func TestFirstOrderIsFirstOrderAccurate(t *testing.T) {
	isFirstOrderAccurate(t, []divergences.Drift{simtest.Drift(t, "pearson"), divergences.NewLogVariance(divergences.Reference{Kind: divergences.Gaussian})})
}

func isFirstOrderAccurate(t *testing.T, list []divergences.Drift) {
	t.Helper()
	known := &target.Cache{}
	for _, d := range list {
		f := newFlowOn(t, known, simtest.Scenario(t, "uneven-ring"), d, withParticles(20_000))
		for range 3 {
			f.Step()
		}
		whole, quarter := stepError(t, f, 1), stepError(t, f, 0.25)
		if got := math.Log(whole/quarter) / math.Log(4); got < 0.8 && quarter > 1e-3 {
			t.Errorf("%s: order %.2f from %.4g at dt and %.4g at dt/4", simtest.Name(d), got, whole, quarter)
		}
		for range underWay - 3 {
			f.Step()
		}
		if quarter := stepError(t, f, 0.25); quarter > 0.03 {
			t.Errorf("%s: %.2g%% off at dt/4 once under way", simtest.Name(d), 100*quarter)
		}
	}
}

// stepError is the error of first order in a fraction of a step of f.
func stepError(t *testing.T, f *Flow, fraction float64) float64 {
	t.Helper()
	r := &Report{}
	again(t, f, func(s *Settings) { s.Fraction, s.Spacing = fraction, s.Bandwidth/6 }).StepReport(r, Instruments{Response: true})
	return forecastError(r.Regions)
}

// κ ≥ 0 and w ≥ 0 give dU/dt = −E_q[κ w|β|²] ≤ 0.
func TestCoverageImprovesIfSensitivityAndWeightAreNonnegative(t *testing.T) {
	coverageImproves(t, simtest.KindsOfDrifts(t))
}

func coverageImproves(t *testing.T, list []divergences.Drift) {
	t.Helper()
	under, err := divergences.NewUnderCoverage(2, 1.3)
	if err != nil {
		t.Fatal(err)
	}
	deficit, err := divergences.NewDeficit(0.3)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		if slices.Contains([]string{"lv", "lv-differentiated"}, d.Info().ID) && d.Reference().Kind != divergences.Current || d.Reference().Differentiated {
			continue // a weight with two signs
		}
		f := underway(t, simtest.Scenario(t, "uneven-ring"), d, withParticles(2000))
		for _, u := range []divergences.Functional{nil, under, deficit} {
			r := &Report{}
			f.Report(r, Instruments{Functional: u, Response: true})
			if c := r.UnderCoverageChange; !(c.Population < 0 && c.FirstOrder < 0) {
				t.Errorf("%s: U changes by %g and by %g to first order", simtest.Name(d), c.Population, c.FirstOrder)
			}
		}
	}
}

// Under a sharp threshold, s < 1, the very same motion may raise U: most of the
// target lies beyond r*, where σ is saturated and κ < 0.
func TestASharpFunctionalMayRise(t *testing.T) {
	s := simtest.Gaussian(t, 0.8, scenarios.Gaussian{Sigma: 3})
	sharp, err := divergences.NewUnderCoverage(1, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	f := newFlow(t, s, simtest.Drift(t, "pearson"))
	r := &Report{}
	f.StepReport(r, Instruments{Functional: sharp, Response: true})
	if c := r.UnderCoverageChange; !(c.Population > 0 && c.FirstOrder > 0 && c.Measured > 0) {
		t.Errorf("U changes by %+v, expected a rise", c)
	}
	f = newFlow(t, s, simtest.Drift(t, "pearson"))
	f.StepReport(r, Instruments{Response: true})
	if c := r.UnderCoverageChange; !(c.Population < 0 && c.FirstOrder < 0 && c.Measured < 0) {
		t.Errorf("at s = 1 U changes by %+v, expected a fall", c)
	}
}

// The population's formula, summed over the particles from their own
// velocities: dt E_q|V|² for the objective of a gradient flow, dt E_q[V·β] for the
// effort.
func TestPopulationIsTheSumOverTheParticles(t *testing.T) {
	f := underway(t, simtest.Scenario(t, "three-modes"), simtest.Drift(t, "reverse-kl"), withParticles(4000))
	r, v := &Report{}, make([]scenarios.Point, 4000)
	f.Report(r, everything)
	f.Velocities(v)
	sum := 0.0
	for _, u := range v {
		sum += (u.X*u.X + u.Y*u.Y) / float64(len(v))
	}
	// The gather averages V before it is squared: it loses what varies inside a cell.
	simtest.Near(t, "E|V|²", r.SquareVelocity.Velocity, sum, 0.03)
}

func TestEffortOfBandsAndRegionsSumsToOne(t *testing.T) {
	for _, id := range []string{"pearson", "lv-differentiated"} {
		f := newFlow(t, simtest.Scenario(t, "uneven-ring"), simtest.Drift(t, id), withParticles(3000))
		r := &Report{}
		f.Report(r, everything)
		bands, regions, negative := 0.0, 0.0, false
		for k, b := range r.Effort {
			bands += b.Share
			negative = negative || b.Share < 0
			if k > 0 && r.Effort[k-1].Hi != b.Lo {
				t.Errorf("band %d begins at %g, the one before ends at %g", k, b.Lo, r.Effort[k-1].Hi)
			}
		}
		for _, k := range r.Regions {
			regions += k.Effort
		}
		if math.Abs(bands-regions) > 1e-9 {
			t.Errorf("%s: bands sum to %g, regions to %g", id, bands, regions)
		}
		if id == "pearson" && (math.Abs(bands-1) > 1e-9 || negative || r.WrongWay != 0) {
			t.Errorf("pearson: bands sum to %g, wrong way %g", bands, r.WrongWay)
		}
		if id == "lv-differentiated" && (!negative || r.WrongWay == 0) {
			t.Errorf("lv-differentiated: nothing goes the wrong way from a broad start")
		}
	}
}

// ρ made of p and q bends nothing off β; a density of its own does.
func TestOnlyExternalReferencesDeviateFromBeta(t *testing.T) {
	known := &target.Cache{}
	for _, d := range simtest.Drifts(t) {
		f := newFlowOn(t, known, simtest.Scenario(t, "uneven-ring"), d, withParticles(1000))
		r := &Report{}
		f.Report(r, everything)
		external := d.Reference().External() && d.Info().ID == "lv"
		if along := math.Abs(r.AlongBeta-1) < 1e-9; along == external {
			t.Errorf("%s: %.4f of the energy is along β", simtest.Name(d), r.AlongBeta)
		}
		if d.Reference().Kind == divergences.NoReference && r.Bend > 1e-12 {
			t.Errorf("%s: the reference bends %g", simtest.Name(d), r.Bend)
		}
	}
}

func TestLogVarianceAtTheCurrentDensityIsTwiceReverseKL(t *testing.T) {
	s := simtest.Scenario(t, "uneven-ring")
	a, b := newFlow(t, s, simtest.Drift(t, "reverse-kl"), withParticles(2000)), newFlow(t, s, simtest.Drift(t, "lv"), withParticles(2000))
	u, v := make([]scenarios.Point, 2000), make([]scenarios.Point, 2000)
	a.Velocities(u)
	b.Velocities(v)
	for i := range u {
		if v[i].X != 2*u[i].X || v[i].Y != 2*u[i].Y {
			t.Fatalf("particle %d: V is %v, expected twice %v", i, v[i], u[i])
		}
	}
}

// m = E_p[log r] over the support of the particles, by a sum over the nodes.
func TestMeanOfLogRIsTheReferenceMean(t *testing.T) {
	f := newFlow(t, simtest.Scenario(t, "three-modes"), divergences.NewLogVariance(divergences.Reference{Kind: divergences.Target}), withParticles(3000))
	r, d := &Report{}, &Fields{}
	f.Report(r, Instruments{})
	f.Fields(d)
	sum, mass, h := 0.0, 0.0, f.Settings().Bandwidth
	// The support rises from the density of one particle at three bandwidths to that at two.
	one := math.Log(1 / (2 * math.Pi * h * h * 3000))
	for i, q := range d.Q {
		if q == 0 {
			continue
		}
		support := min(1, max(0, (math.Log(q)-one+4.5)/2.5))
		sum += support * d.P[i] * (d.LogP[i] - math.Log(q))
		mass += support * d.P[i]
	}
	simtest.Near(t, "m", r.Mean, sum/mass, 1e-9)
}

// Where V·β and κ have one sign, nothing cancels.
func TestGrossChangeIsTheChangeWhereNothingCancels(t *testing.T) {
	f := underway(t, simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1.5}), simtest.Drift(t, "forward-kl"), withParticles(1000))
	r := &Report{}
	f.Report(r, Instruments{Response: true})
	simtest.Near(t, "the gross change", r.UnderCoverageGross, math.Abs(r.UnderCoverageChange.Taken), 1e-9)
}
