package figure

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"undercurrent/sim/metrics"
	"undercurrent/ui/output"
	"undercurrent/ui/session"
)

// comparisonPlot is the excess of the coverage measure above its best value, and TV, of every flow of a
// comparison over the steps.
type comparisonPlot struct {
	frame *session.Frame
	best  float64 // of the coverage measure
	flows []comparedFlow
}

// comparedFlow is a flow of a comparison.
type comparedFlow struct {
	label          string
	steps          []float64
	u, excess, tv  []float64
	exactU, exactT metrics.Spread
}

func newComparisonPlot(f *session.Frame) *comparisonPlot {
	p := &comparisonPlot{frame: f, best: f.Functional.Measure().Least()}
	names := runNames(f)
	for k, r := range f.Runs {
		flow := comparedFlow{label: names[k]}
		if r.Exact != nil {
			flow.exactU, flow.exactT = r.Exact.Coverage, r.Exact.TV
		}
		for _, s := range series(r.Past, session.SampleOf(r.Report, r.Info.ID, r.Settings.Motion())) {
			flow.steps = append(flow.steps, float64(s.Step))
			flow.u, flow.tv = append(flow.u, s.Coverage), append(flow.tv, s.TV)
			flow.excess = append(flow.excess, s.Coverage-p.best)
		}
		p.flows = append(p.flows, flow)
	}
	return p
}

func (p *comparisonPlot) width() vg.Length           { return threeMaps }
func (p *comparisonPlot) height(vg.Length) vg.Length { return 70 * vg.Millimeter }

func (p *comparisonPlot) draw(c draw.Canvas) error {
	half := c.Rectangle.Size().X/2 - gap/2
	p.drawChart(draw.Crop(c, 0, -half-gap, 0, 0), p.excessChart(), func(f comparedFlow) []float64 { return logs(f.excess) })
	p.drawChart(draw.Crop(c, half+gap, 0, 0, 0), p.distanceChart(), func(f comparedFlow) []float64 { return f.tv })
	return nil
}

// drawChart draws a chart with the name of every flow at the end of its curve.
func (p *comparisonPlot) drawChart(c draw.Canvas, chart *plot.Plot, of func(comparedFlow) []float64) {
	var labels []endLabel
	for k, f := range p.flows {
		ys := of(f)
		chart.Add(curve{f.steps, ys, lineOf(seriesColour(k), curveLine)})
		if last := ys[len(ys)-1]; !math.IsNaN(last) {
			labels = append(labels, endLabel{max(last, chart.Y.Min), f.label, seriesColour(k)})
		}
	}
	at := draw.Crop(c, 0, -labelWidth(labels), 0, 0)
	chart.Draw(at)
	data := chart.DataCanvas(at)
	framed(data)
	drawEnds(data, chart, labels)
}

// excessChart is the chart of the excess of U on a logarithmic axis. Below the spread of exact samples all is chance:
// it ends there.
func (p *comparisonPlot) excessChart() *plot.Plot {
	chart := newChart("step", fmt.Sprintf("U − %.3g (its best value)", p.best))
	lo, hi := math.Inf(1), 0.0
	for _, f := range p.flows {
		for _, e := range f.excess {
			if e > 0 {
				lo, hi = min(lo, e), max(hi, e)
			}
		}
	}
	if hi == 0 {
		lo, hi = 0.1, 1
	}
	exact := p.flows[0].exactU
	if exact.Measured() {
		lo = max(min(lo, exact.Mean-p.best), exact.SD)
	}
	const margin = 0.08
	chart.Y.Min, chart.Y.Max = math.Log10(lo)-margin, math.Log10(hi)+margin
	chart.Y.Tick.Marker = logTicks{}
	stepAxis(chart, p.flows[0].steps)
	if at := math.Log10(exact.Mean - p.best); exact.Measured() && at > chart.Y.Min {
		p.addExact(chart, at)
	}
	return chart
}

// distanceChart is the chart of TV.
func (p *comparisonPlot) distanceChart() *plot.Plot {
	chart := newChart("step", "total variation distance")
	chart.Y.Min, chart.Y.Max = 0, 0
	for _, f := range p.flows {
		for _, v := range f.tv {
			chart.Y.Max = max(chart.Y.Max, v)
		}
	}
	chart.Y.Max = max(1.05*chart.Y.Max, 0.01)
	stepAxis(chart, p.flows[0].steps)
	if exact := p.flows[0].exactT; exact.Measured() {
		p.addExact(chart, exact.Mean)
	}
	return chart
}

// addExact adds the dashed line of exact samples.
func (p *comparisonPlot) addExact(chart *plot.Plot, at float64) {
	chart.Add(curve{[]float64{chart.X.Min, chart.X.Max}, []float64{at, at}, lineOf(faint(), thinLine, 3, 2)})
}

func (p *comparisonPlot) sentence() string {
	text := fmt.Sprintf("Left: %s above its best value; right: TV.", p.frame.Functional.Text())
	if exact := p.flows[0]; exact.exactT.Measured() {
		text += fmt.Sprintf(" Dashed: exact samples of as many points (U %.3g ± %.1g, TV %.3g ± %.1g).", exact.exactU.Mean, exact.exactU.SD, exact.exactT.Mean, exact.exactT.SD)
	}
	return text
}

// table has a row for each step; the flows of a comparison have the same.
func (p *comparisonPlot) table() output.Table {
	t := output.Table{}
	t.Add("step", p.flows[0].steps)
	for k, f := range p.flows {
		t.Add(fmt.Sprintf("u_%d %s", k+1, f.label), f.u)
		t.Add(fmt.Sprintf("tv_%d %s", k+1, f.label), f.tv)
	}
	return t
}
