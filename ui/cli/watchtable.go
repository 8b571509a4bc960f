package cli

import (
	"io"
	"math/rand/v2"
	"os"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data/draws"
	"undercurrent/sim/stream"
)

// isTable reports whether the file of the arguments is a table of draws and no stream of frames:
// by its content, or because its columns or axes are named.
func (w *watch) isTable() bool {
	if len(w.args) != 1 || w.args[0] == "-" || w.format != "" || w.last > 0 {
		return false
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

// noteAxes says how an array of three dimensions is read.
func noteAxes(stderr io.Writer, name string) {
	if shape := draws.Shape(name); len(shape) == 3 {
		say(stderr, "%s: the array of shape %d×%d×%d is taken for %d frames of %d particles, the axes draw,chain,variable (--axes names others)",
			name, shape[0], shape[1], shape[2], shape[0], shape[1])
	}
}

// resampleStream is the random stream of the seed that weighted draws are resampled with.
const resampleStream = 7

// readTable reads the table of the arguments. Its draws are one frame; an array whose axes are named
// has a frame for each draw, of all chains. Weighted draws are resampled, as a frame has none.
func (w *watch) readTable(stderr io.Writer) (*stream.Reader, error) {
	o, err := draws.PointOptions(w.flow.points.selection)
	if err != nil {
		return nil, named(w.args[0], err)
	}
	w.roles.into(&o)
	t, err := draws.Read(w.args, o)
	if err != nil {
		return nil, usage(err)
	}
	points, err := t.Points()
	if err != nil {
		return nil, named(w.args[0], err)
	}
	noteTaken(stderr, t.Notes)
	frames := [][]scenarios.Point{points}
	switch lengths := t.ChainLengths(); {
	case t.Weight != nil:
		if frames[0], err = w.resampled(points, t.Weight, stderr); err != nil {
			return nil, named(w.args[0], err)
		}
	case o.Axes == nil:
		chains, err := drawsOf(t)
		if err != nil {
			return nil, named(w.args[0], err)
		}
		w.chains = &chains
	case len(lengths) > 1:
		frames = byDraw(points, lengths[0])
		say(stderr, "%s: %s of %s, one for each draw", w.args[0], counted(len(frames), "frame"), counted(len(lengths), "particle"))
	}
	r, err := stream.NewGivenReader(frames, stream.Options{Pool: w.pool, Name: w.args[0]})
	return r, usage(err)
}

// resampled are as many points, drawn by their weights.
func (w *watch) resampled(points []scenarios.Point, weights []float64, stderr io.Writer) ([]scenarios.Point, error) {
	from, err := scenarios.NewWeightedPoints(points, weights)
	if err != nil {
		return nil, err
	}
	from.Name = w.args[0]
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
