// Package density estimates the density q of points by a Gaussian kernel at the nodes of a
// grid, and compares it with a target p: total variation, mass and under-coverage by region,
// the distribution of log r = log p − log q, and from it any f-divergence. An Estimator takes
// any points and does not depend on a flow.
package density
