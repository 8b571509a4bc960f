// Package sim moves particles to a target along the Wasserstein gradient flow of a
// divergence, and measures the flow.
//
// Computation and display use one regular grid. A step deposits the particles on it (cloud
// in cell), smooths the deposit with a Gaussian kernel to the density q, computes
// log r = log p − log q and its gradient β at the nodes, and moves each particle by the
// bilinearly interpolated w(r)·β·dt. The cost per particle does not depend on their number.
//
// A Flow owns the particles. Settings configure it, Step moves it, a Report contains its
// measurements, Fields are a copy of its fields, a Checkpoint is a state to restore. A
// DrivenEstimator computes the velocity of any points without owning them. Measurements that
// need no drift are made by a density.Estimator.
package sim
