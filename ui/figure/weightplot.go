package figure

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"undercurrent/divergences"
	"undercurrent/sim"
	"undercurrent/ui/output"
	"undercurrent/ui/session"
)

// weightPlot is the weight over log r, and below it the particles by log r and region.
type weightPlot struct {
	frame  *session.Frame
	at, w  []float64   // log r and w, bin by bin
	shares [][]float64 // of the particles, by region and bin
}

const (
	weightReach = 6.0 // log r to both sides
	weightBins  = 96
	binWidth    = 2 * weightReach / weightBins
	// weightDecades bounds the axis of w around 1, in powers of ten.
	weightDecades = 4
	weightMargin  = 0.4
)

func newWeightPlot(f *session.Frame) *weightPlot {
	p := &weightPlot{frame: f, shares: make([][]float64, len(f.Report.Regions))}
	for b := range weightBins {
		l := -weightReach + (float64(b)+0.5)*binWidth
		p.at, p.w = append(p.at, l), append(p.w, weightAt(f, l))
	}
	for k := range p.shares {
		p.shares[k] = make([]float64, weightBins)
	}
	p.count()
	return p
}

// weightAt is the coefficient of ∇log r at a log r, where ρ, if it is a density of its own, equals q.
func weightAt(f *session.Frame, logR float64) float64 {
	at := divergences.LogRatios{LogR: logR, LogRho: f.Drift.Reference().LogRho(logR), Mean: f.Report.Mean}
	return f.Drift.Velocity(at).Beta
}

// count distributes the particles of the frame; those beyond the axis count in its end bins.
func (p *weightPlot) count() {
	f := p.frame
	if len(f.Particles) == 0 {
		return
	}
	share := 1 / float64(len(f.Particles))
	_, logR := f.Fields.LogRatios()
	for _, at := range f.Particles {
		l := between(f.Fields.Grid, logR, at.X, at.Y)
		if math.IsNaN(l) {
			continue
		}
		b := math.Floor((l + weightReach) / binWidth)
		p.shares[f.Regions.At(at)][int(min(max(b, 0), weightBins-1))] += share
	}
}

func (p *weightPlot) width() vg.Length           { return oneMap }
func (p *weightPlot) height(vg.Length) vg.Length { return 85 * vg.Millimeter }

func (p *weightPlot) draw(c draw.Canvas) error {
	upper, lower := p.curve(), p.histogram()
	height := c.Rectangle.Size().Y
	cut := height * 0.45
	tiles := [][]*plot.Plot{{upper}, {lower}}
	canvases := plot.Align(tiles, draw.Tiles{Rows: 2, Cols: 1}, c)
	top, bottom := canvases[0][0], canvases[1][0]
	top.Min.Y, bottom.Max.Y = c.Min.Y+cut+gap, c.Min.Y+cut
	top.Max.Y, bottom.Min.Y = c.Max.Y, c.Min.Y
	upper.Draw(top)
	framed(upper.DataCanvas(top))
	lower.Draw(bottom)
	data := lower.DataCanvas(bottom)
	framed(data)
	p.legend(data)
	return nil
}

// curve is w over log r on a logarithmic axis, dashed where −w is drawn.
func (p *weightPlot) curve() *plot.Plot {
	chart := newChart("", "weight w(r)")
	chart.X.Min, chart.X.Max = -weightReach, weightReach
	against := make([]float64, len(p.w))
	for i, w := range p.w {
		against[i] = -w
	}
	along, against := logs(p.w), logs(against)
	chart.Y.Min, chart.Y.Max = -weightMargin, weightMargin
	for _, l := range slices.Concat(along, against) {
		if !math.IsNaN(l) {
			chart.Y.Min = max(min(chart.Y.Min, l-weightMargin), -weightDecades)
			chart.Y.Max = min(max(chart.Y.Max, l+weightMargin), weightDecades)
		}
	}
	chart.Y.Tick.Marker = logTicks{}
	if slices.Min(p.w) < 0 {
		chart.Y.Label.Text = "weight |w(r)|"
		chart.Add(curve{p.at, against, lineOf(seriesColour(1), curveLine, 3, 2)})
	}
	chart.Add(curve{[]float64{0, 0}, []float64{chart.Y.Min, chart.Y.Max}, lineOf(faint(), 0.4)}, curve{p.at, along, lineOf(ink(), curveLine)})
	return chart
}

// histogram is the share of the particles in each bin of log r, stacked by region.
func (p *weightPlot) histogram() *plot.Plot {
	chart := newChart("log r", "share of particles")
	chart.X.Min, chart.X.Max = -weightReach, weightReach
	chart.Y.Min, chart.Y.Max = 0, 0
	totals := make([]float64, weightBins)
	for _, bins := range p.shares {
		for b, s := range bins {
			totals[b] += s
		}
	}
	chart.Y.Max = max(1.05*slices.Max(totals), 1e-3)
	colours := regionColours(p.frame.Report.Regions)
	chart.Add(plotted(func(c draw.Canvas, q *plot.Plot) { p.bars(c, q, colours) }))
	return chart
}

// bars draws the stacks, the heaviest region lowest; an area each, so that a vector figure stays small.
func (p *weightPlot) bars(c draw.Canvas, chart *plot.Plot, colours []color.Color) {
	toX, toY := chart.Transforms(&c)
	below := make([]float64, weightBins)
	for _, k := range byMass(p.frame.Report.Regions) {
		var edge, back []vg.Point
		for b, s := range p.shares[k] {
			left, right := toX(p.at[b]-binWidth/2), toX(p.at[b]+binWidth/2)
			edge = append(edge, vg.Point{X: left, Y: toY(below[b] + s)}, vg.Point{X: right, Y: toY(below[b] + s)})
			back = append(back, vg.Point{X: left, Y: toY(below[b])}, vg.Point{X: right, Y: toY(below[b])})
			below[b] += s
		}
		slices.Reverse(back)
		c.FillPolygon(colours[k], append(edge, back...))
	}
}

// legend names the colours of the regions.
func (p *weightPlot) legend(c draw.Canvas) {
	regions := p.frame.Report.Regions
	colours := regionColours(regions)
	style := aligned(styled(sans(tickSize)), draw.XRight, draw.YTop)
	at := vg.Point{X: c.Max.X - 4, Y: c.Max.Y - 3}
	line := func(text string, colour color.Color) bool {
		if at.Y-tickSize < c.Min.Y {
			return false
		}
		left := at.X - style.Width(text) - 3
		c.FillPolygon(colour, []vg.Point{{X: left, Y: at.Y - 1}, {X: left - 6, Y: at.Y - 1}, {X: left - 6, Y: at.Y - 7}, {X: left, Y: at.Y - 7}})
		c.FillText(style, at, text)
		at.Y -= tickSize + 1
		return true
	}
	for place, k := range byMass(regions) {
		if n := len(seriesColours()); place == n {
			line(fmt.Sprintf("%d more", len(regions)-n), restColour())
			return
		}
		if !line("region "+regionName(regions[k]), colours[k]) {
			return
		}
	}
}

func (p *weightPlot) sentence() string {
	dashed := ""
	if slices.Min(p.w) < 0 {
		dashed = " (dashed where it is negative: away from the target)"
	}
	text := fmt.Sprintf("w = %s%s, and the share of the particles in each %g of log r by region, in the outer ones all beyond", p.frame.Info.WeightFormula, dashed, binWidth)
	if p.frame.Drift.Reference().External() {
		text += "; the curve is that of places with ρ = q"
	}
	if p.frame.Settings.Velocity == sim.Blob {
		text += "; the blob velocity smooths its effect"
	}
	return text + "."
}

// table has a row for each bin of log r.
func (p *weightPlot) table() output.Table {
	t := output.Table{}
	t.Add("log_r", p.at)
	t.Add("w", p.w)
	for k, r := range p.frame.Report.Regions {
		t.Add(fmt.Sprintf("share_%d", r.ID), p.shares[k])
	}
	return t
}
