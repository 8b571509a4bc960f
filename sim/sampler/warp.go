package sampler

import (
	"math"

	"undercurrent/scenarios"
)

// Warp is the transport map seen as the image of a grid: lines of constant z₁ and
// of constant z₂ at equal steps of probability, each as so many points. The cells
// between the lines hold equal shares of the samples. Further dimensions of z are
// held at nothing.
func (m *Model) Warp(lines, points int) [][]scenarios.Point {
	latent := m.mapping.Latent()
	z := make([]float64, 0, 2*lines*points*latent)
	for along := range 2 {
		for l := range lines {
			for p := range points {
				at := make([]float64, latent)
				at[1-along] = quantile((float64(l) + 0.5) / float64(lines))
				at[along] = quantile((float64(p) + 0.5) / float64(points))
				z = append(z, at...)
			}
		}
	}
	image := toPoints(nil, m.mapping.Values(&trace{}, z))
	var warp [][]scenarios.Point
	for k := 0; k < len(image); k += points {
		warp = append(warp, image[k:k+points])
	}
	return warp
}

// quantile is that of N(0, 1).
func quantile(u float64) float64 { return math.Sqrt2 * math.Erfinv(2*u-1) }
