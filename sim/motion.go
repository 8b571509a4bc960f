package sim

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"undercurrent/divergences"
	"undercurrent/sim/movers"
)

// Motion is the drift of a flow with its velocity rule, the rate of birth–death beside it, the
// bandwidth of the kernel and its coarse schedule.
type Motion struct {
	Drift    divergences.Spec
	Velocity VelocityRule
	// BirthDeath is the rate λ; see Settings.
	BirthDeath float64
	Coarse     Coarse
	// Adaptive is that of the settings.
	Adaptive bool
	// Mover moves the particles in place of the drift; the zero value for none.
	Mover movers.Spec
	// Bandwidth is h; 0 if the text does not give it.
	Bandwidth float64
}

// Motion returns the motion of the settings.
func (s Settings) Motion() Motion {
	return Motion{Drift: s.Drift, Velocity: s.Velocity, BirthDeath: s.BirthDeath, Coarse: s.Coarse, Adaptive: s.Adaptive, Mover: s.Mover, Bandwidth: s.Bandwidth}
}

// WithMotion returns the settings with another motion.
func (s Settings) WithMotion(m Motion) Settings {
	s.Drift, s.Velocity, s.BirthDeath, s.Coarse, s.Adaptive, s.Mover, s.Bandwidth = m.Drift, m.Velocity, m.BirthDeath, m.Coarse, m.Adaptive, m.Mover, m.Bandwidth
	return s
}

// Equal reports whether two motions are the same.
func (m Motion) Equal(other Motion) bool {
	return m.Bandwidth == other.Bandwidth && m.SameDynamics(other)
}

// SameDynamics reports whether two motions are the same but for the bandwidth.
func (m Motion) SameDynamics(other Motion) bool {
	return m.Drift.Equal(other.Drift) && m.Velocity == other.Velocity && m.BirthDeath == other.BirthDeath && m.Coarse == other.Coarse && m.Adaptive == other.Adaptive && m.Mover == other.Mover
}

const (
	// blobSuffix ends the text of a motion under the blob velocity.
	blobSuffix = "~blob"
	// birthDeathMark is before the rate of birth–death, which may be omitted if it is
	// DefaultBirthDeath.
	birthDeathMark = "+birth-death"
	// coarseMark is before the numbers of the coarse schedule, each of which may be omitted with those
	// behind it.
	coarseMark = "+coarse"
)

// DefaultBirthDeath is the rate λ of birth–death where it is asked for without a number.
const DefaultBirthDeath = 1

// String returns m in the format of ParseMotion; a bandwidth of 0 is omitted.
func (m Motion) String() string {
	text := m.Drift.String()
	switch {
	case m.Adaptive:
		text = AdaptiveID
	case !m.Mover.IsZero():
		text = m.Mover.String()
	}
	if m.Bandwidth != 0 {
		text += "@" + strconv.FormatFloat(m.Bandwidth, 'g', -1, 64)
	}
	if m.BirthDeath != 0 {
		text += birthDeathMark
	}
	if m.BirthDeath != 0 && m.BirthDeath != DefaultBirthDeath {
		text += ":" + strconv.FormatFloat(m.BirthDeath, 'g', -1, 64)
	}
	if m.Coarse.On() {
		text += coarseMark + m.Coarse.String()
	}
	if m.Velocity == Blob {
		text += blobSuffix
	}
	return text
}

// After returns m, with a bandwidth of 0 if it is the same as before.
func (m Motion) After(before Motion) Motion {
	if m.Bandwidth == before.Bandwidth {
		m.Bandwidth = 0
	}
	return m
}

// ParseMotion reads drift or mover, then [@bandwidth][+birth-death[:rate]][+coarse[:factor[:steps[:from]]]][~blob], such
// as lv:mixture:0.2, ula:0.25, jeffreys^10, reverse-kl+birth-death or reverse-kl@0.4+coarse:8:200~blob, with the
// drift in the format of Catalogue.Parse. Whether the motion is valid is checked by a flow.
func ParseMotion(c divergences.Catalogue, text string, v divergences.Values) (m Motion, err error) {
	rest, blob := strings.CutSuffix(text, blobSuffix)
	if blob {
		m.Velocity = Blob
	}
	rest, schedule, given := strings.Cut(rest, coarseMark)
	if given {
		if m.Coarse, err = parseCoarse(schedule); err != nil {
			return m, fmt.Errorf("%w in %q", err, text)
		}
	}
	rest, rate, given := strings.Cut(rest, birthDeathMark)
	if given {
		if m.BirthDeath, err = parseRate(rate); err != nil {
			return m, fmt.Errorf("%w in %q", err, text)
		}
	}
	drift, width, given := strings.Cut(rest, "@")
	if given {
		if m.Bandwidth, err = strconv.ParseFloat(width, 64); err != nil || !(m.Bandwidth > 0) {
			return m, fmt.Errorf("bandwidth %q in %q, expected a positive number after @", width, text)
		}
	}
	if id, _, _ := strings.Cut(drift, ":"); slices.Contains(movers.Kinds(), movers.Kind(id)) {
		if m.Mover, err = movers.Parse(drift); err != nil {
			return m, err
		}
		drift = MoverObjective
	}
	if drift == AdaptiveID {
		m.Adaptive, drift = true, MoverObjective
	}
	m.Drift, err = c.Parse(drift, v)
	return m, err
}

// AdaptiveID stands in the text of a motion for the adaptive weight.
const AdaptiveID = "adaptive"

// MoverObjective is the divergence by which the particles of a mover are measured: Langevin and Stein lower
// it.
const MoverObjective = "reverse-kl"

// parseRate reads what is after +birth-death: nothing, or a colon and the rate.
func parseRate(text string) (float64, error) {
	if text == "" {
		return DefaultBirthDeath, nil
	}
	number, given := strings.CutPrefix(text, ":")
	rate, err := strconv.ParseFloat(number, 64)
	if !given || err != nil || !(rate >= 0) || math.IsInf(rate, 0) {
		return 0, fmt.Errorf("rate %q after %s, expected a colon and a number from 0", text, birthDeathMark)
	}
	return rate, nil
}
