// Package metrics compares points with a target: with its density on a grid, with its modes,
// and with a sample of it. The metrics are the rows of Table, from which computing, printing
// and storing them is derived. A new metric is a row there, with the method of comparison that
// computes it.
package metrics
