// Package replay is a flow with its events: changes of what moves it and edits of its
// target and its cloud are applied, undone and played again, one goes back to any earlier
// step and branches off from there, and a Recipe says how to reproduce it all.
//
// A Run owns a flow that this program steps. Its history keeps checkpoints within a bounded
// memory; what lies between two of them is computed again, which gives the same bits. A
// Recording owns frames of particles that something else moves; they are kept as they came.
package replay
