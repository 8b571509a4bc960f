package sim

import (
	"math"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/internal/simtest"
)

// measured is a flow after some steps, its last report, and the fields then.
func measured(t *testing.T, id string, d divergences.Drift) (*Flow, *Report, *Fields) {
	t.Helper()
	f := newFlow(t, simtest.Scenario(t, id), d, withParticles(3000))
	for range 10 {
		f.Step()
	}
	r, fields := &Report{}, &Fields{}
	f.StepReport(r, Instruments{Objectives: density.NewObjectives(simtest.Divergences(t))})
	f.Fields(fields)
	return f, r, fields
}

func TestRegionsAndTransportCountEveryParticleOnce(t *testing.T) {
	f, r, _ := measured(t, "uneven-ring", simtest.Drift(t, "forward-kl"))
	n := f.Settings().Particles
	count, share := 0, 0.0
	for k, region := range r.Regions {
		count += region.Count
		share += region.ParticleMass
		arrived := 0
		for _, row := range r.Transport {
			arrived += row[k]
		}
		if arrived != region.Count {
			t.Errorf("%d particles arrived in region %d, which has %d", arrived, region.ID, region.Count)
		}
		s := region.ParticleMass
		simtest.Near(t, "the standard error", region.SE, math.Sqrt(s*(1-s)/float64(n)), 1e-12)
	}
	if count != n || math.Abs(share-1) > 1e-4 { // the kernels of particles at the edge
		t.Errorf("regions have %d of %d particles, masses sum to %g", count, n, share)
	}
}

func TestTransportStartsOnTheDiagonal(t *testing.T) {
	f := newFlow(t, simtest.Scenario(t, "grid9"), simtest.Drift(t, "reverse-kl"), withParticles(1000))
	r := &Report{}
	f.Report(r, Instruments{})
	for a, row := range r.Transport {
		for b, n := range row {
			if a != b && n != 0 {
				t.Errorf("before the first step %d particles went from %d to %d", n, a+1, b+1)
			}
		}
	}
}

// massOf is the particles' mass of every region, from the fields.
func massOf(f *Flow) []float64 {
	d, mass := &Fields{}, make([]float64, len(f.Target().Regions.List))
	f.Fields(d)
	for i, q := range d.Q {
		mass[int(f.Target().Regions.Labels[i])] += q * d.Grid.Area()
	}
	return mass
}

func TestInflowIsTheChangeOfMassAndSumsToZero(t *testing.T) {
	f := newFlow(t, simtest.Scenario(t, "uneven-ring"), simtest.Drift(t, "pearson"), withParticles(3000))
	for range 5 {
		f.Step()
	}
	r, before := &Report{}, massOf(f)
	f.StepReport(r, Instruments{})
	sum := 0.0
	for k, after := range massOf(f) {
		sum += r.Regions[k].Inflow
		if got, want := r.Regions[k].Inflow, after-before[k]; math.Abs(got-want) > 1e-12 {
			t.Errorf("the inflow of region %d is %g, its mass changed by %g", k+1, got, want)
		}
	}
	if math.Abs(sum) > 1e-5 {
		t.Errorf("the inflows sum to %g", sum)
	}
}

// unbounded are the divergences whose weight grows without bound.
var unbounded = []string{"forward-kl", "jeffreys", "pearson", "hellinger", "alpha", "custom"}

// continued is f(r) with f″ = w(c)/r² above c: f(c) + f′(c)(r − c) + w(c)(r/c − 1 − ln(r/c)), with
// f′ by finite differences.
func continued(d divergences.Divergence, logR, logC float64) float64 {
	if logR <= logC {
		return d.F(logR)
	}
	const e = 1e-4
	c, r := math.Exp(logC), math.Exp(logR)
	slope := (d.F(logC+e) - d.F(logC-e)) / (2 * e * c)
	return d.F(logC) + slope*(r-c) + d.Weight(logC)*(r/c-1-(logR-logC))
}

func TestObjectivesAreTheirIntegrals(t *testing.T) {
	f, r, d := measured(t, "three-modes", simtest.Drift(t, "reverse-kl"))
	h, n := f.Settings().Bandwidth, float64(f.Settings().Particles)
	resolved := math.Exp(-1./8) / (2 * math.Pi * h * h * n)
	for k, m := range simtest.Divergences(t) {
		sum := 0.0
		for i, p := range d.P {
			q := max(d.Q[i], p*math.Exp(-density.EmptyLogR))
			if p+q == 0 {
				continue
			}
			logC := math.Inf(1)
			if slices.Contains(unbounded, m.Info().ID) {
				logC = max(0, math.Log(p/resolved))
			}
			sum += q * continued(divergences.Clip(m, ClipLogR), d.LogP[i]-math.Log(q), logC) * d.Grid.Area()
		}
		simtest.Near(t, r.Objectives[k].ID, r.Objectives[k].Value, sum, 1e-6)
		if r.Objectives[k].Value < -1e-6 {
			t.Errorf("%s is %g", r.Objectives[k].ID, r.Objectives[k].Value)
		}
	}
}

// The cloud is an exact sample, smoothed to variance v + h²; the target, smoothed
// likewise, has variance s² + h². KL(q‖p) of two Gaussians in the plane about one
// centre is ρ − 1 − ln ρ for the ratio ρ of their variances.
func TestReverseKLOfGaussiansHasItsClosedForm(t *testing.T) {
	const sigma, s = 0.8, 1.3
	sc := simtest.Gaussian(t, s, scenarios.Gaussian{Sigma: sigma})
	f := newFlow(t, sc, simtest.Drift(t, "reverse-kl"), withParticles(200_000))
	r := &Report{}
	f.Report(r, Instruments{})
	h2 := sc.Bandwidth * sc.Bandwidth
	ratio := (sigma*sigma + h2) / (s*s + h2)
	simtest.Near(t, "KL(q‖p)", r.Active, ratio-1-math.Log(ratio), 0.01)
}

// What the kernel puts beyond the grid counts as well: ∫q over the grid may be below one.
func TestTVIsHalfTheIntegralOfTheDifference(t *testing.T) {
	_, r, d := measured(t, "double-well", simtest.Drift(t, "hellinger"))
	sum, mass := 0.0, 0.0
	for i := range d.P {
		sum += math.Abs(d.P[i]-d.Q[i]) * d.Grid.Area()
		mass += d.Q[i] * d.Grid.Area()
	}
	simtest.Near(t, "TV", r.TV, (sum+1-mass)/2, 1e-12)
}

// At τ = s = 1, U = ∫ p·p/(p+q) = ½ + ¼·LeCam for normalised p and q.
func TestUnderCoverageIsHalfPlusAQuarterOfLeCam(t *testing.T) {
	_, r, _ := measured(t, "uneven-ring", simtest.Drift(t, "jeffreys"))
	sum := 0.0
	for _, k := range r.Regions {
		sum += k.UnderCoverage
	}
	simtest.Near(t, "the sum over the regions", sum, r.UnderCoverage, 1e-12)
	for _, o := range r.Objectives {
		if o.ID == "le-cam" {
			simtest.Near(t, "U", r.UnderCoverage, 0.5+o.Value/4, 1e-4)
		}
	}
}

func TestCloneIsDeep(t *testing.T) {
	f, r, _ := measured(t, "grid9", simtest.Drift(t, "reverse-kl"))
	c := r.Clone()
	share, value, moved := c.Regions[0].ParticleMass, c.Objectives[0].Value, c.Transport[0][0]
	for range 20 {
		f.StepReport(r, Instruments{Objectives: density.NewObjectives(simtest.Divergences(t))})
	}
	r.Transport[0][0] = -1
	if c.Regions[0].ParticleMass != share || c.Objectives[0].Value != value || c.Transport[0][0] != moved {
		t.Error("a clone changed with its original")
	}
}
