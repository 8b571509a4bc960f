package scenarios

import "math"

// What a scenario has by default.
const (
	defaultParticles = 4000
	// bandwidthsAcross is how many bandwidths the shorter side of the window has.
	bandwidthsAcross = 80
	// startShare is the standard deviation of the start over the shorter side.
	startShare = 1. / 7
)

// FillDefaults chooses a number of particles, a bandwidth and a start for the window where
// there are none.
func (s *Scenario) FillDefaults() {
	across := s.Window.shorter()
	if s.Particles == 0 {
		s.Particles = defaultParticles
	}
	if s.Bandwidth == 0 {
		s.Bandwidth = roundDown(across / bandwidthsAcross)
	}
	if s.Start.Sampler == nil {
		at := s.Window.centre()
		s.Start = NewGaussianStart(at.X, at.Y, roundDown(across*startShare))
	}
}

// roundDown keeps two digits.
func roundDown(v float64) float64 {
	scale := math.Pow(10, math.Floor(math.Log10(v))-1)
	return math.Floor(v/scale) * scale
}

// short is v with two digits, not above it.
func short(v float64) float64 { return rounded(roundDown(v), v) }

// rounded keeps the digits of v down to a tenth of the first one of scale.
func rounded(v, scale float64) float64 {
	digits := 1 - math.Floor(math.Log10(scale))
	if unit := math.Pow(10, math.Abs(digits)); digits > 0 {
		v = math.Round(v*unit) / unit
	} else {
		v = math.Round(v/unit) * unit
	}
	return v + 0 // no minus before a zero
}
