// Package metrics compares clouds of points with a target: with its density on a grid, with
// its modes, and with a sample of it. The metrics are the rows of Table, which whoever
// computes, prints or keeps them reads: a further one is a row there, with the method of
// comparison that computes it.
package metrics
