package sim

import (
	"fmt"
	"strconv"
	"strings"

	"undercurrent/divergences"
)

// Motion is the drift of a flow with its velocity rule and the bandwidth of the kernel.
type Motion struct {
	Drift    divergences.Spec
	Velocity VelocityRule
	// Bandwidth is h; 0 if the text does not give it.
	Bandwidth float64
}

// Motion returns the motion of the settings.
func (s Settings) Motion() Motion { return Motion{s.Drift, s.Velocity, s.Bandwidth} }

// Equal reports whether two motions are the same.
func (m Motion) Equal(other Motion) bool {
	return m.Drift.Equal(other.Drift) && m.Velocity == other.Velocity && m.Bandwidth == other.Bandwidth
}

// blobSuffix ends the text of a motion under the blob velocity.
const blobSuffix = "~blob"

// String returns m in the format of ParseMotion; a bandwidth of 0 is omitted.
func (m Motion) String() string {
	text := m.Drift.String()
	if m.Bandwidth != 0 {
		text += "@" + strconv.FormatFloat(m.Bandwidth, 'g', -1, 64)
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

// ParseMotion reads drift[@bandwidth][~blob], such as lv:mixture:0.2, jeffreys^10 or
// reverse-kl@0.4~blob, with the drift in the format of Catalogue.Parse. Whether the motion is
// valid is checked by a flow.
func ParseMotion(c divergences.Catalogue, text string, v divergences.Values) (m Motion, err error) {
	rest, blob := strings.CutSuffix(text, blobSuffix)
	if blob {
		m.Velocity = Blob
	}
	drift, width, given := strings.Cut(rest, "@")
	if given {
		if m.Bandwidth, err = strconv.ParseFloat(width, 64); err != nil || !(m.Bandwidth > 0) {
			return m, fmt.Errorf("bandwidth %q in %q, expected a positive number after @", width, text)
		}
	}
	m.Drift, err = c.Parse(drift, v)
	return m, err
}
