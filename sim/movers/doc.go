// Package movers moves a cloud of particles by methods other than a drift of the flow: Langevin
// dynamics (ULA), chains with a Metropolis test (MALA, HMC), Stein variational gradient descent and
// drifting models.
//
// A step is a function of the particles, the seed and the number of the step alone. Nothing is kept
// from one step to the next: a chain evaluates the target at its position again, and Stein's method
// has no running mean of its gradients. The bits do not depend on the number of workers.
package movers
