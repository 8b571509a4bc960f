package catalogue

import (
	"math"
	"math/rand/v2"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
)

// Channel is a winding valley between two soft walls, optionally with a second one below it:
// with a = sin(πx/2) and a fork b(x),
//
//	log p = ln[e^(−½((y−a)/first)²) + e^(−½((y−a+b)/second)²)] + walls(x).
//
// They are the second to fourth potential of Rezende and Mohamed (2015), which extend to
// infinity along x; the walls are added here. Without the walls every column x has the same
// mass, √(2π) times the widths, so Z and an exact sampler are closed forms. The density is
// constant along its crest, so there is no finite list of modes.
type Channel struct {
	walls         walls
	first, second float64 // widths along y
	fork          fork    // nil for a single channel
}

// fork is the distance b of the second channel below the first one at x, with its slope.
type fork interface {
	below(x float64) (b, slope float64)
}

// bump is b = 3 e^(−½((x−1)/width)²): the channels separate about x = 1 and join again.
type bump struct{ width float64 }

// rise is b = 3/(1 + e^(−(x−1)/width)): they separate from x = 1 on.
type rise struct{ width float64 }

var (
	_ scenarios.Target  = Channel{}
	_ scenarios.Sampler = Channel{}
)

const (
	forkDepth = 3
	forkAt    = 1
)

func (f bump) below(x float64) (b, slope float64) {
	u := (x - forkAt) / f.width
	b = forkDepth * portable.Exp(-u*u/2)
	return b, -b * u / f.width
}

func (f rise) below(x float64) (b, slope float64) {
	sigmoid := 1 / (1 + portable.Exp(-(x-forkAt)/f.width))
	return forkDepth * sigmoid, forkDepth * sigmoid * (1 - sigmoid) / f.width
}

// channelWalls are at x = ±4, the edge of the domain on which the potentials are shown.
func channelWalls() walls { return walls{half: 4, soft: 0.25} }

// NewU2 returns the single channel, of width 0.4.
func NewU2() Channel { return Channel{walls: channelWalls(), first: 0.4} }

// NewU3 returns two channels of width 0.35 that separate and join again.
func NewU3() Channel {
	return Channel{walls: channelWalls(), first: 0.35, second: 0.35, fork: bump{0.6}}
}

// NewU4 returns two channels of widths 0.4 and 0.35 that separate.
func NewU4() Channel {
	return Channel{walls: channelWalls(), first: 0.4, second: 0.35, fork: rise{0.3}}
}

// logZ is ln((first + second) √(2π) ∫ e^walls dx); second is 0 for a single channel.
func (c Channel) logZ() float64 {
	return math.Log((c.first + c.second) * math.Sqrt(2*math.Pi) * c.walls.integral())
}

// winding returns the centre line of the first channel, with its slope.
func winding(x float64) (a, slope float64) {
	sin, cos := math.Sincos(math.Pi * x / 2)
	return sin, math.Pi / 2 * cos
}

// LogDensity is not normalised: see logZ.
func (c Channel) LogDensity(x, y float64) float64 {
	a, _ := winding(x)
	first := -0.5 * square((y-a)/c.first)
	if c.fork == nil {
		return first + c.walls.logDensity(x)
	}
	b, _ := c.fork.below(x)
	second := -0.5 * square((y-a+b)/c.second)
	return max(first, second) + math.Log1p(portable.Exp(-math.Abs(first-second))) + c.walls.logDensity(x)
}

// Score is the mean of the channels' scores, weighted by their densities, plus that of the
// walls.
func (c Channel) Score(x, y float64) (gx, gy float64) {
	a, slope := winding(x)
	u := (y - a) / c.first
	gx, gy = slope*u/c.first, -u/c.first
	if c.fork != nil {
		b, forkSlope := c.fork.below(x)
		v := (y - a + b) / c.second
		weight := 1 / (1 + portable.Exp((v-u)*(v+u)/2))
		gx += weight * ((slope-forkSlope)*v/c.second - gx)
		gy += weight * (-v/c.second - gy)
	}
	return gx + c.walls.score(x), gy
}

// Sample draws the column, then a channel by its width, then y.
func (c Channel) Sample(dst []scenarios.Point, rng *rand.Rand) {
	for i := range dst {
		x := c.walls.draw(rng)
		y, _ := winding(x)
		if rng.Float64()*(c.first+c.second) < c.first {
			y += c.first * rng.NormFloat64()
		} else {
			b, _ := c.fork.below(x)
			y += c.second*rng.NormFloat64() - b
		}
		dst[i] = scenarios.Point{X: x, Y: y}
	}
}

func u2() scenarios.Scenario {
	s := channelScenario(NewU2())
	s.Name, s.Story = "U2: a channel", "from the left end the cloud fills the bends one after another"
	s.Source = "U₂ of Rezende and Mohamed; soft walls at x = ±4 (σ ¼) are ours"
	s.Start = scenarios.NewGaussianStart(-3, 1, 0.5)
	s.Regions = bandsAlongX([]float64{-2, 0, 2}, "first bend", "second bend", "third bend", "fourth bend")
	return s
}

func u3() scenarios.Scenario {
	s := channelScenario(NewU3())
	s.Name, s.Story = "U3: a loop", "the channel parts and joins: two streams meet on the far side"
	s.Source = "U₃ of Rezende and Mohamed; soft walls at x = ±4 (σ ¼) are ours"
	s.Start = scenarios.NewGaussianStart(-1.5, -1, 0.5)
	return s
}

func u4() scenarios.Scenario {
	s := channelScenario(NewU4())
	s.Name, s.Story = "U4: a fork", "the stream forks: of two similar arms the nearer one gets more"
	s.Source = "U₄ of Rezende and Mohamed; soft walls at x = ±4 (σ ¼) are ours"
	s.Start = scenarios.NewGaussianStart(-1.5, -1, 0.5)
	return s
}

// channelScenario returns the common part of the three scenarios.
func channelScenario(c Channel) scenarios.Scenario {
	return scenarios.Scenario{
		Kind:      scenarios.KindCurved,
		Target:    c,
		Truth:     scenarios.Truth{LogZ: c.logZ(), Sampler: c},
		Window:    scenarios.Window{XMin: -5.1, XMax: 5.1, YMin: -5.6, YMax: 3.6},
		Particles: 4000,
		Bandwidth: 0.1,
	}
}
