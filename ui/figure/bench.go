package figure

import (
	"fmt"
	"io"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"undercurrent/scenarios"
	"undercurrent/sim/bench"
	"undercurrent/sim/metrics"
)

// Bench shows the methods of a benchmark on a scenario: a tile for each, with samples over
// the target's contours.
type Bench struct {
	scenario scenarios.Scenario
	results  []*bench.Result
}

// NewBench takes the first result of every method on the scenario.
func NewBench(s scenarios.Scenario, results []*bench.Result) *Bench {
	b, seen := &Bench{scenario: s}, map[bench.Method]bool{}
	for _, r := range results {
		if r.Scenario == s.ID && !seen[r.Method] {
			seen[r.Method] = true
			b.results = append(b.results, r)
		}
	}
	return b
}

// Sizes of the picture.
const (
	columns  = 4
	tileSize = 6 * vg.Centimeter
	margin   = 3 * vg.Millimeter
)

// size of the whole picture.
func (b *Bench) size() (width, height vg.Length, rows int) {
	rows = (len(b.results) + columns - 1) / columns
	return columns * tileSize, vg.Length(rows) * tileSize, rows
}

// PNG writes the picture as pixels.
func (b *Bench) PNG(w io.Writer) error {
	width, height, _ := b.size()
	return asPNG(w, width, height, b.draw)
}

// SVG writes the picture as shapes.
func (b *Bench) SVG(w io.Writer) error {
	width, height, _ := b.size()
	return asSVG(w, width, height, b.draw)
}

func (b *Bench) draw(c draw.Canvas) error {
	_, _, rows := b.size()
	tiles := draw.Tiles{Rows: rows, Cols: columns, PadTop: margin, PadBottom: margin, PadLeft: margin, PadRight: margin, PadX: margin, PadY: margin}
	contours := contoursOf(b.scenario)
	for k, r := range b.results {
		p, err := b.tile(r, contours)
		if err != nil {
			return err
		}
		p.Draw(tiles.At(c, k%columns, k/columns))
	}
	return nil
}

// tile is one method.
func (b *Bench) tile(r *bench.Result, contours plot.Plotter) (*plot.Plot, error) {
	tv, _ := r.Metrics.Of(metrics.TV)
	p := newPlot(fmt.Sprintf("%s   TV %.3f", r.Method, tv), viewOf(b.scenario))
	p.Add(contours)
	points := make([]scenarios.Point, len(r.Some))
	for i, s := range r.Some {
		points[i] = scenarios.Point{X: s[0], Y: s[1]}
	}
	if err := addDots(p, points, viewOf(b.scenario)); err != nil {
		return nil, err
	}
	return p, nil
}
