package panel

import (
	"fmt"
	"math"
	"strings"

	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// Field is what a map shows.
type Field int

// The fields, in the order that the keys step through them.
const (
	Target Field = iota
	Density
	Ratio
	Speed
	Weights
	Compression
	fields
)

// Next is the field that the key shows next, of a frame with a drift or without.
func (f Field) Next(frame *session.Frame) Field { return ((f + 1) % fields).In(frame) }

// In is the field, or the target in its place where the frame shows no drift that it belongs to.
func (f Field) In(frame *session.Frame) Field {
	if f.NeedsFields() && Undriven(frame) {
		return Target
	}
	return f
}

// NeedsFields reports whether the field is more than densities.
func (f Field) NeedsFields() bool { return f >= Speed }

// signed reports whether the field has two signs.
func (f Field) signed() bool { return f == Ratio || f == Compression }

func (f Field) String() string {
	return [...]string{"target p", "density q", "log p/q", "speed |V|", "weight w(r)", "−div V"}[f]
}

// FieldNamed is the field with a name: p, q, log p/q, speed, weight or -div V.
func FieldNamed(name string) (Field, error) {
	names := [fields]string{"p", "q", "log p/q", "speed", "weight", "-div V"}
	for f, known := range names {
		if name == known {
			return Field(f), nil
		}
	}
	return 0, fmt.Errorf("unknown quantity %q, expected one of %s", name, strings.Join(names[:], ", "))
}

// Ranges of the fields that are not scaled by the target's peak.
const (
	ratioRange = 2.0 // |log r|
	// speedDecades and weightDecades are log₁₀ ranges around 1.
	speedLow, speedHigh   = -2.0, 2.0
	weightLow, weightHigh = -3.0, 3.0
	// faint is the density, relative to the target's peak, under which a place
	// belongs to nobody.
	faint = 2e-3
	// emptyRatio is p/q from which a place counts as empty of particles.
	emptyRatio = 1e6
)

// levels resamples what the field needs and returns the level of each pixel.
func (m *Map) levels(f *session.Frame) func(i int) int {
	d := &f.Fields
	top := d.Peak
	switch m.Shows {
	case Target:
		p := m.resample.meanOfTarget(d.P)
		return func(i int) int { return sequential(math.Sqrt(p[i] / top)) }
	case Density:
		m.resample.mean(m.a, d.Q, 0)
		return func(i int) int { return sequential(math.Sqrt(m.a[i] / top)) }
	case Ratio:
		p := m.resample.meanOfTarget(d.P)
		m.resample.mean(m.b, d.Q, 0)
		return func(i int) int { return signed(p[i], m.b[i], top) }
	case Compression:
		if !d.Complete {
			return func(int) int { return paint.Nowhere }
		}
		return m.compression(f, top)
	case Speed, Weights:
		if !d.Complete {
			return func(int) int { return 0 }
		}
		if m.Shows == Weights {
			m.resample.mean(m.a, d.Weight, 0)
			return func(i int) int { return decades(m.a[i], weightLow, weightHigh) }
		}
		if len(m.nodes) != len(d.VX) {
			m.nodes = make([]float64, len(d.VX))
		}
		for i := range d.VX {
			m.nodes[i] = math.Hypot(d.VX[i], d.VY[i])
		}
		m.resample.mean(m.a, m.nodes, 0)
		return func(i int) int { return decades(m.a[i], speedLow, speedHigh) }
	}
	panic("panel: unknown field")
}

// compression is the signed level of −div V, its range a few times its median size
// over the particles: at their rim it may be a thousand times that.
func (m *Map) compression(f *session.Frame, top float64) func(i int) int {
	d := &f.Fields
	scale := compressionRange * medianSize(d.Compression, d.Q)
	m.resample.mean(m.a, d.Compression, math.NaN())
	m.resample.mean(m.b, d.Q, 0)
	return func(i int) int {
		if math.IsNaN(m.a[i]) || m.b[i] < faint*top {
			return paint.Nowhere
		}
		return signedLevel(m.a[i] / scale)
	}
}

// compressionRange is the largest compression shown, in medians of its size.
const compressionRange = 4

// medianSize is the weighted median of |v|, to an eighth of an octave, NaNs left out.
func medianSize(values, weights []float64) float64 {
	const perOctave, octaves = 8, 128
	var bins [2 * octaves * perOctave]float64
	total := 0.0
	for i, v := range values {
		if v == v && v != 0 {
			k := int(perOctave * (math.Log2(math.Abs(v)) + octaves))
			bins[min(max(k, 0), len(bins)-1)] += weights[i]
			total += weights[i]
		}
	}
	below := 0.0
	for k, w := range bins {
		if below += w; below >= total/2 {
			return math.Exp2(float64(k)/perOctave - octaves)
		}
	}
	return 1
}

func sequential(u float64) int {
	return min(max(int(u*paint.DensityLevels), 0), paint.DensityLevels-1)
}

// decades is the level of a positive value between 10^lo and 10^hi.
func decades(v, lo, hi float64) int {
	if v <= 0 {
		return 0
	}
	return 1 + min(max(int((math.Log10(v)-lo)/(hi-lo)*(paint.DensityLevels-1)), 0), paint.DensityLevels-2)
}

// signed is the level of log p/q, or of a place that is empty or nowhere.
func signed(p, q, top float64) int {
	switch {
	case max(p, q) < faint*top:
		return paint.Nowhere
	case q*emptyRatio < p:
		return paint.Empty
	}
	return signedLevel(math.Log(p/q) / ratioRange)
}

// signedLevel is the level of a value in −1..1.
func signedLevel(u float64) int {
	return paint.SignedSide + int(math.Round(min(max(u, -1), 1)*paint.SignedSide))
}
