package figure

import (
	"fmt"
	"io"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"undercurrent/scenarios"
	"undercurrent/sim/sampler"
)

// Map is the transport map of a trained sampler: the image of a grid of its noise, whose
// cells have equal probability, with samples over the target's contours.
type Map struct {
	scenario scenarios.Scenario
	model    *sampler.Model
	seed     uint64
}

// NewMap is the map of a model of a scenario; seed draws the samples.
func NewMap(s scenarios.Scenario, m *sampler.Model, seed uint64) *Map { return &Map{s, m, seed} }

// Sizes of the map.
const (
	mapSize    = 14 * vg.Centimeter
	mapLines   = 33
	mapPoints  = 513
	mapSamples = 4000
	lineWidth  = vg.Length(0.4)
)

// PNG writes the map as pixels.
func (m *Map) PNG(w io.Writer) error { return asPNG(w, mapSize, mapSize, m.draw) }

// SVG writes the map as shapes.
func (m *Map) SVG(w io.Writer) error { return asSVG(w, mapSize, mapSize, m.draw) }

func (m *Map) draw(c draw.Canvas) error {
	w := viewOf(m.scenario)
	p := newPlot(fmt.Sprintf("%s: %d samples and the image of a grid of z, %d iterations under %s",
		m.scenario.ID, mapSamples, m.model.Iterations, m.model.Divergence), w)
	for _, line := range m.model.Warp(mapLines, mapPoints) {
		if err := addLine(p, clamped(line, w)); err != nil {
			return err
		}
	}
	p.Add(contoursOf(m.scenario))
	points := make([]scenarios.Point, mapSamples)
	m.model.Stream(m.seed).Read(points)
	if err := addDots(p, points, w); err != nil {
		return err
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = w.XMin, w.XMax, w.YMin, w.YMax
	p.Draw(c)
	return nil
}

// clamped moves the points of a line into the window: plots draw beyond their axes.
func clamped(points []scenarios.Point, w scenarios.Window) []scenarios.Point {
	inside := make([]scenarios.Point, len(points))
	for i, p := range points {
		inside[i] = scenarios.Point{X: min(max(p.X, w.XMin), w.XMax), Y: min(max(p.Y, w.YMin), w.YMax)}
	}
	return inside
}

// addLine adds one line of the grid.
func addLine(p *plot.Plot, points []scenarios.Point) error {
	xys := make(plotter.XYs, len(points))
	for i, q := range points {
		xys[i] = plotter.XY{X: q.X, Y: q.Y}
	}
	line, err := plotter.NewLine(xys)
	if err != nil {
		return err
	}
	line.LineStyle = draw.LineStyle{Color: warpColour(), Width: lineWidth}
	p.Add(line)
	return nil
}
