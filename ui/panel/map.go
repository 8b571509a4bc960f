package panel

import (
	"undercurrent/scenarios"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// Map draws one field, and upon it the particles or the lines of the flow.
type Map struct {
	Shows     Field
	Particles bool
	Lines     bool
	// Sampler draws the samples and the warped grid of a sampler in training.
	Sampler bool
	// Overlay is drawn over the particles (trails) or the lines (arrows). Trail is
	// where the particles came from, nil without one.
	Overlay Overlay
	Trail   *Trail
	// Axes draws axes with numbers beside the picture.
	Axes bool
	// Graphics makes the terminal draw the picture where it can; nil leaves it to cells.
	Graphics *paint.Graphics
	fine     int // pixels along the width of a cell
	// marked reports whether divergent transitions are marked.
	marked bool
	// longArrow is the displacement in a step from which an arrow is long, 0 without arrows.
	longArrow float64

	bitmap   *paint.Bitmap
	resample *resampler
	a, b     []float64 // fields a pixel
	dots     paint.Dots
	lines    paint.Dots // of the flow: frames between reports keep those there are
	contours contours
	outline  outline
	nodes    []float64

	palette      paint.Palette
	paletteField Field
	paletteLook  paint.Look
	paletteDepth paint.Depth
}

// NewMap is a map of the given field.
func NewMap(shows Field, particles bool) *Map {
	return &Map{Shows: shows, Particles: particles, bitmap: paint.NewBitmap()}
}

// The title of a panel is above the picture of its map, the legend below.
const titleRows, legendRows = 1, 1

// Picture is the rectangle of the picture in that of a panel with a map of a window.
func Picture(w scenarios.Window, r layout.Rect, axes bool) layout.Rect {
	p := layout.Rect{X: r.X, Y: r.Y + titleRows, W: r.W, H: r.H - titleRows - legendRows}
	if axes && p.H > abscissaRows {
		p.H -= abscissaRows
		left := min(ordinateWidth(w, p.H), p.W)
		p.X, p.W = p.X+left, p.W-left
	}
	return p
}

// needs are the instruments that the map reads.
func (m *Map) needs() session.Shown {
	return session.Shown{Fields: m.Shows.NeedsFields(), Lines: m.Lines}
}

// Render draws picture and legend.
func (m *Map) Render(f *session.Frame, t paint.Theme, width, height int) []string {
	p := Picture(f.View, layout.Rect{W: width, H: height + titleRows}, m.Axes)
	if p.H < 1 || p.W < 1 {
		return Nothing(width, height)
	}
	lines := fill(m.paint(f, t, p.W, p.H), p.W, p.H)
	cells := NewView(f.View, p.W, 2*p.H)
	switch {
	case m.Sampler:
		m.label(lines, f.Training.Regions, t, cells)
	case m.Particles:
		m.label(lines, f.Report.RegionTotals(), t, cells)
		labelOutside(lines, f.Outside, t, p.W)
	}
	if f.Probe != nil {
		crosshair(lines, f.Probe.Point, t, cells)
	}
	if p.X > 0 {
		lines = withAxes(lines, cells, t, p.X)
	}
	return append(lines, m.legend(width, t))
}

// paint draws the picture alone.
func (m *Map) paint(f *session.Frame, t paint.Theme, width, rows int) []string {
	m.fine = 1
	if m.Graphics.On() && t.Depth != paint.None {
		m.fine = paint.Fineness
	}
	m.bitmap.Resize(width*m.fine, rows*m.fine)
	v := NewView(f.View, m.bitmap.Width(), m.bitmap.Height())
	m.prepare(f, v, t)
	m.paintField(f)
	return m.picture(m.drawDots(f, v), t, width, rows)
}

// Thumbnail draws a target and its initial cloud without labels.
func (m *Map) Thumbnail(p *session.Preview, t paint.Theme, width, rows int) []string {
	if width < 1 || rows < 1 {
		return Nothing(width, rows)
	}
	f := &session.Frame{Fields: p.Fields, View: p.View, Particles: p.Cloud}
	return fill(m.paint(f, t, width, rows), width, rows)
}

// picture is the bitmap under the dots as lines of cells.
func (m *Map) picture(dots *paint.Dots, t paint.Theme, width, rows int) []string {
	switch {
	case m.fine > 1:
		return m.Graphics.Lines(m.bitmap.Image(dots, m.palette, t), width, rows)
	case dots != nil:
		return m.bitmap.LinesUnder(dots, m.palette, t)
	}
	return m.bitmap.Lines(m.palette, t.Depth)
}

// drawDots draws what lies over the field, nil where nothing does.
func (m *Map) drawDots(f *session.Frame, v View) *paint.Dots {
	drawn := true
	switch {
	case m.Sampler:
		m.dots.Resize(m.bitmap.Cols, m.bitmap.Rows)
		m.warp(f.Training, v)
		m.dot(f.Training.Samples, v, cellsPerSample)
	case m.Particles:
		m.dots.Resize(m.bitmap.Cols, m.bitmap.Rows)
		if m.Overlay.HasTrails() && m.Trail != nil {
			m.trail(m.Trail, v)
		}
		m.dot(f.Particles, v, cellsPerParticle)
		m.marks(divergent(f), v)
	case m.Lines && !Undriven(f):
		m.drawLines(f, v)
	default:
		m.dots.Resize(m.bitmap.Cols, m.bitmap.Rows)
		drawn = false
	}
	if m.outline.draw(&m.dots, f, v) || drawn {
		return &m.dots
	}
	return nil
}

// drawLines draws the lines of the flow. Frames between reports lack what they need and keep those
// there are.
func (m *Map) drawLines(f *session.Frame, v View) {
	if !f.Fields.Complete && m.lines.Fits(m.bitmap.Cols, m.bitmap.Rows) {
		m.dots.Copy(&m.lines)
		return
	}
	m.dots.Resize(m.bitmap.Cols, m.bitmap.Rows)
	if f.Fields.Complete {
		m.contours.draw(&m.dots, f, m.resample)
		if m.Overlay.HasArrows() {
			m.arrows(f, v)
		}
	}
	m.lines.Copy(&m.dots)
}

// describe says what the map shows, the longest form first.
func (m *Map) describe(f *session.Frame, t paint.Theme) (forms []string) {
	what, own := m.Shows.String(), ownTarget(f)
	switch {
	case own.Is() && m.Shows == Target && m.Particles:
		return append(withAll(own, "draws of this %s on the density of %s", "%s over %s"), "density and draws")
	case own.Alone() && m.Shows == Ratio:
		return []string{what + ", p made of the same draws", what}
	case own.Is() && m.Shows == Ratio:
		return append(withAll(own, what+": q of this %s, p of %s", what+" of %s, %s"), what)
	case m.Sampler:
		return samplerForms(f)
	case m.Particles:
		return []string{what + " and particles", what}
	case m.Lines && !Undriven(f):
		for _, lines := range lineForms(f, t) {
			forms = append(forms, what+" · "+lines)
		}
		return forms
	}
	return []string{what}
}

// prepare makes room and the palette for the field and the terminal.
func (m *Map) prepare(f *session.Frame, v View, t paint.Theme) {
	if !m.resample.fits(f.Fields.Grid, v) {
		m.resample = newResampler(f.Fields.Grid, v)
	}
	if n := v.Width * v.Height; len(m.a) != n {
		m.a, m.b = make([]float64, n), make([]float64, n)
	}
	if m.palette.Colors == nil || m.paletteField != m.Shows || m.paletteDepth != t.Depth || m.paletteLook != t.Look() {
		ground := t.Density()
		switch {
		case m.Shows.signed():
			ground = t.Signed()
		case m.Particles, m.Sampler:
			ground = t.Muted()
		}
		m.palette, m.paletteField, m.paletteDepth, m.paletteLook = ground, m.Shows, t.Depth, t.Look()
	}
}

func (m *Map) paintField(f *session.Frame) {
	level := m.levels(f)
	for i := range m.bitmap.Levels {
		l := level(i)
		if l == paint.Empty && m.Shows.signed() && (i%m.bitmap.Cols+i/m.bitmap.Cols)%2 == 1 {
			l = paint.EmptyStripe
		}
		m.bitmap.Levels[i] = uint8(l)
	}
}

// cellsPerParticle is how much of the picture a shown particle gets on average.
const cellsPerParticle = 0.5

// dot sets a dot for every k-th point, few enough for the field to be seen between
// them; k depends on the size of the picture alone, so nothing flickers.
func (m *Map) dot(points []scenarios.Point, v View, cellsEach float64) {
	shown := max(int(float64(m.bitmap.Cols*m.bitmap.Rows)/cellsEach), 1)
	stride := (len(points) + shown - 1) / shown
	for i := 0; i < len(points); i += stride {
		x, y := v.Pixel(points[i])
		m.dots.Add(x, y/2)
	}
}
