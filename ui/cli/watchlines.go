package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/diagnosis"
	"undercurrent/sim/metrics"
	"undercurrent/sim/stream"
	"undercurrent/ui/app"
	"undercurrent/ui/session"
)

// watchLine is the report of a frame as watch --json prints it: that of run without what
// belongs to a drift. Changes are those since the previous frame, null in the first. The diagnosis is that of chains,
// in the last line.
type watchLine struct {
	Step          int                `json:"step"`
	Scenario      string             `json:"scenario"`
	Particles     int                `json:"particles"`
	Effective     float64            `json:"n_eff"`
	Pooled        int                `json:"pooled"`
	Bandwidth     float64            `json:"bandwidth"`
	BandwidthFrom string             `json:"bandwidth_from"`
	Parameters    map[string]any     `json:"parameters"`
	Smoothing     string             `json:"smoothing"`
	Spacing       float64            `json:"spacing"`
	TV            float64            `json:"tv"`
	Unreached     float64            `json:"unreached"`
	Objectives    map[string]float64 `json:"objectives"`
	UnderCoverage float64            `json:"under_coverage"`
	Functional    watchFunctional    `json:"functional"`
	Outside       int                `json:"held"`
	NotFinite     int                `json:"not_finite"`
	Regions       []watchRegion      `json:"regions"`
	Transport     [][]int            `json:"transport"`
	Metrics       metrics.Metrics    `json:"metrics,omitempty"`
	Floor         metrics.Floor      `json:"floor,omitempty"`
	Diagnosis     *diagnosisLine     `json:"diagnosis,omitempty"`
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

// known is v, nil for NaN.
func known(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

func newWatchLine(f *sim.Flow, u session.Functional, r *sim.Report, from *stream.Frame) watchLine {
	settings := f.Settings()
	l := watchLine{
		Step: r.Step, Scenario: f.Scenario().ID, Particles: settings.Particles, Effective: r.Effective, Bandwidth: settings.Bandwidth,
		Parameters: parametersOf(settings.Drift), Smoothing: settings.Smoothing.String(), Spacing: f.Grid().Spacing,
		TV: r.TV, Unreached: r.Unreached, Objectives: make(map[string]float64, len(r.Objectives)), UnderCoverage: r.UnderCoverage,
		Functional: watchFunctional{u.ID, u.Tau, u.S, r.UnderCoverage, known(r.UnderCoverageChange.Measured)},
		Outside:    r.Outside, NotFinite: from.Lost, Pooled: from.Pooled,
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

// frameOrError is a frame, or the reason why there is none.
type frameOrError struct {
	frame *stream.Frame
	err   error
}

// ahead reads frames in a goroutine of its own, so that the next is parsed while one is
// measured. The goroutine ends after the first error or with the context.
func ahead(ctx context.Context, r *stream.Reader) (<-chan frameOrError, chan<- *stream.Frame) {
	next, back := make(chan frameOrError, 1), make(chan *stream.Frame, 3)
	for range cap(back) {
		back <- &stream.Frame{}
	}
	go func() {
		defer func() {
			if v := recover(); v != nil {
				next <- frameOrError{nil, app.NewCrash(session.NewFailure(v), "", nil)}
			}
		}()
		for f := range back {
			err := r.Next(f)
			select {
			case next <- frameOrError{f, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return next, back
}

// print reports every frame.
func (w *watch) print(ctx context.Context, reader *stream.Reader, scenario scenarios.Scenario, settings sim.Settings, functional session.Functional, out io.Writer) error {
	objectives, err := w.flow.motion.objectives(settings.Drift)
	if err != nil {
		return err
	}
	p := &watchPrinter{watch: w, functional: functional, out: json.NewEncoder(out), report: &sim.Report{},
		instruments: sim.Instruments{Objectives: density.NewObjectives(objectives), Functional: functional.Measure(), Undriven: true}}
	_, err = each(ctx, reader, w.name(), func(f *stream.Frame) error {
		if p.frames == 0 {
			if err := p.begin(scenario, settings, f); err != nil {
				return usage(w.flow.blame(err))
			}
		}
		return p.frame(f)
	})
	return cmp.Or(p.end(), err)
}

// name is the name of the stream.
func (w *watch) name() string {
	if w.isFile() {
		return w.title()
	}
	return "standard input"
}

// watchPrinter prints a line for each frame.
type watchPrinter struct {
	*watch
	functional  session.Functional
	instruments sim.Instruments
	out         *json.Encoder
	flow        *sim.Flow
	evaluator   *metrics.Evaluator
	report      *sim.Report
	// collector has the chains of a stream, nil without any; held is the line of its last frame so far, which is the one
	// with the diagnosis if no other comes.
	collector *diagnosis.Collector
	held      *watchLine
	// frames is the number of frames so far.
	frames int
	// bandwidthFrom is where the bandwidth comes from.
	bandwidthFrom string
}

// begin creates the flow that measures the frames.
func (p *watchPrinter) begin(s scenarios.Scenario, settings sim.Settings, first *stream.Frame) (err error) {
	points, err := scenarios.NewFixedPoints(first.Points)
	if err != nil {
		return err
	}
	fitted, err := p.fit(s, &settings, first)
	if err != nil {
		return err
	}
	p.bandwidthFrom = bandwidthFrom(s, fitted)
	s.Start = scenarios.Start{Sampler: points}
	settings.Particles = len(first.Points)
	if p.flow, err = sim.New(s, settings); err != nil {
		return err
	}
	if p.chained {
		regions, err := session.RegionsOf(p.own.Is(), s, p.flow.Target())
		if err != nil {
			return err
		}
		p.collector = diagnosis.NewCollector(settings.Particles, regions)
	}
	if !p.metrics {
		return nil
	}
	p.evaluator, err = metrics.NewEvaluator(s, settings.Kernel(), metrics.SampleSize(first.Cloud()), settings.Seed)
	return err
}

// bandwidthFrom says where a bandwidth comes from: the flags or a file, the number of particles, or the scenario.
func bandwidthFrom(s scenarios.Scenario, fitted session.Fitted) string {
	switch fitted.Bandwidth {
	case 0:
		return "given"
	case s.Bandwidth:
		return "scenario"
	}
	return "particles"
}

// frame measures a frame and prints its line.
func (p *watchPrinter) frame(f *stream.Frame) (err error) {
	p.frames++
	p.flow.WatchReport(p.report, sim.Watched{Number: f.Number, Points: f.Points, Shares: f.Shares, Tracking: p.tracking(f)}, p.instruments)
	line := newWatchLine(p.flow, p.functional, p.report, f)
	line.BandwidthFrom = p.bandwidthFrom
	if p.evaluator != nil {
		line.Metrics = p.evaluator.MeasureCloud(f.Cloud())
		line.Floor = p.evaluator.Floor(metrics.SampleSize(f.Cloud()))
	}
	if line.Diagnosis, err = p.diagnosis(); err != nil {
		return err
	}
	if p.collector == nil {
		return p.out.Encode(line)
	}
	p.collector.Add(f.Points)
	before := p.held
	if p.held = &line; before == nil {
		return nil
	}
	return p.out.Encode(before)
}

// end prints the line that is held back, with the diagnosis of the chains, also where the stream breaks off.
func (p *watchPrinter) end() error {
	if p.held == nil {
		return nil
	}
	r, err := diagnosis.Diagnose(p.collector.Draws())
	if err != nil {
		return err
	}
	line := newDiagnosisLine(r, "")
	p.held.Diagnosis = &line
	return p.out.Encode(p.held)
}

// diagnosis is that of the chains, with the last frame; nil before, and without chains.
func (p *watchPrinter) diagnosis() (*diagnosisLine, error) {
	t := p.table
	if t == nil || !t.hasChains() || p.frames < len(t.frames) {
		return nil, nil
	}
	r, err := session.Diagnose(t.chains, p.own.Is(), p.flow.Scenario(), p.flow.Target())
	if err != nil {
		return nil, err
	}
	line := newDiagnosisLine(r, "")
	return &line, nil
}
