package target

import (
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/formula"
	"undercurrent/sim/grid"
)

// BenchmarkTabulate is a target on 512² nodes (and the finer ones it is made from):
// forty Gaussians, and a formula.
func BenchmarkTabulate(b *testing.B) {
	gmm, err := catalogue.Named("gmm40")
	if err != nil {
		b.Fatal(err)
	}
	formula, err := formula.NewTarget("-(x^2-2)^2/500 - y^2/20 + log(1 + exp(sin(x)))", true)
	if err != nil {
		b.Fatal(err)
	}
	w := gmm.Window
	spacing := (w.XMax - w.XMin) / 511
	g := grid.Grid{X0: w.XMin, Y0: w.YMin, Spacing: spacing, NX: 512, NY: 512}
	for name, t := range map[string]scenarios.Target{"gmm40": gmm.Target, "formula": formula} {
		b.Run(name, func(b *testing.B) {
			c := grid.NewWorkers()
			for b.Loop() {
				if _, err := Tabulate(t, g, 3*spacing, Matched, c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBasins is the partition of a target of forty Gaussians, and of one of eight.
func BenchmarkBasins(b *testing.B) {
	for _, id := range []string{"gmm40", "uneven-ring"} {
		b.Run(id, func(b *testing.B) {
			s, err := catalogue.Named(id)
			if err != nil {
				b.Fatal(err)
			}
			g, err := grid.New(s.Window, s.Bandwidth, 0)
			if err != nil {
				b.Fatal(err)
			}
			w := grid.NewWorkers()
			t, err := Tabulate(s.Target, g, s.Bandwidth, Matched, w)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				t.Basins(w)
			}
		})
	}
}
