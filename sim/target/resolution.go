package target

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Resolution says whether the nodes at which a target is tabulated resolve it.
type Resolution struct {
	// Change is the relative change of the target's mass on the grid as its nodes are
	// shifted by half their spacing along both axes. Cells at which the density drops to
	// zero are left out: an edge is no narrow feature.
	Change float64
	// Width is the smallest standard deviation that the grid carries.
	Width float64
	// ClosedForm reports whether nothing had to be compared: the masses on the grid are in
	// closed form.
	ClosedForm bool
}

const (
	// maxChange is the largest change of a resolved target.
	maxChange = 1e-3
	// carried is the smallest standard deviation that a sum carries, in spacings of its nodes:
	// the trapezoidal rule for a Gaussian of standard deviation σ has the relative error
	// 2 e^(−2π²σ²/d²) along each axis, 1e-3 at 0.62 d.
	carried = 0.62
)

// Resolve compares the sum over the nodes at which a target is evaluated, the fine nodes of the
// grid or with Sharp smoothing its own, with that over the middles between them. Both are the same
// trapezoidal rule: where they differ, neither is right. A smoothed Mixture is known in closed
// form, so that nothing is compared.
func Resolve(t scenarios.Target, g grid.Grid, m Smoothing, w *grid.Workers) Resolution {
	fine := g.Fine()
	if m == Sharp {
		fine = g
	}
	r := Resolution{Width: carried * fine.Spacing}
	if _, _, closed := gaussians(t, g); closed && m == Matched {
		r.ClosedForm = true
		return r
	}
	rows := make([]strip, fine.NY-1)
	w.Ranges(len(rows), func(from, to int) {
		lower, upper, middles := make([]float64, fine.NX), make([]float64, fine.NX), make([]float64, fine.NX-1)
		scenarios.LogDensityRow(t, upper, fine.X(0), fine.Spacing, fine.Y(from))
		for iy := from; iy < to; iy++ {
			lower, upper = upper, lower
			scenarios.LogDensityRow(t, upper, fine.X(0), fine.Spacing, fine.Y(iy+1))
			scenarios.LogDensityRow(t, middles, fine.X(0)+fine.Spacing/2, fine.Spacing, fine.Y(iy)+fine.Spacing/2)
			rows[iy] = newStrip(lower, upper, middles)
		}
	})
	r.Change = change(rows)
	return r
}

// strip is the mass of a row of cells by their corners and by their middles, relative to
// e^top.
type strip struct{ top, corners, middles float64 }

// newStrip takes the log-densities along the lower and the upper side, and in the middles.
func newStrip(lower, upper, middles []float64) strip {
	s := strip{top: max(floats.Max(lower), floats.Max(upper), floats.Max(middles))}
	column := func(i int) float64 { return s.density(lower[i]) + s.density(upper[i]) }
	left := column(0)
	for i, l := range middles {
		right := column(i + 1)
		// A sum with a NaN is a cell to be left out.
		if middle := s.density(l); left+right+middle >= 0 {
			s.corners, s.middles = s.corners+(left+right)/4, s.middles+middle
		}
		left = right
	}
	return s
}

// density is the density relative to e^top, NaN where it vanishes or is none.
func (s strip) density(log float64) float64 {
	if math.IsInf(log, 0) {
		return math.NaN()
	}
	return portable.Exp(log - s.top)
}

// change is the relative difference of the two sums over all strips.
func change(strips []strip) float64 {
	top, corners, middles := math.Inf(-1), 0.0, 0.0
	for _, s := range strips {
		if s.corners+s.middles > 0 {
			top = max(top, s.top)
		}
	}
	for _, s := range strips {
		if s.corners+s.middles > 0 {
			scale := portable.Exp(s.top - top)
			corners, middles = corners+scale*s.corners, middles+scale*s.middles
		}
	}
	if corners+middles == 0 {
		return 0
	}
	return math.Abs(corners-middles) / max(corners, middles)
}

// Resolved reports whether the masses on the grid are those of the target.
func (r Resolution) Resolved() bool { return r.Change <= maxChange }

// String is a sentence without a full stop.
func (r Resolution) String() string {
	return fmt.Sprintf("features narrower than about %.2g are not resolved by the grid, and masses are wrong by %s or more; a smaller bandwidth or window resolves them",
		r.Width, percent(r.Change))
}
