package movers

import (
	"slices"
	"testing"

	"undercurrent/sim/internal/simtest"
)

// A step of 10,000 particles on the uneven ring with its own bandwidth, after the first ones.
func BenchmarkStep(b *testing.B) {
	s := simtest.Scenario(b, "uneven-ring")
	for _, text := range texts() {
		b.Run(text, func(b *testing.B) {
			m := mover(b, text, s.Target, within(s.Window), func(c *Config) { c.Bandwidth = s.Bandwidth })
			points := draw(s.Start.Sampler, 10000, 1)
			run(m, points, 5)
			start := slices.Clone(points)
			b.ReportAllocs()
			for b.Loop() {
				copy(points, start)
				m.Step(points, 1, 5)
			}
		})
	}
}
