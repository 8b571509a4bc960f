package catalogue

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
)

// Dataset is a target that is known by draws alone: one of the toy data sets of FFJORD
// (Grathwohl et al. 2019). Its density is the data.Sampled of a large sample, which is drawn
// and smoothed when the density is first evaluated. Values of the same data set are equal.
type Dataset int

// The data sets.
const (
	Moons Dataset = iota
	Checkerboard
	TwoSpirals
	Pinwheel
)

var (
	_ scenarios.RowTarget    = Dataset(0)
	_ scenarios.MassOutsider = Dataset(0)
	_ scenarios.Sampler      = Dataset(0)
)

const (
	// datasetPoints give a relative error of the smoothed density of a few hundredths.
	datasetPoints = 400_000
	// datasetKernel is smaller than the noise of every data set.
	datasetKernel = 0.08
)

// smoothed are the densities, constants that take a tenth of a second each to compute.
var smoothed = [...]func() *data.Sampled{
	Moons:        sync.OnceValue(Moons.smooth),
	Checkerboard: sync.OnceValue(Checkerboard.smooth),
	TwoSpirals:   sync.OnceValue(TwoSpirals.smooth),
	Pinwheel:     sync.OnceValue(Pinwheel.smooth),
}

// quarters are the states of the generator before each quarter of the draws. The first is the seed; the others
// are where the draws before leave it, so that the quarters can be drawn at the same time.
var quarters = [...][4][2]uint64{
	Moons: {
		{uint64(Moons), 1},
		{0x7b58302199b4b0e3, 0xcc0e505d88ea9243},
		{0x7155b0bf8b1e7ee1, 0xa9d4c9b350cb2aee},
		{0x47445afc3d803d46, 0x681e3b466826a616},
	},
	Checkerboard: {
		{uint64(Checkerboard), 1},
		{0x5bf3c28287d95777, 0x124d9e4411dd7e61},
		{0x4124d95d322a358d, 0xfd709cd481db2cc1},
		{0xc35ca58215a8f9d2, 0xbc3659d3e8910b21},
	},
	TwoSpirals: {
		{uint64(TwoSpirals), 1},
		{0x51941bfc23d694ac, 0xcdef01abe855e64d},
		{0x5781d338be68414b, 0x4957a89c267a44a8},
		{0x3ac4ebbb07c40214, 0x4ded13f307820bbf},
	},
	Pinwheel: {
		{uint64(Pinwheel), 1},
		{0xc336ee58756e992f, 0xadf0e07269e60a16},
		{0x9750747d88142e99, 0x05175c7b90f9ea71},
		{0x5e1cee9a20185ef5, 0xcb5d7c04e3adc9c6},
	},
}

func (d Dataset) smooth() *data.Sampled {
	points := make([]scenarios.Point, datasetPoints)
	var parts sync.WaitGroup
	for k, state := range quarters[d] {
		parts.Go(func() {
			quarter := points[k*len(points)/len(quarters[d]):][:len(points)/len(quarters[d])]
			d.draws(quarter, rand.New(rand.NewPCG(state[0], state[1])))
		})
	}
	parts.Wait()
	s, err := data.NewSampled(points, datasetKernel)
	if err != nil {
		panic(err) // the kernel is valid for these data
	}
	return s
}

// draws writes points of the data, without smoothing, to dst.
func (d Dataset) draws(dst []scenarios.Point, rng *rand.Rand) {
	draw := [...]func(*rand.Rand) scenarios.Point{drawMoons, drawCheckerboard, drawTwoSpirals, drawPinwheel}[d]
	for i := range dst {
		dst[i] = draw(rng)
	}
}

// LogDensity is the log-density of the smoothed sample.
func (d Dataset) LogDensity(x, y float64) float64 { return smoothed[d]().LogDensity(x, y) }

// LogDensityRow is LogDensity at (x0 + i·dx, y).
func (d Dataset) LogDensityRow(dst []float64, x0, dx, y float64) {
	smoothed[d]().LogDensityRow(dst, x0, dx, y)
}

// Score is the score of the smoothed sample.
func (d Dataset) Score(x, y float64) (gx, gy float64) { return smoothed[d]().Score(x, y) }

// Sample draws from the smoothed sample.
func (d Dataset) Sample(dst []scenarios.Point, rng *rand.Rand) { smoothed[d]().Sample(dst, rng) }

// MassOutside is the mass of the smoothed sample outside the window.
func (d Dataset) MassOutside(w scenarios.Window) float64 { return smoothed[d]().MassOutside(w) }

// drawMoons draws t ~ U[0, π] and a point (cos t, sin t) of the outer moon or
// (1 − cos t, ½ − sin t) of the inner one, adds noise of standard deviation 0.1, multiplies
// by 2 and adds (−1, −0.2).
func drawMoons(rng *rand.Rand) scenarios.Point {
	sin, cos := math.Sincos(math.Pi * rng.Float64())
	p := scenarios.Point{X: cos, Y: sin}
	if rng.Uint64()&1 == 0 {
		p = scenarios.Point{X: 1 - cos, Y: 0.5 - sin}
	}
	return scenarios.Point{X: 2*(p.X+0.1*rng.NormFloat64()) - 1, Y: 2*(p.Y+0.1*rng.NormFloat64()) - 0.2}
}

// drawCheckerboard draws x ~ U[−2, 2] and y = u − 2b + (⌊x⌋ mod 2) with u ~ U[0, 1] and
// b ∈ {0, 1}, and multiplies both by 2.
func drawCheckerboard(rng *rand.Rand) scenarios.Point {
	x := 4*rng.Float64() - 2
	y := rng.Float64() - 2*float64(rng.Uint64()&1) + float64(int(math.Floor(x))&1)
	return scenarios.Point{X: 2 * x, Y: 2 * y}
}

// drawTwoSpirals draws the point ±(−n cos n + ½u′, n sin n + ½u″)/3 with n = 3π√u, and adds
// noise of standard deviation 0.1.
func drawTwoSpirals(rng *rand.Rand) scenarios.Point {
	n := 3 * math.Pi * math.Sqrt(rng.Float64())
	sin, cos := math.Sincos(n)
	p := scenarios.Point{X: (rng.Float64()/2 - n*cos) / 3, Y: (rng.Float64()/2 + n*sin) / 3}
	if rng.Uint64()&1 == 0 {
		p = scenarios.Point{X: -p.X, Y: -p.Y}
	}
	return scenarios.Point{X: p.X + 0.1*rng.NormFloat64(), Y: p.Y + 0.1*rng.NormFloat64()}
}

// drawPinwheel draws (a, b) ~ (N(1, 0.3²), N(0, 0.1²)) along and across one of five arms k,
// rotates it clockwise by 2πk/5 + ¼eᵃ, and multiplies by 2.
func drawPinwheel(rng *rand.Rand) scenarios.Point {
	a, b := 1+0.3*rng.NormFloat64(), 0.1*rng.NormFloat64()
	sin, cos := math.Sincos(2*math.Pi*float64(rng.IntN(5))/5 + portable.Exp(a)/4)
	return scenarios.Point{X: 2 * (a*cos + b*sin), Y: 2 * (b*cos - a*sin)}
}

func moons() scenarios.Scenario {
	s := datasetScenario(Moons, "make_moons, noise 0.1, ×2 + (−1, −0.2)")
	s.Name, s.Story = "moons", "each moon's tip lies in the other's arm: the cloud parts in an S"
	s.Start = scenarios.NewGaussianStart(0, 0, 0.8)
	s.Window = scenarios.Window{XMin: -4.4, XMax: 4.4, YMin: -3.6, YMax: 4}
	return s
}

func checkerboard() scenarios.Scenario {
	s := datasetScenario(Checkerboard, "x ~ U[−2, 2], y by its parity, ×2")
	s.Name, s.Story = "checkerboard", "black squares fill from the middle out, white ones must empty"
	s.Start = scenarios.NewGaussianStart(0, 0, 1.3)
	s.Window = scenarios.Window{XMin: -5, XMax: 5, YMin: -5, YMax: 5}
	s.Particles = 6000
	return s
}

func twoSpirals() scenarios.Scenario {
	s := datasetScenario(TwoSpirals, "2spirals, three half turns, noise 0.1")
	s.Name, s.Story = "two spirals", "mass must wind: the arms' outer ends are found from across the gap"
	s.Start = scenarios.NewGaussianStart(0, 0, 0.7)
	s.Window = scenarios.Window{XMin: -4.4, XMax: 4.4, YMin: -4.4, YMax: 4.4}
	return s
}

func pinwheel() scenarios.Scenario {
	s := datasetScenario(Pinwheel, "5 arms, rate ¼, deviations 0.3 and 0.1, ×2")
	s.Name, s.Story = "pinwheel", "the hub empties into five arms, the bent tips fill last"
	s.Start = scenarios.NewGaussianStart(0, 0, 0.7)
	s.Window = scenarios.Window{XMin: -5, XMax: 5, YMin: -5, YMax: 5}
	return s
}

// datasetScenario returns the common part of the scenarios.
func datasetScenario(d Dataset, numbers string) scenarios.Scenario {
	return scenarios.Scenario{
		Kind:      scenarios.KindSampled,
		Source:    fmt.Sprintf("FFJORD: %s; %d draws smoothed with σ = %g", numbers, datasetPoints, datasetKernel),
		Target:    d,
		Truth:     scenarios.Truth{LogZ: math.NaN(), Sampler: d},
		Particles: 4000,
		Bandwidth: 0.1,
	}
}
