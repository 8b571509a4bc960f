package session

import (
	"fmt"
	"math"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
	"undercurrent/sim/diagnosis"
	"undercurrent/sim/stream"
)

// Table are the draws of a file, of which two columns are shown.
type Table struct {
	// Draws have all columns.
	diagnosis.Draws
	// Pair are the columns along x and y.
	Pair [2]int
	// Own reports whether no target was given: it is then the density of all draws, with which chains
	// are compared.
	Own bool
}

// OwnTarget says what the target is where none was given: the density of all that there is to watch.
type OwnTarget struct {
	// Of is what it is the density of, such as "all chains"; empty where a target was given.
	Of string
	// Each is what a frame is, such as "chain"; empty where it is all there is, which nothing is to be
	// compared with.
	Each string
}

// Is reports whether no target was given.
func (o OwnTarget) Is() bool { return o.Of != "" }

// Ordered reports whether frames can be of the same particles: chains and halves of them are not.
func (o OwnTarget) Ordered() bool { return !o.Is() || o.Each == eachFrame }

// What a frame can be.
const (
	eachFrame = "frame"
	eachChain = "chain"
	eachHalf  = "half"
)

// OfFrames is the own target of a number of frames.
func OfFrames(n int) OwnTarget {
	if n == 1 {
		return OwnTarget{Of: "all particles"}
	}
	return OwnTarget{"all frames", eachFrame}
}

// OfDraws is the own target of draws that are not divided.
func OfDraws() OwnTarget { return OwnTarget{Of: "all draws"} }

// Alone reports whether a frame is all that the target was made of.
func (o OwnTarget) Alone() bool { return o.Is() && o.Each == "" }

// Sentence says what frames are compared with.
func (o OwnTarget) Sentence() string {
	text := "no target given: the map is the density (KDE) of " + o.Of
	switch o.Each {
	case "":
		return text + ", which they are not compared with"
	case eachHalf:
		return text + "; each half of them is compared with all"
	}
	return text + "; each " + o.Each + " is compared with them"
}

// clause is the sentence in short behind another one, empty where a target was given.
func (o OwnTarget) clause() string {
	if !o.Is() {
		return ""
	}
	return " (no target given: the map is the KDE of " + o.Of + ")"
}

// pair are the draws of the two columns.
func (t *Table) pair() diagnosis.Draws {
	d := t.Draws
	d.Names, d.Columns = nil, nil
	for _, k := range t.Pair {
		d.Names, d.Columns = append(d.Names, t.Names[k]), append(d.Columns, t.Columns[k])
	}
	return d
}

// maxScales is the ratio of the scales of two columns beyond which the map is a line.
const maxScales = 20

// advice says that the columns have scales too different for a map with one scale, empty where they have not.
func (t *Table) advice() string {
	extent := func(k int) float64 { return slices.Max(t.Columns[t.Pair[k]]) - slices.Min(t.Columns[t.Pair[k]]) }
	wide, by := t.Names[t.Pair[0]], extent(0)/extent(1)
	if by < 1 {
		wide, by = t.Names[t.Pair[1]], 1/by
	}
	if !t.Own || !(by > maxScales) || math.IsInf(by, 1) {
		return ""
	}
	return fmt.Sprintf("; their scales differ by a factor of %.0f: --columns can divide, as in %s/%.0f", by, wide, by)
}

// Points are the draws of the two columns.
func (t *Table) Points() []scenarios.Point {
	x, y := t.Columns[t.Pair[0]], t.Columns[t.Pair[1]]
	points := make([]scenarios.Point, len(x))
	for i := range points {
		points[i] = scenarios.Point{X: x[i], Y: y[i]}
	}
	return points
}

// Target is the density of all draws, in the place of a target that was not given.
func (t *Table) Target() (scenarios.Scenario, error) {
	all := &data.Draws{}
	all.Add(t.Points(), t.Weights)
	return data.FromDraws(t.Against().Of, all)
}

// minCompared is the least number of draws of a frame of its own.
const minCompared = 2

// Against says what is compared with what where no target was given: chains with all, of one its halves, unless the
// draws have weights: their order means nothing.
func (t *Table) Against() OwnTarget {
	switch n := slices.Min(t.Lengths); {
	case !t.Own:
		return OwnTarget{}
	case len(t.Lengths) > 1 && n >= minCompared:
		return OwnTarget{"all chains", eachChain}
	case len(t.Lengths) == 1 && n >= 2*minCompared && t.Weights == nil:
		return OwnTarget{"all draws", eachHalf}
	}
	return OfDraws()
}

// Frames are all draws together, or where no target was given, those that are compared with all.
func (t *Table) Frames() (frames []scenarios.Cloud, err error) {
	points, weights := t.Points(), t.Weights
	lengths := []int{len(points)}
	switch t.Against().Each {
	case eachChain:
		lengths = t.Lengths
	case eachHalf:
		lengths = []int{len(points) / 2, (len(points) + 1) / 2}
	}
	for _, n := range lengths {
		var own []float64
		if weights != nil {
			own, weights = weights[:n], weights[n:]
		}
		frame, err := scenarios.NewCloud(points[:n:n], own)
		if err != nil {
			return nil, err
		}
		frames, points = append(frames, frame), points[n:]
	}
	return frames, nil
}

// finite is an error where a column has values that cannot be shown.
func (t *Table) finite(column int) error {
	n := 0
	for _, v := range t.Columns[column] {
		if !scenarios.IsFinite(v) {
			n++
		}
	}
	if n > 0 {
		return fmt.Errorf("%d of %d values of column %s are not finite, expected a column of numbers", n, len(t.Columns[column]), t.Names[column])
	}
	return nil
}

// given is a Source of frames that are known already.
type given struct {
	frames []scenarios.Cloud
	taken  int
}

func (g *given) Take(back *stream.Frame) *stream.Frame {
	if g.taken == len(g.frames) {
		return nil
	}
	g.taken++
	frame := g.frames[g.taken-1]
	return &stream.Frame{Number: g.taken, Points: frame.Points, Shares: frame.Shares, Pooled: 1}
}

func (g *given) Dropped() int       { return 0 }
func (g *given) End() (bool, error) { return g.taken == len(g.frames), nil }
func (g *given) Close()             {}
