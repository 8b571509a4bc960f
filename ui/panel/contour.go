package panel

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"undercurrent/internal/portable"
	"undercurrent/internal/vectors"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// contours draws the lines of a flow over a map: where compression −div V changes
// its sign, and where log r passes the repair threshold. Both are drawn from means
// over a few bandwidths, weighted by q: closer, the noise of a finite number of
// particles changes sign everywhere.
type contours struct {
	p, q, flow, spare []float64 // a pixel each
	// What p was made of last.
	made struct {
		resample *resampler
		target   *float64
		sigma    float64
	}
}

// blurBandwidths is the standard deviation of those means.
const blurBandwidths = 2.5

// draw sets the dots of both lines for a map whose pixels show the view.
func (c *contours) draw(dots *paint.Dots, f *session.Frame, r *resampler) {
	n := r.view.Width * r.view.Height
	if len(c.p) != n {
		*c = contours{p: make([]float64, n), q: make([]float64, n), flow: make([]float64, n), spare: make([]float64, n)}
	}
	d := &f.Fields
	sigma := blurBandwidths * f.Settings.Bandwidth / r.view.scale
	c.followTarget(r, d.P, sigma)
	r.mean(c.q, d.Q, 0)
	r.mean(c.flow, d.Compression, math.NaN())
	for i, q := range c.q {
		if math.IsNaN(c.flow[i]) {
			c.flow[i] = 0
		}
		c.flow[i] *= q
	}
	faintest := faint * d.Peak
	c.blur(c.q, r.view, sigma)
	c.blur(c.flow, r.view, sigma)
	shown := func(i int) bool { return c.q[i] >= lineFrom*faintest }
	c.crossings(dots, r.view, paint.ZeroLine, shown, c.flow)
	if at := f.Functional.Measure().Threshold(); !math.IsInf(at, 1) {
		for i, q := range c.q {
			c.flow[i] = c.p[i] - q*portable.Exp(at)
		}
		shown = func(i int) bool { return max(c.p[i], c.q[i]) >= lineFrom*faintest }
		c.crossings(dots, r.view, paint.RepairLine, shown, c.flow)
	}
}

// followTarget blurs the target's density, unless that is done.
func (c *contours) followTarget(r *resampler, p []float64, sigma float64) {
	made := &c.made
	if made.resample == r && made.target == &p[0] && made.sigma == sigma {
		return
	}
	made.resample, made.target, made.sigma = r, &p[0], sigma
	copy(c.p, r.meanOfTarget(p))
	c.blur(c.p, r.view, sigma)
}

// lineFrom is the least q where a line is drawn, relative to the faintest density shown.
const lineFrom = 5

// blur is a Gaussian mean over the pixels, in place, with zeros around them.
func (c *contours) blur(values []float64, v View, sigma float64) {
	// No two pixels are further from each other, however wide the kernel is.
	reach := int(min(math.Ceil(2.5*sigma), float64(max(v.Width, v.Height))))
	taps := make([]float64, 2*reach+1)
	for j := range taps {
		u := float64(j-reach) / sigma
		taps[j] = portable.Exp(-u * u / 2)
	}
	total := floats.Sum(taps)
	floats.Scale(1/total, taps)
	w, h := v.Width, v.Height
	for y := range h {
		from, to := max(y-reach, 0), min(y+reach, h-1)
		vectors.WeightedSums(c.spare[y*w:(y+1)*w], values[from*w:(to+1)*w], w, taps[from-y+reach:to-y+reach+1])
	}
	between := make([]float64, w+2*reach)
	for y := range h {
		copy(between[reach:], c.spare[y*w:(y+1)*w])
		vectors.WeightedSums(values[y*w:(y+1)*w], between, 1, taps)
	}
}

// crossings sets a dot wherever the bilinear value of a field changes its sign to
// the right or below, at the resolution of the dots: two by two in a pixel.
func (c *contours) crossings(dots *paint.Dots, v View, line paint.Line, shown func(i int) bool, field []float64) {
	for y := range v.Height - 1 {
		for x := range v.Width - 1 {
			i := y*v.Width + x
			if !shown(i) {
				continue
			}
			a, b, e, d := field[i], field[i+1], field[i+v.Width], field[i+v.Width+1]
			if (a > 0) == (b > 0) && (a > 0) == (e > 0) && (a > 0) == (d > 0) {
				continue
			}
			at := func(u, w float64) float64 { return (1-w)*((1-u)*a+u*b) + w*((1-u)*e+u*d) }
			for k := range 4 {
				u, w := float64(k%2)/2, float64(k/2)/2
				here := at(u, w) > 0
				if here != (at(u+0.5, w) > 0) || here != (at(u, w+0.5) > 0) {
					// The values belong to the middles of the pixels, one dot further.
					dots.AddLine(2*x+1+k%2, 2*y+1+k/2, line)
				}
			}
		}
	}
}
