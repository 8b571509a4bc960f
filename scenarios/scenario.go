// Package scenarios describes what a flow starts from and where it goes: a target density,
// an initial cloud of particles, a window, and the known properties of the target.
package scenarios

import "math/rand/v2"

// Point is a point in the plane, in the units of the scenario's window.
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
	// Sample fills dst with draws.
	Sample(dst []Point, rng *rand.Rand)
}

// Truth holds the known properties of a target.
type Truth struct {
	// LogZ is the logarithm of ∫ exp(LogDensity) over the plane; NaN where it
	// is not known.
	LogZ float64
	// Modes are the local maxima of the density (for a mixture, the component
	// means), nil where there is no finite list.
	Modes []Point
	// ModeMasses are the masses of the modes, summing to one; nil where unknown.
	ModeMasses []float64
	// Sampler draws exactly from the target; nil where there is no such method.
	Sampler Sampler
}

// Start is an initial distribution of particles with its description.
type Start struct {
	Sampler Sampler
	// Text describes the cloud, such as "N(0, 3²)".
	Text string
}

// Scenario is a target with everything needed to run a flow to it.
type Scenario struct {
	// ID names the scenario on the command line, such as "uneven-ring".
	ID string
	// File is the file of the scenario, empty for the catalogue.
	File string
	// StartFile is the file of the initial cloud, if it was given separately.
	StartFile string
	// StartSelection says which columns of that file are points.
	StartSelection Selection
	// Taken are sentences that say what was taken for what in files of points.
	Taken []string
	// Name is the usual name.
	Name string
	// Kind is one of KindMixture and the other kinds.
	Kind string
	// Story describes in one line (at most 70 characters) what to watch for.
	Story string
	// Source is the source of the parameters of the target.
	Source string

	Target Target
	Origin Origin // of the target
	Truth  Truth
	Start  Start
	Window Window

	// Regions are named regions, at most MaxRegions. Division is how the target is divided if
	// there are none, empty for automatically; ChosenDivision is that of WithDivision, empty
	// for the scenario's own. See Divided.
	Regions                  []Region
	Division, ChosenDivision Division

	// StartName is the name of the current start in WithStart, empty for the scenario's
	// own.
	StartName string
	own       ownStart

	// Particles and Bandwidth are the defaults of this scenario: the number of particles
	// and the standard deviation h of the kernel.
	Particles int
	Bandwidth float64

	// Divergence is the default divergence in the format of --divergence, empty for none;
	// it is not checked here. Notes are the author's notes.
	Divergence string
	Notes      string
}
