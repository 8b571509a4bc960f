package cli

import (
	"fmt"
	"strings"

	"undercurrent/divergences"
	"undercurrent/sim"
	"undercurrent/sim/movers"
	"undercurrent/ui/session"
)

// birthDeathFlag is the flag of birth–death, of the commands that move particles.
const birthDeathFlag = "birth-death"

// The flags of a schedule from coarse to fine, of the commands that move particles.
const (
	coarseFlag      = "coarse"
	coarseStepsFlag = "coarse-steps"
)

// moverFlag is the flag of a mover in place of a drift, of the commands that move particles.
const moverFlag = "mover"

// bindBeyondTransport binds the flags of what reaches modes that the drift does not: settings of particles,
// not of samples.
func (f *motionFlags) bindBeyondTransport() {
	f.set.Float64Var(&f.coarse, coarseFlag, 0, fmt.Sprintf("coarse to fine: the bandwidth begins at this many times h, such as %d, and falls to h; 0 for none", sim.DefaultCoarseFactor))
	f.set.StringVar(&f.mover, moverFlag, "", "what moves the particles in place of a drift: "+strings.Join(session.MoverNames()[1:], ", ")+", with a step size after a colon")
	f.set.IntVar(&f.stairs, coarseStepsFlag, sim.DefaultCoarseSteps, "number of steps over which --coarse falls to h")
	f.set.Float64Var(&f.birthDeath, birthDeathFlag, 0, "rate λ of birth–death beside the drift: particles double where mass is missing and die where there is too much; 0 for none")
	driftFlags.take(f.set, birthDeathFlag, coarseFlag, coarseStepsFlag, moverFlag)
}

// takeMover sets the mover of the flag, where there is one.
func (f *motionFlags) takeMover(c divergences.Catalogue, m *sim.Motion) error {
	if (!m.Mover.IsZero() || m.Adaptive) && f.set.Lookup(moverFlag) == nil {
		return usagef("--divergence %s moves particles, expected a divergence", f.divergence)
	}
	if f.mover == "" {
		return nil
	}
	for _, name := range append(f.ofOneFlow(), "z-factor") {
		if f.set.Changed(name) {
			return exclusive("--"+moverFlag+" "+f.mover, "--"+name)
		}
	}
	spec, err := movers.Parse(f.mover)
	if err != nil {
		return usagef("--%s: %w", moverFlag, err)
	}
	moved, err := sim.ParseMotion(c, sim.MoverObjective, nil)
	m.Drift, m.Mover = moved.Drift, spec
	return err
}

// takeCoarse sets the schedule of the flags, where there are any.
func (f *motionFlags) takeCoarse(m *sim.Motion) error {
	if f.set.Changed(coarseFlag) {
		m.Coarse = sim.Coarse{Factor: f.coarse, Steps: f.stairs}
	}
	if f.set.Changed(coarseStepsFlag) {
		m.Coarse.Steps = f.stairs
	}
	if m.Coarse.Factor != 0 && m.Coarse.Factor != 1 {
		return nil
	}
	m.Coarse = sim.Coarse{}
	if f.set.Changed(coarseStepsFlag) {
		return usagef("--%s is for a coarse bandwidth, expected --%s with it", coarseStepsFlag, coarseFlag)
	}
	return nil
}
