package grid

import "golang.org/x/sys/cpu"

// stencil is what gradientsAVX2 and derivativesAVX2 know of the grid, in the order in which they read it.
type stencil struct{ inv, near, far, diagonal float64 }

// gradientsAVX2 writes the gradient at groups > 0 of four nodes in the interior of a row.
//
//go:noescape
func gradientsAVX2(dst *Vector, values *float64, nx, groups int, by *stencil)

// derivativesAVX2 is gradientsAVX2 for Derivative.
//
//go:noescape
func derivativesAVX2(dst *Vector, values *float64, nx, groups int, by *stencil)

// gradientsInVectors writes the first gradients from node i on, all of whose nodes are in the interior, and returns their
// number.
func (g Grid) gradientsInVectors(dst []Vector, values []float64, i int) (done int) {
	groups := groupsOf(len(dst))
	if groups > 0 {
		by := stencil{1 / g.Spacing, near, far, diagonal}
		_ = values[i-Reach*g.NX : i+4*groups+Reach*g.NX]
		gradientsAVX2(&dst[0], &values[i], g.NX, groups, &by)
	}
	return 4 * groups
}

// derivativesInVectors is gradientsInVectors for Derivatives.
func (g Grid) derivativesInVectors(dst []Vector, values []float64, i int) (done int) {
	groups := groupsOf(len(dst))
	if groups > 0 {
		by := stencil{inv: 1 / (12 * g.Spacing), near: 8}
		_ = values[i-Reach*g.NX : i+4*groups+Reach*g.NX]
		derivativesAVX2(&dst[0], &values[i], g.NX, groups, &by)
	}
	return 4 * groups
}

// laplaciansAVX2 writes the Laplacian at groups > 0 of four nodes in the interior of a row: near and far are the factors of
// the sums of the neighbours and of the node, inv is what they are divided by.
//
//go:noescape
func laplaciansAVX2(dst, values *float64, nx, groups int, by *stencil)

// divergencesAVX2 is laplaciansAVX2 for Divergence, without a far.
//
//go:noescape
func divergencesAVX2(dst *float64, values *Vector, nx, groups int, by *stencil)

// laplaciansInVectors writes the first Laplacians from node i on, and returns their number.
func (g Grid) laplaciansInVectors(dst, values []float64, i int) (done int) {
	groups := groupsOf(len(dst))
	if groups > 0 {
		by := stencil{inv: 12 * g.Spacing * g.Spacing, near: 16, far: 60}
		_ = values[i-Reach*g.NX : i+4*groups+Reach*g.NX]
		laplaciansAVX2(&dst[0], &values[i], g.NX, groups, &by)
	}
	return 4 * groups
}

// divergencesInVectors writes the first divergences from node i on, and returns their number.
func (g Grid) divergencesInVectors(dst []float64, v []Vector, i int) (done int) {
	groups := groupsOf(len(dst))
	if groups > 0 {
		by := stencil{inv: 12 * g.Spacing, near: 8}
		_ = v[i-Reach*g.NX : i+4*groups+Reach*g.NX]
		divergencesAVX2(&dst[0], &v[i], g.NX, groups, &by)
	}
	return 4 * groups
}

// groupsOf is the number of groups of four that a vectorised path takes.
func groupsOf(n int) int {
	if !cpu.X86.HasAVX2 {
		return 0
	}
	return n / 4
}
