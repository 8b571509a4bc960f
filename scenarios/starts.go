package scenarios

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// The starts that every scenario offers.
const (
	startStory   = "story"    // its own, which shows what its story says
	startNarrow  = "narrow"   // a tight cloud in the target's middle
	startBroad   = "broad"    // a cloud wider than the target
	startOneMode = "one-mode" // a tight cloud at the heaviest mode
	startRing    = "ring"     // a ring around the target
	startUniform = "uniform"  // the whole window
)

// StartNames are the names that WithStart takes, the scenario's own start first.
func (s Scenario) StartNames() []string {
	return []string{startStory, startNarrow, startBroad, startOneMode, startRing, startUniform}
}

// WithStart is the scenario with another start. Its place and size follow from the target,
// by the mean and the spread of a few exact draws or else by the window, and it keeps
// within the window.
func (s Scenario) WithStart(name string) (Scenario, error) {
	if !slices.Contains(s.StartNames(), name) {
		return s, fmt.Errorf("unknown start %q, expected one of %s", name, strings.Join(s.StartNames(), ", "))
	}
	if s.StartName != "" {
		s.Start, s.StartFile = s.own.Start, s.own.file
	}
	own := ownStart{s.Start, s.StartFile}
	s.StartName, s.own = "", ownStart{}
	if name == startStory {
		return s, nil
	}
	s.Start, s.StartFile = s.startNamed(name), ""
	s.StartName, s.own = name, own
	return s, nil
}

// NextStart is the name after that of the start in force, around the list.
func (s Scenario) NextStart() string {
	names := s.StartNames()
	return names[(max(slices.Index(names, s.StartName), 0)+1)%len(names)]
}

// ownStart is the start of a scenario's own, kept while another is in force.
type ownStart struct {
	Start
	file string
}

// Sizes of starts in units of the target's spread.
const (
	narrowSpread  = 0.25
	broadSpread   = 1.5
	oneModeSpread = 0.125
	ringSpread    = 2
	// The start at a mode is bounded by the distance to the next one and by the room to
	// the edge of the window, but for a mode that is at the edge or beyond.
	oneModeGap   = 0.25
	oneModeLeast = 0.01
	// ringThickness is the deviation across a ring over its radius.
	ringThickness = 0.1
	// startReach is how many deviations of a start have room in the window.
	startReach = 3.2
)

func (s Scenario) startNamed(name string) Start {
	mean, spread := s.extent()
	switch name {
	case startNarrow:
		return s.cloudAt(mean, narrowSpread*spread)
	case startBroad:
		return s.cloudAt(mean, broadSpread*spread)
	case startOneMode:
		at, gap := s.heaviest()
		room := max(s.Window.edge(at)/startReach, oneModeLeast*spread)
		return s.cloudAt(at, min(oneModeSpread*spread, oneModeGap*gap, room))
	case startRing:
		return s.ringAt(mean, ringSpread*spread)
	}
	return NewBoxStart(s.Window)
}

// extentDraws is how many exact draws tell where a target lies.
const extentDraws = 20_000

// draws are some exact ones of the target, the same every time; nil where it has no
// sampler.
func (s Scenario) draws() []Point {
	if s.Truth.Sampler == nil {
		return nil
	}
	points := make([]Point, extentDraws)
	s.Truth.Sampler.Sample(points, rand.New(rand.NewPCG(1, 2)))
	return points
}

// extent is the target's mean and its standard deviation, the root mean square over the
// axes. Without a sampler they are those of a usual start.
func (s Scenario) extent() (mean Point, spread float64) {
	if points := s.draws(); points != nil {
		mean, c := Moments(points)
		return mean, math.Sqrt((c.XX + c.YY) / 2)
	}
	return s.Window.centre(), startShare * s.Window.shorter()
}

// heaviest is the mode of the largest mass, or of the largest density where masses are not
// known, and how far the next one is. Without a list of modes it is the highest of
// some draws, or else of the places on a lattice.
func (s Scenario) heaviest() (at Point, gap float64) {
	modes := s.Truth.Modes
	if modes == nil {
		return s.highest(s.places()), math.Inf(1)
	}
	at = s.highest(modes)
	if masses := s.Truth.ModeMasses; masses != nil {
		at = modes[slices.Index(masses, slices.Max(masses))]
	}
	gap = math.Inf(1)
	for _, m := range modes {
		if m != at {
			gap = min(gap, math.Hypot(m.X-at.X, m.Y-at.Y))
		}
	}
	return at, gap
}

// highest is the place of the largest density, the first of them.
func (s Scenario) highest(places []Point) Point {
	best, top := places[0], math.Inf(-1)
	for _, p := range places {
		if l := s.Target.LogDensity(p.X, p.Y); l > top {
			best, top = p, l
		}
	}
	return best
}

// places are the draws within the window, or a lattice over it where there are none.
func (s Scenario) places() []Point {
	inside := slices.DeleteFunc(s.draws(), func(p Point) bool { return !s.Window.Holds(p) })
	if len(inside) > 0 {
		return inside
	}
	const n = 65
	w := s.Window
	for k := range n * n {
		inside = append(inside, Point{
			w.XMin + (w.XMax-w.XMin)*(float64(k%n)+0.5)/n,
			w.YMin + (w.YMax-w.YMin)*(float64(k/n)+0.5)/n,
		})
	}
	return inside
}

// cloudAt is a round cloud, moved and narrowed as far as the window asks.
func (s Scenario) cloudAt(at Point, sigma float64) Start {
	sigma = short(min(sigma, s.Window.shorter()/(2*startReach)))
	at = s.Window.within(at, startReach*sigma)
	return NewGaussianStart(rounded(at.X, sigma), rounded(at.Y, sigma), sigma)
}

// ringAt is a ring, likewise.
func (s Scenario) ringAt(centre Point, radius float64) Start {
	const outer = 1 + startReach*ringThickness
	radius = short(min(radius, s.Window.shorter()/(2*outer)))
	sigma := short(ringThickness * radius)
	centre = s.Window.within(centre, outer*radius)
	return NewRingStart(Ring{Point{rounded(centre.X, sigma), rounded(centre.Y, sigma)}, radius, sigma})
}
