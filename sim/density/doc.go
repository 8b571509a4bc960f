// Package density estimates the density q of points by a Gaussian kernel on the nodes of a
// grid, and measures it against a target p: total variation, the masses and the
// under-coverage of regions, the distribution of log r = log p − log q, and with it any
// f-divergence. An Estimator takes any points; it needs no flow.
package density
