package recording

import (
	"image/color"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// manyColours are colours with weights, without repetition.
func manyColours(n int) (list []weighted) {
	rng, seen := rand.New(rand.NewPCG(5, 7)), map[color.RGBA]bool{}
	for len(list) < n {
		c := color.RGBA{uint8(rng.IntN(256)), uint8(rng.IntN(64)), uint8(128 + rng.IntN(128)), 255}
		if !seen[c] {
			seen[c] = true
			list = append(list, weighted{c, 1 + 9*rng.Float64()})
		}
	}
	return list
}

// loss is the weighted mean of the squared distances of colours to the nearest of a palette.
func loss(colours []weighted, p color.Palette) float64 {
	sum, weight := 0., 0.
	for _, c := range colours {
		nearest := math.Inf(1)
		for _, other := range p {
			o := other.(color.RGBA)
			d := math.Pow(float64(c.R)-float64(o.R), 2) + math.Pow(float64(c.G)-float64(o.G), 2) + math.Pow(float64(c.B)-float64(o.B), 2)
			nearest = min(nearest, d)
		}
		sum, weight = sum+c.weight*nearest, weight+c.weight
	}
	return sum / weight
}

func TestFewColoursAreKept(t *testing.T) {
	colours := manyColours(255)
	p := reduce(slices.Clone(colours), 255)
	if len(p) != 255 || loss(colours, p) != 0 {
		t.Errorf("%d of 255 colours, with the loss %g", len(p), loss(colours, p))
	}
	if p := reduce(nil, 255); len(p) > 1 {
		t.Errorf("no colours become %d", len(p))
	}
}

// More colours lose less, and a palette that is made for them loses less than a regular one.
func TestAPaletteFitsTheColours(t *testing.T) {
	colours := manyColours(3000)
	last := math.Inf(1)
	for _, n := range []int{1, 2, 8, 64, 255} {
		p := reduce(slices.Clone(colours), n)
		now := loss(colours, p)
		if len(p) != n || now >= last {
			t.Errorf("%d colours are %d and lose %g, fewer lose %g", n, len(p), now, last)
		}
		last = now
	}
	var regular color.Palette
	for r := range 6 {
		for g := range 6 {
			for b := range 6 {
				regular = append(regular, color.RGBA{uint8(51 * r), uint8(51 * g), uint8(51 * b), 255})
			}
		}
	}
	if ours := loss(colours, reduce(slices.Clone(colours), len(regular))); ours > loss(colours, regular)/4 {
		t.Errorf("a palette of %d loses %g, a regular one %g", len(regular), ours, loss(colours, regular))
	}
}

// Two groups become their means, unless one colour has half of the weight of its group.
func TestClustersBecomeMeansOrTheirHeaviest(t *testing.T) {
	grey := func(v uint8, weight float64) weighted { return weighted{color.RGBA{v, v, v, 255}, weight} }
	p := reduce([]weighted{grey(10, 1), grey(20, 1.5), grey(30, 1), grey(200, 9), grey(210, 1)}, 2)
	want := color.Palette{color.RGBA{20, 20, 20, 255}, color.RGBA{200, 200, 200, 255}}
	if !slices.Equal(p, want) {
		t.Errorf("the palette is %v, expected %v", p, want)
	}
}

func TestAPaletteDoesNotDependOnTheOrder(t *testing.T) {
	colours := manyColours(2000)
	want := reduce(slices.Clone(colours), 100)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(colours), func(i, j int) { colours[i], colours[j] = colours[j], colours[i] })
	if !slices.Equal(reduce(colours, 100), want) {
		t.Error("another order gives another palette")
	}
}
