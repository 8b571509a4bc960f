package grid

// Fine returns the grid with half the spacing of g and two more nodes on each side. Node
// (ix, iy) of g is node (2ix+2, 2iy+2) of it.
func (g Grid) Fine() Grid {
	d := g.Spacing / 2
	return Grid{X0: g.X0 - 2*d, Y0: g.Y0 - 2*d, Spacing: d, NX: 2*g.NX + 3, NY: 2*g.NY + 3}
}

// Coarsen returns the values at the nodes of g from those at the nodes of g.Fine().
func (g Grid) Coarsen(values []float64) []float64 {
	fine, out := g.Fine(), make([]float64, g.Len())
	for iy := range g.NY {
		for ix := range g.NX {
			out[iy*g.NX+ix] = values[(2*iy+2)*fine.NX+2*ix+2]
		}
	}
	return out
}

// DepositDensity deposits a density, given at the nodes of g.Fine(), as Deposit does
// particles: ∫ p(x) Λ(x − xᵢ) dx / dx² for the hat function Λ of the deposit.
// On fine nodes the hat is sampled as (¼, ½, ¼), which lacks a quarter of its variance
// dx²/6; convolving with (1, 10, 1)/12 restores it.
func (g Grid) DepositDensity(density []float64, w *Workers) []float64 {
	fine := g.Fine()
	taps := [5]float64{1. / 48, 1. / 4, 11. / 24, 1. / 4, 1. / 48}
	rows := make([]float64, fine.NY*g.NX)
	w.Ranges(fine.NY, func(from, to int) {
		for iy := from; iy < to; iy++ {
			row := rows[iy*g.NX : (iy+1)*g.NX]
			for ix := range row {
				p := density[iy*fine.NX+2*ix:][:len(taps)]
				row[ix] = taps[0]*(p[0]+p[4]) + taps[1]*(p[1]+p[3]) + taps[2]*p[2]
			}
		}
	})
	out := make([]float64, g.Len())
	w.Ranges(g.NY, func(from, to int) {
		for iy := from; iy < to; iy++ {
			for j, t := range taps {
				addScaled(t, rows[(2*iy+j)*g.NX:(2*iy+j+1)*g.NX], out[iy*g.NX:(iy+1)*g.NX])
			}
		}
	})
	return out
}
