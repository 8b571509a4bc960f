package sim

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/density"
	"undercurrent/sim/internal/simtest"
)

// BenchmarkStep is a full step (density, score, target, move) on 256² nodes:
// ring8 from its broad start, h = 0.3 on [−7, 7]², w = r/(2(1+r)).
func BenchmarkStep(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			f := benchFlow(b, n)
			f.Step()
			b.ReportAllocs()
			for b.Loop() {
				f.Step()
			}
		})
	}
}

// BenchmarkReport is everything that is measured after a step, all objectives included.
func BenchmarkReport(b *testing.B) {
	f := benchFlow(b, 10_000)
	f.Step()
	all, err := divergences.Standard().Divergences(nil)
	if err != nil {
		b.Fatal(err)
	}
	r := &Report{}
	for b.Loop() {
		f.Report(r, Instruments{Objectives: density.NewObjectives(all)})
	}
}

// BenchmarkInstruments is a step with its report, and with each instrument.
func BenchmarkInstruments(b *testing.B) {
	for _, c := range []struct {
		name string
		in   Instruments
	}{
		{"none", Instruments{}}, {"response", Instruments{Response: true}}, {"effort", Instruments{Effort: true}},
		{"identity", Instruments{Identity: true}}, {"all", Instruments{Response: true, Effort: true, Identity: true}},
	} {
		b.Run(c.name, func(b *testing.B) {
			f, r := benchFlow(b, 10_000), &Report{}
			f.StepReport(r, c.in)
			for b.Loop() {
				f.StepReport(r, c.in)
			}
		})
	}
}

// BenchmarkFields is the copy of all fields for a screen.
func BenchmarkFields(b *testing.B) {
	f := benchFlow(b, 10_000)
	d := &Fields{}
	for b.Loop() {
		f.Fields(d)
	}
}

func benchFlow(b *testing.B, particles int) *Flow {
	b.Helper()
	s, err := catalogue.Named("ring8")
	if err != nil {
		b.Fatal(err)
	}
	s.Window = scenarios.Window{XMin: -7 + 1.2, XMax: 7 - 1.2, YMin: -7 + 1.2, YMax: 7 - 1.2}
	settings := DefaultSettings(s, divergences.SpecFromDrift(divergences.NewDrift(divergences.JensenShannon{})))
	settings.Particles, settings.Bandwidth, settings.Spacing = particles, 0.3, 14/254.9999
	f, err := New(s, settings)
	if err != nil {
		b.Fatal(err)
	}
	if f.Grid().NX != 256 || f.Grid().NY != 256 {
		b.Fatalf("grid is %d by %d, expected 256 by 256", f.Grid().NX, f.Grid().NY)
	}
	return f
}

// BenchmarkWatch is a frame of 10,000 particles that something else moves, with what
// watch prints of it: of samples of the target, and of a cloud that fills the window.
func BenchmarkWatch(b *testing.B) {
	for _, c := range []struct{ name, id string }{{"uneven-ring", "uneven-ring"}, {"gmm40", "gmm40"}, {"wide", "uneven-ring"}} {
		b.Run(c.name, func(b *testing.B) {
			s := simtest.Scenario(b, c.id)
			f := newFlow(b, s, simtest.Drift(b, "reverse-kl"), withParticles(10_000))
			frames := [][]scenarios.Point{simtest.Exact(s, 10_000, 1), simtest.Exact(s, 10_000, 2)}
			if c.name == "wide" {
				for k := range frames {
					scenarios.Gaussian{Sigma: 6}.Sample(frames[k], rand.New(rand.NewPCG(1, uint64(k))))
				}
			}
			in, r := Instruments{Objectives: density.NewObjectives(simtest.Divergences(b)), Undriven: true}, &Report{}
			for k := 0; b.Loop(); k++ {
				f.WatchReport(r, Watched{k + 1, frames[k%2], FromPrevious}, in)
			}
		})
	}
}
