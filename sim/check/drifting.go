package check

import (
	"math"
	"math/rand/v2"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

const (
	// driftingSamples of the target, and as many particles, are compared.
	driftingSamples = 20_000
	// driftingTolerance bounds the relative RMS difference; the gradient on the grid has an error of
	// up to 5 %.
	driftingTolerance = 0.06
)

// drifting compares the field of drifting models under the Gaussian kernel with h² times the reverse-KL
// drift between the same samples of the target and the same particles, ∇log p_h − ∇log q_h with the density
// estimates of both.
func (c *checker) drifting() error {
	const check, quantity = "drifting", "drifting field under the Gaussian kernel against h² × the reverse-KL drift, relative RMS"
	sampler := c.scenario.Truth.Sampler
	if sampler == nil {
		c.without(c.scenario.ID, check, quantity, "the target has no exact sampler")
		return nil
	}
	spec, err := divergences.Standard().Spec(sim.MoverObjective, nil)
	if err != nil {
		return err
	}
	settings := sim.DefaultSettings(c.scenario, spec)
	settings.Particles = driftingSamples
	f, err := sim.NewOn(c.targets, c.scenario, settings)
	if err != nil {
		return err
	}
	for range underWay {
		f.Step()
	}
	cloud, samples := pointsOf(f), make([]scenarios.Point, driftingSamples)
	sampler.Sample(samples, rand.New(rand.NewPCG(1, 2)))
	field, err := c.program.drifting(settings.Bandwidth, f.Grid().Bounds())
	if err != nil {
		c.without(c.scenario.ID, check, quantity, err.Error())
		return nil
	}
	field.Set(samples, cloud)
	v := make([]grid.Vector, len(cloud))
	field.At(v, cloud)
	off, size := 0.0, 0.0
	scores, h := c.scoresOf(f, samples, cloud), settings.Bandwidth
	for i := range cloud {
		if s := scores[i]; !math.IsNaN(s.X + s.Y) {
			d := grid.Vector{X: v[i].X - h*h*s.X, Y: v[i].Y - h*h*s.Y}
			off, size = off+d.Dot(d), size+h*h*h*h*s.Dot(s)
		}
	}
	rms := math.Sqrt(off / size)
	c.add(c.scenario.ID, check, quantity, "≤ 6 %", rms <= driftingTolerance, rms)
	return nil
}

// scoresOf are ∇log p_h − ∇log q_h at the points of a cloud, by finite differences of the estimates on a grid of
// half the spacing; NaN farther than two bandwidths from all samples, where the truncated kernel ends.
func (c *checker) scoresOf(f *sim.Flow, samples, cloud []scenarios.Point) []grid.Vector {
	k := f.Settings().Kernel()
	k.Spacing = f.Grid().Spacing / 2
	logs := func(points []scenarios.Point) (grid.Grid, []float64) {
		e, err := density.New(c.scenario, k)
		if err != nil {
			return grid.Grid{}, nil
		}
		e.Set(points)
		list := make([]float64, len(e.Q()))
		for i, q := range e.Q() {
			list[i] = math.Log(q)
		}
		return e.Grid(), list
	}
	g, p := logs(samples)
	_, q := logs(cloud)
	list := make([]grid.Vector, len(cloud))
	h := k.Bandwidth
	least := -2 - math.Log(2*math.Pi*h*h*float64(len(samples))) // of one sample at 2 h
	for i, at := range cloud {
		near, px, py := g.Interpolate(p, at)
		_, qx, qy := g.Interpolate(q, at)
		list[i] = grid.Vector{X: px - qx, Y: py - qy}
		if !(near >= least) {
			list[i] = grid.Vector{X: math.NaN(), Y: math.NaN()}
		}
	}
	return list
}
