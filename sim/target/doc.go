// Package target puts the target of a scenario on the nodes of a grid: its normalising
// constant, the density that particles are compared with, and its regions, the basins of
// attraction or those that the scenario names. What is made of a target is immutable, so
// that many flows may share it; a Cache finds what was made before.
package target
