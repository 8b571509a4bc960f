package sim

import (
	"fmt"
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/target"
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
	// Effort is c, the mean of w·dt over the particles in units of h². Where a
	// cloud matches its kernel the plug-in drift contracts at a rate near w/h²,
	// so that explicit Euler is stable up to about 2/c of this.
	Effort = 0.4
	// MaxEffort is what w·dt of one particle may be at most, in units of h².
	MaxEffort = 2 * Effort
	// EffortQuantile is where w is winsorised before it is averaged.
	EffortQuantile = 0.98
	// ClipLogR bounds |log r| where a weight is read; see divergences.ClipLogR.
	ClipLogR = divergences.ClipLogR
)

// VelocityRule says which velocity moves the particles.
type VelocityRule int

const (
	// Plugin puts the density of the particles into the drift: V = a·β + b·γ.
	Plugin VelocityRule = iota
	// Blob is V = −∇(K_h * δD/δq), the gradient flow of the objective of the
	// smoothed density itself: the honest yardstick for the plug-in.
	Blob
)

func (v VelocityRule) String() string { return [...]string{"plugin", "blob"}[v] }

// MaxParticles is the largest number of particles a flow takes.
const MaxParticles = scenarios.MaxParticles

// Settings choose how a scenario's cloud is moved.
type Settings struct {
	// Drift is what moves the particles.
	Drift    divergences.Spec
	Velocity VelocityRule
	// Particles is N, from 2 to MaxParticles.
	Particles int
	// Bandwidth is h, the standard deviation of the kernel in units of the window.
	Bandwidth float64
	// Spacing of the grid; 0 chooses it from the window and the bandwidth.
	Spacing float64
	// Seed decides the initial cloud. The flow itself is deterministic.
	Seed uint64
	Time TimeRule
	// DT is the length of a step under the Physical rule.
	DT float64
	// Fraction of the step that is taken: the very same motion, caps included,
	// for so much of its time. 0 < Fraction ≤ 1.
	Fraction  float64
	Smoothing target.Smoothing

	// Reach of the kernel in bandwidths; 0 is density.DefaultReach. Checks of second
	// derivatives on fine grids see where it is cut.
	Reach float64
}

// Kernel is how the settings have the density estimated.
func (s Settings) Kernel() density.Kernel {
	return density.Kernel{Bandwidth: s.Bandwidth, Spacing: s.Spacing, Smoothing: s.Smoothing, Reach: s.Reach}
}

// DefaultSettings are those a scenario asks for, with the given drift.
func DefaultSettings(s scenarios.Scenario, d divergences.Spec) Settings {
	return Settings{Drift: d, Particles: s.Particles, Bandwidth: s.Bandwidth, Seed: 1, DT: 0.01, Fraction: 1}
}

// Validate says in one sentence which setting cannot be used and what was expected.
func (s Settings) Validate() error {
	if s.Drift.IsZero() {
		return fmt.Errorf("no divergence is set, expected one")
	}
	d, err := s.Drift.Build()
	switch {
	case err != nil:
		return err
	case s.Particles < 2 || s.Particles > MaxParticles:
		return fmt.Errorf("number of particles is %d, expected 2 to %d", s.Particles, MaxParticles)
	case !(s.Bandwidth > 0) || math.IsInf(s.Bandwidth, 0):
		return fmt.Errorf("bandwidth is %g, expected a positive number", s.Bandwidth)
	case s.Time == Physical && (!(s.DT > 0) || math.IsInf(s.DT, 0)):
		return fmt.Errorf("time step is %g, expected a positive number", s.DT)
	case !(s.Fraction > 0 && s.Fraction <= 1):
		return fmt.Errorf("fraction of a step is %g, expected a number above 0 and up to 1", s.Fraction)
	case s.Velocity == Blob && !d.IsGradientFlow():
		return fmt.Errorf("%s is not the gradient flow of an objective, expected --velocity plugin", s.Drift.ID())
	}
	return nil
}
