package figure

import "image/color"

// rgb is an opaque colour of a number such as 0x0072b2.
func rgb(n uint32) color.RGBA { return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff} }

// seriesColours are Okabe and Ito's, which people with any colour vision distinguish, darker where they are
// too light for white paper (Okabe and Ito 2008, jfly.uni-koeln.de/color).
func seriesColours() []color.RGBA {
	return []color.RGBA{rgb(0x0072b2), rgb(0xd55e00), rgb(0x009e73), rgb(0xcc79a7), rgb(0xb87700), rgb(0x2d9bd1), rgb(0x6a6a00)}
}

// restColour is that of what has no colour of its own.
func restColour() color.RGBA { return rgb(0xaaaaaa) }

// seriesColour is that of the k-th curve or region.
func seriesColour(k int) color.RGBA {
	all := seriesColours()
	return all[k%len(all)]
}

// emptyColour marks places under the target without particles.
func emptyColour() color.RGBA { return rgb(0xb4b4b4) }

// ramp is colours from the lowest to the highest value.
type ramp []color.RGBA

// densityRamp is viridis (S. van der Walt and N. Smith 2015, bids.github.io/colormap), perceptually even.
func densityRamp() ramp {
	return ramp{rgb(0x440154), rgb(0x482878), rgb(0x3e4989), rgb(0x31688e), rgb(0x26828e), rgb(0x1f9e89), rgb(0x35b779), rgb(0x6dcd59), rgb(0xb4de2c), rgb(0xfde725)}
}

// ratioRamp is blue where there are too many particles, orange where particles are missing, as on the screen.
func ratioRamp() ramp {
	return ramp{rgb(0x0b3c7d), rgb(0x2f74c0), rgb(0x8db9e8), rgb(0xf7f7f7), rgb(0xf2b877), rgb(0xd9731a), rgb(0x8a3d00)}
}

// at is the colour at a place from 0 to 1.
func (r ramp) at(place float64) color.RGBA {
	x := min(max(place, 0), 1) * float64(len(r)-1)
	k := min(int(x), len(r)-2)
	u := x - float64(k)
	mix := func(a, b uint8) uint8 { return uint8(float64(a) + u*(float64(b)-float64(a)) + 0.5) }
	a, b := r[k], r[k+1]
	return color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 0xff}
}

// Entries of the palette of a heat map: shades, then a place without a value and one without particles.
const (
	shades     = 250
	blankEntry = shades
	emptyEntry = shades + 1
)

// palette is the ramp as the palette of a picture.
func (r ramp) palette() color.Palette {
	p := make(color.Palette, 0, shades+2)
	for k := range shades {
		p = append(p, r.at(float64(k)/(shades-1)))
	}
	return append(p, paper(), emptyColour())
}
