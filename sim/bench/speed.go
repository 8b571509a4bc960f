package bench

import (
	"context"
	"runtime"
	"slices"
	"time"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

// SpeedRow is how fast this machine takes a step, as medians.
type SpeedRow struct {
	Particles int `json:"particles"`
	Cores     int `json:"cores"`
	// Step is a step alone, Report one with its report, Instruments one with every instrument.
	Step        time.Duration `json:"step_ns"`
	Report      time.Duration `json:"report_ns"`
	Instruments time.Duration `json:"instruments_ns"`
	// Triad is a pass a = b + s·c over 24 bytes a particle: what the memory allows.
	Triad time.Duration `json:"triad_ns"`
}

const (
	// speedTime is how long each time is measured for, within the bounds of the number of steps.
	speedTime = 400 * time.Millisecond
	// minRepeats and maxRepeats bound the number of steps of a median.
	minRepeats, maxRepeats = 9, 2000
)

// SpeedSizes are the numbers of particles that are measured.
func SpeedSizes() []int { return []int{1_000, 10_000, 100_000, 1_000_000} }

// SpeedCores are the numbers of processors that are measured: one, and all that the program may use.
func SpeedCores() []int { return slices.Compact([]int{1, runtime.GOMAXPROCS(0)}) }

// Speed measures a step of ring8 from its broad start under Jensen–Shannon on 256² nodes. It sets the number of
// processors of the program meanwhile. The error is that of the context.
func Speed(ctx context.Context, particles, cores int) (SpeedRow, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	row := SpeedRow{Particles: particles, Cores: cores, Triad: triad(particles)}
	all, err := divergences.Standard().Divergences(nil)
	if err != nil {
		return row, err
	}
	in := sim.Instruments{Objectives: density.NewObjectives(all), Response: true, Effort: true, Identity: true}
	for _, one := range []struct {
		to   *time.Duration
		take func(*sim.Flow, *sim.Report)
	}{
		{&row.Step, func(f *sim.Flow, _ *sim.Report) { f.Step() }},
		{&row.Report, func(f *sim.Flow, r *sim.Report) { f.StepReport(r, sim.Instruments{}) }},
		{&row.Instruments, func(f *sim.Flow, r *sim.Report) { f.StepReport(r, in) }},
	} {
		f, err := speedFlow(particles)
		if err != nil {
			return row, err
		}
		report := &sim.Report{}
		one.take(f, report) // allocates
		if *one.to, err = medianOf(ctx, func() { one.take(f, report) }); err != nil {
			return row, err
		}
	}
	return row, nil
}

// speedFlow is the flow that is measured.
func speedFlow(n int) (*sim.Flow, error) {
	s, err := catalogue.Named("ring8")
	if err != nil {
		return nil, err
	}
	const half, h = 7, 0.3
	inner := half - grid.Padding*h
	s.Window = scenarios.Window{XMin: -inner, XMax: inner, YMin: -inner, YMax: inner}
	settings := sim.DefaultSettings(s, divergences.SpecFromDrift(divergences.NewDrift(divergences.JensenShannon{})))
	// A little more than the spacing of 256 nodes, so that rounding adds none.
	settings.Particles, settings.Bandwidth, settings.Spacing = n, h, 2*half/254.9999
	return sim.New(s, settings)
}

// medianOf is the median time of work.
func medianOf(ctx context.Context, work func()) (time.Duration, error) {
	var times []time.Duration
	for began := time.Now(); len(times) < minRepeats || time.Since(began) < speedTime && len(times) < maxRepeats; {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		at := time.Now()
		work()
		times = append(times, time.Since(at))
	}
	slices.Sort(times)
	return times[len(times)/2], nil
}

// triad is the median time of a = b + s·c over three numbers a particle, on the processors in use.
func triad(n int) time.Duration {
	x, y, z := make([]float64, n), make([]float64, n), make([]float64, n)
	w := grid.NewWorkers()
	pass := func(_, from, to int) {
		for i := from; i < to; i++ {
			x[i] = y[i] + 3*z[i]
		}
	}
	// The context never ends.
	median, _ := medianOf(context.Background(), func() { w.Each(n, grid.ParticlesAtOnce, pass) })
	return median
}
