package chains

import (
	"math"
	"slices"
)

// Recorder takes the draws of chains as they come, one of every chain at a time, in bounded memory. It keeps all draws up
// to a limit, and beyond it the draws 1, 1 + m, 1 + 2m, … of each chain, where m doubles whenever the limit is reached:
// between half the limit and the limit of them. What needs consecutive draws is counted over all draws:
// moves, rejections, visits of regions, autocorrelations. The memory is O(chains × (limit + regions²)).
type Recorder struct {
	limit, every, draws int
	coordinates         []*series
	density             *series // nil without a log density
	regions             [][]int // by chain and kept draw
	regionCount         int

	moves    []moveCounter
	lengths  [][]float64 // of the transition after a kept draw, by chain; 0 for a stay
	tallies  [][]tally   // of the transitions from a kept draw on up to the next
	visits   *visitCounter
	visitors []*visitor
	before   Step // the previous draws
}

// Step is a draw of every chain.
type Step struct {
	// Positions are indexed by coordinate and chain. They must be finite.
	Positions [][]float64
	// LogDensity is the log density by chain, nil where it is not known.
	LogDensity []float64
	// Regions is the region by chain, from 0, or −1; nil where there are none.
	Regions []int
}

// NewRecorder prepares for chains in some coordinates, with or without log densities, and with a number of regions or
// 0. The limit is the number of draws of a chain that are kept at most: an even number of at least 2.
func NewRecorder(chains, coordinates, limit int, density bool, regions int) *Recorder {
	r := &Recorder{limit: limit, every: 1, regionCount: regions, moves: make([]moveCounter, chains), lengths: make([][]float64, chains)}
	for range coordinates {
		r.coordinates = append(r.coordinates, newSeries(chains))
		r.before.Positions = append(r.before.Positions, make([]float64, chains))
	}
	if density {
		r.density, r.tallies, r.before.LogDensity = newSeries(chains), make([][]tally, chains), make([]float64, chains)
	}
	if regions > 0 {
		r.regions, r.visits = make([][]int, chains), newVisitCounter(regions)
		for range chains {
			r.visitors = append(r.visitors, newVisitor(regions, newTripsUnderWay(regions)))
		}
	}
	return r
}

// Draws returns the number of draws of a chain so far, kept or not.
func (r *Recorder) Draws() int { return r.draws }

// Add adds the next draw of every chain. It keeps nothing of the step.
func (r *Recorder) Add(s Step) {
	keep := r.draws%r.every == 0
	if keep && r.draws == r.limit*r.every {
		r.halve()
		keep = r.draws%r.every == 0
	}
	if r.draws > 0 {
		r.count(s, (r.draws-1)%r.every == 0)
	}
	for k, x := range s.Positions {
		r.coordinates[k].add(x, keep)
		copy(r.before.Positions[k], x)
	}
	if r.density != nil {
		r.density.add(s.LogDensity, keep)
		copy(r.before.LogDensity, s.LogDensity)
	}
	if keep {
		r.keep(s)
	}
	for c, v := range r.visitors {
		r.visits.add(v, s.Regions[c])
	}
	r.draws++
}

// keep makes room for what comes up to the next draw that is kept.
func (r *Recorder) keep(s Step) {
	for c := range r.lengths {
		r.lengths[c] = append(r.lengths[c], 0)
		if r.tallies != nil {
			r.tallies[c] = append(r.tallies[c], tally{})
		}
		if r.regions != nil {
			r.regions[c] = append(r.regions[c], s.Regions[c])
		}
	}
}

// count counts the transitions to a step. first says that the previous draws are kept.
func (r *Recorder) count(s Step, first bool) {
	for c := range r.moves {
		moved, d := r.distance(s, c)
		if moved {
			r.moves[c].moved(d)
		} else {
			r.moves[c].stayed()
		}
		block := len(r.lengths[c]) - 1
		if first {
			r.lengths[c][block] = d
		}
		if r.tallies == nil {
			continue
		}
		r.tallies[c][block].add(moved, r.before.LogDensity[c], s.LogDensity[c])
	}
}

// add adds a transition. The excess is NaN from a move on of which a log density is not finite.
func (a *tally) add(moved bool, before, after float64) {
	a.transitions++
	if !moved {
		return
	}
	a.moves++
	if !finite(before) || !finite(after) {
		a.excess = math.NaN()
	}
	a.excess += excess(before, after)
}

// distance is that of a draw of a chain to the one before, and whether they differ.
func (r *Recorder) distance(s Step, chain int) (moved bool, d float64) {
	for k, x := range s.Positions {
		before := r.before.Positions[k][chain]
		moved = moved || x[chain] != before
		d = math.Hypot(d, x[chain]-before)
	}
	return moved, d
}

// halve keeps every second of the kept draws.
func (r *Recorder) halve() {
	r.every *= 2
	for _, s := range r.coordinates {
		s.halve()
	}
	if r.density != nil {
		r.density.halve()
	}
	for c := range r.lengths {
		r.lengths[c] = halved(r.lengths[c])
		if r.tallies != nil {
			r.tallies[c] = merged(r.tallies[c], tally.plus)
		}
		if r.regions != nil {
			r.regions[c] = halved(r.regions[c])
		}
	}
}

// Record is what a Recorder has of chains at a time.
type Record struct {
	// Samples are the kept draws. Their moves, rejections and visits are those of all draws.
	Samples
	// Draws is the number of draws of a chain, of which every Every-th is kept.
	Draws, Every int

	coordinates []recorded
	density     recorded
}

// recorded is what is known of a quantity at all draws, where not all are kept.
type recorded struct {
	means [][]float64 // of blocks of Every draws, by chain
	lag1  Estimate
}

// Record returns a copy of what there is so far. The time is that of copying it.
func (r *Recorder) Record() *Record {
	all := &Record{Draws: r.draws, Every: r.every, Samples: Samples{Regions: copied(r.regions), RegionCount: r.regionCount}}
	for _, s := range r.coordinates {
		all.Positions = append(all.Positions, copied(s.kept))
	}
	if r.density != nil {
		all.LogDensity = copied(r.density.kept)
	}
	if r.every == 1 {
		return all
	}
	for _, s := range r.coordinates {
		all.coordinates = append(all.coordinates, r.recorded(s))
	}
	if r.density != nil {
		all.density = r.recorded(r.density)
	}
	all.course = &course{moves: r.allMoves(), tallies: copied(r.tallies), visits: r.allVisits()}
	return all
}

func (r *Recorder) recorded(s *series) recorded {
	return recorded{s.means(r.draws/r.every, r.every), s.lag1()}
}

// allMoves are the moves of each chain.
func (r *Recorder) allMoves() (all []Moves) {
	for c := range r.moves {
		lengths := slices.DeleteFunc(slices.Clone(r.lengths[c]), func(d float64) bool { return d == 0 })
		slices.Sort(lengths)
		all = append(all, r.moves[c].moves(lengths))
	}
	return all
}

// allVisits are a copy of the visits.
func (r *Recorder) allVisits() Visits {
	if r.visits == nil {
		return Visits{}
	}
	var chains []ChainVisits
	for _, v := range r.visitors {
		one := v.visits()
		one.Counts = slices.Clone(one.Counts)
		chains = append(chains, one)
	}
	v := r.visits.visits(chains)
	v.Transitions = copied(v.Transitions)
	return v
}

// Thinned reports whether not all draws are kept.
func (r *Record) Thinned() bool { return r.Every > 1 }

// OfLogDensity is the log density in the place of a coordinate.
const OfLogDensity = -1

// of is what is recorded of a coordinate, or of the log density.
func (r *Record) of(coordinate int) recorded {
	if coordinate == OfLogDensity {
		return r.density
	}
	return r.coordinates[coordinate]
}

// Time returns the integrated autocorrelation time of a coordinate, or of the log density, in draws, kept or not:
// with the means b of blocks of m draws, m Var(b) τ(b)/Var(x), as the variance of a mean of all draws is that of the mean of
// the blocks. τ(b) is [Quantity.AutocorrelationTime] of the blocks; q is the quantity of the kept draws.
func (r *Record) Time(coordinate int, q *Quantity) Estimate {
	switch {
	case !r.Thinned():
		return q.AutocorrelationTime()
	case q.reason != "":
		return undefined(q.reason)
	}
	blocks, err := NewQuantity(r.of(coordinate).means)
	if err != nil { // there are as many blocks of every chain
		panic(err)
	}
	if blocks.reason == Constant {
		return undefined(ConstantBlocks)
	}
	tau := blocks.AutocorrelationTime()
	if !tau.Defined() {
		return tau
	}
	ratio := blocks.SD().Value / q.SD().Value
	return defined(float64(r.Every) * ratio * ratio * tau.Value)
}

// Lag1 returns the autocorrelation of a coordinate, or of the log density, from a draw to the next, kept or not, as the
// mean over the chains that vary. It is recorded where draws are thinned.
func (r *Record) Lag1(coordinate int) Estimate { return r.of(coordinate).lag1 }
