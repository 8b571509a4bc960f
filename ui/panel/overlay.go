package panel

import (
	"math"

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

// HasArrows reports whether an overlay has arrows along the velocity.
func (o Overlay) HasArrows() bool { return o == Arrows || o == Both }

// HasTrails reports whether particles draw where they came from.
func (o Overlay) HasTrails() bool { return o == Trails || o == Both }

// Cells between two arrows.
const (
	arrowColumns = 4
	arrowRows    = 2
	// slowest is the speed, relative to the mean of the particles', from which an
	// arrow is drawn.
	slowest = 0.3
)

// arrows puts an arrow along the mean velocity of the particles into every few cells.
func (m *Map) arrows(f *session.Frame, v View) {
	wide, high := arrowColumns*m.fine, arrowRows*m.fine
	columns, rows := m.bitmap.Cols/wide, m.bitmap.Rows/high
	if columns == 0 || rows == 0 {
		return
	}
	sum, weight := make([]scenarios.Point, columns*rows), make([]float64, columns*rows)
	d := &f.Fields
	for i, q := range d.Q {
		if q <= 0 || math.IsNaN(d.VX[i]) {
			continue
		}
		x, y := v.Pixel(scenarios.Point{X: d.Grid.X(i % d.Grid.NX), Y: d.Grid.Y(i / d.Grid.NX)})
		column, row := int(math.Floor(x/float64(wide))), int(math.Floor(y/float64(2*high)))
		if column < 0 || row < 0 || column >= columns || row >= rows {
			continue
		}
		k := row*columns + column
		sum[k].X += q * d.VX[i]
		sum[k].Y += q * d.VY[i]
		weight[k] += q
	}
	speed, total, heaviest := 0.0, 0.0, 0.0
	for k, w := range weight {
		speed += math.Hypot(sum[k].X, sum[k].Y)
		total += w
		heaviest = max(heaviest, w)
	}
	for k, w := range weight {
		if w < faint*heaviest || w == 0 || math.Hypot(sum[k].X, sum[k].Y)/w < slowest*speed/total {
			continue
		}
		column, row := k%columns*wide+wide/2, k/columns*high+high/2
		if m.fine == 1 {
			m.dots.SetGlyph(column, row, arrowGlyph(sum[k]), paint.ArrowLine)
			continue
		}
		m.stroke(v.Point(float64(column), float64(2*row)), sum[k], v)
	}
}

// stroke draws an arrow of three quarters of its room along a vector.
func (m *Map) stroke(at, along scenarios.Point, v View) {
	length := 0.75 * float64(arrowColumns*m.fine) * v.scale / math.Hypot(along.X, along.Y)
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
