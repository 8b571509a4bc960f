package sim

import (
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// step is one explicit Euler step: the displacements at the nodes, which are interpolated
// bilinearly at the particles. It shares memory with its mover and is valid until the mover
// computes the next one.
type step struct {
	dt float64
	cuts

	grid   grid.Grid
	bounds scenarios.Window
	limits
	shift   []grid.Vector // displacement, occupied nodes
	longest float64       // bound of the displacements, which is reached under the plug-in velocity
	// Under the blob velocity the displacement is the gradient of the interpolated potential,
	// the exact derivative of the objective with respect to the position of a particle, times
	// the limited dt; nil under the plug-in velocity.
	blob  *blob
	scale []float64 // of dt, occupied nodes

	rates *birthDeath // nil without birth–death
}

// cuts are the fractions of the particles whose w·dt was capped and whose displacement was
// limited.
type cuts struct{ capped, limited float64 }

// rowCuts are the cuts of a row, with the square of its longest displacement.
type rowCuts struct {
	cuts
	square float64
}

// limits bound a step of one particle.
type limits struct {
	effort float64 // largest w·dt, 2c·h² for a whole step
	length float64 // largest displacement, h/2 for a whole step
}

// limitsOf are those of a fraction of a step.
func limitsOf(bandwidth, fraction float64) limits {
	return limits{MaxEffort * bandwidth * bandwidth * fraction, bandwidth / 2 * fraction}
}

// cut returns the limited displacement for a velocity of the given weight.
func (s *step) cut(v grid.Vector, weight float64) (d grid.Vector, capped, limited bool) {
	dt := s.time(weight)
	capped = dt < s.dt
	d, limited = s.shorten(v.Times(dt))
	return d, capped, limited
}

// shorten limits the length of a displacement. One beyond the floating-point numbers, whose
// direction is lost, is none: no particle may leave the numbers.
func (l limits) shorten(d grid.Vector) (short grid.Vector, limited bool) {
	square := d.Dot(d)
	switch {
	case square <= l.length*l.length:
		return d, false
	case square <= math.MaxFloat64:
		return d.Shorten(l.length, square), true
	}
	return grid.Vector{}, true
}

// time is dt, reduced so that weight·dt is at most the limit.
func (s *step) time(weight float64) float64 {
	if weight*s.dt > s.effort {
		return s.effort / weight
	}
	return s.dt
}

// displacement is the displacement at (u, v), in units of the spacing.
func (s *step) displacement(u, v float64) grid.Vector {
	if s.blob == nil {
		return grid.Gather(s.shift, s.grid.NX, u, v)
	}
	d := s.grid.Slope(s.blob.smoothed, u, v).Times(s.grid.Bilinear(s.scale, u, v))
	d, _ = s.shorten(d)
	return d
}

// mover computes steps and applies them to points.
type mover struct {
	grid    grid.Grid
	workers *grid.Workers
	limits
	bounds scenarios.Window

	// Scratch memory of the step, of its rows and of the workers of a move.
	shift []grid.Vector
	scale []float64
	rows  []rowCuts
	met   []int

	making struct { // input of the workers
		step   step
		field  *field
		points []scenarios.Point
	}
	shiftRows, movePoints func(worker, from, to int)
}

// newMover returns a mover that takes the given fraction of a step, with its limits.
func newMover(g grid.Grid, bandwidth, fraction float64, w *grid.Workers) *mover {
	m := &mover{grid: g, workers: w, limits: limitsOf(bandwidth, fraction), bounds: g.Bounds(),
		shift: make([]grid.Vector, g.Len()), rows: make([]rowCuts, g.NY), met: make([]int, w.Size())}
	m.shiftRows, m.movePoints = grid.OneByOne(m.shiftRow), m.moveRange
	return m
}

// step computes V·dt at the nodes, with w·dt limited to 2c·h² and the length to h/2. The
// interpolated displacement of a particle is then at most h/2 too.
func (m *mover) step(f *field, dt float64) step {
	if f.drift.blob != nil && len(m.scale) == 0 {
		m.scale = make([]float64, m.grid.Len())
	}
	s := step{dt: dt, grid: m.grid, bounds: m.bounds, limits: m.limits, shift: m.shift, blob: f.drift.blob, scale: m.scale}
	m.making.step, m.making.field = s, f
	m.workers.Rows(m.grid.NY, m.shiftRows)
	square := 0.0
	for _, c := range m.rows {
		s.capped += c.capped
		s.limited += c.limited
		square = max(square, c.square)
	}
	if s.longest = math.Sqrt(square); s.blob != nil {
		s.longest = s.length
	}
	return s
}

func (m *mover) shiftRow(iy int) {
	s, f, c := &m.making.step, m.making.field, rowCuts{}
	first, end := f.deposit.Span(iy)
	velocity, weight, shift := f.velocity[first:end], f.weight[first:end], m.shift[first:end]
	for k, mass := range f.deposit.Mass[first:end] {
		if mass == 0 {
			continue
		}
		dt := s.time(weight[k])
		if dt < s.dt {
			c.capped += mass
		}
		d := velocity[k].Times(dt)
		square := d.Dot(d)
		if !(square <= s.length*s.length) {
			d, _ = s.shorten(d)
			square = d.Dot(d)
			c.limited += mass
		}
		shift[k] = d
		if square > c.square {
			c.square = square
		}
		if s.blob != nil {
			m.scale[first+k] = dt
		}
	}
	m.rows[iy] = c
}

// move displaces the points in place, after their events of birth–death have been drawn, and returns the number of those
// clamped to the edge of the padded window.
func (m *mover) move(s step, points []scenarios.Point) (met int) {
	m.making.step, m.making.points = s, points
	clear(m.met)
	m.workers.Each(len(points), grid.ParticlesAtOnce, m.movePoints)
	for _, n := range m.met {
		met += n
	}
	return met
}

func (m *mover) moveRange(worker, from, to int) {
	s, points := &m.making.step, m.making.points[from:to]
	if s.rates != nil {
		s.rates.draw(worker, from, to)
	}
	if s.blob == nil {
		m.met[worker] += m.grid.Advance(points, s.shift, m.bounds)
		return
	}
	x0, y0, inv := m.grid.X0, m.grid.Y0, 1/m.grid.Spacing
	for k, p := range points {
		d := s.displacement((p.X-x0)*inv, (p.Y-y0)*inv)
		q, outside := grid.Clamp(scenarios.Point{X: p.X + d.X, Y: p.Y + d.Y}, m.bounds)
		if outside {
			m.met[worker]++
		}
		points[k] = q
	}
}
