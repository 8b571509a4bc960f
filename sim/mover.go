package sim

import (
	"fmt"

	"undercurrent/scenarios"
)

// mover takes one explicit Euler step: the displacement is made at the nodes
// and gathered bilinearly at the particles.
type mover struct {
	grid   Grid
	crew   *crew
	most   float64 // largest w·dt, 2c·h² for a whole step
	length float64 // largest displacement, h/2 for a whole step
	bounds scenarios.Window

	field  *field
	dt     float64
	points []scenarios.Point
	shift  []vector // displacement, occupied nodes
	// Under the blob velocity the displacement is the slope of the potential's
	// bilinear value, the exact derivative of the objective by the place of a
	// particle, times what the caps leave of dt; nil under the plug-in.
	blob  *blob
	scale []float64 // of dt, occupied nodes
	cuts  []cuts    // a row each
	met   []int     // particles that met the edge, one a part

	shiftRows, moveShare func(part, parts int)
}

// cuts are the shares of the particles whose weight was capped and whose
// displacement was limited.
type cuts struct{ capped, limited float64 }

// newMover moves by the given fraction of a step, caps included.
func newMover(g Grid, bandwidth, fraction float64, c *crew) *mover {
	m := &mover{grid: g, crew: c, most: MostEffort * bandwidth * bandwidth * fraction, length: bandwidth / 2 * fraction, bounds: g.bounds(),
		shift: make([]vector, g.Len()), cuts: make([]cuts, g.NY), met: make([]int, c.size())}
	m.shiftRows, m.moveShare = m.shiftPart, m.movePart
	return m
}

// displacements fills the nodes with V·dt, its weight cut to 2c·h² and its length
// to h/2. What a particle gathers from its nodes is then no longer than that.
func (m *mover) displacements(f *field, dt float64) (sum cuts) {
	m.field, m.dt, m.blob = f, dt, f.law.blob
	if m.blob != nil && len(m.scale) == 0 {
		m.scale = make([]float64, m.grid.Len())
	}
	m.crew.do(m.crew.size(), m.shiftRows)
	for _, c := range m.cuts {
		sum.capped += c.capped
		sum.limited += c.limited
	}
	return sum
}

func (m *mover) shiftPart(part, parts int) {
	from, to := share(m.grid.NY, part, parts)
	for iy := from; iy < to; iy++ {
		m.cuts[iy] = m.shiftRow(iy)
	}
}

func (m *mover) shiftRow(iy int) (c cuts) {
	f, row := m.field, iy*m.grid.NX
	for i := row + f.deposit.first[iy]; i <= row+f.deposit.last[iy]; i++ {
		mass := f.deposit.mass[i]
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
func (m *mover) cut(v vector, weight float64) (d vector, capped, limited bool) {
	dt := m.time(weight)
	capped = dt < m.dt
	d = v.times(dt)
	if square := d.dot(d); square > m.length*m.length {
		d, limited = d.shorten(m.length, square), true
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
func (m *mover) at(u, v float64) vector {
	if m.blob == nil {
		return gather(m.shift, m.grid.NX, u, v)
	}
	d := m.grid.slope(m.blob.smoothed, u, v).times(m.grid.bilinear(m.scale, u, v))
	if square := d.dot(d); square > m.length*m.length {
		return d.shorten(m.length, square)
	}
	return d
}

// move displaces the points in place and counts those that met the edge.
func (m *mover) move(points []scenarios.Point) (held int) {
	m.points = points
	clear(m.met)
	m.crew.do(min(m.crew.size(), 1+len(points)/particlesPerWorker), m.moveShare)
	for _, n := range m.met {
		held += n
	}
	return held
}

func (m *mover) movePart(part, parts int) {
	from, to := share(len(m.points), part, parts)
	nx, x0, y0, inv := m.grid.NX, m.grid.X0, m.grid.Y0, 1/m.grid.Spacing
	shift, bounds, met, plugin := m.shift, m.bounds, 0, m.blob == nil
	for k, p := range m.points[from:to] {
		var d vector
		if u, v := (p.X-x0)*inv, (p.Y-y0)*inv; plugin {
			d = gather(shift, nx, u, v)
		} else {
			d = m.at(u, v)
		}
		p.X += d.x
		p.Y += d.y
		if p.X < bounds.XMin || p.X > bounds.XMax || p.Y < bounds.YMin || p.Y > bounds.YMax {
			p, _ = hold(p, bounds)
			met++
		}
		m.points[from+k] = p
	}
	m.met[part] = met
}

// gather is the bilinear value at (u, v), in units of the spacing.
func gather(nodes []vector, nx int, u, v float64) vector {
	ix, iy := int(u), int(v)
	fx, fy := u-float64(ix), v-float64(iy)
	i := iy*nx + ix
	lower, upper := nodes[i:i+2:i+2], nodes[i+nx:i+nx+2:i+nx+2]
	ax, ay := lower[0].x+fx*(lower[1].x-lower[0].x), lower[0].y+fx*(lower[1].y-lower[0].y)
	bx, by := upper[0].x+fx*(upper[1].x-upper[0].x), upper[0].y+fx*(upper[1].y-upper[0].y)
	return vector{ax + fy*(bx-ax), ay + fy*(by-ay)}
}

// bilinear is the bilinear value at (u, v), in units of the spacing.
func (g Grid) bilinear(nodes []float64, u, v float64) float64 {
	ix, iy := int(u), int(v)
	fx, fy := u-float64(ix), v-float64(iy)
	i := iy*g.NX + ix
	lower := nodes[i] + fx*(nodes[i+1]-nodes[i])
	upper := nodes[i+g.NX] + fx*(nodes[i+g.NX+1]-nodes[i+g.NX])
	return lower + fy*(upper-lower)
}

// slope is the gradient of the bilinear value at (u, v), in units of the spacing.
func (g Grid) slope(nodes []float64, u, v float64) vector {
	ix, iy := int(u), int(v)
	fx, fy := u-float64(ix), v-float64(iy)
	i := iy*g.NX + ix
	a, b, c, d := nodes[i], nodes[i+1], nodes[i+g.NX], nodes[i+g.NX+1]
	return vector{(b-a)*(1-fy) + (d-c)*fy, (c-a)*(1-fx) + (d-b)*fx}.times(1 / g.Spacing)
}

// velocities writes V at the points to dst.
func (f *field) velocities(dst, points []scenarios.Point) {
	inv := 1 / f.grid.Spacing
	for k, p := range points {
		u, v := (p.X-f.grid.X0)*inv, (p.Y-f.grid.Y0)*inv
		d := gather(f.velocity, f.grid.NX, u, v)
		if f.law.blob != nil {
			d = f.grid.slope(f.law.blob.smoothed, u, v)
		}
		dst[k] = scenarios.Point{X: d.x, Y: d.y}
	}
}

func mustMatch(what string, got, want int) {
	if got != want {
		panic(fmt.Sprintf("sim: length of %s is %d, expected %d", what, got, want))
	}
}
