package cli

import (
	"fmt"
	"io"
	"os"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
	"undercurrent/scenarios/data/draws"
	"undercurrent/sim/diagnosis"
	"undercurrent/sim/stream"
	"undercurrent/ui/session"
)

// tableFrames are the frames of a table.
type tableFrames struct {
	frames []scenarios.Cloud
	// table are the draws whose columns and chains are shown, nil for arrays whose axes are named.
	table *session.Table
	// chains are the draws as chains, without columns where their order has none: that of weighted draws, and of
	// particles that do not keep their order.
	chains diagnosis.Draws
	// own is the target where none is given.
	own session.OwnTarget
	// points are all draws where there is no table.
	points []scenarios.Point
}

// hasChains reports whether the order of the draws is that of chains.
func (f *tableFrames) hasChains() bool { return f.chains.Columns != nil }

// isMoving reports whether the frames are the draws of all chains, one after the other, with each chain in its place.
func (f *tableFrames) isMoving() bool {
	if f == nil || f.table != nil || !f.hasChains() || len(f.chains.Lengths) < 2 {
		return false
	}
	return !slices.ContainsFunc(f.points, func(p scenarios.Point) bool { return !scenarios.IsFinite(p.X) || !scenarios.IsFinite(p.Y) })
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

// readTable reads the table of the arguments, once. Its draws are one frame, or without a target a frame for
// each chain; an array whose axes are named has a frame for each draw, of all chains. Draws with whole weights
// are repeated, others have shares of the mass of their frame.
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
func (w *watch) framesOf(t *draws.Table, byAxes bool, stderr io.Writer) (*tableFrames, error) {
	if !byAxes || t.Weight != nil {
		return w.chainsOf(t)
	}
	f := &tableFrames{points: pointsOf(t)}
	if !w.shuffled {
		f.chains = rowsOf(t)
	}
	if lengths := t.ChainLengths(); len(lengths) > 1 {
		f.frames = byDraw(f.points, lengths[0])
		f.own = session.OfFrames(len(f.frames))
		say(stderr, "%s: %s of %s, one for each draw", w.title(), counted(len(f.frames), "frame"), counted(len(lengths), "particle"))
		return f, nil
	}
	f.frames, f.own = []scenarios.Cloud{{Points: f.points}}, session.OfDraws()
	return f, nil
}

// chainsOf are the frames of draws in chains. Whole weights say how often a draw is there; others are weights of draws
// whose order means nothing.
func (w *watch) chainsOf(t *draws.Table) (f *tableFrames, err error) {
	f = &tableFrames{}
	all := rowsOf(t)
	if repeats(t.Weight) || equal(t.Weight) {
		if all, err = drawsOf(t); err != nil {
			return nil, err
		}
		f.chains = all
	} else {
		all.Weights = t.Weight
	}
	f.table = &session.Table{Draws: all, Pair: [2]int{0, 1}, Own: !w.flow.targeted()}
	f.own = f.table.Against()
	if f.frames, err = f.table.Frames(); err != nil {
		return nil, err
	}
	switch {
	case w.pool > 1 && len(f.frames) > 1:
		return nil, fmt.Errorf("--pool %d of chains that are compared with all, expected no --pool without a target", w.pool)
	case w.pool > 1 && all.Weights != nil:
		return nil, fmt.Errorf("--pool %d of draws with weights, expected no --pool: they are one frame", w.pool)
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
	all.Add(f.points, nil)
	return data.FromDraws(f.own.Of, all)
}

// byDraw are frames of the points of all chains at each draw; the points of a chain of a length
// are consecutive.
func byDraw(points []scenarios.Point, length int) []scenarios.Cloud {
	frames := make([]scenarios.Cloud, length)
	for draw := range frames {
		for k := draw; k < len(points); k += length {
			frames[draw].Points = append(frames[draw].Points, points[k])
		}
	}
	return frames
}
