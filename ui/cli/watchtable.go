package cli

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
	"undercurrent/scenarios/data/draws"
	"undercurrent/sim/stream"
	"undercurrent/ui/session"
)

// tableFrames are the frames of a table.
type tableFrames struct {
	frames [][]scenarios.Point
	// table are the draws, nil where their order has no chains: weighted ones, and arrays with a frame for each draw.
	table *session.Table
	// own is the target where none is given.
	own session.OwnTarget
	// points and weights are all draws where there is no table.
	points  []scenarios.Point
	weights []float64
}

// isTable reports whether the file of the arguments is a table of draws and no stream of frames:
// by its content, because its columns or axes are named, or because there are several, which are chains.
func (w *watch) isTable() bool {
	if !w.isFile() || w.inLog || w.format != "" || w.last > 0 {
		return false
	}
	if len(w.args) > 1 {
		return true
	}
	info, err := os.Stat(w.args[0])
	switch of := w.flow.points.selection; {
	case err == nil && !info.Mode().IsRegular():
		return false
	case len(w.roles.given()) > 0 || of.Axes != "" || of != (scenarios.Selection{}) && !w.flow.set.Changed("target-samples"):
		return true
	}
	return draws.IsTable(w.args[0])
}

// isFile reports whether a file is named, or several, not standard input.
func (w *watch) isFile() bool { return len(w.args) > 0 && w.args[0] != "-" }

// noteAxes says how an array of three dimensions is read.
func noteAxes(stderr io.Writer, name string) {
	if shape := draws.Shape(name); len(shape) == 3 {
		say(stderr, "%s: the array of shape %d×%d×%d is taken for %d frames of %d particles, the axes draw,chain,variable (--axes names others)",
			name, shape[0], shape[1], shape[2], shape[0], shape[1])
	}
}

// resampleStream is the random stream of the seed that weighted draws are resampled with.
const resampleStream = 7

// readTable reads the table of the arguments, once. Its draws are one frame, or without a target a frame for
// each chain; an array whose axes are named has a frame for each draw, of all chains. Draws with whole weights
// are repeated, others are resampled, as a frame has none.
func (w *watch) readTable(stderr io.Writer) (*tableFrames, error) {
	if w.table != nil {
		return w.table, nil
	}
	o, err := draws.PointOptions(w.flow.points.selection)
	if err != nil {
		return nil, named(w.title(), err)
	}
	w.roles.into(&o)
	o.Others = !w.asJSON && o.Axes == nil
	t, err := draws.Read(w.args, o)
	if err != nil {
		return nil, usage(err)
	}
	noteTaken(stderr, t.Notes)
	if n := len(t.Names); n > 2 && o.Columns == nil {
		say(stderr, "%s: x is %s and y is %s, of %d columns (--columns names others, and in the program t lists them)", w.title(), t.Names[0], t.Names[1], n)
	}
	w.table, err = w.framesOf(t, o.Axes != nil, stderr)
	return w.table, named(w.title(), err)
}

// framesOf are the frames of a table.
func (w *watch) framesOf(t *draws.Table, byAxes bool, stderr io.Writer) (f *tableFrames, err error) {
	if repeats(t.Weight) && !byAxes {
		return w.chainsOf(t)
	}
	f = &tableFrames{weights: t.Weight, points: pointsOf(t)}
	lengths := t.ChainLengths()
	switch {
	case byAxes && t.Weight == nil && len(lengths) > 1:
		f.frames, f.own = byDraw(f.points, lengths[0]), session.OfFrames(len(f.frames))
		say(stderr, "%s: %s of %s, one for each draw", w.title(), counted(len(f.frames), "frame"), counted(len(lengths), "particle"))
	default:
		f.frames, f.own = [][]scenarios.Point{f.points}, session.OfDraws()
		if t.Weight != nil {
			f.frames[0], err = w.resampled(f.points, t.Weight, stderr)
		}
	}
	return f, err
}

// chainsOf are the frames of draws in chains, each as often as its weight says.
func (w *watch) chainsOf(t *draws.Table) (*tableFrames, error) {
	all, err := drawsOf(t)
	if err != nil {
		return nil, err
	}
	table := &session.Table{Draws: all, Pair: [2]int{0, 1}, Own: !w.flow.targeted()}
	f := &tableFrames{table: table, frames: table.Frames(), own: table.Against()}
	if w.pool > 1 && len(f.frames) > 1 {
		return nil, fmt.Errorf("--pool %d of chains that are compared with all, expected no --pool without a target", w.pool)
	}
	return f, nil
}

// pointsOf are the draws of the first two columns.
func pointsOf(t *draws.Table) []scenarios.Point {
	points := make([]scenarios.Point, t.Rows())
	for i := range points {
		points[i] = scenarios.Point{X: t.Columns[0][i], Y: t.Columns[1][i]}
	}
	return points
}

// reader reads the frames.
func (f *tableFrames) reader(o stream.Options) (*stream.Reader, error) {
	r, err := stream.NewGivenReader(f.frames, o)
	return r, usage(err)
}

// scenario is the density of all draws, in the place of a target that is not given.
func (f *tableFrames) scenario() (scenarios.Scenario, error) {
	if f.table != nil {
		return f.table.Target()
	}
	all := &data.Draws{}
	all.Add(f.points, f.weights)
	return data.FromDraws(f.own.Of, all)
}

// resampled are as many points, drawn by their weights.
func (w *watch) resampled(points []scenarios.Point, weights []float64, stderr io.Writer) ([]scenarios.Point, error) {
	from, err := scenarios.NewWeightedPoints(points, weights)
	if err != nil {
		return nil, err
	}
	from.Name = w.title()
	out := make([]scenarios.Point, len(points))
	from.Sample(out, rand.New(rand.NewPCG(w.flow.seed, resampleStream)))
	say(stderr, "%s", from.Mismatch(len(out)))
	return out, nil
}

// byDraw are frames of the points of all chains at each draw; the points of a chain of a length
// are consecutive.
func byDraw(points []scenarios.Point, length int) [][]scenarios.Point {
	frames := make([][]scenarios.Point, length)
	for draw := range frames {
		for k := draw; k < len(points); k += length {
			frames[draw] = append(frames[draw], points[k])
		}
	}
	return frames
}
