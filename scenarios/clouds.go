package scenarios

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Box is the uniform density on a rectangle.
type Box struct{ Window }

// Ring is the distribution of points at a distance N(Radius, Sigma²) from Centre, in a
// uniform direction.
type Ring struct {
	Centre        Point
	Radius, Sigma float64
}

var (
	_ Sampler = Box{}
	_ Target  = Box{}
	_ Sampler = Ring{}
)

// Sample fills dst with independent draws.
func (b Box) Sample(dst []Point, rng *rand.Rand) {
	for i := range dst {
		dst[i].X = b.XMin + (b.XMax-b.XMin)*rng.Float64()
		dst[i].Y = b.YMin + (b.YMax-b.YMin)*rng.Float64()
	}
}

// LogDensity is −log of the area inside, −Inf outside.
func (b Box) LogDensity(x, y float64) float64 {
	if !b.Contains(Point{x, y}) {
		return math.Inf(-1)
	}
	return -math.Log(b.XMax-b.XMin) - math.Log(b.YMax-b.YMin)
}

// Score is zero.
func (Box) Score(float64, float64) (gx, gy float64) { return 0, 0 }

// Sample fills dst with independent draws.
func (r Ring) Sample(dst []Point, rng *rand.Rand) {
	for i := range dst {
		sin, cos := math.Sincos(2 * math.Pi * rng.Float64())
		length := r.Radius + r.Sigma*rng.NormFloat64()
		dst[i] = Point{r.Centre.X + length*cos, r.Centre.Y + length*sin}
	}
}

// NewBoxStart returns the uniform start on a rectangle, with its text.
func NewBoxStart(w Window) Start {
	return Start{Sampler: Box{w}, Text: fmt.Sprintf("uniform on [%s, %s] × [%s, %s]", number(w.XMin), number(w.XMax), number(w.YMin), number(w.YMax))}
}

// NewRingStart returns a start on a ring, with its text.
func NewRingStart(r Ring) Start {
	return Start{Sampler: r, Text: fmt.Sprintf("ring of radius %s ± %s", number(r.Radius), number(r.Sigma))}
}

// NewGaussianStart returns the start N((x, y), sigma² I), with its text such as "N(0, 3²)".
func NewGaussianStart(x, y, sigma float64) Start {
	mean := "0"
	if x != 0 || y != 0 {
		mean = fmt.Sprintf("(%s, %s)", number(x), number(y))
	}
	return Start{
		Sampler: Gaussian{Mean: Point{x, y}, Sigma: sigma},
		Text:    fmt.Sprintf("N(%s, %s²)", mean, number(sigma)),
	}
}

// number formats v with the typographic minus sign.
func number(v float64) string {
	if v < 0 {
		return fmt.Sprintf("−%g", -v)
	}
	return fmt.Sprintf("%g", v)
}
