package sim

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
)

func TestADivergenceLowersTVFromABroadAndANarrowStart(t *testing.T) {
	lowersTV(t, simtest.Kinds(t))
}

// lowersTV tests that a hundred steps lower TV, from a broad and a narrow start.
func lowersTV(t *testing.T, list []divergences.Divergence) {
	t.Helper()
	broad := simtest.Scenario(t, "uneven-ring")
	narrow := broad
	narrow.Start.Sampler = scenarios.Gaussian{Sigma: 1}
	for _, d := range list {
		for name, s := range map[string]scenarios.Scenario{"broad": broad, "narrow": narrow} {
			t.Run(d.Info().ID+" "+d.Info().WeightFormula+" "+name, func(t *testing.T) {
				t.Parallel()
				f := newFlow(t, s, divergences.NewDrift(d), withParticles(2000))
				before := tv(f)
				for range 100 {
					f.Step()
				}
				if after := tv(f); !(after < 0.95*before) {
					t.Errorf("TV went from %.4f to %.4f", before, after)
				}
			})
		}
	}
}

func TestTVAfterSixHundredStepsEqualsThePrototype(t *testing.T) {
	equalPrototype(t, map[string]float64{"reverse-kl": 0.106, "pearson": 0.271})
}

// equalPrototype compares TV after 600 steps, by divergence, with the figures of the prototype that the
// design was checked with.
func equalPrototype(t *testing.T, figures map[string]float64) {
	t.Helper()
	for id, want := range figures {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			f := newFlow(t, simtest.Scenario(t, "uneven-ring"), simtest.Drift(t, id), withParticles(4000))
			for range 600 {
				f.Step()
			}
			simtest.Near(t, "TV", tv(f), want, 0.2)
		})
	}
}

// moments are the mean and the mean variance of a cloud.
func momentsOf(points []scenarios.Point) (mean scenarios.Point, variance float64) {
	n := float64(len(points))
	for _, p := range points {
		mean.X += p.X / n
		mean.Y += p.Y / n
	}
	for _, p := range points {
		variance += ((p.X-mean.X)*(p.X-mean.X) + (p.Y-mean.Y)*(p.Y-mean.Y)) / (2 * n)
	}
	return mean, variance
}

// Smoothed by h, a Gaussian cloud of variance v has the score −(x−m)/(v+h²) and
// the target −x/(s²+h²). So m′ = −m/(s²+h²) and v′ = 2v(1/(v+h²) − 1/(s²+h²)).
func TestGaussianUnderReverseKLHasTheExactMoments(t *testing.T) {
	const sigma, dt, steps = 1.2, 0.01, 150
	s := simtest.Gaussian(t, sigma, scenarios.Gaussian{Mean: scenarios.Point{X: 1.5, Y: -1}, Sigma: 0.6})
	f := newFlow(t, s, simtest.Drift(t, "reverse-kl"), func(s *Settings) { s.Time, s.DT = Physical, dt })
	points := make([]scenarios.Point, s.Particles)
	f.Points(points)
	m, v := momentsOf(points)
	h2, target := s.Bandwidth*s.Bandwidth, sigma*sigma+s.Bandwidth*s.Bandwidth
	const fine = 100
	for range steps * fine {
		m.X, m.Y = m.X*(1-dt/fine/target), m.Y*(1-dt/fine/target)
		v += dt / fine * 2 * v * (1/(v+h2) - 1/target)
	}
	for range steps {
		f.Step()
	}
	f.Points(points)
	gotMean, gotVariance := momentsOf(points)
	simtest.Near(t, "mean x", gotMean.X, m.X, 0.02)
	simtest.Near(t, "mean y", gotMean.Y, m.Y, 0.02)
	simtest.Near(t, "variance", gotVariance, v, 0.02)
}

func TestChangingDivergenceOrBandwidthKeepsTheParticles(t *testing.T) {
	f := newFlow(t, simtest.Scenario(t, "uneven-ring"), simtest.Drift(t, "reverse-kl"), withParticles(1000))
	for range 5 {
		f.Step()
	}
	before, after := make([]scenarios.Point, 1000), make([]scenarios.Point, 1000)
	f.Points(before)
	if err := f.SetDrift(divergences.SpecFromDrift(simtest.Drift(t, "pearson")), Plugin); err != nil {
		t.Fatal(err)
	}
	if err := f.SetBandwidth(0.4); err != nil {
		t.Fatal(err)
	}
	if err := f.SetBandwidth(1e-4); err == nil {
		t.Error("a bandwidth of 1e-4 is accepted")
	}
	if h := f.Settings().Bandwidth; h != 0.4 {
		t.Errorf("after a rejected bandwidth h is %g", h)
	}
	f.Points(after)
	if !slices.Equal(before, after) {
		t.Error("the particles moved")
	}
	if f.Step(); f.Progress().Step != 6 {
		t.Errorf("the next step is %d, expected 6", f.Progress().Step)
	}
}

func TestUnitEffortFixesTheMeanEffort(t *testing.T) {
	for _, d := range simtest.Divergences(t) {
		f := newFlow(t, simtest.Scenario(t, "uneven-ring"), divergences.NewDrift(d), withParticles(3000))
		f.Step()
		want := winsorisedMean(f)
		simtest.Near(t, d.Info().ID+": mean of w·dt in h²", f.Step().DT*want/(0.25*0.25), Effort, 0.02)
	}
}

// winsorisedMean is E_q[min(w, w₉₈)] by sorting.
func winsorisedMean(f *Flow) float64 {
	type item struct{ w, mass float64 }
	var items []item
	fields, deposit := &Fields{}, grid.NewDeposit(f.Grid(), grid.NewWorkers())
	f.Fields(fields)
	deposit.Set(pointsOf(f), f.Settings().Particles)
	deposit.EachOccupied(func(i int) { items = append(items, item{fields.Weight[i], deposit.Mass[i]}) })
	slices.SortFunc(items, func(a, b item) int { return cmp.Compare(a.w, b.w) })
	below, mean, most := 0.0, 0.0, math.Inf(1)
	for _, it := range items {
		if below += it.mass; below >= EffortQuantile && math.IsInf(most, 1) {
			most = it.w
		}
		mean += it.mass * min(it.w, most)
	}
	return mean
}

func TestParticlesStayInTheWindowAndNoStepIsLongerThanHalfABandwidth(t *testing.T) {
	for _, d := range simtest.Divergences(t) {
		f := newFlow(t, simtest.Scenario(t, "uneven-ring"), divergences.NewDrift(d), withParticles(1500))
		before, after := make([]scenarios.Point, 1500), make([]scenarios.Point, 1500)
		for range 20 {
			f.Points(before)
			p := f.Step()
			f.Points(after)
			checkMoves(t, f, before, after)
			if p.Capped < 0 || p.Capped > 1+1e-12 {
				t.Fatalf("%s: the capped share is %g", d.Info().ID, p.Capped)
			}
		}
	}
}

func checkMoves(t *testing.T, f *Flow, before, after []scenarios.Point) {
	t.Helper()
	bounds, longest := f.Grid().Bounds(), f.Settings().Bandwidth/2*(1+1e-9)
	for i, p := range after {
		if _, out := grid.Clamp(p, bounds); out {
			t.Fatalf("%s: particle %d is at %v, outside %v", f.Settings().Drift.ID(), i, p, bounds)
		}
		if d := math.Hypot(p.X-before[i].X, p.Y-before[i].Y); d > longest {
			t.Fatalf("%s: particle %d moved by %g, expected at most %g", f.Settings().Drift.ID(), i, d, longest)
		}
	}
}

func TestVelocitiesAreTheDisplacementsOfASmallPhysicalStep(t *testing.T) {
	const dt, n = 1e-4, 2000
	f := newFlow(t, simtest.Scenario(t, "three-modes"), simtest.Drift(t, "hellinger"), withParticles(n), func(s *Settings) { s.Time, s.DT = Physical, dt })
	before, after, v := make([]scenarios.Point, n), make([]scenarios.Point, n), make([]scenarios.Point, n)
	f.Points(before)
	f.Velocities(v)
	f.Step()
	f.Points(after)
	for i := range v {
		gotX, gotY := (after[i].X-before[i].X)/dt, (after[i].Y-before[i].Y)/dt
		if e := math.Hypot(gotX-v[i].X, gotY-v[i].Y); e > 1e-6*(1+math.Hypot(v[i].X, v[i].Y)) {
			t.Fatalf("particle %d moved with (%g, %g), its velocity is %v", i, gotX, gotY, v[i])
		}
	}
}

func TestInvalidSettingsAreRejected(t *testing.T) {
	s, d := simtest.Scenario(t, "uneven-ring"), simtest.Drift(t, "reverse-kl")
	for name, edit := range map[string]func(*Settings){
		"no divergence":      func(s *Settings) { s.Drift = divergences.Spec{} },
		"one particle":       func(s *Settings) { s.Particles = 1 },
		"too many particles": func(s *Settings) { s.Particles = MaxParticles + 1 },
		"bandwidth zero":     func(s *Settings) { s.Bandwidth = 0 },
		"bandwidth NaN":      func(s *Settings) { s.Bandwidth = math.NaN() },
		"bandwidth too fine": func(s *Settings) { s.Bandwidth = 1e-3 },
		"spacing too coarse": func(s *Settings) { s.Spacing = s.Bandwidth },
		"time step zero":     func(s *Settings) { s.Time, s.DT = Physical, 0 },
	} {
		settings := DefaultSettings(s, divergences.SpecFromDrift(d))
		edit(&settings)
		if f, err := New(s, settings); err == nil || f != nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestAStepDoesNotAllocate(t *testing.T) {
	f := newFlow(t, simtest.Scenario(t, "uneven-ring"), simtest.Drift(t, "jensen-shannon"), withParticles(2000))
	f.Step()
	if n := testing.AllocsPerRun(20, func() { f.Step() }); n != 0 {
		t.Errorf("a step allocates %g times", n)
	}
	r := &Report{}
	f.StepReport(r, everything)
	if n := testing.AllocsPerRun(20, func() { f.StepReport(r, everything) }); n != 0 {
		t.Errorf("a step with every instrument allocates %g times", n)
	}
}
