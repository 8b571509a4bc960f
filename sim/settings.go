package sim

import (
	"fmt"
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/movers"
	"undercurrent/sim/target"
)

// TimeRule is the rule for the length of a step.
type TimeRule int

const (
	// UnitEffort is dt = c·h²/E_q[min(w, w₉₈)], which makes divergences comparable step by
	// step and independent of a few outliers.
	UnitEffort TimeRule = iota
	// Physical is a fixed dt.
	Physical
)

func (t TimeRule) String() string { return [...]string{"unit", "physical"}[t] }

const (
	// Effort is c, the mean of w·dt over the particles in units of h². A cloud as wide as its
	// kernel contracts at a rate near w/h² under the plug-in drift, so that explicit Euler is
	// stable up to w·dt ≈ 2h².
	Effort = 0.4
	// MaxEffort bounds w·dt of one particle, in units of h².
	MaxEffort = 2 * Effort
	// EffortQuantile is the level at which w is winsorised before averaging.
	EffortQuantile = 0.98
	// ClipLogR bounds |log r| in weights; see divergences.ClipLogR.
	ClipLogR = divergences.ClipLogR
)

// VelocityRule is the rule for the velocity of the particles.
type VelocityRule int

const (
	// Plugin is V = a·β + b·γ with the estimated density in place of q.
	Plugin VelocityRule = iota
	// Blob is V = −∇(K_h * δD/δq), the exact gradient flow of the objective of the smoothed
	// density, a baseline for the plug-in velocity.
	Blob
)

func (v VelocityRule) String() string { return [...]string{"plugin", "blob"}[v] }

// MaxParticles is the largest number of particles of a flow.
const MaxParticles = scenarios.MaxParticles

// Settings configure a flow.
type Settings struct {
	// Drift is the drift of the particles.
	Drift    divergences.Spec
	Velocity VelocityRule
	// BirthDeath is the rate λ ≥ 0 of birth–death beside the drift, 0 for none; see birthdeath.go.
	BirthDeath float64
	// Coarse is a schedule of the bandwidth that ends at Bandwidth.
	Coarse Coarse
	// Adaptive replaces the weight of the drift by the best one for the worst-covered region at each step.
	Adaptive bool
	// Mover moves the particles in place of the drift, which is then only measured; the zero value for none.
	Mover movers.Spec
	// Particles is N, from 2 to MaxParticles.
	Particles int
	// Bandwidth is h, the standard deviation of the kernel in units of the window.
	Bandwidth float64
	// Spacing is that of the grid; 0 derives it from the window and the bandwidth.
	Spacing float64
	// Seed is the random seed of the initial cloud and of birth–death. The drift is deterministic.
	Seed uint64
	Time TimeRule
	// DT is the length of a step under the Physical rule, in units of time.
	DT float64
	// Fraction scales the length of a step and its limits, 0 < Fraction ≤ 1.
	Fraction  float64
	Smoothing target.Smoothing

	// Reach of the kernel in bandwidths; 0 is density.DefaultReach. Second derivatives on
	// fine grids need a longer one.
	Reach float64
}

// Displacement is that of a particle with a velocity and the size of its weight in a step of length dt, with
// the limits of a step: w·dt is at most 2c·h², and the length at most h/2. Under the blob velocity it is nearly
// that.
func (s Settings) Displacement(v scenarios.Point, weight, dt float64) scenarios.Point {
	one := step{dt: dt, limits: limitsOf(s.Bandwidth, s.Fraction)}
	d, _, _ := one.cut(grid.Vector{X: v.X, Y: v.Y}, weight)
	return scenarios.Point{X: d.X, Y: d.Y}
}

// Kernel returns the kernel of the density estimate.
func (s Settings) Kernel() density.Kernel {
	return density.Kernel{Bandwidth: s.Bandwidth, Spacing: s.Spacing, Smoothing: s.Smoothing, Reach: s.Reach}
}

// DefaultSettings returns the default settings of a scenario, with the given drift.
func DefaultSettings(s scenarios.Scenario, d divergences.Spec) Settings {
	return Settings{Drift: d, Particles: s.Particles, Bandwidth: s.Bandwidth, Seed: 1, DT: 0.01, Fraction: 1}
}

// Validate returns an error that names an invalid setting and what was expected.
func (s Settings) Validate() error {
	if s.Drift.IsZero() {
		return fmt.Errorf("no divergence is set, expected one")
	}
	wrong := func(name, format string, args ...any) error {
		return divergences.SettingError{Name: name, Problem: fmt.Sprintf(format, args...)}
	}
	d, err := s.Drift.Build()
	switch {
	case err != nil:
		return err
	case s.Particles < 2 || s.Particles > MaxParticles:
		return wrong("particles", "number of particles is %d, expected 2 to %d", s.Particles, MaxParticles)
	case !(s.Bandwidth > 0) || math.IsInf(s.Bandwidth, 0):
		return wrong("bandwidth", "bandwidth is %g, expected a positive number", s.Bandwidth)
	case s.Time == Physical && (!(s.DT > 0) || math.IsInf(s.DT, 0)):
		return wrong("dt", "time step is %g, expected a positive number", s.DT)
	case !(s.Fraction > 0 && s.Fraction <= 1):
		return wrong("fraction", "fraction of a step is %g, expected a number above 0 and up to 1", s.Fraction)
	case !(s.BirthDeath >= 0) || math.IsInf(s.BirthDeath, 0):
		return wrong("birth-death", "rate of birth–death is %g, expected a number from 0", s.BirthDeath)
	case s.BirthDeath > 0 && !d.IsGradientFlow():
		return wrong("birth-death", "%s is not the gradient flow of an objective, expected no birth–death", s.Drift.ID())
	case s.Velocity == Blob && !d.IsGradientFlow():
		return wrong("velocity", "%s is not the gradient flow of an objective, expected --velocity plugin", s.Drift.ID())
	case s.Adaptive && s.Velocity == Blob:
		return wrong("velocity", "the adaptive weight has another objective at each step, expected --velocity plugin")
	}
	if err := s.Coarse.validate(s.Smoothing); err != nil {
		return err
	}
	return s.validateMover()
}

// Label is a short name of what moves the particles: the drift, or the mover in place of it.
func (s Settings) Label() string {
	switch {
	case s.Adaptive:
		return AdaptiveID
	case !s.Mover.IsZero():
		return s.Mover.String()
	}
	return s.Drift.Label()
}
