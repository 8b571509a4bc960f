package scenarios

import (
	"math"
	"math/rand/v2"
)

// Gaussian is the isotropic Gaussian N(Mean, Sigma² I), the usual start.
type Gaussian struct {
	Mean  Point
	Sigma float64
}

var (
	_ Sampler = Gaussian{}
	_ Target  = Gaussian{}
)

// Sample fills dst with independent draws.
func (g Gaussian) Sample(dst []Point, rng *rand.Rand) {
	for i := range dst {
		dst[i].X = g.Mean.X + g.Sigma*rng.NormFloat64()
		dst[i].Y = g.Mean.Y + g.Sigma*rng.NormFloat64()
	}
}

// LogDensity is −|x − Mean|²/(2 Sigma²) − log(2π Sigma²), normalised.
func (g Gaussian) LogDensity(x, y float64) float64 {
	u, v := (x-g.Mean.X)/g.Sigma, (y-g.Mean.Y)/g.Sigma
	return -(u*u+v*v)/2 - math.Log(2*math.Pi) - 2*math.Log(g.Sigma)
}

// Score is −(x − Mean)/Sigma².
func (g Gaussian) Score(x, y float64) (gx, gy float64) {
	s := g.Sigma * g.Sigma
	return -(x - g.Mean.X) / s, -(y - g.Mean.Y) / s
}
