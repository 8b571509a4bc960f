package sim

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
)

// onCores runs a benchmark on one processor and on two. The flag -cpu of go test does not reach
// benchmarks within benchmarks that use b.Loop.
func onCores(b *testing.B, run func(b *testing.B)) {
	b.Helper()
	for _, cores := range []int{1, 2} {
		b.Run(fmt.Sprintf("cores=%d", cores), func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
			run(b)
		})
	}
}

// timed is how long work takes.
func timed(work func()) time.Duration {
	began := time.Now()
	work()
	return time.Since(began)
}

func stepTime(f *Flow) time.Duration { return timed(func() { f.Step() }) }

// medianOf repeats work and reports the median of the times that it returns.
func medianOf(b *testing.B, work func() time.Duration) time.Duration {
	b.Helper()
	times := make([]time.Duration, 0, 1<<14)
	for b.Loop() {
		times = append(times, work())
	}
	slices.Sort(times)
	median := times[len(times)/2]
	b.ReportMetric(median.Seconds()*1e3, "median-ms")
	return median
}

// triad is the median time of a pass over 24 bytes a particle, a = b + s·c, on all cores: what the
// memory of the machine allows.
func triad(n int) time.Duration {
	x, y, z := make([]float64, n), make([]float64, n), make([]float64, n)
	w := grid.NewWorkers()
	pass := func(_, from, to int) {
		for i := from; i < to; i++ {
			x[i] = y[i] + 3*z[i]
		}
	}
	times := make([]time.Duration, 99)
	for k := range times {
		began := time.Now()
		w.Each(n, grid.ParticlesAtOnce, pass)
		times[k] = time.Since(began)
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// BenchmarkStep is a full step (density, score, target, move) on 256² nodes:
// ring8 from its broad start, h = 0.3 on [−7, 7]², w = r/(2(1+r)). Its time is also given in
// triads over the particles.
func BenchmarkStep(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			onCores(b, func(b *testing.B) {
				f, memory := benchFlow(b, n), triad(n)
				f.Step()
				b.ReportAllocs()
				median := medianOf(b, func() time.Duration { return stepTime(f) })
				b.ReportMetric(float64(median)/float64(memory), "triads")
			})
		})
	}
}

// BenchmarkCost fits a line to the median times of a step over the number of particles, and over that of nodes. off-% is how
// far the worst of them is from it.
func BenchmarkCost(b *testing.B) {
	onCores(b, func(b *testing.B) {
		b.Run("particles", func(b *testing.B) {
			fitCost(b, "particle", []int{1_000, 10_000, 100_000, 300_000, 1_000_000}, func(n int) *Flow { return benchFlow(b, n) })
		})
		b.Run("nodes", func(b *testing.B) {
			fitCost(b, "node", []int{128 * 128, 181 * 181, 256 * 256, 362 * 362, 512 * 512, 724 * 724}, func(n int) *Flow {
				return benchFlowOn(b, 1000, int(math.Sqrt(float64(n))))
			})
		})
	})
}

// fitCost fits a line to the times of a step of flows of n of a unit.
func fitCost(b *testing.B, unit string, of []int, flow func(n int) *Flow) {
	b.Helper()
	var x, y, weights []float64
	for b.Loop() {
		x, y, weights = nil, nil, nil
		for _, n := range of {
			f, times := flow(n), make([]time.Duration, 99)
			for k := range times {
				times[k] = stepTime(f)
			}
			slices.Sort(times)
			ms := times[len(times)/2].Seconds() * 1e3
			x, y, weights = append(x, float64(n)), append(y, ms), append(weights, 1/(ms*ms))
		}
	}
	fixed, each := stat.LinearRegression(x, y, weights, false)
	worst := 0.0
	for k := range x {
		worst = max(worst, math.Abs(fixed+each*x[k]-y[k])/y[k])
	}
	b.ReportMetric(1e6*each, "ns/"+unit)
	b.ReportMetric(fixed, "ms-fixed")
	b.ReportMetric(100*worst, "off-%")
}

// BenchmarkFlowMemory is what a flow of two particles keeps in memory on 256² nodes, alone and with every instrument.
func BenchmarkFlowMemory(b *testing.B) {
	objectives := density.NewObjectives(simtest.Divergences(b))
	for name, in := range map[string]*Instruments{"step": nil, "every instrument": {Objectives: objectives, Response: true, Effort: true, Identity: true}} {
		b.Run(name, func(b *testing.B) {
			var used uint64
			for b.Loop() {
				before := heapInUse()
				f, r := benchFlow(b, 2), &Report{}
				if f.Step(); in != nil {
					f.StepReport(r, *in)
				}
				used = heapInUse() - before
				runtime.KeepAlive(f)
			}
			b.ReportMetric(float64(used)/1e6, "MB")
		})
	}
}

// heapInUse is the memory in use after a collection.
func heapInUse() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A step with birth–death and one without, of two flows that take turns, so that what else the machine does meets
// both. extra-% is the median of what the one with it takes longer than the one before.
func BenchmarkStepBirthDeath(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			onCores(b, func(b *testing.B) {
				f, plain := benchFlow(b, n), benchFlow(b, n)
				motion := f.Settings().Motion()
				motion.BirthDeath = 1
				if err := f.SetDynamics(motion); err != nil {
					b.Fatal(err)
				}
				var extra []float64
				medianOf(b, func() time.Duration {
					without, with := stepTime(plain), stepTime(f)
					extra = append(extra, 100*(with.Seconds()/without.Seconds()-1))
					return with
				})
				slices.Sort(extra)
				b.ReportMetric(extra[len(extra)/2], "extra-%")
			})
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
	objectives := density.NewObjectives(simtest.Divergences(b))
	for _, n := range []int{10_000, 1_000_000} {
		for _, c := range []struct {
			name string
			in   Instruments
		}{
			{"none", Instruments{}}, {"response", Instruments{Response: true}}, {"effort", Instruments{Effort: true}},
			{"identity", Instruments{Identity: true}}, {"objectives", Instruments{Objectives: objectives}},
			{"all", Instruments{Objectives: objectives, Response: true, Effort: true, Identity: true}},
		} {
			b.Run(fmt.Sprintf("N=%d/%s", n, c.name), func(b *testing.B) {
				onCores(b, func(b *testing.B) {
					f, r := benchFlow(b, n), &Report{}
					f.StepReport(r, c.in)
					b.ReportAllocs()
					medianOf(b, func() time.Duration { return timed(func() { f.StepReport(r, c.in) }) })
				})
			})
		}
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

func benchFlow(b testing.TB, particles int) *Flow {
	b.Helper()
	return benchFlowOn(b, particles, 256)
}

// benchFlowOn is benchFlow on another number of nodes along each side, with a kernel of as many of them.
func benchFlowOn(b testing.TB, particles, side int) *Flow {
	b.Helper()
	h := 0.3 * 256 / float64(side)
	s, err := catalogue.Named("ring8")
	if err != nil {
		b.Fatal(err)
	}
	inner := 7 - grid.Padding*h
	s.Window = scenarios.Window{XMin: -inner, XMax: inner, YMin: -inner, YMax: inner}
	settings := DefaultSettings(s, divergences.SpecFromDrift(divergences.NewDrift(divergences.JensenShannon{})))
	settings.Particles, settings.Bandwidth, settings.Spacing = particles, h, 14/(float64(side)-1.0001)
	f, err := New(s, settings)
	if err != nil {
		b.Fatal(err)
	}
	if f.Grid().NX != side || f.Grid().NY != side {
		b.Fatalf("grid is %d by %d, expected %d by %d", f.Grid().NX, f.Grid().NY, side, side)
	}
	return f
}

// BenchmarkWatch is a frame of 10,000 particles that something else moves, with what
// watch prints of it: of samples of the target, and of a cloud that fills the window.
func BenchmarkWatch(b *testing.B) {
	for _, c := range []struct{ name, id string }{{"uneven-ring", "uneven-ring"}, {"gmm40", "gmm40"}, {"wide", "uneven-ring"}} {
		b.Run(c.name, func(b *testing.B) {
			s := simtest.Scenario(b, c.id)
			f := newFlowOn(b, nil, s, simtest.Drift(b, "reverse-kl"), withParticles(10_000))
			frames := [][]scenarios.Point{simtest.Exact(s, 10_000, 1), simtest.Exact(s, 10_000, 2)}
			if c.name == "wide" {
				for k := range frames {
					scenarios.Gaussian{Sigma: 6}.Sample(frames[k], rand.New(rand.NewPCG(1, uint64(k))))
				}
			}
			in, r := Instruments{Objectives: density.NewObjectives(simtest.Divergences(b)), Undriven: true}, &Report{}
			for k := 0; b.Loop(); k++ {
				f.WatchReport(r, Watched{k + 1, frames[k%2], nil, FromPrevious}, in)
			}
		})
	}
}
