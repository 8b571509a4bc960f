// Package target tabulates the target of a scenario at the nodes of a grid: its normalizing
// constant, the density that particles are compared with, and its regions, which are basins
// of attraction or named by the scenario. Tabulated targets are immutable and can be shared
// by flows; a Cache keeps them.
package target
