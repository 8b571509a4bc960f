// Package replay is a flow with its events: changes of its motion and edits of its target
// and its particles are applied, undone and replayed. A flow goes back to any earlier step
// and branches there, and a Recipe says how to reproduce it.
//
// A Run owns a flow that this program steps. Its history keeps checkpoints within a bounded
// memory; steps between two of them are computed again, which gives the same bits. A
// Recording owns frames of particles that another program moves; they are kept as they are.
package replay
