// Package scenarios describes what a flow starts from and where it goes: a
// target density, an initial cloud, a window, and the truth that is known of
// the target. It is pure description: nothing here moves a particle.
package scenarios

import "math/rand/v2"

// Point is a place in the plane, in the units of the scenario's window.
type Point struct{ X, Y float64 }

// Target is a density in the plane, known up to its normalizing constant.
// Implementations are immutable and safe for concurrent use.
type Target interface {
	// LogDensity is the natural logarithm of the unnormalised density at (x, y).
	// It is −Inf where the density vanishes or its logarithm overflows, and never
	// NaN or +Inf for |x|, |y| ≤ 1e150.
	LogDensity(x, y float64) float64
	// Score is ∇log p at (x, y), in 1/length.
	Score(x, y float64) (gx, gy float64)
}

// Sampler draws independent points. Implementations are immutable: all
// randomness comes from rng, so equal seeds give equal points.
type Sampler interface {
	// Sample fills dst.
	Sample(dst []Point, rng *rand.Rand)
}

// Truth is what is known of a target from outside the program.
type Truth struct {
	// LogZ is the logarithm of ∫ exp(LogDensity) over the plane; NaN where it
	// is not known.
	LogZ float64
	// Modes are the local maxima of the density (for a mixture, the component
	// means), nil where there is no finite list.
	Modes []Point
	// ModeMasses are the shares of the modes, summing to one; nil where unknown.
	ModeMasses []float64
	// Sampler draws exactly from the target; nil where there is no such method.
	Sampler Sampler
}

// Start is an initial cloud and what to call it.
type Start struct {
	Sampler Sampler
	// Text describes the cloud, such as "N(0, 3²)".
	Text string
}

// Scenario is a target with all that is needed to watch a cloud flow to it.
type Scenario struct {
	// ID names the scenario on the command line, such as "uneven-ring".
	ID string
	// File is where the scenario was read from, empty for the catalogue.
	File string
	// StartFile is where the initial cloud was read from on its own, mostly empty.
	StartFile string
	// Name is what people call it.
	Name string
	// Kind is one of KindMixture and its like.
	Kind string
	// Story says in one line (at most 70 characters) what to watch for.
	Story string
	// Source says where the exact numbers come from.
	Source string

	Target Target
	Origin Origin // of the target
	Truth  Truth
	Start  Start
	Window Window

	// Regions are the parts that are told apart, at most MaxRegions; without them the
	// basins of attraction of the target are.
	Regions []Region

	// StartName is the name of WithStart that the start in force has, empty for the
	// scenario's own.
	StartName string
	own       ownStart

	// Particles and Bandwidth are the defaults that show this scenario well:
	// the number of particles and the standard deviation h of the kernel.
	Particles int
	Bandwidth float64

	// Divergence is the one that shows this scenario well, as --divergence takes it and
	// not looked at here, empty for none in particular; Notes are its author's.
	Divergence string
	Notes      string
}
