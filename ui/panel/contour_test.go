package panel

import (
	"math"
	"testing"
)

// A blur is a mean with Gaussian weights over the pixels, and one that is wider than the map takes no longer than one as wide.
func TestABlurIsAGaussianMean(t *testing.T) {
	v := View{Width: 9, Height: 5}
	field := func() []float64 {
		values := make([]float64, v.Width*v.Height)
		for i := range values {
			values[i] = math.Sin(float64(3 * i))
		}
		return values
	}
	c := &contours{spare: make([]float64, v.Width*v.Height)}
	for _, sigma := range []float64{0.4, 1.3, 3, 1e12} {
		got, src := field(), field()
		c.blur(got, v, sigma)
		weight := func(d int) float64 { return math.Exp(-float64(d*d) / (2 * sigma * sigma)) }
		reach, total := int(min(math.Ceil(2.5*sigma), 9)), 0.0
		for d := -reach; d <= reach; d++ {
			total += weight(d)
		}
		for i := range got {
			want := 0.0
			for k, s := range src {
				dx, dy := k%v.Width-i%v.Width, k/v.Width-i/v.Width
				if max(dx, -dx, dy, -dy) <= reach {
					want += weight(dx) * weight(dy) * s / (total * total)
				}
			}
			if math.Abs(got[i]-want) > 1e-12 {
				t.Fatalf("blurred by %g pixels, pixel %d is %g, expected %g", sigma, i, got[i], want)
			}
		}
	}
}
