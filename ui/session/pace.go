package session

import "fmt"

// Pace is how fast a flow goes: Steps steps in each frame, or one step in Frames frames. One of them is 1.
type Pace struct{ Steps, Frames int }

// The fastest and the slowest pace.
const (
	maxSteps  = 64
	maxFrames = 64
)

// paceOf is the pace nearest to a number of steps a frame, which may be a fraction.
func paceOf(steps float64) Pace {
	if steps < 1 {
		return Pace{1, int(min(1/max(steps, 1./maxFrames), maxFrames) + 0.5)}
	}
	return Pace{int(min(steps, maxSteps)), 1}
}

// perFrame is the number of steps a frame.
func (p Pace) perFrame() float64 { return float64(p.Steps) / float64(p.Frames) }

func (p Pace) String() string {
	if p.Frames > 1 {
		return fmt.Sprintf("×1/%d", p.Frames)
	}
	return fmt.Sprintf("×%d", p.Steps)
}

// sentence says it in words.
func (p Pace) sentence() string {
	switch {
	case p.Frames > 1:
		return fmt.Sprintf("a step every %d frames", p.Frames)
	case p.Steps == 1:
		return "1 step per frame"
	}
	return fmt.Sprintf("%d steps per frame", p.Steps)
}

// beat turns a pace into steps of frames.
type beat struct{ waited int }

// steps is the number of steps of the next frame.
func (b *beat) steps(p Pace) int {
	if b.waited++; b.waited < p.Frames {
		return 0
	}
	b.waited = 0
	return p.Steps
}
