package sim_test

import (
	"fmt"
	"math"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// variation is δU/δq of a coverage measure.
func (c coverage) variation(logR float64) float64 {
	if c.id == "deficit" {
		return -sigmoid((1 - math.Exp(-logR)) / c.s)
	}
	v := sigmoid((logR - math.Log(c.tau)) / c.s)
	return -math.Exp(logR) * v * (1 - v) / c.s
}

// edge is a piece of the border between two regions, with a point of a rule of Gauss–Legendre.
type edge struct {
	at       scenarios.Point
	normal   vec // from the first region to the second, times the length
	from, to int
}

// edges are the borders between the cells of different regions.
func (c *oracleCase) edges() (all []edge) {
	g, labels := c.flow.Grid(), c.flow.Target().Regions.Labels
	add := func(i, j int, at, along vec, normal vec) {
		if labels[i] == labels[j] {
			return
		}
		for _, s := range []float64{-1 / math.Sqrt(12), 1 / math.Sqrt(12)} {
			all = append(all, edge{scenarios.Point{X: at.x + s*along.x, Y: at.y + s*along.y}, normal.times(0.5), int(labels[i]), int(labels[j])})
		}
	}
	for iy := range g.NY - 1 {
		for ix := range g.NX - 1 {
			i, d := iy*g.NX+ix, g.Spacing
			at := vec{g.X(ix), g.Y(iy)}
			add(i, i+1, at.plus(vec{d / 2, 0}), vec{0, d}, vec{d, 0})
			add(i, i+g.NX, at.plus(vec{0, d / 2}), vec{d, 0}, vec{0, d})
		}
	}
	return all
}

// crossings are what crosses the borders of every region in a step, in mass and in a coverage measure,
// with the sum of sizes over the edges.
type crossings struct {
	mass, coverage         []float64
	massSize, coverageSize float64
}

// flux integrates q dx·n and q dx·n δU/δq over the edges, where dx is what the limits leave of V·dt.
func (c *driftCase) flux(edges []edge, u coverage, dt float64, regions int) crossings {
	x := crossings{mass: make([]float64, regions), coverage: make([]float64, regions)}
	log := c.problem.mixture.smoothed(c.problem.h).logarithm()
	for _, e := range edges {
		at := place{x: e.at.X, y: e.at.Y}
		at.logP, at.scoreP = log.at(at.x, at.y)
		if at.logQ, at.scoreQ = c.cloud.log(at.x, at.y); math.IsInf(at.logQ, -1) {
			continue
		}
		m := c.drift.motion(at, c.objectiveOf(c.drift).mean, c.refs)
		across := math.Exp(at.logQ) * m.limited(dt, c.problem.h, 1).dot(e.normal)
		psi := u.variation(clampTo(m.logR, clippedAt))
		x.mass[e.from] -= across
		x.mass[e.to] += across
		x.coverage[e.from] -= across * psi
		x.coverage[e.to] += across * psi
		x.massSize += math.Abs(across)
		x.coverageSize += math.Abs(across * psi)
	}
	return x
}

func TestOracleOfFluxesAcrossBorders(t *testing.T) { oracleOfFluxes(t, 1) }

// oracleOfFluxes compares what crosses the borders of regions, with the limits of a step: without them,
// it is p²/q and more under weights that grow, where no particle is. On nine nodes per bandwidth, half
// of the drifts on each mixture.
func oracleOfFluxes(t *testing.T, mixtures ...int) {
	t.Helper()
	l := newLedger(t, tolerances{"mass across": 0.02, "coverage across": 0.02})
	for turn, k := range mixtures {
		c, u := oracleUnderWay(t, k), coverages()[turn]
		c.where = fmt.Sprintf("mixture %d", k)
		c.onNodes(9, func() {
			c.update()
			edges := c.edges()
			for i, d := range oracleDrifts() {
				if i%2 == turn%2 {
					l.add(c.under(d).crossings(edges, u)...)
				}
			}
		})
	}
	l.log("across borders")
}

// crossings compares the changes of all regions, of which those of the coverage measure have a part
// of their own particles.
func (c *driftCase) crossings(edges []edge, u coverage) (list []comparison) {
	c.t.Helper()
	r := &sim.Report{}
	c.flow.Report(r, sim.Instruments{Functional: u.functional(c.t), Response: true})
	x := c.flux(edges, u, r.StepDT, len(r.Regions))
	for j, m := range c.motions {
		repair := -u.sensitivity(clampTo(m.logR, clippedAt)) * m.limited(r.StepDT, c.problem.h, 1).dot(m.beta) / float64(len(c.motions))
		x.coverage[c.flow.Target().Regions.At(c.cloud.points[j])] += repair
		x.coverageSize += math.Abs(repair)
	}
	for k, region := range r.Regions {
		where := fmt.Sprintf("%s: region %d", c.where, k+1)
		list = append(list, comparison{"mass across", where, math.Abs(region.MassChange.Taken-x.mass[k]) / x.massSize},
			comparison{"coverage across", where, math.Abs(region.UnderCoverageChange.Taken-x.coverage[k]) / x.coverageSize})
	}
	return list
}
