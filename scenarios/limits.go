package scenarios

// MaxParticles is the largest number of particles a flow takes.
const MaxParticles = 20_000_000

// MaxComponents bounds a mixture that is edited or read from a file.
const MaxComponents = 10_000

// MaxRegions bounds the regions of a scenario.
const MaxRegions = 64

// MaxLength bounds lengths and coordinates of what is shown: the area of a window far
// beyond is more than a float32 holds, which flows have densities in.
const MaxLength = 1e15
