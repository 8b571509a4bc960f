package scenarios

import (
	"math"

	"undercurrent/internal/portable"
)

// Defaults of a scenario.
const (
	defaultParticles = 4000
	// bandwidthsAcross is the length of the shorter side of the window in bandwidths.
	bandwidthsAcross = 80
	// startFraction is the standard deviation of the start over the shorter side.
	startFraction = 1. / 7
)

// FillDefaults sets a missing number of particles, bandwidth or start from the window.
func (s *Scenario) FillDefaults() {
	across := s.Window.shorter()
	if s.Particles == 0 {
		s.Particles = defaultParticles
	}
	if s.Bandwidth == 0 {
		s.Bandwidth = roundDown(across / bandwidthsAcross)
	}
	if s.Start.Sampler == nil {
		centre := s.Window.centre()
		s.Start = NewGaussianStart(centre.X, centre.Y, roundDown(across*startFraction))
	}
}

// roundDown rounds v > 0 down to two significant digits.
func roundDown(v float64) float64 {
	scale := portable.Pow(10, math.Floor(math.Log10(v))-1)
	return math.Floor(v/scale) * scale
}

// short is roundDown(v) without the rounding error of its last bits.
func short(v float64) float64 { return rounded(roundDown(v), v) }

// rounded rounds v to a tenth of the leading decimal place of scale.
func rounded(v, scale float64) float64 {
	digits := 1 - math.Floor(math.Log10(scale))
	if unit := portable.Pow(10, math.Abs(digits)); digits > 0 {
		v = math.Round(v*unit) / unit
	} else {
		v = math.Round(v/unit) * unit
	}
	return v + 0 // no minus before a zero
}
