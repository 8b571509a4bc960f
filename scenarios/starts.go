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
	startDefault = "default"  // the scenario's own, to which its story refers
	startNarrow  = "narrow"   // a narrow Gaussian at the target's mean
	startBroad   = "broad"    // a Gaussian wider than the target
	startOneMode = "one-mode" // a narrow Gaussian at the heaviest mode
	startRing    = "ring"     // a ring around the target
	startUniform = "uniform"  // the whole window
)

// formerDefault is the former name of startDefault; it stays valid for command lines that have
// been saved.
const formerDefault = "story"

// StartNames returns the names that WithStart accepts, the scenario's own start first.
func (s Scenario) StartNames() []string {
	return []string{startDefault, startNarrow, startBroad, startOneMode, startRing, startUniform}
}

// WithStart returns the scenario with another start. Its location and size follow from the
// mean and the standard deviation of exact draws from the target, or from the window if there
// is no exact sampler, and it lies within the window.
func (s Scenario) WithStart(name string) (Scenario, error) {
	if name == formerDefault {
		name = startDefault
	}
	if !slices.Contains(s.StartNames(), name) {
		return s, fmt.Errorf("unknown start %q, expected one of %s", name, strings.Join(s.StartNames(), ", "))
	}
	if s.StartName != "" {
		s.Start, s.StartFile, s.StartSelection = s.own.Start, s.own.file, s.own.selection
	}
	own := ownStart{s.Start, s.StartFile, s.StartSelection}
	s.StartName, s.own = "", ownStart{}
	if name == startDefault {
		return s, nil
	}
	s.Start, s.StartFile, s.StartSelection = s.startNamed(name), "", Selection{}
	s.StartName, s.own = name, own
	return s, nil
}

// NextStart returns the name after the current one, cyclically.
func (s Scenario) NextStart() string {
	names := s.StartNames()
	return names[(max(slices.Index(names, s.StartName), 0)+1)%len(names)]
}

// ownStart is the scenario's own start, kept while another is current.
type ownStart struct {
	Start
	file      string
	selection Selection
}

// Sizes of starts in units of the target's standard deviation.
const (
	narrowSpread  = 0.25
	broadSpread   = 1.5
	oneModeSpread = 0.125
	ringSpread    = 2
	// The start at a mode is at most oneModeGap of the distance to the nearest other mode,
	// and startReach times it fits between the mode and the edge of the window, but it is at
	// least minOneMode.
	oneModeGap = 0.25
	minOneMode = 0.01
	// ringThickness is the radial standard deviation of a ring over its radius.
	ringThickness = 0.1
	// startReach is the distance from a start to the edge of the window, at least, in
	// standard deviations.
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
		mode, gap := s.heaviest()
		room := max(s.Window.edge(mode)/startReach, minOneMode*spread)
		return s.cloudAt(mode, min(oneModeSpread*spread, oneModeGap*gap, room))
	case startRing:
		return s.ringAt(mean, ringSpread*spread)
	}
	return NewBoxStart(s.Window)
}

// extentDraws is the number of exact draws for the mean and the standard deviation.
const extentDraws = 20_000

// draws returns exact draws from the target, the same on every call; nil without a sampler.
func (s Scenario) draws() []Point {
	if s.Truth.Sampler == nil {
		return nil
	}
	points := make([]Point, extentDraws)
	s.Truth.Sampler.Sample(points, rand.New(rand.NewPCG(1, 2)))
	return points
}

// extent returns the target's mean and its standard deviation, the root mean square over the
// axes. Without a sampler they are those of the default start.
func (s Scenario) extent() (mean Point, spread float64) {
	if points := s.draws(); points != nil {
		mean, c := Moments(points)
		return mean, math.Sqrt((c.XX + c.YY) / 2)
	}
	return s.Window.centre(), startFraction * s.Window.shorter()
}

// heaviest returns the mode of the largest mass, or of the largest density if masses are
// unknown, and the distance to the nearest other mode. Without a list of modes it is the
// candidate of the largest density, and the distance is infinite.
func (s Scenario) heaviest() (mode Point, gap float64) {
	modes := s.Truth.Modes
	if modes == nil {
		return s.highest(s.candidates()), math.Inf(1)
	}
	mode = s.highest(modes)
	if masses := s.Truth.ModeMasses; masses != nil {
		mode = modes[slices.Index(masses, slices.Max(masses))]
	}
	gap = math.Inf(1)
	for _, m := range modes {
		if m != mode {
			gap = min(gap, math.Hypot(m.X-mode.X, m.Y-mode.Y))
		}
	}
	return mode, gap
}

// highest returns the first of the points with the largest density.
func (s Scenario) highest(points []Point) Point {
	best, top := points[0], math.Inf(-1)
	for _, p := range points {
		if l := s.Target.LogDensity(p.X, p.Y); l > top {
			best, top = p, l
		}
	}
	return best
}

// candidates returns the draws within the window, or a lattice over it if there are none.
func (s Scenario) candidates() []Point {
	inside := slices.DeleteFunc(s.draws(), func(p Point) bool { return !s.Window.Contains(p) })
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

// cloudAt returns an isotropic Gaussian start, moved and narrowed to fit in the window.
func (s Scenario) cloudAt(mean Point, sigma float64) Start {
	sigma = short(min(sigma, s.Window.shorter()/(2*startReach)))
	mean = s.Window.within(mean, startReach*sigma)
	return NewGaussianStart(rounded(mean.X, sigma), rounded(mean.Y, sigma), sigma)
}

// ringAt returns a ring start, moved and narrowed to fit in the window.
func (s Scenario) ringAt(centre Point, radius float64) Start {
	const outer = 1 + startReach*ringThickness
	radius = short(min(radius, s.Window.shorter()/(2*outer)))
	sigma := short(ringThickness * radius)
	centre = s.Window.within(centre, outer*radius)
	return NewRingStart(Ring{Point{rounded(centre.X, sigma), rounded(centre.Y, sigma)}, radius, sigma})
}
