package check

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/target"
)

const (
	// densePoints is the number of particles of a dense sum, denseSteps that of the steps of
	// reverse KL that lead to them.
	densePoints = 600
	denseSteps  = 5
	// objectiveTolerance bounds the relative error of an objective.
	objectiveTolerance = 0.02
	// objectiveFloor is the size of an objective below which the error is absolute.
	objectiveFloor = 1e-3
)

// denseDensity is the density of particles at the nodes of a grid, by dense sums of kernels that
// are not truncated.
type denseDensity struct {
	points []scenarios.Point
	target *target.OnGrid
	logQ   []float64
}

// dense computes the particles and their density once for all drifts.
func (c *checker) dense() (*denseDensity, error) {
	if c.denseCloud != nil {
		return c.denseCloud, nil
	}
	settings := sim.DefaultSettings(c.scenario, divergences.SpecFromDrift(divergences.NewDrift(divergences.ReverseKL{})))
	settings.Particles = densePoints
	f, err := sim.NewOn(c.targets, c.scenario, settings)
	if err != nil {
		return nil, err
	}
	for range denseSteps {
		f.Step()
	}
	d := &denseDensity{points: pointsOf(f), target: f.Target()}
	d.logQ = make([]float64, d.target.Grid.Len())
	c.workers.Ranges(len(d.logQ), func(from, to int) {
		for i := from; i < to; i++ {
			d.logQ[i] = logKernelMean(d.points, d.target.Grid.Node(i), settings.Bandwidth)
		}
	})
	c.denseCloud = d
	return d, nil
}

// logKernelMean is the logarithm of the mean of Gaussians about the points.
func logKernelMean(points []scenarios.Point, at scenarios.Point, h float64) float64 {
	exponent := func(p scenarios.Point) float64 {
		dx, dy := (p.X-at.X)/h, (p.Y-at.Y)/h
		return -(dx*dx + dy*dy) / 2
	}
	top := math.Inf(-1)
	for _, p := range points {
		top = max(top, exponent(p))
	}
	sum := 0.0
	for _, p := range points {
		sum += portable.Exp(exponent(p) - top)
	}
	return top + math.Log(sum/(2*math.Pi*h*h*float64(len(points))))
}

// objective compares the objective of an f-divergence with an integral over the dense density.
func (c *checker) objective(subject string, d divergences.Drift) error {
	const quantity, expected = "objective of 600 particles, and by dense sums", "differ by ≤ 2 %"
	cloud, err := c.dense()
	if err != nil {
		return err
	}
	s, settings := c.scenario, sim.DefaultSettings(c.scenario, divergences.SpecFromDrift(d))
	s.Start.Sampler, settings.Particles = fixedPoints(cloud.points), densePoints
	f, err := sim.NewOn(c.targets, s, settings)
	if err != nil {
		return err
	}
	got, want := c.program.objective(f), cloud.objective(d, settings.Bandwidth)
	c.add(subject, Objective, quantity, expected, math.Abs(got-want) <= objectiveTolerance*max(math.Abs(want), objectiveFloor), got, want)
	return nil
}

// objective is ∫ q f(p/q) dx; a weight that grows without bound is continued above c(x), where
// p is c times the density of one particle at half a bandwidth.
func (d *denseDensity) objective(drift divergences.Drift, h float64) (sum float64) {
	logOne := -1./8 - math.Log(2*math.Pi*h*h*float64(len(d.points)))
	for i, logQ := range d.logQ {
		logP := d.target.LogP[i]
		if max(logP, logQ) < math.Log(1e-40) {
			continue
		}
		// Deeper tails add p·f′(∞), as they do here.
		logQ = max(logQ, logP-4*math.Ln10*3)
		logR, logC := logP-logQ, math.Inf(1)
		if drift.GrowsWithR() {
			logC = max(logP-logOne, 0)
		}
		sum += portable.Exp(logQ) * continuedF(drift, logR, logC)
	}
	return sum * d.target.Grid.Area()
}

// continuedF is f(r), above c with the constant weight w(c): f + f′·(r − c) + w·(r/c − 1 − ln(r/c))
// with f, f′ and w at c, f′ by differences.
func continuedF(d divergences.Drift, logR, logC float64) float64 {
	f := func(l float64) float64 { return d.Integrand(divergences.LogRatios{LogR: l}) }
	if logR <= logC {
		return f(logR)
	}
	const e = 1e-4
	excess := logR - logC
	slope := (f(logC+e) - f(logC-e)) / (2 * e) // c f′(c)
	w := d.Velocity(divergences.LogRatios{LogR: logC}).Beta
	return f(logC) + (slope+w)*math.Expm1(excess) - w*excess
}
