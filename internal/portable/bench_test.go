package portable_test

import (
	"math"
	"testing"

	"undercurrent/internal/portable"
)

func BenchmarkExponential(b *testing.B) {
	list := arguments(1024, 50)
	sum := 0.0
	for _, f := range []struct {
		name string
		of   func(float64) float64
	}{{"portable", portable.Exp}, {"math", math.Exp}} {
		b.Run(f.name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				sum += f.of(list[i%len(list)])
			}
		})
	}
}
