package figure

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"undercurrent/sim"
	"undercurrent/ui/output"
	"undercurrent/ui/session"
)

// massPlot is the particle mass of every region over the steps, with its target mass.
type massPlot struct {
	frame   *session.Frame
	samples []session.Sample
	steps   []float64
}

func newMassPlot(f *session.Frame) *massPlot {
	m := &massPlot{frame: f, samples: series(f.Past, session.SampleOf(f.Report, f.Info.ID, f.Settings.Motion()))}
	for _, s := range m.samples {
		m.steps = append(m.steps, float64(s.Step))
	}
	return m
}

// Sizes of charts.
const (
	chartWidth  = 120 * vg.Millimeter
	chartHeight = 75 * vg.Millimeter
)

func (m *massPlot) width() vg.Length           { return chartWidth }
func (m *massPlot) height(vg.Length) vg.Length { return chartHeight }

// masses are the particle masses of the k-th region.
func (m *massPlot) masses(k int) []float64 {
	list := make([]float64, len(m.samples))
	for i, s := range m.samples {
		list[i] = s.MassRatio[k] * m.frame.Report.Regions[k].Mass
	}
	return list
}

func (m *massPlot) draw(c draw.Canvas) error {
	regions := m.frame.Report.Regions
	p := newChart("step", "particle mass")
	if m.frame.Watching != nil {
		p.X.Label.Text = "frame"
	}
	stepAxis(p, m.steps)
	p.Y.Min = 0
	var labels []endLabel
	colours := regionColours(regions)
	for k, r := range slices.Backward(regions) {
		ys := m.masses(k)
		for _, y := range ys {
			p.Y.Max = max(p.Y.Max, y)
		}
		p.Y.Max = max(p.Y.Max, r.Mass)
		p.Add(curve{[]float64{p.X.Min, p.X.Max}, []float64{r.Mass, r.Mass}, lineOf(colours[k], thinLine, 3, 2)})
		p.Add(curve{m.steps, ys, lineOf(colours[k], curveLine)})
		labels = append(labels, endLabel{ys[len(ys)-1], regionName(r), colours[k]})
	}
	p.Y.Max *= 1.05
	labels = fewLabels(labels, regions, c)
	slices.Reverse(labels)
	at := draw.Crop(c, 0, -labelWidth(labels), 0, 0)
	p.Draw(at)
	data := p.DataCanvas(at)
	m.mark(data, p, colours)
	framed(data)
	drawEnds(data, p, labels)
	return nil
}

// fewLabels are the labels that the height has room for: those of the heaviest regions. The labels are in
// the opposite order of the regions.
func fewLabels(labels []endLabel, regions []sim.RegionReport, c draw.Canvas) []endLabel {
	room := int((c.Rectangle.Size().Y - axisRoom) / (tickSize + 0.5))
	if len(labels) <= room {
		return labels
	}
	order := byMass(regions)[:max(room, 0)]
	var kept []endLabel
	for k := range slices.Backward(regions) {
		if slices.Contains(order, k) {
			kept = append(kept, labels[len(regions)-1-k])
		}
	}
	return kept
}

// mark puts a circle where a region first had 90 % of its target mass.
func (m *massPlot) mark(c draw.Canvas, p *plot.Plot, colours []color.Color) {
	toX, toY := p.Transforms(&c)
	for k, r := range m.frame.Report.Regions {
		x := float64(r.Reached)
		if r.Reached == sim.NotReached || x < p.X.Min || x > p.X.Max {
			continue
		}
		at := vg.Point{X: toX(x), Y: toY(sim.ReachedRatio * r.Mass)}
		c.DrawGlyph(draw.GlyphStyle{Color: paper(), Radius: 2.4, Shape: draw.CircleGlyph{}}, at)
		c.SetLineStyle(lineOf(colours[k], 0.9))
		var circle vg.Path
		circle.Move(vg.Point{X: at.X + 2.4, Y: at.Y})
		circle.Arc(at, 2.4, 0, 2*3.141592653589793)
		circle.Close()
		c.Stroke(circle)
	}
}

func (m *massPlot) sentence() string {
	text := "Particle mass of the regions"
	if m.frame.Watching != nil {
		return text + "; dashed: their target masses."
	}
	return text + "; dashed: their target masses; circles: the step from which a region had 90 % of it."
}

func (m *massPlot) table() output.Table {
	t := output.Table{}
	t.Add("step", m.steps)
	for k, r := range m.frame.Report.Regions {
		t.Add(fmt.Sprintf("mass_%d", r.ID), m.masses(k))
	}
	for _, r := range m.frame.Report.Regions {
		t.Add(fmt.Sprintf("target_%d", r.ID), slices.Repeat([]float64{r.Mass}, len(m.steps)))
	}
	return t
}

// byMass are the indices of the regions, the heaviest target mass first.
func byMass(regions []sim.RegionReport) []int {
	order := make([]int, len(regions))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(regions[b].Mass, regions[a].Mass) })
	return order
}

// regionColours are a colour of its own for each of the heaviest regions, one for all others.
func regionColours(regions []sim.RegionReport) []color.Color {
	list := make([]color.Color, len(regions))
	for place, k := range byMass(regions) {
		list[k] = restColour()
		if place < len(seriesColours()) {
			list[k] = seriesColour(place)
		}
	}
	return list
}

// regionName is the number of a region, with its name where it has one.
func regionName(r sim.RegionReport) string {
	if r.Name == "" {
		return fmt.Sprint(r.ID)
	}
	return drawable(fmt.Sprintf("%d %s", r.ID, r.Name))
}
