package sim

import (
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// regionCounts counts particles by region, and by region of origin, and those that have been copied.
type regionCounts struct {
	regions          int
	workers          []workerCounts
	byRegion, copied []int // of all workers

	making struct { // input of the workers
		particles *particles
		regions   *target.Regions
	}
	run func(worker, from, to int)
}

// workerCounts are the counts of one worker: by origin and region, those of unknown origin last, and of the copied
// particles by region.
type workerCounts struct{ byOrigin, copied []int }

// count counts the particles in each region and, if origins are known, by origin and region.
func (c *regionCounts) count(p *particles, regions *target.Regions, w *grid.Workers) {
	if n := len(regions.List); c.regions != n || c.run == nil {
		*c = regionCounts{regions: n, workers: make([]workerCounts, w.Size()), byRegion: make([]int, n), copied: make([]int, n)}
		for k := range c.workers {
			c.workers[k] = workerCounts{make([]int, (n+1)*n), make([]int, n)}
		}
		c.run = c.countRange
	}
	for k := range c.workers {
		clear(c.workers[k].byOrigin)
		clear(c.workers[k].copied)
	}
	c.making.particles, c.making.regions = p, regions
	w.Each(len(p.points), grid.ParticlesAtOnce, c.run)
}

func (c *regionCounts) countRange(worker, from, to int) {
	p, counts := c.making.particles, &c.workers[worker]
	var memory [block]uint16
	for ; from < to; from += block {
		end := min(from+block, to)
		regions := memory[:end-from]
		c.making.regions.OfEach(regions, p.points[from:end])
		switch {
		case !p.origins.known() && p.ancestors == nil:
			unknown := counts.byOrigin[c.regions*c.regions:]
			for _, region := range regions {
				unknown[region]++
			}
		case !p.origins.known() || p.indices != nil || p.ancestors != nil:
			for k, region := range regions {
				counts.addOne(p, from+k, int(region), c.regions)
			}
		case p.origins.few != nil:
			addEach(counts, p.origins.few[from:end], regions, c.regions)
		default:
			addEach(counts, p.origins.many[from:end], regions, c.regions)
		}
	}
}

// addEach counts particles with their origins, of which the largest number, of no region, is n or more.
func addEach[T uint8 | uint16](c *workerCounts, origins []T, regions []uint16, n int) {
	byOrigin := c.byOrigin
	regions = regions[:len(origins)]
	for k, origin := range origins {
		byOrigin[min(int(origin), n)*n+int(regions[k])]++
	}
}

// addOne counts the i-th of the points.
func (c *workerCounts) addOne(p *particles, i, region, n int) {
	origin := n
	if p.copied(i) {
		c.copied[region]++
	}
	if p.origins.known() {
		if known, ok := p.origins.at(p.ancestor(p.index(i))); ok {
			origin = known
		}
	}
	c.byOrigin[origin*n+region]++
}

// addTo adds the counts by origin and region to transport and returns those by region and of the
// copied particles, valid until the next count.
func (c *regionCounts) addTo(transport [][]int) (byRegion, copied []int) {
	clear(c.byRegion)
	clear(c.copied)
	for w := range c.workers {
		counts := &c.workers[w]
		for a := range c.regions + 1 {
			for b, n := range counts.byOrigin[a*c.regions : (a+1)*c.regions] {
				if c.byRegion[b] += n; a < len(transport) {
					transport[a][b] += n
				}
			}
		}
		for b, n := range counts.copied {
			c.copied[b] += n
		}
	}
	return c.byRegion, c.copied
}
