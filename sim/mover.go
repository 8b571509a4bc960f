package sim

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// mover takes one explicit Euler step: the displacement is made at the nodes
// and gathered bilinearly at the particles.
type mover struct {
	grid    grid.Grid
	workers *grid.Workers
	most    float64 // largest w·dt, 2c·h² for a whole step
	length  float64 // largest displacement, h/2 for a whole step
	bounds  scenarios.Window

	field  *field
	dt     float64
	points []scenarios.Point
	shift  []grid.Vector // displacement, occupied nodes
	// Under the blob velocity the displacement is the slope of the potential's
	// bilinear value, the exact derivative of the objective by the place of a
	// particle, times what the caps leave of dt; nil under the plug-in.
	blob  *blob
	scale []float64 // of dt, occupied nodes
	cuts  []cuts    // a row each
	met   []int     // particles that met the edge, one a part

	shiftRows, movePoints func(part, parts int)
}

// cuts are the shares of the particles whose weight was capped and whose
// displacement was limited.
type cuts struct{ capped, limited float64 }

// newMover moves by the given fraction of a step, caps included.
func newMover(g grid.Grid, bandwidth, fraction float64, c *grid.Workers) *mover {
	m := &mover{grid: g, workers: c, most: MaxEffort * bandwidth * bandwidth * fraction, length: bandwidth / 2 * fraction, bounds: g.Bounds(),
		shift: make([]grid.Vector, g.Len()), cuts: make([]cuts, g.NY), met: make([]int, c.Size())}
	m.shiftRows, m.movePoints = m.shiftPart, m.movePart
	return m
}

// displacements fills the nodes with V·dt, its weight cut to 2c·h² and its length
// to h/2. What a particle gathers from its nodes is then no longer than that.
func (m *mover) displacements(f *field, dt float64) (sum cuts) {
	m.field, m.dt, m.blob = f, dt, f.law.blob
	if m.blob != nil && len(m.scale) == 0 {
		m.scale = make([]float64, m.grid.Len())
	}
	m.workers.All(m.shiftRows)
	for _, c := range m.cuts {
		sum.capped += c.capped
		sum.limited += c.limited
	}
	return sum
}

func (m *mover) shiftPart(part, parts int) {
	from, to := grid.Partition(m.grid.NY, part, parts)
	for iy := from; iy < to; iy++ {
		m.cuts[iy] = m.shiftRow(iy)
	}
}

func (m *mover) shiftRow(iy int) (c cuts) {
	f, row := m.field, iy*m.grid.NX
	for i := row + f.deposit.First[iy]; i <= row+f.deposit.Last[iy]; i++ {
		mass := f.deposit.Mass[i]
		if mass == 0 {
			continue
		}
		var capped, limited bool
		m.shift[i], capped, limited = m.cut(f.velocity[i], f.weight[i])
		if m.blob != nil {
			m.scale[i] = m.time(f.weight[i])
		}
		if capped {
			c.capped += mass
		}
		if limited {
			c.limited += mass
		}
	}
	return c
}

// cut is the displacement by a velocity of the given weight.
func (m *mover) cut(v grid.Vector, weight float64) (d grid.Vector, capped, limited bool) {
	dt := m.time(weight)
	capped = dt < m.dt
	d = v.Times(dt)
	if square := d.Dot(d); square > m.length*m.length {
		d, limited = d.Shorten(m.length, square), true
	}
	return d, capped, limited
}

// time is dt, shortened to the largest w·dt.
func (m *mover) time(weight float64) float64 {
	if weight*m.dt > m.most {
		return m.most / weight
	}
	return m.dt
}

// at is the displacement at (u, v), in units of the spacing.
func (m *mover) at(u, v float64) grid.Vector {
	if m.blob == nil {
		return grid.Gather(m.shift, m.grid.NX, u, v)
	}
	d := m.grid.Slope(m.blob.smoothed, u, v).Times(m.grid.Bilinear(m.scale, u, v))
	if square := d.Dot(d); square > m.length*m.length {
		return d.Shorten(m.length, square)
	}
	return d
}

// move displaces the points in place and counts those that met the edge.
func (m *mover) move(points []scenarios.Point) (held int) {
	m.points = points
	clear(m.met)
	m.workers.Do(m.workers.PartsFor(len(points)), m.movePoints)
	for _, n := range m.met {
		held += n
	}
	return held
}

func (m *mover) movePart(part, parts int) {
	from, to := grid.Partition(len(m.points), part, parts)
	nx, x0, y0, inv := m.grid.NX, m.grid.X0, m.grid.Y0, 1/m.grid.Spacing
	shift, bounds, met, plugin := m.shift, m.bounds, 0, m.blob == nil
	for k, p := range m.points[from:to] {
		var d grid.Vector
		if u, v := (p.X-x0)*inv, (p.Y-y0)*inv; plugin {
			d = grid.Gather(shift, nx, u, v)
		} else {
			d = m.at(u, v)
		}
		p.X += d.X
		p.Y += d.Y
		if p.X < bounds.XMin || p.X > bounds.XMax || p.Y < bounds.YMin || p.Y > bounds.YMax {
			p, _ = grid.Clamp(p, bounds)
			met++
		}
		m.points[from+k] = p
	}
	m.met[part] = met
}

// velocities writes V at the points to dst.
func (f *field) velocities(dst, points []scenarios.Point) {
	inv := 1 / f.grid.Spacing
	for k, p := range points {
		u, v := (p.X-f.grid.X0)*inv, (p.Y-f.grid.Y0)*inv
		d := grid.Gather(f.velocity, f.grid.NX, u, v)
		if f.law.blob != nil {
			d = f.grid.Slope(f.law.blob.smoothed, u, v)
		}
		dst[k] = scenarios.Point{X: d.X, Y: d.Y}
	}
}

func mustMatch(what string, got, want int) {
	if got != want {
		panic(fmt.Sprintf("sim: length of %s is %d, expected %d", what, got, want))
	}
}
