package diagnosis

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/sim/chains"
	"undercurrent/sim/target"
)

// Bounds of what is kept of frames.
const (
	// MaxChains is the largest number of particles that are chains. Of more particles these are evenly spaced ones.
	MaxChains = 512
	// MaxDraws is the largest number of draws of all chains.
	MaxDraws = 1 << 18
)

// Collector makes chains of frames in which the particles keep their order: each particle is a chain, and the frames are
// its draws. Its memory is bounded: of N particles at most MaxChains are followed, the particles 1 + ⌊cN/n⌋ for c < n, and
// where there are more frames than MaxDraws allows, they are thinned as [chains.Recorder] says.
type Collector struct {
	particles int
	followed  []int // particles
	against   Regions
	recorder  *chains.Recorder
	step      chains.Step
}

// Regions are what chains of frames are compared with.
type Regions struct {
	// On has the regions, nil for none.
	On *target.OnGrid
	// Own reports whether no target was given: the masses of the regions are then the shares of all draws.
	Own bool
	// Target has the log-density of draws, nil where it is not known.
	Target scenarios.Target
}

// count is the number of regions.
func (r Regions) count() int {
	if r.On == nil {
		return 0
	}
	return len(r.On.Regions.List)
}

// NewCollector prepares for frames of a number of particles, at least one.
func NewCollector(particles int, against Regions) *Collector {
	return newCollector(particles, against, MaxChains, MaxDraws)
}

func newCollector(particles int, against Regions, maxChains, maxDraws int) *Collector {
	c := &Collector{particles: particles, against: against}
	n := min(particles, maxChains)
	for k := range n {
		c.followed = append(c.followed, k*particles/n)
	}
	c.step.Positions = [][]float64{make([]float64, n), make([]float64, n)}
	if against.Target != nil {
		c.step.LogDensity = make([]float64, n)
	}
	regions := against.count()
	if regions > 0 {
		c.step.Regions = make([]int, n)
	}
	c.recorder = chains.NewRecorder(n, len(c.step.Positions), maxDraws/n/2*2, against.Target != nil, regions)
	return c
}

// Add adds a frame. Its particles must be as many as those of the others, and finite.
func (c *Collector) Add(frame []scenarios.Point) {
	for k, particle := range c.followed {
		p := frame[particle]
		c.step.Positions[0][k], c.step.Positions[1][k] = p.X, p.Y
		if c.step.LogDensity != nil {
			c.step.LogDensity[k] = c.against.Target.LogDensity(p.X, p.Y)
		}
		if c.step.Regions != nil {
			c.step.Regions[k] = regionAt(c.against.On, p)
		}
	}
	c.recorder.Add(c.step)
}

// Frames returns the number of frames so far.
func (c *Collector) Frames() int { return c.recorder.Draws() }

// Draws returns a copy of the draws so far, and of their regions, nil without any.
func (c *Collector) Draws() (Draws, *Target) {
	record := c.recorder.Record()
	d := Draws{Names: []string{"x", "y"}, Gathered: &Gathered{Particles: c.particles, Frames: record.Draws, Every: record.Every, record: record}}
	for _, chain := range record.Positions[0] {
		d.Lengths = append(d.Lengths, len(chain))
	}
	for _, coordinate := range record.Positions {
		d.Columns = append(d.Columns, joined(coordinate))
	}
	d.LogDensity = joined(record.LogDensity)
	if c.against.count() == 0 {
		return d, nil
	}
	t := regionsIn(c.against.On)
	t.Regions = joined(record.Regions)
	if c.against.Own {
		t.fromDraws()
	}
	return d, t
}

// Compared are draws of two coordinates with their regions, and the log-density of the target where they have none. There
// must be regions.
func (r Regions) Compared(d Draws) (Draws, *Target) {
	x, y := d.Columns[0], d.Columns[1]
	if d.LogDensity == nil && r.Target != nil {
		d.LogDensity = LogDensities(r.Target, x, y)
	}
	t := Against(r.On, x, y)
	if r.Own {
		t.fromDraws()
	}
	return d, t
}

// joined are chains one after the other, nil without any.
func joined[T any](chains [][]T) (all []T) {
	for _, chain := range chains {
		all = append(all, chain...)
	}
	return all
}

// Gathered says which particles of which frames draws are.
type Gathered struct {
	// Particles is the number of particles of a frame, Frames that of the frames, of which every Every-th is kept.
	Particles, Frames, Every int

	record *chains.Record
}

// thinned is what is known of all frames where not all are kept, nil where they are, and for a file.
func (g *Gathered) thinned() *chains.Record {
	if g == nil || !g.record.Thinned() {
		return nil
	}
	return g.record
}

// DrawWord is the unit of what is counted between draws: frames where not every frame is a draw.
func (r *Report) DrawWord() string {
	if r.Gathered.thinned() != nil {
		return "frames"
	}
	return "draws"
}

// Short is Text where there is little room.
func (g *Gathered) Short(chains int) string {
	text := fmt.Sprintf("%d chains", chains)
	if chains < g.Particles {
		text = fmt.Sprintf("%d of %d chains", chains, g.Particles)
	}
	if g.Every == 1 {
		return fmt.Sprintf("%s, frames 1–%d", text, g.Frames)
	}
	return fmt.Sprintf("%s, 1 in %d of %d frames", text, g.Every, g.Frames)
}

// Text says which of the particles are chains, and how many frames their draws are of.
func (g *Gathered) Text(chains int) string {
	text := fmt.Sprintf("%d particles are chains", chains)
	if chains < g.Particles {
		text = fmt.Sprintf("%d of %d particles are chains", chains, g.Particles)
	}
	switch {
	case g.Frames == 1:
		return text + "; their draw is 1 frame"
	case g.Every == 1:
		return fmt.Sprintf("%s; their draws are %d frames", text, g.Frames)
	}
	return fmt.Sprintf("%s; their draws are 1 in %d of %d frames", text, g.Every, g.Frames)
}
