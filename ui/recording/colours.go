package recording

import (
	"cmp"
	"image/color"
	"slices"
)

// weighted is a colour with how much it matters.
type weighted struct {
	color.RGBA
	weight float64
}

// channel is one of red, green and blue.
func (w weighted) channel(k int) float64 { return float64([3]uint8{w.R, w.G, w.B}[k]) }

// cluster is a set of colours that become one, with its weight, its mean and, of the channel where that is
// largest, the sum of squared deviations.
type cluster struct {
	colours []weighted
	weight  float64
	mean    [3]float64
	widest  int
	spread  float64
}

// reduce is a palette of at most n colours: of all where there are no more, otherwise the means of
// clusters. A cluster is all colours at first; again and again that with the largest sum of squared
// deviations in one channel is divided at its mean in that channel.
// Source: X. Wu, Color quantization by dynamic programming and principal analysis, 1992, of which this is
// the variant with axes in place of principal directions.
func reduce(colours []weighted, n int) color.Palette {
	// In an order that does not depend on where they come from.
	slices.SortFunc(colours, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	if len(colours) <= n {
		return exactly(colours)
	}
	clusters := []cluster{newCluster(colours)}
	for len(clusters) < n {
		k := 0
		for i := range clusters {
			if clusters[i].spread > clusters[k].spread {
				k = i
			}
		}
		low, high := clusters[k].divided()
		clusters[k] = low
		clusters = append(clusters, high)
	}
	var p color.Palette
	for _, c := range clusters {
		p = append(p, c.colour())
	}
	return p
}

// exactly is the palette of the colours themselves.
func exactly(colours []weighted) (p color.Palette) {
	for _, c := range colours {
		p = append(p, c.RGBA)
	}
	return p
}

func newCluster(colours []weighted) cluster {
	c := cluster{colours: colours}
	var sums, squares [3]float64
	for _, w := range colours {
		c.weight += w.weight
		for k := range 3 {
			v := w.channel(k)
			sums[k] += w.weight * v
			squares[k] += w.weight * v * v
		}
	}
	for k := range 3 {
		c.mean[k] = sums[k] / c.weight
		if spread := squares[k] - sums[k]*c.mean[k]; spread > c.spread {
			c.widest, c.spread = k, spread
		}
	}
	if len(colours) == 1 {
		c.spread = 0 // not what rounding leaves of it: it cannot be divided
	}
	return c
}

// divided are the colours below the mean of the widest channel, and those above.
func (c cluster) divided() (low, high cluster) {
	k := c.widest
	slices.SortStableFunc(c.colours, func(a, b weighted) int { return cmp.Compare(a.channel(k), b.channel(k)) })
	at := 1 // neither is empty, whatever rounding makes of the mean
	for at < len(c.colours)-1 && c.colours[at].channel(k) <= c.mean[k] {
		at++
	}
	return newCluster(c.colours[:at]), newCluster(c.colours[at:])
}

// colour is the heaviest colour of a cluster, if it has half of the weight, so that large areas keep
// theirs; otherwise it is the mean.
func (c cluster) colour() color.RGBA {
	heaviest := slices.MaxFunc(c.colours, func(a, b weighted) int { return cmp.Compare(a.weight, b.weight) })
	if 2*heaviest.weight >= c.weight {
		return heaviest.RGBA
	}
	round := func(v float64) uint8 { return uint8(v + 0.5) }
	return color.RGBA{round(c.mean[0]), round(c.mean[1]), round(c.mean[2]), 255}
}
