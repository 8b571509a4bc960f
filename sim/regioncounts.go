package sim

import (
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// regionCounts counts particles by region, and by region of origin, and those that have been copied.
type regionCounts struct {
	regions int
	workers []workerCounts

	making struct { // input of the workers
		particles *particles
		regions   *target.Regions
	}
	run func(worker, from, to int)
}

// workerCounts are the counts of one worker: by region, by origin and region, and of the copied
// particles by region.
type workerCounts struct{ byRegion, byOrigin, copied []int }

// count counts the particles in each region and, if origins are known, by origin and region.
func (c *regionCounts) count(p *particles, regions *target.Regions, w *grid.Workers) {
	if n := len(regions.List); c.regions != n || c.run == nil {
		*c = regionCounts{regions: n, workers: make([]workerCounts, w.Size())}
		for k := range c.workers {
			c.workers[k] = workerCounts{make([]int, n), make([]int, n*n), make([]int, n)}
		}
		c.run = c.countRange
	}
	for k := range c.workers {
		clear(c.workers[k].byRegion)
		clear(c.workers[k].byOrigin)
		clear(c.workers[k].copied)
	}
	c.making.particles, c.making.regions = p, regions
	w.Each(len(p.points), grid.ParticlesAtOnce, c.run)
}

func (c *regionCounts) countRange(worker, from, to int) {
	p, counts := c.making.particles, &c.workers[worker]
	for i, point := range p.points[from:to] {
		k := c.making.regions.At(point)
		counts.byRegion[k]++
		if !p.origins.known() {
			continue
		}
		if p.copied(from + i) {
			counts.copied[k]++
		}
		if origin, ok := p.origins.at(p.ancestor(p.index(from + i))); ok {
			counts.byOrigin[origin*c.regions+k]++
		}
	}
}

// addTo adds the counts by origin and region to transport and returns those by region and of the
// copied particles, valid until the next count.
func (c *regionCounts) addTo(transport [][]int) (byRegion, copied []int) {
	byRegion, copied = c.workers[0].byRegion, c.workers[0].copied
	for w := range c.workers {
		for a := range transport {
			for b := range transport[a] {
				transport[a][b] += c.workers[w].byOrigin[a*c.regions+b]
			}
		}
		if w > 0 {
			for k, n := range c.workers[w].byRegion {
				byRegion[k] += n
				copied[k] += c.workers[w].copied[k]
			}
		}
	}
	return byRegion, copied
}
