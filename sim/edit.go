package sim

import (
	"fmt"
	"math/rand/v2"

	"undercurrent/scenarios"
)

// A flow may be interfered with: its target may change, and particles may be poured
// in and drained away. The particles that stay are where they were.

// Retarget makes the flow go to another target in the same window. The flow is unchanged
// on an error.
func (f *Flow) Retarget(s scenarios.Scenario) error {
	if err := f.driven.setScenario(s); err != nil {
		return err
	}
	f.particles.findOrigins(f.driven.target)
	f.rebuilt()
	return nil
}

// Pour adds n particles from N(at, radius²), drawn by the seed, the step and the number
// there was, and kept inside the padded window.
func (f *Flow) Pour(at scenarios.Point, radius float64, n int) error {
	was := len(f.particles.points)
	if n < 1 || was+n > MaxParticles {
		return fmt.Errorf("number of particles would be %d, expected %d to %d", was+n, was+1, MaxParticles)
	}
	rng := rand.New(rand.NewPCG(f.driven.settings.Seed, uint64(f.progress.Step)<<32|uint64(was)))
	fresh := make([]scenarios.Point, n)
	for i := range fresh {
		fresh[i] = scenarios.Point{X: at.X + radius*rng.NormFloat64(), Y: at.Y + radius*rng.NormFloat64()}
	}
	clampAll(fresh, f.driven.grid.Bounds())
	f.particles.pour(fresh)
	f.edited()
	return nil
}

// Unpour takes the last n particles away.
func (f *Flow) Unpour(n int) {
	f.particles.unpour(n)
	f.edited()
}

// minParticles are those without which there is no cloud.
const minParticles = 2

// Drain takes the particles within radius away and hands them out.
func (f *Flow) Drain(at scenarios.Point, radius float64) ([]Drained, error) {
	gone, left := f.particles.drain(at, radius, minParticles)
	if left < minParticles {
		return nil, fmt.Errorf("%d particles would be left, expected %d at least", left, minParticles)
	}
	f.edited()
	return gone, nil
}

// Undrain puts drained particles back to where and among whom they were.
func (f *Flow) Undrain(gone []Drained) {
	f.particles.undrain(gone)
	f.edited()
}

// edited finds the origins of particles that have changed.
func (f *Flow) edited() {
	f.particles.findOrigins(f.driven.target)
	f.use()
}
