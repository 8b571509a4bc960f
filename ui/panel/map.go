package panel

import (
	"fmt"
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/ui/engine"
	"undercurrent/ui/paint"
)

// Field is what a map shows.
type Field int

// The fields, in the order that the keys step through them.
const (
	Target Field = iota
	Cloud
	Ratio
	Speed
	Weights
	Compression
	fields
)

// Next is the field that the key shows next.
func (f Field) Next() Field { return (f + 1) % fields }

// NeedsFields tells whether the field is more than densities.
func (f Field) NeedsFields() bool { return f >= Speed }

// signed tells whether the field has two signs.
func (f Field) signed() bool { return f == Ratio || f == Compression }

func (f Field) String() string {
	return [...]string{"target p", "cloud q", "log p/q", "speed |V|", "weight w(r)", "−div V"}[f]
}

// Ranges of the fields that are not scaled by the target's peak.
const (
	ratioRange = 2.0 // |log r|
	// speedDecades and weightDecades are log₁₀ ranges around 1.
	speedLow, speedHigh   = -2.0, 2.0
	weightLow, weightHigh = -3.0, 3.0
	// faint is the density, relative to the target's peak, under which a place
	// belongs to nobody.
	faint = 2e-3
	// emptyRatio is p/q from which a place counts as empty of particles.
	emptyRatio = 1e6
)

// Map draws one field, and upon it the particles or the lines of the flow.
type Map struct {
	Name      string
	Shows     Field
	Particles bool
	Lines     bool
	// Sampler draws the samples and the warped grid of a sampler in training.
	Sampler bool
	// Overlay is drawn over the particles (trails) or the lines (arrows). Trail is
	// where the particles came from, nil without one.
	Overlay Overlay
	Trail   *Trail
	// Graphics has the terminal draw the picture where it can; nil leaves it to cells.
	Graphics *paint.Graphics
	fine     int // pixels along the width of a cell

	bitmap   *paint.Bitmap
	resample *resampler
	a, b     []float64 // fields a pixel
	dots     paint.Dots
	contours contours
	nodes    []float64

	palette      paint.Palette
	paletteField Field
	paletteLook  paint.Look
	paletteDepth paint.Depth
}

// NewMap is a map of the given field.
func NewMap(name string, shows Field, particles bool) *Map {
	return &Map{Name: name, Shows: shows, Particles: particles, bitmap: paint.NewBitmap()}
}

// Render draws title, picture and legend.
func (m *Map) Render(f *engine.Frame, t paint.Theme, width, height int) []string {
	rows := height - 2
	if rows < 1 || width < 1 {
		return Nothing(width, height)
	}
	m.fine = 1
	if m.Graphics.On() && t.Depth != paint.None {
		m.fine = paint.Fineness
	}
	m.bitmap.Resize(width*m.fine, rows*m.fine)
	v := NewView(f.View, m.bitmap.Width(), m.bitmap.Height())
	m.prepare(f, v, t)
	m.paintField(f)
	lines := append(make([]string, 0, height), Title(width, t, m.Name, m.Caption(f, t)))
	lines = append(lines, m.picture(m.drawDots(f, v), t, width, rows)...)
	lines = fill(lines, width, height-1)
	cells := NewView(f.View, width, 2*rows)
	switch {
	case m.Sampler:
		m.label(lines[1:], f.Portrait.Regions, t, cells)
	case m.Particles:
		m.label(lines[1:], f.Report.Regions, t, cells)
	}
	if f.Probe != nil {
		crosshair(lines[1:], f.Probe.Point, t, cells)
	}
	return append(lines, m.legend(width, t))
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
func (m *Map) drawDots(f *engine.Frame, v View) *paint.Dots {
	switch {
	case m.Sampler:
		m.dots.Resize(m.bitmap.Cols, m.bitmap.Rows)
		m.warp(f.Portrait, v)
		m.dot(f.Portrait.Samples, v, cellsPerSample)
	case m.Particles:
		m.dots.Resize(m.bitmap.Cols, m.bitmap.Rows)
		if m.Overlay.HasTrails() && m.Trail != nil {
			m.trail(m.Trail, v)
		}
		m.dot(f.Particles, v, cellsPerParticle)
	case m.Lines:
		// Frames between reports lack what the lines need and keep those there are.
		if f.Fields.Complete || !m.dots.Fits(m.bitmap.Cols, m.bitmap.Rows) {
			m.dots.Resize(m.bitmap.Cols, m.bitmap.Rows)
		}
		if f.Fields.Complete {
			m.contours.draw(&m.dots, f, m.resample)
			if m.Overlay.HasArrows() {
				m.arrows(f, v)
			}
		}
	default:
		return nil
	}
	return &m.dots
}

// Caption says what the map shows.
func (m *Map) Caption(f *engine.Frame, t paint.Theme) string {
	switch {
	case m.Sampler:
		return warpNames(f)
	case m.Particles:
		return m.Shows.String() + " and particles"
	case m.Lines:
		return m.Shows.String() + lineNames(f, t)
	}
	return m.Shows.String()
}

// prepare makes room and the palette for the field and the terminal.
func (m *Map) prepare(f *engine.Frame, v View, t paint.Theme) {
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

func (m *Map) paintField(f *engine.Frame) {
	level := m.levels(f)
	for i := range m.bitmap.Levels {
		l := level(i)
		if l == paint.Empty && m.Shows.signed() && (i%m.bitmap.Cols+i/m.bitmap.Cols)%2 == 1 {
			l = paint.EmptyStripe
		}
		m.bitmap.Levels[i] = uint8(l)
	}
}

// levels resamples what the field needs and returns the level of each pixel.
func (m *Map) levels(f *engine.Frame) func(i int) int {
	d := &f.Fields
	top := peakOf(d.P)
	switch m.Shows {
	case Target:
		m.resample.mean(m.a, d.P, 0)
		return func(i int) int { return sequential(math.Sqrt(m.a[i] / top)) }
	case Cloud:
		m.resample.mean(m.a, d.Q, 0)
		return func(i int) int { return sequential(math.Sqrt(m.a[i] / top)) }
	case Ratio:
		m.resample.mean(m.a, d.P, 0)
		m.resample.mean(m.b, d.Q, 0)
		return func(i int) int { return signed(m.a[i], m.b[i], top) }
	case Compression:
		if !d.Complete {
			return func(int) int { return paint.Nowhere }
		}
		return m.compression(f, top)
	case Speed, Weights:
		if !d.Complete {
			return func(int) int { return 0 }
		}
		if m.Shows == Weights {
			m.resample.mean(m.a, d.Weight, 0)
			return func(i int) int { return decades(m.a[i], weightLow, weightHigh) }
		}
		if len(m.nodes) != len(d.VX) {
			m.nodes = make([]float64, len(d.VX))
		}
		for i := range d.VX {
			m.nodes[i] = math.Hypot(d.VX[i], d.VY[i])
		}
		m.resample.mean(m.a, m.nodes, 0)
		return func(i int) int { return decades(m.a[i], speedLow, speedHigh) }
	}
	panic("panel: unknown field")
}

// compression is the signed level of −div V, its range a few times its median size
// over the cloud: at the rim of a cloud it may be a thousand times that.
func (m *Map) compression(f *engine.Frame, top float64) func(i int) int {
	d := &f.Fields
	scale := compressionRange * medianSize(d.Compression, d.Q)
	m.resample.mean(m.a, d.Compression, math.NaN())
	m.resample.mean(m.b, d.Q, 0)
	return func(i int) int {
		if math.IsNaN(m.a[i]) || m.b[i] < faint*top {
			return paint.Nowhere
		}
		return signedLevel(m.a[i] / scale)
	}
}

// compressionRange is the largest compression shown, in medians of its size.
const compressionRange = 4

// medianSize is the weighted median of |v|, to an eighth of an octave, leaving out
// what is no number.
func medianSize(values, weights []float64) float64 {
	const perOctave, octaves = 8, 128
	var bins [2 * octaves * perOctave]float64
	total := 0.0
	for i, v := range values {
		if v == v && v != 0 {
			k := int(perOctave * (math.Log2(math.Abs(v)) + octaves))
			bins[min(max(k, 0), len(bins)-1)] += weights[i]
			total += weights[i]
		}
	}
	below := 0.0
	for k, w := range bins {
		if below += w; below >= total/2 {
			return math.Exp2(float64(k)/perOctave - octaves)
		}
	}
	return 1
}

func sequential(u float64) int {
	return min(max(int(u*paint.DensityLevels), 0), paint.DensityLevels-1)
}

// decades is the level of a positive value between 10^lo and 10^hi.
func decades(v, lo, hi float64) int {
	if v <= 0 {
		return 0
	}
	return 1 + min(max(int((math.Log10(v)-lo)/(hi-lo)*(paint.DensityLevels-1)), 0), paint.DensityLevels-2)
}

// signed is the level of log p/q, or of a place that is empty or nowhere.
func signed(p, q, top float64) int {
	switch {
	case max(p, q) < faint*top:
		return paint.Nowhere
	case q*emptyRatio < p:
		return paint.Empty
	}
	return signedLevel(math.Log(p/q) / ratioRange)
}

// signedLevel is the level of a value in −1..1.
func signedLevel(u float64) int {
	return paint.SignedSide + int(math.Round(min(max(u, -1), 1)*paint.SignedSide))
}

// cellsPerParticle is how much of the picture a shown particle gets on average.
const cellsPerParticle = 0.5

// dot sets a dot for every k-th point, few enough for the field to be seen between
// them; k depends on the size of the picture alone, so nothing flickers.
func (m *Map) dot(points []scenarios.Point, v View, cellsEach float64) {
	most := max(int(float64(m.bitmap.Cols*m.bitmap.Rows)/cellsEach), 1)
	stride := (len(points) + most - 1) / most
	for i := 0; i < len(points); i += stride {
		x, y := v.Pixel(points[i])
		m.dots.Add(x, y/2)
	}
}

// label writes each region's number beside its peak, away from the middle of the
// picture, with the share of its due where there is room.
func (m *Map) label(lines []string, regions []sim.RegionReport, t paint.Theme, v View) {
	const most = 16 // regions that carry a share
	taken := map[int][][2]int{}
	long := len(regions) <= most && v.Width >= 30
	for _, r := range regions {
		share := r.Share / r.Region.Mass
		text := fmt.Sprint(r.ID)
		if long {
			text = fmt.Sprintf("%d %.0f%%", r.ID, 100*share)
		}
		w := paint.Width(text)
		x, y := v.Pixel(outward(r, v))
		row := min(max(int(y/2), 0), len(lines)-1)
		column := min(max(int(x)-w/2, 0), v.Width-w)
		if overlaps(taken[row], column, column+w) {
			continue
		}
		taken[row] = append(taken[row], [2]int{column, column + w})
		lines[row] = paint.Overlay(lines[row], column, text, t.Label(shareStyle(t, share)), v.Width)
	}
}

// outward is the peak of a region, moved two standard deviations away from the
// middle of the picture so that a label there leaves the peak to be seen.
func outward(r sim.RegionReport, v View) scenarios.Point {
	middle := v.Point(float64(v.Width)/2, float64(v.Height)/2)
	dx, dy := r.Peak.X-middle.X, r.Peak.Y-middle.Y
	d := math.Hypot(dx, dy)
	if d < v.scale*float64(v.Width)/10 {
		return r.Peak
	}
	away := 2 * math.Sqrt((r.VarX+r.VarY)/2) / d
	return scenarios.Point{X: r.Peak.X + away*dx, Y: r.Peak.Y + away*dy}
}

func overlaps(taken [][2]int, from, to int) bool {
	for _, c := range taken {
		if from <= c[1] && to >= c[0] {
			return true
		}
	}
	return false
}

// Shares of its due from which a region counts as starved or overfull.
const (
	starvedBelow = 0.9
	surplusAbove = 1.1
)

func shareStyle(t paint.Theme, share float64) paint.Style {
	switch {
	case share < starvedBelow:
		return t.Starved
	case share > surplusAbove:
		return t.Surplus
	}
	return t.Balanced
}

// legend is the ramp with its values.
func (m *Map) legend(width int, t paint.Theme) string {
	r := paint.NewRow(width)
	if m.Shows.signed() {
		m.signedLegend(r, t)
		return r.String()
	}
	lo, hi := "0", "peak"
	switch m.Shows {
	case Speed:
		lo, hi = "0.01", "100"
	case Weights:
		lo, hi = "0.001", "1000"
	}
	r.Text(" "+lo+" ", t.Dim)
	m.swatch(r, t, 0, paint.DensityLevels)
	r.Text(" "+hi, t.Dim)
	if m.Sampler && r.Left() > 26 {
		m.warpLegend(r, t)
	}
	if m.Particles && r.Left() > 12 {
		glyph, style := " ⡪", t.CloudInk()
		if t.Depth == paint.None {
			glyph, style = " o", ""
		}
		r.Text(glyph, style).Text(" particles", t.Dim)
	}
	return r.String()
}

func (m *Map) signedLegend(r *paint.Row, t paint.Theme) {
	low, high, reach := " over ", " under", fmt.Sprintf("%.0f", ratioRange)
	if m.Shows == Compression {
		low, high, reach = " spreads ", " gathers", ""
	}
	r.Text(low, t.Surplus)
	if reach != "" {
		r.Text("−"+reach+" ", t.Dim)
	}
	m.swatch(r, t, 0, 2*paint.SignedSide+1)
	if reach != "" {
		r.Text(" +"+reach, t.Dim)
	}
	r.Text(high, t.Starved)
	if m.Shows == Ratio && r.Left() >= len("  xx none") {
		r.Text("  ", "")
		m.block(r, t, paint.Empty)
		m.block(r, t, paint.EmptyStripe)
		r.Text(" none", t.Dim)
	}
}

// lineNames tells what the lines are.
func lineNames(f *engine.Frame, t paint.Theme) string {
	zero, repair := "", " green"
	if t.Depth == paint.None {
		zero, repair = " 0", " x"
	}
	names := " · div V=0" + zero
	if !math.IsInf(f.Functional.Measure().Threshold(), 1) {
		names += ", r*" + repair
	}
	return names
}

// swatch is a piece of the ramp from level lo up to hi.
func (m *Map) swatch(r *paint.Row, t paint.Theme, lo, hi int) {
	const cells = 8
	for k := range cells {
		m.block(r, t, lo+(hi-1-lo)*k/(cells-1))
	}
}

// block is one cell in the colour of a palette entry.
func (m *Map) block(r *paint.Row, t paint.Theme, entry int) {
	if t.Depth == paint.None {
		r.Text(string(m.palette.Glyphs[entry]), "")
		return
	}
	r.Text("█", paint.Ink(m.palette.Colors[entry]))
}
