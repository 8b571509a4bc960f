package bench

import (
	"undercurrent/sim/baseline"
	"undercurrent/sim/sampler"
)

// Work is a piece of a benchmark: a cell of a method, or the tuning of a baseline before its cells.
type Work struct {
	Method Method
	Tuning bool
}

// Durations expects how long pieces of a benchmark take: as long as others of their kind did, or while there was none
// as long as usual, scaled by what other kinds took.
type Durations struct {
	settings Settings
	done     map[Work]spent
	// usual and took are what all finished pieces were expected to take and took, in seconds.
	usual, took float64
}

// spent is the time of some pieces of one kind.
type spent struct {
	seconds float64
	pieces  int
}

// NewDurations returns the durations under settings, before anything is done.
func NewDurations(settings Settings) *Durations {
	return &Durations{settings: settings, done: map[Work]spent{}}
}

// Add adds a finished piece, which took some seconds.
func (c *Durations) Add(w Work, seconds float64) {
	d := c.done[w]
	c.done[w] = spent{d.seconds + seconds, d.pieces + 1}
	c.usual += c.settings.usual(w)
	c.took += seconds
}

// trusted is for how many seconds of usual work the usual times are trusted before others say how fast the
// machine is.
const trusted = 5

// Expected is the expected time of a piece, in seconds.
func (c *Durations) Expected(w Work) float64 {
	if d := c.done[w]; d.pieces > 0 {
		return d.seconds / float64(d.pieces)
	}
	return c.settings.usual(w) * (c.took + trusted) / (c.usual + trusted)
}

// usual is the usual time of a piece on two cores, in seconds, measured on ring8 and banana.
func (s Settings) usual(w Work) float64 {
	samples, iterations := float64(s.Samples)/4000, float64(s.Iterations)
	route, _ := w.Method.split()
	each := 0.0
	switch route {
	case string(Exact):
		return 0.6 * samples
	case particles:
		return 0.1*samples + 0.002*float64(s.Steps)*max(samples, 0.5)
	case string(sampler.Generator):
		return 0.3*samples + 0.035*iterations
	case string(sampler.Flow):
		return 0.3*samples + 0.029*iterations
	case string(baseline.SVGD):
		// Its pairs, and the fewer steps the more samples the same budget is for.
		each = 0.05*samples + 0.008*iterations*samples
	default:
		each = 0.04*samples + 0.001*iterations
	}
	if w.Tuning {
		each *= float64(len(baseline.Method(route).Ladder()))
	}
	return each
}
