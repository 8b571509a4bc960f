// Package sim moves a cloud of particles to a target along the Wasserstein
// gradient flow of a divergence, and measures what happens on the way.
//
// One regular grid is the stage for flow and pictures alike. A step deposits
// the particles on it (cloud in cell), smooths that with a Gaussian kernel into
// the density q, takes log r = log p − log q and its gradient β at the nodes,
// and moves each particle by the bilinear value of w(r)·β·dt: the cost per
// particle does not grow with their number.
//
// A Flow owns the particles. Settings choose how it moves, Step moves it, a
// Report is what is measured of it, Fields are a copy for a screen, a Checkpoint
// is what it can be restored to. A DrivenEstimator gives the velocity of any
// points without owning them. What needs no drift is measured by a
// density.Estimator.
package sim
