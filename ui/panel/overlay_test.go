package panel

import (
	"math"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

func TestArrowsPointAlongTheirVectors(t *testing.T) {
	for k, want := range []rune("→↗↑↖←↙↓↘") {
		for _, off := range []float64{-0.35, 0, 0.35} {
			sin, cos := math.Sincos(float64(k)*math.Pi/4 + off)
			if got := arrowGlyph(scenarios.Point{X: 3 * cos, Y: 3 * sin}); got != want {
				t.Errorf("(%.2f, %.2f) is drawn as %c, expected %c", cos, sin, got, want)
			}
		}
	}
}

func TestATrailIsBoundedAndStartsAgainWithTheFlow(t *testing.T) {
	trail, f := &Trail{}, &session.Frame{Particles: make([]scenarios.Point, 1000)}
	for step := range 100 {
		f.Now = step
		f.Particles[0] = scenarios.Point{X: float64(step)}
		trail.Add(f)
		trail.Add(f)
	}
	if n := len(trail.past); n != trailLength || len(trail.past[0]) != trailParticles {
		t.Errorf("a trail has %d frames of %d particles", n, len(trail.past[0]))
	}
	if first, last := trail.past[0][0].X, trail.past[trailLength-1][0].X; last != 99 || first != 100-trailLength {
		t.Errorf("the trail goes from %g to %g", first, last)
	}
	f.Now = 0
	if trail.Add(f); len(trail.past) != 1 {
		t.Errorf("after a restart the trail has %d frames", len(trail.past))
	}
	f.Now, f.Particles = 1, make([]scenarios.Point, 100)
	if trail.Add(f); len(trail.past) != 1 {
		t.Errorf("with other particles the trail has %d frames", len(trail.past))
	}
}

// A long arrow is double, a plain one of at least a quarter bright, and the scale is a round number that some
// arrow reaches.
func TestArrowsHaveThreeLengths(t *testing.T) {
	along := scenarios.Point{X: 1, Y: 1}
	for length, want := range map[float64]struct {
		glyph rune
		line  paint.Line
	}{2.4: {'⇗', paint.ArrowLine}, 1: {'⇗', paint.ArrowLine}, 0.9: {'↗', paint.ArrowLine}, 0.25: {'↗', paint.ArrowLine}, 0.1: {'↗', paint.FaintArrowLine}} {
		if glyph, line := gradedArrow(along, length); glyph != want.glyph || line != want.line {
			t.Errorf("an arrow of length %g is %c by line %d, expected %c by %d", length, glyph, line, want.glyph, want.line)
		}
	}
	for v, want := range map[float64]float64{0.3: 0.2, 0.2: 0.2, 7: 5, 1: 1, 0.0199: 0.01, 0: 0} {
		if got := roundDown(v); math.Abs(got-want) > 1e-12 {
			t.Errorf("the scale of %g is %g, expected %g", v, got, want)
		}
	}
}
