package scenarios

// MaxParticles is the largest number of particles of a flow.
const MaxParticles = 20_000_000

// MaxComponents bounds a mixture that is edited or read from a file.
const MaxComponents = 10_000

// MaxRegions bounds the regions of a scenario.
const MaxRegions = 64

// MaxLength bounds lengths and coordinates of a window: far above it, areas overflow
// float32, in which flows store densities.
const MaxLength = 1e15
