package sim

import (
	"math"
	"math/bits"
	"math/rand/v2"

	"undercurrent/internal/portable"
	"undercurrent/internal/streams"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

// Birth–death moves mass between places that no path of particles connects. With Φ = δD/δq, which
// is f(r) − r f′(r) for an f-divergence, the flow is the gradient flow of D in the
// Wasserstein–Fisher–Rao metric (Lu, Lu and Nolen 2019; Rotskoff et al. 2019),
//
//	∂q/∂t = −∇·(qV) − λ q (Φ − E_q Φ).
//
// In a step of length dt the particle xᵢ has an event with probability pᵢ = 1 − exp(−λ dt |φᵢ|), where
// φᵢ = Φ − E_q Φ at its nearest node before the step, with the expectation over the particles. For
// φᵢ > 0 it dies: a copy of another particle, drawn uniformly, takes its place. For φᵢ < 0 it
// doubles: its copy takes the place of another one. N does not change.
//
// Events are drawn first, then the particles move, then the events are applied one after another in
// the order of the particles.

// copySpread is the standard deviation of a copy around its source, in bandwidths. Without it twins
// would take the same path for ever; a wide one blurs what the kernel resolves: 0.3 adds 9% to the
// variance of a copy under the kernel.
const copySpread = 0.3

// birthDeath computes the rates of birth–death at the nodes, draws the events of the particles and
// applies them.
type birthDeath struct {
	grid    grid.Grid
	workers *grid.Workers
	spread  float64 // of a copy

	time      float64   // λ·dt
	potential []float64 // −Φ, occupied nodes
	rows      []rowPotential
	mean      float64 // E[−Φ] over the particles
	largest   float64 // the largest p of all occupied nodes

	events [][]event // by chunk of grid.ParticlesAtOnce particles, in their order

	generators []generator // by worker

	making struct { // input of the workers
		field  *field
		curves *density.ObjectiveCurves // of a drift without a reference, like the table
		table  *weightTable
		stream streams.Stream
		points []scenarios.Point
		trials streams.Trials // which particles are candidates for an event
	}
	evaluateRow func(worker, from, to int)
}

// rowPotential is the range of the potential in a row, and its sum over the mass.
type rowPotential struct{ low, high, sum float64 }

// event is a birth or a death: a copy of a particle takes the place of another one, a little aside.
type event struct {
	to, from int32
	aside    scenarios.Point // in standard deviations of a copy
}

// generator draws the numbers of one event at a time.
type generator struct {
	source rand.PCG
	random *rand.Rand // of source
}

func newGenerators(n int) []generator {
	list := make([]generator, n)
	for k := range list {
		list[k].random = rand.New(&list[k].source)
	}
	return list
}

// event is that of the i-th of n particles, given its random bits in this step.
func (g *generator) event(i, n int, bits uint64, dies bool) event {
	g.source.Seed(streams.Scrambled(bits), uint64(i))
	other := g.random.IntN(n - 1)
	if other >= i {
		other++
	}
	e := event{to: int32(other), from: int32(i)}
	if dies {
		e.to, e.from = e.from, e.to
	}
	e.aside = scenarios.Point{X: g.random.NormFloat64(), Y: g.random.NormFloat64()}
	return e
}

func newBirthDeath(g grid.Grid, bandwidth float64, w *grid.Workers) *birthDeath {
	b := &birthDeath{grid: g, workers: w, spread: copySpread * bandwidth,
		potential: make([]float64, g.Len()), rows: make([]rowPotential, g.NY), generators: newGenerators(w.Size())}
	b.evaluateRow = grid.OneByOne(b.potentialRow)
	return b
}

// follow computes the rates at the nodes of an evaluated field, for a step with λ·dt = time.
func (b *birthDeath) follow(f *field, time float64) {
	b.time, b.making.field = time, f
	if f.drift.table != nil {
		b.making.curves, b.making.table = f.drift.curves(), f.drift.potentialTable()
	}
	b.workers.Rows(b.grid.NY, b.evaluateRow)
	low, high := math.Inf(1), math.Inf(-1)
	b.mean = 0
	for _, r := range b.rows {
		low, high = min(low, r.low), max(high, r.high)
		b.mean += r.sum
	}
	b.largest = b.probability(max(high-b.mean, b.mean-low))
}

// potentialRow computes −Φ at the occupied nodes of a row.
func (b *birthDeath) potentialRow(iy int) {
	f, r := b.making.field, rowPotential{low: math.Inf(1), high: math.Inf(-1)}
	first, end := f.deposit.Span(iy)
	tabulated := f.drift.table != nil && !f.drift.GrowsWithR()
	if tabulated {
		b.making.table.values(b.potential[first:end], f.logR[first:end])
	}
	for i := first; i < end; i++ {
		mass := f.deposit.Mass[i]
		if mass == 0 {
			continue
		}
		if !tabulated || !(math.Abs(f.logR[i]) <= ClipLogR) {
			b.potential[i] = b.potentialAt(f, i)
		}
		v := b.potential[i]
		r.low, r.high, r.sum = min(r.low, v), max(r.high, v), r.sum+mass*v
	}
	b.rows[iy] = r
}

// potentialAt is −Φ at an occupied node; see density.ObjectiveCurves.
func (b *birthDeath) potentialAt(f *field, i int) float64 {
	if f.drift.table == nil {
		v, _ := f.potential(i)
		return v
	}
	logR, beyond := f.logR[i], 0.0
	if f.drift.GrowsWithR() {
		beyond = f.density.Beyond(i)
	}
	if at := logR - beyond; !(math.Abs(at) <= ClipLogR) {
		return b.making.curves.Potential(logR, beyond)
	} else if beyond > 0 {
		return b.making.table.value(at) + f.drift.table.value(at)*beyond
	}
	return b.making.table.value(logR)
}

// probability is p for a rate.
func (b *birthDeath) probability(rate float64) float64 {
	if x := b.time * math.Abs(rate); x > 0 {
		return 1 - portable.Exp(-x)
	}
	return 0
}

// signed is p with the sign of the rate φ of a potential −Φ: positive for a death.
func (b *birthDeath) signed(potential float64) float64 {
	rate := b.mean - potential
	return math.Copysign(b.probability(rate), rate)
}

// nodes finds nodes of a grid.
type nodes struct {
	x0, y0, perSpacing float64
	nx                 int
}

func nodesOf(g grid.Grid) nodes { return nodes{g.X0, g.Y0, 1 / g.Spacing, g.NX} }

// nearest is the node nearest to a point within the bounds of the grid. It is occupied if a particle is
// at the point.
func (n nodes) nearest(p scenarios.Point) int {
	return int((p.Y-n.y0)*n.perSpacing+0.5)*n.nx + int((p.X-n.x0)*n.perSpacing+0.5)
}

// begin prepares to draw the events of particles, which are where the field was evaluated. Who moves them draws those of
// every chunk before it moves.
func (b *birthDeath) begin(s streams.Stream, points []scenarios.Point) {
	chunks := (len(points) + grid.ParticlesAtOnce - 1) / grid.ParticlesAtOnce
	for len(b.events) < chunks {
		b.events = append(b.events, nil)
	}
	for k := range b.events {
		b.events[k] = b.events[k][:0]
	}
	b.making.stream, b.making.points = s, points
	b.making.trials.Set(b.largest)
}

// batch is a number of particles whose candidates are looked at together.
const batch = streams.TrialsAtOnce

// candidates are the particles of a batch that may have an event.
type candidates struct {
	n         int
	particle  [batch]int32
	potential [batch]float64 // at their nodes
}

// draw draws the events of a chunk of grid.ParticlesAtOnce particles. Those that may have one are drawn first, with a
// probability that no rate exceeds, and then an event of each by its own rate.
func (b *birthDeath) draw(worker, from, to int) {
	var c candidates
	list := b.events[from/grid.ParticlesAtOnce]
	for first := from; first < to; first += batch {
		b.propose(&c, first, min(first+batch, to))
		list = b.decide(list, &c, &b.generators[worker])
	}
	b.events[from/grid.ParticlesAtOnce] = list
}

// propose draws the candidates. All positions are read before the first event is decided, so that no read waits for a
// decision: where the particles are in no cache that takes half of the time.
func (b *birthDeath) propose(c *candidates, from, to int) {
	c.n = 0
	const wordBits = 64
	for k, drawn := range b.making.trials.Draw(b.making.stream, from/batch) {
		for ; drawn != 0; drawn &= drawn - 1 {
			if i := from + wordBits*k + bits.TrailingZeros64(drawn); i < to {
				c.particle[c.n] = int32(i)
				c.n++
			}
		}
	}
	g, potential, points := nodesOf(b.grid), b.potential, b.making.points
	for k, i := range c.particle[:c.n] {
		c.potential[k] = potential[g.nearest(points[i])]
	}
}

// decide appends the events of candidates to a list.
func (b *birthDeath) decide(list []event, c *candidates, g *generator) []event {
	stream, time, mean, largest := b.making.stream, b.time, b.mean, b.largest
	for k, i := range c.particle[:c.n] {
		random := stream.Of(int(i))
		u, rate := uniform(random)*largest, mean-c.potential[k]
		// p = 1 − exp(−x) is between x − x²/2 and x, which saves most exponentials.
		x := time * math.Abs(rate)
		if u >= x {
			continue
		}
		if u < float64(x*(1-float64(0.5*x))) || u < b.probability(rate) {
			list = append(list, g.event(int(i), len(b.making.points), random, rate > 0))
		}
	}
	return list
}

// apply applies the events to the particles, whose copies stay within bounds.
func (b *birthDeath) apply(c *particles, bounds scenarios.Window) {
	for _, list := range b.events {
		for _, e := range list {
			at := c.points[e.from]
			at.X += float64(b.spread * e.aside.X)
			at.Y += float64(b.spread * e.aside.Y)
			c.points[e.to], _ = grid.Clamp(at, bounds)
			c.copy(int(e.to), int(e.from))
		}
	}
}

// uniform is the number from 0 to 1 of the leading bits that a float64 holds.
func uniform(random uint64) float64 {
	const dropped = 11
	return float64(random>>dropped) / (1 << (64 - dropped))
}
