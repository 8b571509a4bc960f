// Package replay keeps a flow with its events: changes of its motion and edits of its target
// and particles are applied, undone and replayed; a run can go back to any earlier step and
// branch from there; and a Recipe describes how to reproduce it.
//
// A Run owns a flow that this program steps. Its history keeps checkpoints within a bounded
// memory; steps between checkpoints are recomputed bit-identically. A Recording owns frames of
// particles that another program moves; they are stored unchanged.
package replay
