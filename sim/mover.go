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
	most   float64 // largest w·dt, 2c·h²
	length float64 // largest displacement, h/2
	bounds scenarios.Window

	field  *field
	dt     float64
	points []scenarios.Point
	shift  []vector  // displacement, occupied nodes
	capped []float64 // share of the particles with capped weight, a row each
	counts []counts  // one a part

	shiftRows, moveShare func(part, parts int)
}

type counts struct{ limited, held int }

func newMover(g Grid, bandwidth float64, c *crew) *mover {
	m := &mover{grid: g, crew: c, most: 2 * effort * bandwidth * bandwidth, length: bandwidth / 2, bounds: g.bounds(),
		shift: make([]vector, g.Len()), capped: make([]float64, g.NY), counts: make([]counts, c.size())}
	m.shiftRows, m.moveShare = m.shiftPart, m.movePart
	return m
}

// displacements fills the nodes with min(w·dt, 2c·h²)·β and returns the share
// of the particles whose weight was cut.
func (m *mover) displacements(f *field, dt float64) float64 {
	m.field, m.dt = f, dt
	m.crew.do(m.crew.size(), m.shiftRows)
	sum := 0.0
	for _, s := range m.capped {
		sum += s
	}
	return sum
}

func (m *mover) shiftPart(part, parts int) {
	from, to := share(m.grid.NY, part, parts)
	for iy := from; iy < to; iy++ {
		m.capped[iy] = m.shiftRow(iy)
	}
}

func (m *mover) shiftRow(iy int) (capped float64) {
	f, row := m.field, iy*m.grid.NX
	for i := row + f.deposit.first[iy]; i <= row+f.deposit.last[iy]; i++ {
		if f.deposit.mass[i] == 0 {
			continue
		}
		a := f.weight[i] * m.dt
		if a > m.most {
			a = m.most
			capped += f.deposit.mass[i]
		}
		m.shift[i] = vector{a * f.beta[i].x, a * f.beta[i].y}
	}
	return capped
}

// move displaces the points in place.
func (m *mover) move(points []scenarios.Point) (limited, held int) {
	m.points = points
	clear(m.counts)
	m.crew.do(min(m.crew.size(), 1+len(points)/particlesPerWorker), m.moveShare)
	for _, c := range m.counts {
		limited, held = limited+c.limited, held+c.held
	}
	return limited, held
}

func (m *mover) movePart(part, parts int) {
	from, to := share(len(m.points), part, parts)
	nx, x0, y0, inv := m.grid.NX, m.grid.X0, m.grid.Y0, 1/m.grid.Spacing
	longest, count := m.length*m.length, counts{}
	shift, bounds := m.shift, m.bounds
	for k, p := range m.points[from:to] {
		d := gather(shift, nx, (p.X-x0)*inv, (p.Y-y0)*inv)
		if square := d.x*d.x + d.y*d.y; square > longest {
			d = d.shorten(m.length, square)
			count.limited++
		}
		p.X += d.x
		p.Y += d.y
		if p.X < bounds.XMin || p.X > bounds.XMax || p.Y < bounds.YMin || p.Y > bounds.YMax {
			p, _ = hold(p, bounds)
			count.held++
		}
		m.points[from+k] = p
	}
	m.counts[part] = count
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

// velocities writes V = w(r)·β at the points to dst.
func (f *field) velocities(dst, points []scenarios.Point) {
	v := make([]vector, f.grid.Len())
	f.eachOccupied(func(i int) { v[i] = vector{f.weight[i] * f.beta[i].x, f.weight[i] * f.beta[i].y} })
	inv := 1 / f.grid.Spacing
	for k, p := range points {
		d := gather(v, f.grid.NX, (p.X-f.grid.X0)*inv, (p.Y-f.grid.Y0)*inv)
		dst[k] = scenarios.Point{X: d.x, Y: d.y}
	}
}

func mustMatch(what string, got, want int) {
	if got != want {
		panic(fmt.Sprintf("sim: length of %s is %d, expected %d", what, got, want))
	}
}
