package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/metrics"
	"undercurrent/ui/frames"
	"undercurrent/ui/session"
)

// watchLine is the report of a frame as watch --json prints it: that of run without what
// belongs to a drift. Changes are those since the frame before, null in the first.
type watchLine struct {
	Step          int                `json:"step"`
	Scenario      string             `json:"scenario"`
	Particles     int                `json:"particles"`
	Bandwidth     float64            `json:"bandwidth"`
	TV            float64            `json:"tv"`
	Objectives    map[string]float64 `json:"objectives"`
	UnderCoverage float64            `json:"under_coverage"`
	Functional    watchFunctional    `json:"functional"`
	Held          int                `json:"held"`
	NotFinite     int                `json:"not_finite"`
	Regions       []watchRegion      `json:"regions"`
	Transport     [][]int            `json:"transport"`
	Metrics       metrics.Metrics    `json:"metrics,omitempty"`
	Floor         metrics.Metrics    `json:"floor,omitempty"`
}

type watchFunctional struct {
	Name     string   `json:"name"`
	Tau      float64  `json:"tau"`
	S        float64  `json:"s"`
	Value    float64  `json:"value"`
	Measured *float64 `json:"measured"`
}

type watchRegion struct {
	regionState
	Inflow              *float64 `json:"inflow"`
	UnderCoverageChange *float64 `json:"under_coverage_change"`
}

// known is v, nil where it is not a number.
func known(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

func newWatchLine(f *sim.Flow, u session.Functional, r *sim.Report, lost int) watchLine {
	settings := f.Settings()
	l := watchLine{
		Step: r.Step, Scenario: f.Scenario().ID, Particles: settings.Particles, Bandwidth: settings.Bandwidth,
		TV: r.TV, Objectives: make(map[string]float64, len(r.Objectives)), UnderCoverage: r.UnderCoverage,
		Functional: watchFunctional{u.ID, u.Tau, u.S, r.UnderCoverage, known(r.UnderCoverageChange.Measured)},
		Held:       r.Outside, NotFinite: lost,
	}
	for _, o := range r.Objectives {
		l.Objectives[o.ID] = o.Value
	}
	for _, k := range r.Regions {
		l.Regions = append(l.Regions, watchRegion{stateOf(k), known(k.MassChange.Measured), known(k.UnderCoverageChange.Measured)})
	}
	if !r.Untracked {
		l.Transport = r.Transport
	}
	return l
}

// read is a frame, or why there is none.
type read struct {
	frame *frames.Frame
	err   error
}

// ahead reads frames in a goroutine of its own, so that the next is parsed while one is
// measured. It ends after the first error and where nobody listens any longer.
func ahead(ctx context.Context, r *frames.Reader) (<-chan read, chan<- *frames.Frame) {
	come, back := make(chan read, 1), make(chan *frames.Frame, 3)
	for range cap(back) {
		back <- &frames.Frame{}
	}
	go func() {
		for f := range back {
			err := r.Next(f)
			select {
			case come <- read{f, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return come, back
}

// print reports on every frame.
func (w *watch) print(ctx context.Context, reader *frames.Reader, scenario scenarios.Scenario, settings sim.Settings, functional session.Functional, out io.Writer) error {
	objectives, err := w.flow.motion.objectives(settings.Drift)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	p := &watchPrinter{watch: w, functional: functional, out: json.NewEncoder(out), report: &sim.Report{},
		instruments: sim.Instruments{Objectives: density.NewObjectives(objectives), Functional: functional.Measure(), Undriven: true}}
	come, back := ahead(ctx, reader)
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return fmt.Errorf("stopped after frame %d", n)
		case next := <-come:
			switch {
			case errors.Is(next.err, io.EOF) && n > 0:
				return nil
			case errors.Is(next.err, io.EOF):
				return usage(noFrame(w.name()))
			case next.err != nil:
				return usage(next.err)
			}
			if n == 0 {
				if err := p.begin(scenario, settings, next.frame); err != nil {
					return usage(err)
				}
			}
			if err := p.frame(next.frame); err != nil {
				return err
			}
			back <- next.frame
		}
	}
}

// name is what the frames come from.
func (w *watch) name() string {
	if len(w.args) == 1 && w.args[0] != "-" {
		return w.args[0]
	}
	return "standard input"
}

// watchPrinter prints a line a frame.
type watchPrinter struct {
	*watch
	functional  session.Functional
	instruments sim.Instruments
	out         *json.Encoder
	flow        *sim.Flow
	judge       *metrics.Evaluator
	floor       metrics.Metrics
	judged      int // particles that the floor is of
	report      *sim.Report
}

// begin prepares a flow that holds the frames.
func (p *watchPrinter) begin(s scenarios.Scenario, settings sim.Settings, first *frames.Frame) (err error) {
	places, err := scenarios.NewFixedPoints(first.Points)
	if err != nil {
		return err
	}
	s.Start = scenarios.Start{Sampler: places}
	settings.Particles = len(first.Points)
	if p.flow, err = sim.New(s, settings); err != nil || !p.metrics {
		return err
	}
	p.judge, err = metrics.NewEvaluator(s, settings.Kernel(), settings.Particles, metricsSeed)
	return err
}

// frame measures a frame and prints its line.
func (p *watchPrinter) frame(f *frames.Frame) error {
	p.flow.WatchReport(p.report, sim.Watched{Number: f.Number, Points: f.Points, Tracking: p.tracking(f)}, p.instruments)
	line := newWatchLine(p.flow, p.functional, p.report, f.Lost)
	if p.judge != nil {
		line.Metrics = p.judge.Measure(f.Points)
		if n := len(f.Points); n != p.judged {
			p.judged, p.floor = n, p.judge.Floor()
		}
		line.Floor = p.floor
	}
	return p.out.Encode(line)
}
