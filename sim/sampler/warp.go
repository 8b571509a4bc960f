package sampler

import (
	"math"

	"undercurrent/scenarios"
)

// Warp returns the image of a grid under the mapping: lines of constant z₁ and of constant z₂
// at equal steps of probability, each with a number of points. The cells between the lines have
// equal probability. Further dimensions of z are 0.
func (m *Model) Warp(lines, points int) [][]scenarios.Point {
	latent := m.mapping.Latent()
	z := make([]float64, 0, 2*lines*points*latent)
	for along := range 2 {
		for l := range lines {
			for p := range points {
				node := make([]float64, latent)
				node[1-along] = quantile((float64(l) + 0.5) / float64(lines))
				node[along] = quantile((float64(p) + 0.5) / float64(points))
				z = append(z, node...)
			}
		}
	}
	var (
		warp  [][]scenarios.Point
		t     trace // whose memory serves every line
		image = make([]scenarios.Point, 0, 2*lines*points)
	)
	for k := range 2 * lines {
		image = toPoints(image, m.mapping.Values(&t, z[k*points*latent:(k+1)*points*latent]))
		warp = append(warp, image[k*points:])
	}
	return warp
}

// quantile is the quantile function of N(0, 1).
func quantile(u float64) float64 { return math.Sqrt2 * math.Erfinv(2*u-1) }
