package sim

import (
	"fmt"
	"math/rand/v2"

	"undercurrent/scenarios"
)

// Edits change the target, and add or remove particles. The other particles stay in place.

// Retarget changes the target within the same window. The flow is unchanged on an error.
func (f *Flow) Retarget(s scenarios.Scenario) error {
	if err := f.driven.setScenario(s); err != nil {
		return err
	}
	f.particles.findOrigins(f.driven.target)
	f.progress.Tabulated = false
	f.rebuilt()
	return nil
}

// Pour adds n particles drawn from N(at, radius² I) and clamped to the padded window. The
// random numbers depend on the seed, the step and the number of particles.
func (f *Flow) Pour(at scenarios.Point, radius float64, n int) error {
	was := len(f.particles.points)
	if n < 1 || was+n > MaxParticles {
		return fmt.Errorf("number of particles would be %d, expected %d to %d", was+n, was+1, MaxParticles)
	}
	rng := rand.New(rand.NewPCG(f.driven.settings.Seed, uint64(f.progress.Step)<<32|uint64(was)))
	added := make([]scenarios.Point, n)
	for i := range added {
		added[i] = scenarios.Point{X: at.X + radius*rng.NormFloat64(), Y: at.Y + radius*rng.NormFloat64()}
	}
	clampAll(added, f.driven.grid.Bounds())
	f.particles.pour(added)
	f.edited()
	return nil
}

// Unpour removes the last n particles.
func (f *Flow) Unpour(n int) {
	f.particles.unpour(n)
	f.edited()
}

// minParticles is the smallest number of particles of a flow.
const minParticles = 2

// Drain removes the particles within radius of a point and returns them. It is an error, and
// nothing changes, if fewer than two would remain.
func (f *Flow) Drain(at scenarios.Point, radius float64) ([]Drained, error) {
	gone, left := f.particles.drain(at, radius, minParticles)
	if left < minParticles {
		return nil, fmt.Errorf("%d particles would be left, expected at least %d", left, minParticles)
	}
	f.edited()
	return gone, nil
}

// Undrain restores drained particles at their positions and indices.
func (f *Flow) Undrain(gone []Drained) {
	f.particles.undrain(gone)
	f.edited()
}

// edited updates what depends on the set of particles.
func (f *Flow) edited() {
	f.particles.findOrigins(f.driven.target)
	f.use()
}
