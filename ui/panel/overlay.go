package panel

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// Overlay is what is drawn over the fields of the maps.
type Overlay int

// The overlays, in the order that the key steps through them.
const (
	NoOverlay Overlay = iota
	Arrows
	Trails
	Both
	overlays
)

// Next is the overlay that the key shows next: where no drift is shown, there are no arrows.
func (o Overlay) Next(f *session.Frame) Overlay {
	switch {
	case !Undriven(f):
		return (o + 1) % overlays
	case o.HasTrails():
		return NoOverlay
	}
	return Trails
}

func (o Overlay) String() string {
	return [...]string{"no overlay", "velocity arrows", "trails", "velocity arrows and trails"}[o]
}

// OverlayNamed is the overlay with a name: none, arrows, trails or both.
func OverlayNamed(name string) (Overlay, error) {
	names := [overlays]string{"none", "arrows", "trails", "both"}
	for o, known := range names {
		if name == known {
			return Overlay(o), nil
		}
	}
	return 0, fmt.Errorf("unknown overlay %q, expected one of %s", name, strings.Join(names[:], ", "))
}

// HasArrows reports whether an overlay has arrows along the velocity.
func (o Overlay) HasArrows() bool { return o == Arrows || o == Both }

// HasTrails reports whether particles draw where they came from.
func (o Overlay) HasTrails() bool { return o == Trails || o == Both }

// Cells between two arrows.
const (
	arrowColumns = 4
	arrowRows    = 2
	// slowest is the displacement, relative to the mean of the particles', from which an
	// arrow is drawn.
	slowest = 0.3
)

// arrows puts an arrow along the mean displacement of the particles in a step into every few cells. Its
// length is one of three grades; with pixels it is drawn to scale.
func (m *Map) arrows(f *session.Frame, v View) {
	wide, high := arrowColumns*m.fine, arrowRows*m.fine
	columns, rows := m.bitmap.Cols/wide, m.bitmap.Rows/high
	m.longArrow = 0
	if columns == 0 || rows == 0 {
		return
	}
	sum, weight := m.displacements(f, v, columns, rows)
	length := func(k int) float64 { return math.Hypot(sum[k].X, sum[k].Y) }
	total, mass, heaviest, longest := 0.0, 0.0, 0.0, 0.0
	for k, w := range weight {
		total += length(k)
		mass += w
		heaviest = max(heaviest, w)
	}
	shown := func(k int, w float64) bool {
		return w >= faint*heaviest && w > 0 && length(k)/w >= slowest*total/mass && length(k) > 0
	}
	for k, w := range weight {
		if shown(k, w) {
			longest = max(longest, length(k)/w)
		}
	}
	m.longArrow = roundDown(longest)
	for k, w := range weight {
		if !shown(k, w) {
			continue
		}
		column, row, by := k%columns*wide+wide/2, k/columns*high+high/2, length(k)/w
		if m.fine == 1 {
			glyph, line := gradedArrow(sum[k], by/m.longArrow)
			m.dots.SetGlyph(column, row, glyph, line)
			continue
		}
		m.stroke(v.Point(float64(column), float64(2*row)), sum[k], by/m.longArrow, v)
	}
}

// displacements are the sums of q and of q times the displacement in a step over the nodes in each of
// columns × rows parts of a view.
func (m *Map) displacements(f *session.Frame, v View, columns, rows int) (sum []scenarios.Point, weight []float64) {
	sum, weight = make([]scenarios.Point, columns*rows), make([]float64, columns*rows)
	wide, high := float64(arrowColumns*m.fine), float64(2*arrowRows*m.fine)
	d, settings, dt := &f.Fields, f.Settings, f.Report.StepDT
	for i, q := range d.Q {
		if q <= 0 || math.IsNaN(d.VX[i]) {
			continue
		}
		x, y := v.Pixel(scenarios.Point{X: d.Grid.X(i % d.Grid.NX), Y: d.Grid.Y(i / d.Grid.NX)})
		column, row := int(math.Floor(x/wide)), int(math.Floor(y/high))
		if column < 0 || row < 0 || column >= columns || row >= rows {
			continue
		}
		k, by := row*columns+column, settings.Displacement(scenarios.Point{X: d.VX[i], Y: d.VY[i]}, d.Weight[i], dt)
		sum[k].X += q * by.X
		sum[k].Y += q * by.Y
		weight[k] += q
	}
	return sum, weight
}

// roundDown is the largest of 1, 2 and 5 times a power of ten that is at most v, 0 for 0.
func roundDown(v float64) float64 {
	if !(v > 0) {
		return 0
	}
	base := portable.Pow(10, math.Floor(math.Log10(v)))
	for _, k := range []float64{5, 2} {
		if k*base <= v {
			return k * base
		}
	}
	return base
}

// shortArrow is the length of an arrow, relative to a long one, below which it is faint.
const shortArrow = 0.25

// gradedArrow is the arrow along a vector, for a length relative to that of a long one: faint, plain or double.
func gradedArrow(along scenarios.Point, length float64) (glyph rune, line paint.Line) {
	switch {
	case length >= 1:
		return doubleArrow(along), paint.ArrowLine
	case length >= shortArrow:
		return arrowGlyph(along), paint.ArrowLine
	}
	return arrowGlyph(along), paint.FaintArrowLine
}

// arrowLegend says what the arrows stand for, the longest form that fits into what is left of a row.
func (m *Map) arrowLegend(r *paint.Row, t paint.Theme) {
	if !m.Lines || !m.Overlay.HasArrows() || m.longArrow == 0 {
		return
	}
	if m.fine > 1 {
		r.Text(longest([]string{fmt.Sprintf("  ── %s a step", number(m.longArrow)), fmt.Sprintf(" ──%s", number(m.longArrow)), ""}, r.Left()), t.Dim)
		return
	}
	long, short := number(m.longArrow), number(shortArrow*m.longArrow)
	grades := fmt.Sprintf("  → <%s → <%s ⇒ from %s a step", short, long, long)
	if t.Depth != paint.None && r.Left() >= paint.Width(grades) {
		r.Text("  →", t.LineStyle(paint.FaintArrowLine)).Text(" <"+short, t.Dim)
		r.Text(" →", t.LineStyle(paint.ArrowLine)).Text(" <"+long, t.Dim)
		r.Text(" ⇒", t.LineStyle(paint.ArrowLine)).Text(" from "+long+" a step", t.Dim)
		return
	}
	r.Text(longest([]string{
		fmt.Sprintf("  → <%s ⇒ from %s a step", long, long), fmt.Sprintf(" ⇒ from %s a step", long), fmt.Sprintf(" ⇒ ≥%s a step", long), fmt.Sprintf(" ⇒≥%s/step", long), "",
	}, r.Left()), t.Dim)
}

// stroke draws an arrow along a vector: a long one takes half of its room, and none more than all of it.
func (m *Map) stroke(at, along scenarios.Point, relative float64, v View) {
	room := float64(arrowColumns*m.fine) * v.scale
	length := min(relative/2, 1) * room / math.Hypot(along.X, along.Y)
	dx, dy := along.X*length, along.Y*length
	tip := scenarios.Point{X: at.X + dx/2, Y: at.Y + dy/2}
	m.segment(scenarios.Point{X: at.X - dx/2, Y: at.Y - dy/2}, tip, v, paint.ArrowLine)
	for _, side := range []float64{-0.15, 0.15} {
		m.segment(tip, scenarios.Point{X: tip.X - 0.3*dx - side*dy, Y: tip.Y - 0.3*dy + side*dx}, v, paint.ArrowLine)
	}
}

// arrowGlyph points along a vector, to the nearest eighth of a turn.
func arrowGlyph(v scenarios.Point) rune {
	eighth := int(math.Round(math.Atan2(v.Y, v.X)/(math.Pi/4))+8) % 8
	return []rune("→↗↑↖←↙↓↘")[eighth]
}

// doubleArrow is arrowGlyph with a double shaft.
func doubleArrow(v scenarios.Point) rune {
	single := []rune("→↗↑↖←↙↓↘")
	return []rune("⇒⇗⇑⇖⇐⇙⇓⇘")[slices.Index(single, arrowGlyph(v))]
}

// Trail is where some of the particles have been in the last frames.
type Trail struct {
	past [][]scenarios.Point // oldest first, the same particles each
	step int
}

const (
	trailLength    = 24
	trailParticles = 200
)

// Add appends a frame. Particles that were moved otherwise than by steps start again.
func (t *Trail) Add(f *session.Frame) {
	stride := max(len(f.Particles)/trailParticles, 1)
	some := make([]scenarios.Point, 0, trailParticles)
	for i := 0; i < len(f.Particles) && len(some) < trailParticles; i += stride {
		some = append(some, f.Particles[i])
	}
	if n := len(t.past); n > 0 && (f.Now < t.step || len(t.past[n-1]) != len(some)) {
		t.past = nil
	}
	if f.Now == t.step && len(t.past) > 0 {
		return
	}
	t.step = f.Now
	t.past = append(t.past, some)
	if len(t.past) > trailLength {
		t.past = t.past[1:]
	}
}

// trail draws the lines of a trail.
func (m *Map) trail(t *Trail, v View) {
	for k := 1; k < len(t.past); k++ {
		for i, p := range t.past[k] {
			m.segment(t.past[k-1][i], p, v, paint.TrailLine)
		}
	}
}
