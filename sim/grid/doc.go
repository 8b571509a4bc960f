// Package grid is the stage of the simulation: a regular grid over a window, fields on its
// nodes with their derivatives and values between the nodes, the deposit of particles
// (cloud in cell), separable convolutions, and sums over pairs of points.
//
// A field is a slice of Grid.Len numbers; see Grid for the order of the nodes. What runs
// on several goroutines gives the same bits whatever their number is: parts write disjoint
// rows, or add integers.
package grid
