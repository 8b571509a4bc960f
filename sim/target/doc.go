// Package target tabulates the target of a scenario at the nodes of a grid: its normalizing
// constant, the density that particles are compared with, and its regions, which are basins
// of attraction or named by the scenario. It says how much of the target lies outside the grid
// and whether the grid resolves the rest. Tabulated targets are immutable and can be shared
// by flows; a Cache keeps them.
package target
