package sim

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/internal/simtest"
)

// sharedFrame are n points around a scenario, some outside the padded window, with whole weights, and the points as
// often as these say.
func sharedFrame(t *testing.T, n int) (c scenarios.Cloud, all []scenarios.Point) {
	t.Helper()
	rng := rand.New(rand.NewPCG(8, 8))
	points, weights := simtest.Sample(2, n, 4), make([]float64, n)
	for i := range points {
		if i%50 == 0 {
			points[i].X += 100
		}
		weights[i] = float64(1 + rng.IntN(5))
		all = append(all, slices.Repeat(points[i:i+1], int(weights[i]))...)
	}
	c, err := scenarios.NewCloud(points, weights)
	if err != nil {
		t.Fatal(err)
	}
	return c, all
}

// A frame with shares has the masses and distances of a frame in which its particles are repeated, and the standard
// errors of its effective size.
func TestFramesWithSharesAreMeasuredLikeRepeatedParticles(t *testing.T) {
	c, all := sharedFrame(t, 1500)
	in := Instruments{Objectives: density.NewObjectives(simtest.Divergences(t)), Effort: true, Response: true}
	got, want := &Report{}, &Report{}
	watching(t, "uneven-ring", len(c.Points)).WatchReport(got, Watched{Number: 1, Points: c.Points, Shares: c.Shares}, in)
	watching(t, "uneven-ring", len(all)).WatchReport(want, Watched{Number: 1, Points: all}, in)
	simtest.Near(t, "TV", got.TV, want.TV, 1e-12)
	simtest.Near(t, "U", got.UnderCoverage, want.UnderCoverage, 1e-12)
	for k, o := range got.Objectives {
		if slices.Contains([]string{"reverse-kl", "jensen-shannon", "le-cam"}, o.ID) { // the others depend on what N particles resolve
			simtest.Near(t, o.ID, o.Value, want.Objectives[k].Value, 1e-10)
		}
	}
	for b := range got.Effort {
		simtest.Near(t, "the effort", got.Effort[b].Share, want.Effort[b].Share, 1e-10)
	}
	for k, r := range got.Regions {
		simtest.Near(t, "the mass of a region", r.ParticleMass, want.Regions[k].ParticleMass, 1e-12)
		simtest.Near(t, "its standard error", r.SE, math.Sqrt(r.ParticleMass*(1-r.ParticleMass)/c.EffectiveSize()), 1e-15)
	}
	if got.Outside != 30 || got.Effective != c.EffectiveSize() || want.Effective != float64(len(all)) {
		t.Errorf("%d particles are outside, the effective size is %g, without shares %g", got.Outside, got.Effective, want.Effective)
	}
	if got.UnderCoverageChange.FirstOrder != 0 || want.UnderCoverageChange.FirstOrder == 0 {
		t.Errorf("a frame with shares has the response %g, one without %g", got.UnderCoverageChange.FirstOrder, want.UnderCoverageChange.FirstOrder)
	}
}

// Weights scaled by 2ᵏ change no bit of a report, and shares go with a checkpoint and a new bandwidth.
func TestSharesAreKept(t *testing.T) {
	c, _ := sharedFrame(t, 400)
	scaled := slices.Clone(c.Shares)
	for i := range scaled {
		scaled[i] *= 8
	}
	again, err := scenarios.NewCloud(c.Points, scaled)
	if err != nil {
		t.Fatal(err)
	}
	f, r := watching(t, "three-modes", 400), &Report{}
	f.WatchReport(r, Watched{Number: 1, Points: c.Points, Shares: c.Shares}, Instruments{})
	tv, kept := r.TV, f.Checkpoint()
	f.WatchReport(r, Watched{Number: 2, Points: c.Points}, Instruments{})
	if r.TV == tv || r.Effective != 400 {
		t.Errorf("without shares TV is %g as well, of %g", r.TV, r.Effective)
	}
	f.WatchReport(r, Watched{Number: 3, Points: again.Points, Shares: again.Shares}, Instruments{})
	if r.TV != tv {
		t.Errorf("weights times 8 have TV %g, expected %g", r.TV, tv)
	}
	f.Restore(kept)
	if f.Report(r, Instruments{}); r.TV != tv || r.Effective != c.EffectiveSize() || r.Step != 1 {
		t.Errorf("back at the frame TV is %g of %g, expected %g of %g", r.TV, r.Effective, tv, c.EffectiveSize())
	}
	h := f.Settings().Bandwidth
	for _, h := range []float64{2 * h, h} {
		if err := f.SetBandwidth(h); err != nil {
			t.Fatal(err)
		}
	}
	if f.Report(r, Instruments{}); r.TV != tv {
		t.Errorf("after another bandwidth TV is %g, expected %g", r.TV, tv)
	}
	if got := f.Cloud(); !slices.Equal(got.Points, c.Points) || !slices.Equal(got.Shares, c.Shares) {
		t.Error("the cloud is not the frame")
	}
}

// The particles that are shown have the density of the mass.
func TestSomeParticlesAreChosenByShare(t *testing.T) {
	points, weights, atRight, all := simtest.Sample(1, 1000, 9), make([]float64, 1000), 0., 0.
	for i := range points {
		if weights[i] = 1; points[i].X > 0 {
			weights[i] = 9
			atRight += 9
		}
		all += weights[i]
	}
	c, err := scenarios.NewCloud(points, weights)
	if err != nil {
		t.Fatal(err)
	}
	f := watching(t, "three-modes", 1000)
	f.Watch(Watched{Number: 1, Points: c.Points, Shares: c.Shares})
	for _, limit := range []int{100, 10_000} {
		some, right := f.Some(nil, limit), 0
		for _, p := range some {
			if p.X > 0 {
				right++
			}
		}
		n := min(float64(limit), math.Round(c.EffectiveSize()))
		if share := float64(right) / n; float64(len(some)) != n || math.Abs(share-atRight/all) > 0.05 {
			t.Errorf("%d of %d particles are at the right, expected the share %g of %g", right, len(some), atRight/all, n)
		}
	}
}
