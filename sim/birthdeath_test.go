package sim

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
)

func withBirthDeath(rate float64) func(*Settings) { return func(s *Settings) { s.BirthDeath = rate } }

// The mean of many draws of the events of one step is what the first order predicts, and the formula for
// infinitely many particles is near it.
func TestTheFirstOrderOfBirthDeathIsTheMeanOfItsEvents(t *testing.T) {
	t.Parallel()
	const draws = 1000
	s, d := simtest.Scenario(t, "uneven-ring"), simtest.Drift(t, "reverse-kl")
	wide := func(s *Settings) { s.Bandwidth = 0.5 }
	before := newFlow(t, s, d, withParticles(16_000), wide)
	for range 40 {
		before.Step()
	}
	f := newFlow(t, s, d, withParticles(16_000), wide, withBirthDeath(1), func(s *Settings) { s.Fraction = 0.25 })
	f.Branch(before)

	r := &Report{}
	p := f.meter.predict(f.driven, r, Instruments{Response: true})
	r.addStep(p)
	e, part, mean := f.driven, p.response.reweighted, newResponseSums(len(r.Regions))
	var total Change
	measure := func() (regionTotals, float64) {
		t := e.totals(nil, false)
		return *(&regionTotals{}).copy(t), e.drift.objective(t, 0, nil)
	}
	for seed := range uint64(draws) {
		f.particles.take(slices.Clone(before.particles.points))
		e.settings.Seed = seed
		f.drift(p.step)
		if seed == 0 {
			part.regionTotals, part.objectiveBefore = measure()
		}
		f.progress = before.progress
		f.exchange(p.step)
		now, objective := measure()
		part.after(&now, objective)
		for k := range mean.mass {
			mean.mass[k].Measured += part.mass[k].Measured / draws
		}
		mean.objective.Measured += part.objective.Measured / draws
		total.Measured += part.total.Measured / draws
	}
	var off, far, size float64
	for k, region := range r.Regions {
		off += math.Abs(mean.mass[k].Measured - region.Reweighted.FirstOrder)
		far += math.Abs(region.Reweighted.Population - region.Reweighted.FirstOrder)
		size += math.Abs(region.Reweighted.FirstOrder)
	}
	if !(size > 1e-3 && off <= 0.03*size && far <= 0.03*size) {
		t.Errorf("the masses of the regions change by %g in all; measured and population are off by %g and %g", size, off, far)
	}
	simtest.Near(t, "the measured U", total.Measured, r.UnderCoverageReweighted.FirstOrder, 0.03)
	simtest.Near(t, "the measured objective", mean.objective.Measured, r.ActiveReweighted.FirstOrder, 0.03)
	simtest.Near(t, "the population U", r.UnderCoverageReweighted.Population, r.UnderCoverageReweighted.FirstOrder, 0.03)
	simtest.Near(t, "the population objective", r.ActiveReweighted.Population, r.ActiveReweighted.FirstOrder, 0.03)
}

// The changes in a step are those by the drift and those by birth–death.
func TestTheChangesAreThoseByTheDriftAndByBirthDeath(t *testing.T) {
	t.Parallel()
	for _, d := range []divergences.Drift{simtest.Drift(t, "forward-kl"), simtest.Drift(t, "lv")} {
		s := simtest.Scenario(t, "ring8")
		plain, both := newFlow(t, s, d, withParticles(3000)), newFlow(t, s, d, withParticles(3000), withBirthDeath(2))
		a, b := &Report{}, &Report{}
		plain.StepReport(a, Instruments{Response: true})
		both.StepReport(b, Instruments{Response: true})
		is := func(what string, whole, part, drift Change) {
			for _, c := range [][3]float64{
				{whole.Population, part.Population, drift.Population}, {whole.Taken, part.Taken, drift.Taken},
				{whole.FirstOrder, part.FirstOrder, drift.FirstOrder}, {whole.Measured, part.Measured, drift.Measured},
			} {
				if math.Abs(c[0]-c[1]-c[2]) > 1e-12 || c[1] == 0 {
					t.Errorf("%s, %s: %g is not %g by birth–death and %g by the drift", simtest.Name(d), what, c[0], c[1], c[2])
				}
			}
		}
		is("U", b.UnderCoverageChange, b.UnderCoverageReweighted, a.UnderCoverageChange)
		is("objective", b.ActiveChange, b.ActiveReweighted, a.ActiveChange)
		for k := range b.Regions {
			is("mass", b.Regions[k].MassChange, b.Regions[k].Reweighted, a.Regions[k].MassChange)
			is("U of a region", b.Regions[k].UnderCoverageChange, b.Regions[k].UnderCoverageReweighted, a.Regions[k].UnderCoverageChange)
		}
		if c := b.ActiveReweighted; !(c.Population < 0 && c.FirstOrder < 0) {
			t.Errorf("%s: birth–death changes the objective by %+v, expected a decrease", simtest.Name(d), c)
		}
	}
}

const chunks = 6000 // particles, for two workers to draw the events of

func coarse(s *Settings) { s.Bandwidth *= 2 }

// reached runs a flow with birth–death for some steps.
func reachedTV(t *testing.T, processors, steps int, d divergences.Drift, step func(*Flow)) *Flow {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
	f := newFlow(t, simtest.Scenario(t, "grid9"), d, withParticles(chunks), withBirthDeath(3), coarse)
	for range steps {
		step(f)
	}
	return f
}

// same reports whether two flows have the same particles with the same ancestors.
func same(a, b *Flow) bool {
	return slices.Equal(a.particles.points, b.particles.points) && slices.Equal(a.particles.ancestors, b.particles.ancestors)
}

func TestBirthDeathHasTheSameBitsHoweverItIsRun(t *testing.T) {
	for _, d := range []divergences.Drift{simtest.Drift(t, "pearson"), simtest.Drift(t, "lv")} {
		one := reachedTV(t, 1, 3, d, func(f *Flow) { f.Step() })
		if !same(reachedTV(t, 2, 3, d, func(f *Flow) { f.Step() }), one) {
			t.Errorf("%s: GOMAXPROCS 2 ends elsewhere than 1", simtest.Name(d))
		}
		r := &Report{}
		if !same(reachedTV(t, 2, 3, d, func(f *Flow) { f.StepReport(r, everything) }), one) {
			t.Errorf("%s: the flow that is measured ends elsewhere", simtest.Name(d))
		}
		back := reachedTV(t, 2, 1, d, func(f *Flow) { f.Step() })
		from := back.Checkpoint()
		for range 2 {
			back.Restore(from)
			back.Step()
			back.Step()
			if !same(back, one) {
				t.Errorf("%s: steps from a checkpoint end elsewhere", simtest.Name(d))
			}
		}
		one.Reseed(2)
		one.Step()
		if two := newFlow(t, one.Scenario(), d, withParticles(chunks), withBirthDeath(3), coarse); same(one, two) {
			t.Errorf("%s: another seed has the same events", simtest.Name(d))
		}
	}
}

// At rate 0 the particles take the path of the drift alone, also after a rate has been set.
func TestNoBirthDeathIsTheDriftAlone(t *testing.T) {
	t.Parallel()
	s, d := simtest.Scenario(t, "ring8"), simtest.Drift(t, "reverse-kl")
	f, plain := newFlow(t, s, d, withBirthDeath(1)), newFlow(t, s, d)
	f.Step()
	m := f.Settings().Motion()
	m.BirthDeath = 0
	if err := f.SetDynamics(m); err != nil {
		t.Fatal(err)
	}
	f.Restart()
	for range 5 {
		ahead := make([]scenarios.Point, len(plain.particles.points))
		plain.driven.Ahead(ahead, 1)
		clampAll(ahead, plain.Grid().Bounds())
		f.Step()
		plain.Step()
		if !same(f, plain) || f.particles.ancestors != nil {
			t.Fatal("the flow without birth–death ends elsewhere")
		}
		for i, p := range ahead {
			if q := f.particles.points[i]; math.Hypot(p.X-q.X, p.Y-q.Y) > 1e-12 {
				t.Fatalf("particle %d moves to %v, expected %v", i, q, p)
			}
		}
	}
}

// A copy has the start and the origin of its source, and is where that is but for a few jitters.
func TestACopyDescendsFromItsSource(t *testing.T) {
	t.Parallel()
	f := newFlow(t, simtest.Scenario(t, "gmm40"), simtest.Drift(t, "reverse-kl"), withParticles(2000), withBirthDeath(0.2))
	f.driven.evaluate(occupied)
	f.drift(f.driven.step())
	before := slices.Clone(f.particles.points)
	f.exchange(f.driven.mover.making.step)
	copies := 0
	for i, at := range f.particles.points {
		if a := f.particles.ancestor(i); a != i {
			copies++
			// Its source may itself be a copy of the step, whose jitter adds to its own.
			if d := math.Hypot(at.X-before[a].X, at.Y-before[a].Y); d > 12*copySpread*f.Settings().Bandwidth || d == 0 {
				t.Errorf("particle %d is %g from its ancestor", i, d)
			}
		}
	}
	r := &Report{}
	f.Report(r, Instruments{})
	counted, moved := 0, 0
	for k, region := range r.Regions {
		counted += region.Copied
		for a := range r.Transport {
			moved += r.Transport[a][k]
		}
		if region.Copied > region.Count {
			t.Errorf("region %d has %d copies of %d particles", k, region.Copied, region.Count)
		}
	}
	if copies < 20 || counted != copies || moved != 2000 {
		t.Errorf("%d of %d particles are copies, and the report says %d", copies, moved, counted)
	}
}

// lineage is the start of every particle and whether it was copied.
func lineage(f *Flow) (starts []scenarios.Point, copied []bool) { return f.particles.settled() }

// startOf is the start of a particle.
func startOf(f *Flow, i int) scenarios.Point {
	starts, _ := lineage(f)
	return starts[i]
}

// Edits keep the starts of the particles that stay, and undoing them brings back those of the others.
func TestEditsKeepTheLineage(t *testing.T) {
	t.Parallel()
	f := newFlow(t, simtest.Scenario(t, "uneven-ring"), simtest.Drift(t, "reverse-kl"), withParticles(1500), withBirthDeath(2))
	for range 15 {
		f.Step()
	}
	points := slices.Clone(f.particles.points)
	starts, copied := lineage(f)
	if !slices.Contains(copied, true) || !slices.Contains(copied, false) {
		t.Fatal("expected particles of both kinds")
	}
	kept := func(what string) {
		t.Helper()
		s, c := lineage(f)
		if !slices.Equal(f.particles.points, points) || !slices.Equal(s, starts) || !slices.Equal(c, copied) {
			t.Errorf("%s changes the particles or their lineage", what)
		}
	}
	at := points[7]
	gone, err := f.Drain(at, 0.4)
	if err != nil || len(gone) == 0 {
		t.Fatalf("%d particles are drained: %v", len(gone), err)
	}
	s, _ := lineage(f)
	for i, k := 0, 0; i < len(points); i++ {
		if k < len(gone) && gone[k].index == i {
			k++
		} else if s[i-k] != starts[i] {
			t.Fatalf("particle %d has another start after others were removed", i)
		}
	}
	f.Undrain(gone)
	kept("a drain that is undone")
	if err := f.Pour(at, 0.3, 50); err != nil {
		t.Fatal(err)
	}
	if f.particles.copied(len(points)) || startOf(f, len(points)) != f.particles.points[len(points)] {
		t.Error("a particle that was added has not its own start")
	}
	f.Unpour(50)
	kept("a pour that is undone")
	f.Step()
	if len(f.particles.ancestors) != len(f.particles.points) {
		t.Error("a step after edits loses ancestors")
	}
}

func TestWhatHasNoBirthDeathIsRefused(t *testing.T) {
	t.Parallel()
	s := simtest.Scenario(t, "ring8")
	for _, c := range []struct {
		drift string
		rate  float64
		want  string
	}{
		{"reverse-kl", -1, "rate of birth–death is -1, expected a number from 0"},
		{"reverse-kl", math.NaN(), "rate of birth–death is NaN, expected a number from 0"},
		{"reverse-kl", math.Inf(1), "rate of birth–death is +Inf, expected a number from 0"},
		{"lv-surrogate", 1, "lv-surrogate is not the gradient flow of an objective, expected no birth–death"},
	} {
		settings := DefaultSettings(s, divergences.SpecFromDrift(simtest.Drift(t, c.drift)))
		settings.BirthDeath = c.rate
		if _, err := New(s, settings); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s at rate %g: %v, expected %q", c.drift, c.rate, err, c.want)
		}
	}
}

// Every divergence at an extreme rate keeps its particles in the window.
func TestBirthDeathStaysWithinTheNumbers(t *testing.T) {
	t.Parallel()
	for _, d := range simtest.KindsOfDrifts(t) {
		if !d.IsGradientFlow() {
			continue
		}
		f := newFlow(t, simtest.Scenario(t, "grid9"), d, withParticles(500), withBirthDeath(1e300))
		for range 2 {
			f.Step()
		}
		for _, p := range f.particles.points {
			if _, out := grid.Clamp(p, f.Grid().Bounds()); out || p.X != p.X || p.Y != p.Y {
				t.Fatalf("%s: a particle is at %v", simtest.Name(d), p)
			}
		}
	}
}
