// Package grid implements a regular grid over a window: fields at its nodes with derivatives
// and interpolation, the deposit of particles (cloud in cell), separable convolutions, and
// sums over pairs of points.
//
// A field is a slice of Grid.Len numbers; see Grid for the order of the nodes. The bits of all
// results are independent of the number of goroutines: parts write disjoint rows, or add
// integers.
package grid
