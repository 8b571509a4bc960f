package sim

import (
	"fmt"
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
)

// TimeRule says how long a step is.
type TimeRule int

const (
	// UnitEffort takes dt = c·h²/E_q[min(w, w₉₈)], which makes divergences
	// comparable step by step and keeps a few outliers from stalling the rest.
	UnitEffort TimeRule = iota
	// Physical takes a fixed dt.
	Physical
)

func (t TimeRule) String() string { return [...]string{"unit", "physical"}[t] }

const (
	// effort is c, the mean of w·dt over the particles in units of h². Where a
	// cloud matches its kernel the plug-in drift contracts at a rate near w/h²,
	// so that explicit Euler is stable up to about 2/c of this.
	effort = 0.4
	// effortQuantile is where w is winsorised before it is averaged.
	effortQuantile = 0.98
	// ClipLogR bounds |log r|: beyond a ratio of a million a density estimate
	// from particles says nothing about how empty a place is.
	ClipLogR = 13.815510557964274
)

// Settings choose how a scenario's cloud is moved.
type Settings struct {
	Divergence divergences.Divergence
	// Particles is N, from 2 to MostParticles.
	Particles int
	// Bandwidth is h, the standard deviation of the kernel in units of the window.
	Bandwidth float64
	// Spacing of the grid; 0 chooses it from the window and the bandwidth.
	Spacing float64
	// Seed decides the initial cloud. The flow itself is deterministic.
	Seed uint64
	Time TimeRule
	// DT is the length of a step under the Physical rule.
	DT        float64
	Smoothing Smoothing
}

// DefaultSettings are those a scenario asks for, with the given divergence.
func DefaultSettings(s scenarios.Scenario, d divergences.Divergence) Settings {
	return Settings{Divergence: d, Particles: s.Particles, Bandwidth: s.Bandwidth, Seed: 1, DT: 0.01}
}

// Validate says in one sentence which setting cannot be used and what was expected.
func (s Settings) Validate() error {
	switch {
	case s.Divergence == nil:
		return fmt.Errorf("no divergence is set, expected one")
	case s.Particles < 2 || s.Particles > MostParticles:
		return fmt.Errorf("number of particles is %d, expected 2 to %d", s.Particles, MostParticles)
	case !(s.Bandwidth > 0) || math.IsInf(s.Bandwidth, 0):
		return fmt.Errorf("bandwidth is %g, expected a positive number", s.Bandwidth)
	case s.Time == Physical && (!(s.DT > 0) || math.IsInf(s.DT, 0)):
		return fmt.Errorf("time step is %g, expected a positive number", s.DT)
	}
	return nil
}
