package stream

import (
	"fmt"

	"undercurrent/scenarios"
)

// MaxPool is the largest number of frames that are pooled.
const MaxPool = 100_000

// pool keeps the particles of the newest frames.
type pool struct {
	size   int
	ring   []pooledFrame
	oldest int // its index in the ring
	total  int // particles of all
}

// pooledFrame has the particles of one frame.
type pooledFrame struct {
	points []scenarios.Point
	lost   int
}

// join replaces the oldest frame by the particles of dst, and those by the ones of all frames,
// oldest first.
func (p *pool) join(dst *Frame) error {
	if dst.Shares != nil {
		// What they have of a common mass is not known.
		return fmt.Errorf("frame %d has weights, expected none in the last %d frames together", dst.Number, p.size)
	}
	if len(p.ring) < p.size {
		p.ring = append(p.ring, pooledFrame{})
		p.put(len(p.ring)-1, dst)
	} else {
		p.put(p.oldest, dst)
		p.oldest = (p.oldest + 1) % p.size
	}
	if p.total > maxParticles {
		return fmt.Errorf("frame %d and those before it have %d particles, expected at most %d in %d frames", dst.Number, p.total, maxParticles, len(p.ring))
	}
	dst.Points, dst.Lost, dst.Pooled = dst.Points[:0], 0, len(p.ring)
	for k := range p.ring {
		f := &p.ring[(p.oldest+k)%len(p.ring)]
		dst.Points = append(dst.Points, f.points...)
		dst.Lost += f.lost
	}
	return nil
}

// put copies a frame to a place of the ring.
func (p *pool) put(k int, from *Frame) {
	f := &p.ring[k]
	p.total += len(from.Points) - len(f.points)
	f.points = append(f.points[:0], from.Points...)
	f.lost = from.Lost
}
