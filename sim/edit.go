package sim

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"undercurrent/scenarios"
)

// A flow may be interfered with: its target may change, and particles may be poured
// in and drained away. The particles that stay are where they were.

// Retarget has the flow go to another target in the same window. The flow is unchanged
// on an error.
func (f *Flow) Retarget(s scenarios.Scenario) error {
	old, known := f.scenario, f.known
	f.scenario, f.known = s, nil
	if err := f.build(f.settings); err != nil {
		f.scenario, f.known = old, known
		return err
	}
	f.noteOrigins()
	return nil
}

// Pour adds n particles from N(at, radius²), drawn by the seed, the step and the number
// there was, and held inside the padded window.
func (f *Flow) Pour(at scenarios.Point, radius float64, n int) error {
	was := len(f.points)
	if n < 1 || was+n > MaxParticles {
		return fmt.Errorf("number of particles would be %d, expected %d to %d", was+n, was+1, MaxParticles)
	}
	rng := rand.New(rand.NewPCG(f.settings.Seed, uint64(f.progress.Step)<<32|uint64(was)))
	fresh := make([]scenarios.Point, n)
	for i := range fresh {
		fresh[i] = scenarios.Point{X: at.X + radius*rng.NormFloat64(), Y: at.Y + radius*rng.NormFloat64()}
	}
	f.holdAll(fresh)
	f.replace(append(f.points, fresh...), append(slices.Clip(f.starts), fresh...))
	return nil
}

// Unpour takes the last n particles away.
func (f *Flow) Unpour(n int) {
	keep := len(f.points) - n
	f.replace(f.points[:keep], f.starts[:keep])
}

// Drained is a particle that was taken away.
type Drained struct {
	index     int
	at, start scenarios.Point
}

// leastParticles are those without which there is no cloud.
const leastParticles = 2

// Drain takes the particles within radius away and hands them out.
func (f *Flow) Drain(at scenarios.Point, radius float64) ([]Drained, error) {
	var gone []Drained
	var points, starts []scenarios.Point
	for i, p := range f.points {
		if math.Hypot(p.X-at.X, p.Y-at.Y) <= radius {
			gone = append(gone, Drained{i, p, f.starts[i]})
			continue
		}
		points, starts = append(points, p), append(starts, f.starts[i])
	}
	if len(points) < leastParticles {
		return nil, fmt.Errorf("%d particles would be left, expected %d at least", len(points), leastParticles)
	}
	f.replace(points, starts)
	return gone, nil
}

// Undrain puts drained particles back to where and among whom they were.
func (f *Flow) Undrain(gone []Drained) {
	n := len(f.points) + len(gone)
	points, starts := make([]scenarios.Point, 0, n), make([]scenarios.Point, 0, n)
	for kept := 0; len(points) < n; {
		if len(gone) > 0 && gone[0].index == len(points) {
			points, starts, gone = append(points, gone[0].at), append(starts, gone[0].start), gone[1:]
			continue
		}
		points, starts, kept = append(points, f.points[kept]), append(starts, f.starts[kept]), kept+1
	}
	f.replace(points, starts)
}

func (f *Flow) replace(points, starts []scenarios.Point) {
	f.take(points)
	f.starts = starts
	f.noteOrigins()
}
