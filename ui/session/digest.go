package session

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"

	"undercurrent/scenarios"
)

// Digester makes digests of particles. It keeps its memory, and is not safe for concurrent use.
type Digester struct {
	points []scenarios.Point
	bytes  []byte
}

// digestBytes is what is hashed at a time: it fits the caches of a processor.
const digestBytes = 1 << 15

// Digest is the SHA-256, in hexadecimal digits, of every bit of the particles: for each flow in its order the step and
// the number of particles, then x and y of each particle, and the share of each where they differ, as 64-bit numbers with the
// lowest byte first.
func (d *Digester) Digest(s *Session) string {
	h := sha256.New()
	d.bytes = d.bytes[:0]
	add := func(v uint64) {
		if d.bytes = binary.LittleEndian.AppendUint64(d.bytes, v); len(d.bytes) >= digestBytes {
			h.Write(d.bytes) // never an error
			d.bytes = d.bytes[:0]
		}
	}
	for _, r := range s.runs {
		f := r.Flow()
		n := f.Settings().Particles
		if cap(d.points) < n {
			d.points = make([]scenarios.Point, n)
		}
		d.points = d.points[:n]
		f.Points(d.points)
		add(uint64(f.Progress().Step))
		add(uint64(n))
		for _, p := range d.points {
			add(math.Float64bits(p.X))
			add(math.Float64bits(p.Y))
		}
		for _, share := range f.Shares() {
			add(math.Float64bits(share))
		}
	}
	h.Write(d.bytes)
	return hex.EncodeToString(h.Sum(nil))
}

// Step is that of the flow in focus.
func (s *Session) Step() int { return s.flow().Progress().Step }
