package figure

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"undercurrent/ui/output"
	"undercurrent/ui/session"
)

// maps are one to three maps of the view of a frame, with equal scales of x and y.
type maps struct {
	frame *session.Frame
	kinds []Kind
	peak  float64 // of p and q, whose colours are alike
	logR  []float64
}

func newMaps(f *session.Frame, k Kind) *maps {
	m := &maps{frame: f, kinds: []Kind{k}}
	_, m.logR = f.Fields.LogRatios()
	if k == Maps {
		m.kinds = []Kind{Target, Density, Ratio}
	}
	m.peak = f.Fields.Peak
	for _, q := range f.Fields.Q {
		m.peak = max(m.peak, q)
	}
	return m
}

// Sizes of maps.
const (
	oneMap    = 90 * vg.Millimeter
	threeMaps = 180 * vg.Millimeter
	headRoom  = headSize + 4 // the line above a map
	axisRoom  = vg.Length(33)
	minAspect = 0.4
	maxAspect = 1.6
)

func (m *maps) width() vg.Length {
	if len(m.kinds) == 1 {
		return oneMap
	}
	return threeMaps
}

// height is that of maps which fill the width, unless they are very high or flat.
func (m *maps) height(width vg.Length) vg.Length {
	n := vg.Length(len(m.kinds))
	v := m.frame.View
	aspect := min(max((v.YMax-v.YMin)/(v.XMax-v.XMin), minAspect), maxAspect)
	data := (width-(n-1)*gap)/n - axisRoom
	return data*vg.Length(aspect) + headRoom + axisRoom + barHeight
}

func (m *maps) draw(c draw.Canvas) error {
	n := len(m.kinds)
	width := (c.Rectangle.Size().X - vg.Length(n-1)*gap) / vg.Length(n)
	for k, kind := range m.kinds {
		left := vg.Length(k) * (width + gap)
		m.drawOne(draw.Crop(c, left, left+width-c.Rectangle.Size().X, 0, 0), kind, k)
	}
	return nil
}

// drawOne draws the k-th map with its head, axes and colour bar.
func (m *maps) drawOne(c draw.Canvas, kind Kind, k int) {
	f := m.frame
	p := newChart("x", "y")
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = f.View.XMin, f.View.XMax, f.View.YMin, f.View.YMax
	h, head, label := m.field(kind)
	h.extra = k
	p.Add(h)
	if kind == Ratio {
		p.Add(zeroLine{f.Fields.Grid, m.logR, lineOf(ink(), 0.8)})
	}
	at := equalScales(p, draw.Crop(c, 0, 0, barHeight, -headRoom))
	p.Draw(at)
	data := p.DataCanvas(at)
	if kind == Ratio && m.driven() {
		m.arrows().draw(data, p, vg.Point{X: data.Max.X, Y: data.Max.Y + 3})
	}
	switch kind {
	case Target:
		m.labelRegions(data, p, besideMode) // a number on a mode would hide it
	case Ratio:
		m.labelRegions(data, p, 0)
	}
	framed(data)
	c.FillText(aligned(styled(sans(headSize)), draw.XLeft, draw.YBottom), vg.Point{X: data.Min.X, Y: data.Max.Y + 3}, head)
	h.colourBar(draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{Min: c.Min, Max: vg.Point{X: c.Max.X, Y: at.Min.Y - 2}}}, data.Rectangle, label)
}

// ratioReach is |log r| at the ends of the colours, as on the screen.
const ratioReach = 2

// field is the map of a kind, what stands above it and what its colours are.
func (m *maps) field(kind Kind) (h heatMap, head, label string) {
	f := &m.frame.Fields
	switch kind {
	case Target:
		return heatMap{grid: f.Grid, values: f.P, ramp: densityRamp(), hi: m.peak}, "target p", "density per unit of area"
	case Density:
		return heatMap{grid: f.Grid, values: f.Q, ramp: densityRamp(), hi: m.peak}, "particles q", "density per unit of area"
	}
	return heatMap{grid: f.Grid, values: m.logR, ramp: ratioRamp(), lo: -ratioReach, hi: ratioReach}, "log r", "log r = log p − log q"
}

// driven reports whether the velocity of the drift moves the particles.
func (m *maps) driven() bool {
	return m.frame.Settings.Mover.IsZero() && m.frame.Watching == nil && m.frame.Fields.Complete
}

// minArrowDensity is the density, relative to its largest value, below which no arrows are drawn: hardly any
// particle has that velocity, and it may be large.
const minArrowDensity = 0.01

// arrows are the velocities where there are particles.
func (m *maps) arrows() arrows {
	f := &m.frame.Fields
	top := slices.Max(f.Q)
	vx := slices.Clone(f.VX)
	for i, q := range f.Q {
		if q < minArrowDensity*top {
			vx[i] = math.NaN()
		}
	}
	return arrows{f.Grid, vx, f.VY}
}

// equalScales is the part of a canvas at its top in which x and y of a plot have the same scale.
func equalScales(p *plot.Plot, c draw.Canvas) draw.Canvas {
	data := p.DataCanvas(c).Rectangle.Size()
	scale := min(float64(data.X)/(p.X.Max-p.X.Min), float64(data.Y)/(p.Y.Max-p.Y.Min))
	extraX := data.X - vg.Length(scale*(p.X.Max-p.X.Min))
	extraY := data.Y - vg.Length(scale*(p.Y.Max-p.Y.Min))
	return draw.Crop(c, 0, -extraX, extraY, 0)
}

// besideMode is how far a number stands above the middle of its region in order not to hide the mode.
const besideMode = 1.5 * tickSize

// labelRegions writes the numbers of the regions, higher than their middles by up; of those that overlap the
// one with the larger mass.
func (m *maps) labelRegions(c draw.Canvas, p *plot.Plot, up vg.Length) {
	toX, toY := p.Transforms(&c)
	style := aligned(styled(sans(tickSize)), draw.XCenter, draw.YCenter)
	var taken []vg.Rectangle
	regions := m.frame.Report.Regions
	for _, k := range byMass(regions) {
		r := regions[k]
		at := vg.Point{X: toX(r.Middle.X), Y: toY(r.Middle.Y) + up}
		if !c.Contains(at) || r.Mass == 0 {
			continue
		}
		text := fmt.Sprint(r.ID)
		half := vg.Point{X: style.Width(text)/2 + 1.2, Y: tickSize/2 - 0.2}
		box := vg.Rectangle{Min: at.Sub(half), Max: at.Add(half)}
		if slices.ContainsFunc(taken, func(t vg.Rectangle) bool { return overlap(box, t) }) {
			continue
		}
		taken = append(taken, box)
		c.FillPolygon(paper(), []vg.Point{at.Sub(half), {X: at.X + half.X, Y: at.Y - half.Y}, at.Add(half), {X: at.X - half.X, Y: at.Y + half.Y}})
		c.FillText(style, at, text)
	}
}

// overlap reports whether two rectangles overlap.
func overlap(a, b vg.Rectangle) bool {
	return a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y
}

func (m *maps) sentence() string {
	text := ""
	for _, k := range m.kinds {
		switch k {
		case Target:
			text += "p: the target"
			if m.frame.Settings.Smoothing.String() == "matched" {
				text += ", smoothed as the particles are"
			}
			text += "; numbers are regions. "
		case Density:
			text += "q: the density of the particles. "
		case Ratio:
			text += "log r: orange where particles are missing, blue where there are too many, grey where there are none; line: r = 1. "
			if m.driven() {
				text += fmt.Sprintf("Arrows: velocity V per unit of time, where q is above %g %% of its peak. ", 100*minArrowDensity)
			}
		}
	}
	return text
}

// table has a row for each node of the grid, x fastest.
func (m *maps) table() output.Table {
	f := &m.frame.Fields
	g := f.Grid
	n := g.Len()
	x, y := make([]float64, n), make([]float64, n)
	for i := range n {
		at := g.Node(i)
		x[i], y[i] = at.X, at.Y
	}
	t := output.Table{Rows: g.NY}
	t.Add("x", x)
	t.Add("y", y)
	for _, k := range m.kinds {
		switch k {
		case Target:
			t.Add("p", f.P)
		case Density:
			t.Add("q", f.Q)
		case Ratio:
			t.Add("log_r", m.logR)
			if m.driven() {
				t.Add("vx", f.VX)
				t.Add("vy", f.VY)
			}
		}
	}
	return t
}
