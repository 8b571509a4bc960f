package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"undercurrent/internal/suggest"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/metrics"
	"undercurrent/sim/network"
	"undercurrent/sim/sampler"
	"undercurrent/ui/output"
)

// train is the command that trains a one-step sampler.
type train struct {
	flow       flowFlags
	sampler    samplerFlags
	iterations int
	samples    int
	out        string
	asJSON     bool
}

// samplerFlags are the flags of a sampler and its training.
type samplerFlags struct {
	route      string
	latent     int
	hidden     []int
	activation string
	couplings  int
	batch      int
	cloud      int
	eta, rate  float64
	decay      float64
	coarse     float64
	descent    int
}

func newTrain() *train { return &train{} }

func (t *train) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "train",
		Short: "Train a one-step sampler of a scenario by a drift",
		Long: "Train a network that maps noise to samples of the target in one pass, by the same drift that moves the particles. " +
			"No sample of the target is used. An interrupt keeps the model trained so far.",
		Example: "undercurrent train --scenario ring8 --out ring8.json\n" +
			"undercurrent train --scenario two-moons --route flow --out moons.json",
		Args: noArguments,
	}
	t.flow.bindDrift(cmd)
	t.sampler.bind(cmd)
	cmd.Flags().IntVar(&t.iterations, "iterations", sampler.DefaultIterations, "training iterations, over which the learning rate decays")
	trainingFlags.take(cmd.Flags())
	cmd.Flags().IntVar(&t.samples, "samples", 10000, "samples of the trained model that are compared with samples of the target")
	cmd.Flags().StringVar(&t.out, "out", "", "file for the model (required)")
	cmd.Flags().BoolVar(&t.asJSON, "json", false, "print the result as JSON")
	outputFlags.take(cmd.Flags())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return t.execute(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
	}
	return cmd
}

func (f *samplerFlags) bind(cmd *cobra.Command) {
	d := sampler.Defaults(sampler.Generator)
	flags := cmd.Flags()
	flags.StringVar(&f.route, "route", string(d.Route), "sampler: generator (density from the grid) or flow (a normalizing flow, exact density)")
	flags.IntVar(&f.latent, "latent", d.Latent, "dimension of a generator's noise z")
	flags.IntSliceVar(&f.hidden, "hidden", nil, "widths of the hidden layers (default: 128,128,128; for a flow 64,64)")
	flags.StringVar(&f.activation, "activation", d.Activation.String(), "activation function: silu or tanh")
	flags.IntVar(&f.couplings, "couplings", sampler.Defaults(sampler.Flow).Couplings, "coupling layers of a flow")
	networkFlags.take(flags)
	flags.IntVar(&f.batch, "batch", d.Batch, "batch size")
	flags.IntVar(&f.cloud, "cloud", d.Cloud, "samples from which a generator's density is estimated, including the batch")
	flags.Float64Var(&f.eta, "eta", d.Eta, "mean length η of a step, in units of h²")
	flags.Float64Var(&f.rate, "rate", 0, "Adam's learning rate (default: 0.004; for a flow 0.001)")
	flags.Float64Var(&f.decay, "decay", d.Decay, "decay of the moving average of the parameters, from which samples are drawn")
	flags.Float64Var(&f.coarse, "coarse", d.Coarse, "initial bandwidth, in units of h")
	flags.IntVar(&f.descent, "descent", d.Descent, "iterations over which the bandwidth falls to h")
	trainingFlags.take(flags)
	complete(cmd, "route", []string{string(sampler.Generator), string(sampler.Flow)})
	complete(cmd, "activation", network.Activations())
}

// resolve turns the flags into settings. Every error is a usageError.
func (f *samplerFlags) resolve(seed uint64, iterations int) (sampler.Settings, error) {
	route := sampler.Route(f.route)
	if !slices.Contains(sampler.Routes(), route) {
		return sampler.Settings{}, usagef("--route is %q, expected generator or flow", f.route)
	}
	s := sampler.Defaults(route)
	activation, err := network.ActivationNamed(f.activation)
	if err != nil {
		return s, usagef("--activation: %w, expected %s", err, suggest.Nearest(f.activation, network.Activations()))
	}
	s.Latent, s.Activation, s.Batch, s.Eta, s.Decay = f.latent, activation, f.batch, f.eta, f.decay
	s.Coarse, s.Descent, s.Seed = f.coarse, f.descent, seed
	if len(f.hidden) > 0 {
		s.Hidden = f.hidden
	}
	if f.rate != 0 {
		s.Rate = f.rate
	}
	if route == sampler.Flow {
		s.Couplings = f.couplings
	} else {
		s.Cloud = f.cloud
	}
	s = s.WithIterations(iterations)
	return s, usage(s.Validate())
}

func (t *train) execute(ctx context.Context, out, stderr io.Writer) error {
	if t.out == "" {
		return usagef("--out is missing, expected a file for the model, such as --out model.json")
	}
	if err := positive("--iterations", t.iterations); err != nil {
		return err
	}
	if t.samples < 2 {
		return usagef("--samples is %d, expected at least 2", t.samples)
	}
	scenario, flow, err := t.flow.resolve()
	if err != nil {
		return err
	}
	settings, err := t.sampler.resolve(t.flow.seed, t.iterations)
	if err != nil {
		return err
	}
	trainer, err := sampler.NewTrainer(scenario, flow, settings)
	if err != nil {
		return usage(t.flow.blame(err))
	}
	file, err := output.Create(t.out)
	if err != nil {
		return usage(err)
	}
	defer file.Abandon()
	noteTaken(stderr, scenario.Taken)
	warnScenario(stderr, scenario, flow)
	return t.run(ctx, trainer, scenario, flow, file, out, stderr)
}

// run trains to the end or an interrupt, and keeps the model.
func (t *train) run(ctx context.Context, trainer *sampler.Trainer, s scenarios.Scenario, flow sim.Settings, file *output.File, out, stderr io.Writer) error {
	bar, started := newProgress(stderr, t.iterations, "iteration"), time.Now()
	for !trainer.Done() && ctx.Err() == nil {
		p := trainer.Step()
		bar.showWith(p.Iteration, fmt.Sprintf(", loss %.3g", p.Loss))
	}
	bar.clear()
	seconds := time.Since(started).Seconds()
	model, done := trainer.Model(), trainer.Progress().Iteration
	if err := model.Save(file); err != nil {
		return err
	}
	if err := file.Keep(); err != nil {
		return err
	}
	if !trainer.Done() {
		return fmt.Errorf("interrupted at iteration %d of %d, %s has the model trained so far", done, t.iterations, t.out)
	}
	return t.report(model, trainer, s, flow, seconds, out)
}

// saveModel writes a model that was trained on the screen to a new file: of the given name, or of the
// scenario and the route.
func saveModel(m *sampler.Model, name string) (saved string, err error) {
	if name != "" {
		if err = output.WriteNew(name, m.Save); errors.Is(err, fs.ErrExist) {
			err = fmt.Errorf("%s already exists, expected a new name", name)
		}
		return name, err
	}
	return output.WriteNumbered(output.Name(m.Scenario+"-"+string(m.Route())), ".json", m.Save)
}

// trainResult is what train prints.
type trainResult struct {
	Model       string          `json:"model"`
	Scenario    string          `json:"scenario"`
	Divergence  string          `json:"divergence"`
	Route       string          `json:"route"`
	Iterations  int             `json:"iterations"`
	Seconds     float64         `json:"seconds"`
	Evaluations int             `json:"target_evaluations"`
	Samples     int             `json:"samples"`
	Reached     metrics.Metrics `json:"reached"`
	Floor       metrics.Floor   `json:"floor"`
}

func (t *train) report(model *sampler.Model, trainer *sampler.Trainer, s scenarios.Scenario, flow sim.Settings, seconds float64, out io.Writer) error {
	evaluator, err := metrics.NewEvaluator(s, flow.Kernel(), t.samples, flow.Seed)
	if err != nil {
		return err
	}
	points := make([]scenarios.Point, t.samples)
	model.Stream(flow.Seed).Read(points)
	r := trainResult{t.out, s.ID, flow.Drift.ID(), t.sampler.route, trainer.Progress().Iteration, seconds, trainer.Progress().Evaluations, t.samples,
		evaluator.Measure(points), evaluator.Floor(t.samples)}
	if t.asJSON {
		return printJSON(out, r)
	}
	if _, err := fmt.Fprintf(visible{out}, "%s: %s of %s under %s, %d iterations in %.1f s, %d evaluations of the target\n\n",
		t.out, r.Route, r.Scenario, r.Divergence, r.Iterations, r.Seconds, r.Evaluations); err != nil {
		return err
	}
	return printMetrics(out, fmt.Sprintf("%d samples", t.samples), evaluator.Exact(), r.Reached, r.Floor)
}
