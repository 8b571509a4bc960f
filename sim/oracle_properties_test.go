package sim_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/internal/simtest"
)

// oracleObjectives are those of all f-divergences.
func oracleObjectives(t *testing.T) *density.Objectives {
	t.Helper()
	var list []divergences.Divergence
	for _, d := range oracleDivergences() {
		list = append(list, d.divergence(t))
	}
	return density.NewObjectives(list)
}

// estimatorOf estimates the density of points on the default grid of a scenario.
func estimatorOf(t *testing.T, s scenarios.Scenario) *density.Estimator {
	t.Helper()
	e, err := density.New(s, density.Kernel{Bandwidth: s.Bandwidth})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Exact samples are near the target by every objective: no empty place makes one of a growing weight
// large.
func TestOracleObjectivesOfExactSamplesAreSmall(t *testing.T) {
	o := oracleObjectives(t)
	for _, id := range []string{"three-modes", "uneven-ring", "gmm40"} {
		s := simtest.Scenario(t, id)
		e := estimatorOf(t, s)
		for seed := range uint64(5) {
			e.Set(simtest.Exact(s, 1500, seed))
			totals := e.Totals(nil, true)
			values := o.Append(nil, totals.Histogram)
			if totals.TV > 0.15 {
				t.Errorf("%s: the TV of an exact sample is %.3f, expected at most 0.15", id, totals.TV)
			}
			for k, v := range values {
				if d := oracleDivergences()[k]; v.Value < -1e-3 || v.Value > 1 {
					t.Errorf("%s: %s of an exact sample is %g at a TV of %.3f, expected 0 to 1", id, d.text, v.Value, totals.TV)
				}
			}
		}
	}
}

// A particle that moves by a thousandth of a bandwidth changes no objective by more than a thousandth,
// and by almost the same as in the step before, wherever it passes: a node, or the distance at which the kernel of
// another one is truncated.
func TestOracleObjectivesHaveNoJumps(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	e := estimatorOf(t, s)
	g, points := e.Grid(), simtest.Exact(s, 300, 1)
	// Alone at the edge of the target.
	alone := scenarios.Point{X: 2.5, Y: -1.5}
	points = append(points, alone, alone)
	for name, x := range map[string]float64{
		"across a node":       g.X(g.Nearest(alone.X, alone.Y)%g.NX + 1),
		"across a truncation": alone.X + density.DefaultReach*s.Bandwidth,
	} {
		path := objectivesAlong(t, e, points, scenarios.Point{X: x, Y: alone.Y}, 1e-3*s.Bandwidth)
		for k, d := range oracleDivergences() {
			step, bend := unevenness(path, k)
			t.Logf("%s, %s: changes by at most %.2g, unevenly by %.2g", name, d.text, step, bend)
			if step > 1e-3 || bend > 1e-4 {
				t.Errorf("%s, %s changes by up to %.3g in a step, and by %.3g more than in the one before", name, d.text, step, bend)
			}
		}
	}
}

// objectivesAlong are all objectives while the last point moves through a place.
func objectivesAlong(t *testing.T, e *density.Estimator, points []scenarios.Point, through scenarios.Point, length float64) (path [][]density.Objective) {
	t.Helper()
	const steps = 60
	o, moving := oracleObjectives(t), &points[len(points)-1]
	for step := range steps {
		*moving = scenarios.Point{X: through.X + (float64(step)-steps/2+0.5)*length, Y: through.Y}
		e.Set(points)
		path = append(path, o.Append(nil, e.Totals(nil, true).Histogram))
	}
	return path
}

// unevenness is the largest first and second difference of the k-th objective, relative to its value.
func unevenness(path [][]density.Objective, k int) (first, second float64) {
	for i := 2; i < len(path); i++ {
		a, b, c := path[i-2][k].Value, path[i-1][k].Value, path[i][k].Value
		first = math.Max(first, math.Abs((c-b)/c))
		second = math.Max(second, math.Abs((c-2*b+a)/c))
	}
	return first, second
}

// Under the blob velocity a short step never raises the objective.
func TestOracleBlobStepsLowerEveryObjective(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	for _, start := range []scenarios.Gaussian{{Sigma: 3}, {Mean: scenarios.Point{X: 1, Y: -1}, Sigma: 0.4}} {
		s.Start.Sampler = start
		for _, d := range oracleDivergences() {
			settings := sim.DefaultSettings(s, oracleDrift{text: d.text, divergence: &d}.spec(t))
			settings.Velocity, settings.Fraction, settings.Particles = sim.Blob, 1./16, 500
			f, err := sim.New(s, settings)
			if err != nil {
				t.Fatal(err)
			}
			r := &sim.Report{}
			f.Report(r, sim.Instruments{})
			for step := range 8 {
				before := r.Active
				if f.StepReport(r, sim.Instruments{}); r.Active > before {
					t.Errorf("%s from σ = %g: step %d raises the objective from %.9g to %.9g", d.text, start.Sigma, step+1, before, r.Active)
				}
			}
		}
	}
}

// First order is what is measured, for weights that grow as for reverse KL. On a fine grid: the slope
// of the deposit jumps where a particle passes a node, which the tail of its kernel multiplies, and
// with a growing weight one particle in an empty place may be most of the change.
func TestOracleFirstOrderOfGrowingWeights(t *testing.T) {
	firstOrderOfGrowingWeights(t, "three-modes")
}

func firstOrderOfGrowingWeights(t *testing.T, ids ...string) {
	t.Helper()
	for _, id := range ids {
		for _, drift := range []string{"reverse-kl", "pearson", "alpha:2.5"} {
			s := simtest.Scenario(t, id)
			settings := sim.DefaultSettings(s, parsed(t, drift))
			f, err := sim.New(s, settings)
			if err != nil {
				t.Fatal(err)
			}
			for range 20 {
				f.Step()
			}
			r := quarterStep(t, f)
			t.Logf("%s %s: measured %.4g, first order %.4g, dissipation %.4g", id, drift, r.ActiveChange.Measured, r.ActiveChange.FirstOrder, r.ActiveChange.Taken)
			simtest.Near(t, id+" "+drift, r.ActiveChange.Measured, r.ActiveChange.FirstOrder, 0.05)
			simtest.Near(t, id+" "+drift+", dissipation", r.ActiveChange.Measured, r.ActiveChange.Taken, 0.05)
			if r.ActiveChange.Measured >= 0 {
				t.Errorf("%s %s: the objective rises by %g", id, drift, r.ActiveChange.Measured)
			}
		}
	}
}

// placedAt is an initial cloud of given points.
type placedAt []scenarios.Point

func (p placedAt) Sample(dst []scenarios.Point, _ *rand.Rand) { copy(dst, p) }

// quarterStep takes a quarter of the next step of a flow on a copy of it.
func quarterStep(t *testing.T, f *sim.Flow) *sim.Report {
	t.Helper()
	s, settings := f.Scenario(), f.Settings()
	points := make([]scenarios.Point, settings.Particles)
	f.Points(points)
	s.Start.Sampler, settings.Fraction, settings.Spacing = placedAt(slices.Clone(points)), 0.25, settings.Bandwidth/oracleNodes
	g, err := sim.New(s, settings)
	if err != nil {
		t.Fatal(err)
	}
	r := &sim.Report{}
	g.StepReport(r, sim.Instruments{Response: true})
	return r
}
