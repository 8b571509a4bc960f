package sim_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
)

// oracleCase is a cloud at one moment of a flow, with dense sums over it.
type oracleCase struct {
	t       *testing.T
	problem oracleProblem
	flow    *sim.Flow
	where   string
	cloud   oracleCloud
	places  []place  // of the particles
	plane   *lattice // over the padded window
	cells   *lattice // over the cells of the regions, nil if they are not compared
	refs    map[string]reference
	known   map[string]objective // of the cloud, by drift
}

// objective is the value of an objective with m.
type objective struct{ value, mean float64 }

// newOracleCase prepares the oracles of a flow.
func newOracleCase(t *testing.T, p oracleProblem, f *sim.Flow) *oracleCase {
	t.Helper()
	wide, bounds := p.mixture.smoothed(p.h), f.Grid().Bounds()
	return &oracleCase{t: t, problem: p, flow: f, plane: newLattice(bounds, p.h, wide), refs: p.references(bounds)}
}

// withRegions prepares the integrals over regions.
func (c *oracleCase) withRegions() *oracleCase {
	c.cells = newRegionLattice(c.flow.Grid(), c.flow.Target().Regions, c.problem.mixture.smoothed(c.problem.h))
	return c
}

// update evaluates the dense sums of the current particles.
func (c *oracleCase) update() {
	points := make([]scenarios.Point, c.flow.Settings().Particles)
	c.flow.Points(points)
	c.cloud = oracleCloud{points, c.problem.h}
	wide := c.problem.mixture.smoothed(c.problem.h).logarithm()
	c.places = c.places[:0]
	for _, b := range points {
		at := place{x: b.X, y: b.Y}
		at.logP, at.scoreP = wide.at(b.X, b.Y)
		at.logQ, at.scoreQ = c.cloud.log(b.X, b.Y)
		c.places = append(c.places, at)
	}
	c.known = map[string]objective{}
	c.plane.set(c.cloud)
	if c.cells != nil {
		c.cells.set(c.cloud)
	}
}

// objectiveOf is the objective of a drift.
func (c *oracleCase) objectiveOf(d oracleDrift) objective {
	o, ok := c.known[d.text]
	if !ok {
		o.value, o.mean = d.objective(c.plane, c.cloud.peak(), c.refs)
		c.known[d.text] = o
	}
	return o
}

// state compares what does not depend on the drift.
func (c *oracleCase) state(u coverage) (list []comparison) {
	c.t.Helper()
	r, all := &sim.Report{}, oracleDrifts()
	var programs []divergences.Divergence
	for _, d := range oracleDivergences() {
		programs = append(programs, d.divergence(c.t))
	}
	c.flow.Report(r, sim.Instruments{Objectives: density.NewObjectives(programs), Functional: u.functional(c.t)})
	for k, o := range r.Objectives {
		list = append(list, comparison{"objective", c.where + ": " + all[k].text, relative(o.Value, c.objectiveOf(all[k]).value, 1e-3)})
	}
	// What the kernels put beyond the window counts as well.
	apart := c.plane.integral(func(at *point) float64 { return math.Abs(at.p - at.q) })
	beyond := 1 - c.plane.integral(func(at *point) float64 { return at.q })
	under := c.plane.integral(func(at *point) float64 { return at.p * u.density(at.logR) })
	list = append(list, comparison{"TV", c.where, relative(r.TV, (apart+beyond)/2, 1e-3)},
		comparison{"U", c.where + ": " + u.id, relative(r.UnderCoverage, under, 1e-3)})
	if c.cells != nil {
		list = append(list, c.regions(r, u)...)
	}
	return list
}

// regions compares masses and U by region, relative to at least a hundredth.
func (c *oracleCase) regions(r *sim.Report, u coverage) (list []comparison) {
	n := len(r.Regions)
	ofTarget := c.cells.byRegion(n, func(at *point) float64 { return at.p })
	ofParticles := c.cells.byRegion(n, func(at *point) float64 { return at.q })
	under := c.cells.byRegion(n, func(at *point) float64 { return at.p * u.density(at.logR) })
	for k, region := range r.Regions {
		where := fmt.Sprintf("%s: region %d", c.where, k+1)
		list = append(list, comparison{"target mass", where, relative(region.Mass, ofTarget[k], 0.01)},
			comparison{"particle mass", where, relative(region.ParticleMass, ofParticles[k], 0.01)},
			comparison{"U of a region", where + ", " + u.id, relative(region.UnderCoverage, under[k], 0.01)})
	}
	return list
}

// driftCase is a case under one drift.
type driftCase struct {
	*oracleCase
	drift   oracleDrift
	where   string
	motions []motion
}

// under drives the flow by a drift, and evaluates what it does to the particles.
func (c *oracleCase) under(d oracleDrift) *driftCase {
	c.t.Helper()
	if err := c.flow.SetDrift(d.spec(c.t), sim.Plugin); err != nil {
		c.t.Fatalf("%s: %s: %v", c.where, d.text, err)
	}
	under := &driftCase{oracleCase: c, drift: d, where: c.where + ": " + d.text}
	for _, at := range c.places {
		under.motions = append(under.motions, d.motion(at, c.objectiveOf(d).mean, c.refs))
	}
	return under
}

// velocities compares V at the particles, in the root mean square.
func (c *driftCase) velocities() []comparison {
	v := make([]scenarios.Point, len(c.motions))
	c.flow.Velocities(v)
	off, size := 0.0, 0.0
	for j, m := range c.motions {
		d := vec{v[j].X, v[j].Y}.minus(m.velocity)
		off += d.dot(d)
		size += m.velocity.dot(m.velocity)
	}
	return []comparison{{"velocity", c.where, math.Sqrt(off / size)}}
}

// step compares what a report says of the next step.
func (c *driftCase) step(u coverage) []comparison {
	c.t.Helper()
	r := &sim.Report{}
	c.flow.Report(r, sim.Instruments{Functional: u.functional(c.t), Response: true, Effort: true})
	o := c.objectiveOf(c.drift)
	list := []comparison{
		{"active objective", c.where, relative(r.Active, o.value, 1e-3)},
		{"length of a step", c.where, beyondInterval(r.StepDT, c.unitStep(1), c.unitStep(-1))},
	}
	if c.drift.divergence == nil {
		list = append(list, comparison{"mean of log r", c.where, relative(r.Mean, o.mean, 0.1)})
	}
	f := c.forecast(u, r.StepDT)
	where := c.where + ", " + u.id
	list = append(list,
		f.square.compare("mean square", c.where, r.SquareVelocity.Velocity*r.StepDT),
		f.squareLimited.compare("mean square, limited", c.where, r.SquareVelocity.Taken*r.StepDT),
		f.population.compare("population", where, r.UnderCoverageChange.Population),
		f.populationLimited.compare("population, limited", where, r.UnderCoverageChange.Taken),
		f.gross.compare("gross change", where, r.UnderCoverageGross))
	return append(list, c.effort(r)...)
}

// mean is an expectation over the particles, with that of its size, which does not cancel, and the
// largest size of one particle.
type mean struct{ value, size, largest float64 }

func (m *mean) add(v float64) {
	m.value += v
	m.size += math.Abs(v)
	m.largest = math.Max(m.largest, math.Abs(v))
}

// few marks a quantity of which one particle makes a large part. The program combines the values at
// the nodes around a particle to that at the particle, up to fourth order in the spacing. For a weight that
// grows by a multiple within the cell of a lone particle, as r^2.5 does, that is an error of several
// per cent, which averages out over many particles alone.
const (
	few      = ", few particles"
	fewShare = 0.05
)

// quantity is the name of a quantity, with few if a particle makes a large part of the mean.
func (m mean) quantity(name string) string {
	if m.largest > fewShare*m.size {
		return name + few
	}
	return name
}

// compare compares a number with the mean, relative to its size.
func (m mean) compare(name, where string, got float64) comparison {
	return comparison{m.quantity(name), where, math.Abs(got-m.value) / m.size}
}

// forecasts are E[V·dx], −E[κ β·dx] and E|κ β·dx|, by V·dt and by what the limits leave of it.
type forecasts struct {
	square, squareLimited, population, populationLimited, gross mean
}

func (c *driftCase) forecast(u coverage, dt float64) (f forecasts) {
	n := float64(len(c.motions))
	for _, m := range c.motions {
		repair := m.beta.times(-u.sensitivity(clampTo(m.logR, clippedAt)) / n)
		step, limited := m.velocity.times(dt), m.limited(dt, c.problem.h, 1)
		f.square.add(m.velocity.dot(step) / n)
		f.squareLimited.add(m.velocity.dot(limited) / n)
		f.population.add(repair.dot(step))
		f.populationLimited.add(repair.dot(limited))
		f.gross.add(math.Abs(repair.dot(limited)))
	}
	return f
}

// unitStep is dt = 0.4h²/E[min(w, w₉₈)], with the weight of the particle that comes twice later after
// w₉₈ in their order. Heavy weights of neighbours in that order are far apart, and the program counts
// the nodes around a particle one by one, so that w₉₈ lies between those of a few neighbours.
func (c *driftCase) unitStep(later int) float64 {
	var sizes []float64
	for _, m := range c.motions {
		sizes = append(sizes, m.size)
	}
	slices.Sort(sizes)
	most, mean := sizes[len(sizes)*98/100-1+2*later], 0.0
	for _, w := range sizes {
		mean += math.Min(w, most) / float64(len(sizes))
	}
	return 0.4 * squareOf(c.problem.h) / mean
}

// beyondInterval is by how much a number is outside an interval, relative to its nearer end.
func beyondInterval(v, from, to float64) float64 {
	return math.Max(0, math.Max(from/v, v/to)-1)
}

// effort compares the shares of E[V·β] by band and by region, and those that the limits leave.
func (c *driftCase) effort(r *sim.Report) (list []comparison) {
	bands, regions := newShares(len(r.Effort)), newShares(len(r.Regions))
	bandsTaken, regionsTaken := newShares(len(r.Effort)), newShares(len(r.Regions))
	total, taken := mean{}, mean{}
	for j, m := range c.motions {
		push, left := m.velocity.dot(m.beta), m.limited(r.StepDT, c.problem.h, 1).dot(m.beta)
		total.add(push)
		taken.add(left)
		band, near := c.bandsAround(r.Effort, m)
		bands.add(push, band, near...)
		bandsTaken.add(left, band, near...)
		region, around := c.regionsAround(c.cloud.points[j])
		regions.add(push, region, around...)
		regionsTaken.add(left, region, around...)
	}
	for b, band := range r.Effort {
		where := fmt.Sprintf("%s: band %d", c.where, b)
		list = append(list, bands.compare("effort by band", where, b, band.Share, total),
			bandsTaken.compare("effort by band", where+", limited", b, band.Taken, taken))
	}
	for k, region := range r.Regions {
		where := fmt.Sprintf("%s: region %d", c.where, k+1)
		list = append(list, regions.compare("effort by region", where, k, region.Effort, total),
			regionsTaken.compare("effort by region", where+", limited", k, region.EffortTaken, taken))
	}
	return list
}

// bandsAround are the band of a particle and those of the nodes around it.
func (c *driftCase) bandsAround(bands []sim.Band, m motion) (band int, near []int) {
	dx := c.flow.Grid().Spacing
	// How far log r is at most from that of a node around, with the curvature of a kernel.
	reach := dx*(math.Abs(m.beta.x)+math.Abs(m.beta.y)) + squareOf(dx/c.problem.h)
	of := func(logR float64) int {
		for b := range bands {
			if logR < bands[b].Hi {
				return b
			}
		}
		return len(bands) - 1
	}
	return of(m.logR), []int{of(m.logR - reach), of(m.logR + reach)}
}

// regionsAround are the region of a particle and those of the nodes around it.
func (c *driftCase) regionsAround(at scenarios.Point) (region int, near []int) {
	regions, dx := c.flow.Target().Regions, c.flow.Grid().Spacing
	for _, d := range []vec{{-dx, -dx}, {dx, -dx}, {-dx, dx}, {dx, dx}} {
		near = append(near, regions.At(scenarios.Point{X: at.X + d.x, Y: at.Y + d.y}))
	}
	return regions.At(at), near
}

// shares are sums over the particles by class. The program spreads a particle over the nodes of its
// cell, so that one near a border counts in both classes; unsure is the sum of the squares of those.
type shares struct{ sum, unsure []float64 }

func newShares(n int) shares { return shares{make([]float64, n), make([]float64, n)} }

// add adds a particle of a class, and of neighbouring classes within its cell.
func (s shares) add(v float64, class int, near ...int) {
	s.sum[class] += v
	slices.Sort(near)
	for _, k := range slices.Compact(near) {
		if k != class {
			s.unsure[k] += v * v
			s.unsure[class] += v * v
		}
	}
}

// compare compares a share of the mean of sizes, but for what the unsure particles explain, each on its
// own side of a border as likely as on the other.
func (s shares) compare(name, where string, k int, share float64, of mean) comparison {
	off := math.Abs(share-s.sum[k]/of.size) - math.Sqrt(s.unsure[k])/of.size
	return comparison{of.quantity(name), where, math.Max(0, off)}
}
