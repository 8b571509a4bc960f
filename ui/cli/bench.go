package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"undercurrent/internal/suggest"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/bench"
	"undercurrent/sim/sampler"
	"undercurrent/ui/figure"
	"undercurrent/ui/output"
)

// benchmark is the command that compares samplers.
type benchmark struct {
	suite     string
	scenarios []string
	methods   []string
	seeds     int
	settings  bench.Settings
	asJSON    bool
	out       string
	speed     bool
}

func newBench() *benchmark { return &benchmark{} }

func (b *benchmark) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Run samplers against each other and print a table",
		Long: "Run an exact sampler, ULA, MALA, SVGD, the particle flow and both one-step samplers on a suite of scenarios, " +
			"from the same cloud. The baselines get as many target evaluations as a generator needs, and the step size of a ladder that " +
			"brings them closest to the target. With --out finished cells are kept and not computed again.",
		Example: "undercurrent bench --suite mixtures --seeds 5 --out results\n" +
			"undercurrent bench --scenarios ring8 --methods exact,generator:pearson --seeds 1\n" +
			"undercurrent bench --speed",
		Args: noArguments,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&b.suite, "suite", "mixtures", "suite of scenarios: core, mixtures, curved or all")
	flags.StringSliceVar(&b.scenarios, "scenarios", nil, "scenarios by id, instead of a suite")
	flags.StringSliceVar(&b.methods, "methods", bench.DefaultMethods(), "methods; particles, generator and flow take a divergence, as in generator:pearson")
	flags.IntVar(&b.seeds, "seeds", 5, "number of seeds, from 1; exact samples are drawn by seed 1, as often as their mean needs")
	flags.BoolVar(&b.speed, "speed", false, "measure how fast this machine takes a step instead, by number of particles, on one core and on all")
	benchFlags.take(flags)
	flags.IntVarP(&b.settings.Samples, "number", "n", 4000, "number of samples to measure")
	flags.IntVar(&b.settings.Iterations, "iterations", sampler.DefaultIterations, "training iterations of the one-step samplers")
	flags.IntVar(&b.settings.Steps, "steps", 600, "steps of the particle flow")
	sizeFlags.take(flags)
	flags.BoolVar(&b.asJSON, "json", false, "print the rows as a JSON array")
	flags.StringVar(&b.out, "out", "", "directory for finished cells, results.json and a figure per scenario (PNG and SVG)")
	outputFlags.take(flags)
	complete(cmd, "suite", []string{"core", "mixtures", "curved", "all"})
	complete(cmd, "scenarios", catalogue.IDs())
	complete(cmd, "methods", bench.DefaultMethods())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if b.speed {
			return b.measureSpeed(cmd.Context(), cmd.Flags(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		}
		return b.execute(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
	}
	return cmd
}

func (b *benchmark) execute(ctx context.Context, out, stderr io.Writer) error {
	if err := positive("--seeds", b.seeds); err != nil {
		return err
	}
	if err := b.settings.Validate(); err != nil {
		return usage(err)
	}
	list, err := b.resolveScenarios()
	if err != nil {
		return err
	}
	var methods []bench.Method
	for _, name := range b.methods {
		m, err := bench.ParseMethod(name)
		if err != nil {
			return usage(err)
		}
		methods = append(methods, m)
	}
	cells := output.Cells{}
	if b.out != "" {
		if cells, err = output.NewCells(b.out); err != nil {
			return usagef("--out %w", err)
		}
		if err := checkBench(b.out, list); err != nil {
			return usagef("--out %w", err)
		}
	}
	r := &benchRun{settings: b.settings, methods: methods, seeds: b.seeds, cells: cells, agenda: newAgenda(b.settings, time.Now)}
	if err := r.plan(list); err != nil {
		return err
	}
	r.bar = newProgress(stderr, r.total, "cell")
	defer r.bar.clear()
	for _, s := range list {
		if err := r.scenario(ctx, s); err != nil {
			r.bar.clear()
			return b.stopped(err, ctx, r)
		}
	}
	r.bar.clear()
	rows := bench.Summary(r.results)
	if b.out != "" {
		if err := writeBench(b.out, rows, r.results, list); err != nil {
			return err
		}
	}
	if b.asJSON {
		return printJSON(out, rows)
	}
	return printBench(out, rows)
}

// stopped is an error, which says for an interrupt what was kept.
func (b *benchmark) stopped(err error, ctx context.Context, r *benchRun) error {
	if ctx.Err() == nil {
		return err
	}
	kept := "nothing is kept without --out"
	if b.out != "" {
		kept = "the finished ones are kept in " + b.out
	}
	return fmt.Errorf("interrupted after %d of %d cells, %s", len(r.results), r.total, kept)
}

func (b *benchmark) resolveScenarios() ([]scenarios.Scenario, error) {
	if len(b.scenarios) > 0 {
		var list []scenarios.Scenario
		for _, id := range b.scenarios {
			s, err := catalogue.Named(id)
			if err != nil {
				return nil, usagef("%w, expected %s (see %s list scenarios)", err, suggest.Nearest(id, catalogue.IDs()), invocation())
			}
			list = append(list, s)
		}
		return list, nil
	}
	if b.suite == "core" {
		return coreSuite(), nil
	}
	kinds := map[string]string{"mixtures": "mixture", "curved": "curved", "all": ""}
	kind, ok := kinds[b.suite]
	if !ok {
		return nil, usagef("--suite is %q, expected core, mixtures, curved or all", b.suite)
	}
	return slices.DeleteFunc(catalogue.All(), func(s scenarios.Scenario) bool { return kind != "" && s.Kind != kind }), nil
}

// coreSuite is a few easy, medium and hard scenarios of each kind.
func coreSuite() []scenarios.Scenario {
	ids := []string{"uneven-ring", "ring8", "grid9", "grid25", "gmm40", "three-modes", "banana", "two-moons", "double-well"}
	return slices.DeleteFunc(catalogue.All(), func(s scenarios.Scenario) bool { return !slices.Contains(ids, s.ID) })
}

// figureFile is the name of a scenario's figure without its ending.
func figureFile(dir string, s scenarios.Scenario) string {
	return filepath.Join(dir, figuresFolder, output.Name(s.ID))
}

// checkBench says whether the files of a benchmark can be written, before it takes its time.
func checkBench(dir string, list []scenarios.Scenario) error {
	if err := output.MakeFolder(filepath.Join(dir, figuresFolder)); err != nil {
		return err
	}
	if err := output.Check(filepath.Join(dir, rowsFile)); err != nil {
		return err
	}
	for _, s := range list {
		name := figureFile(dir, s)
		if err := cmp.Or(output.Check(name+".png"), output.Check(name+".svg")); err != nil {
			return err
		}
	}
	return nil
}

// writeBench writes the rows and a figure for each scenario to a directory.
func writeBench(dir string, rows []bench.Row, results []*bench.Result, list []scenarios.Scenario) error {
	if err := output.Write(filepath.Join(dir, rowsFile), func(w io.Writer) error { return printJSON(w, rows) }); err != nil {
		return err
	}
	for _, s := range list {
		f, name := figure.NewBench(s, results), figureFile(dir, s)
		if err := output.Write(name+".png", f.PNG); err != nil {
			return err
		}
		if err := output.Write(name+".svg", f.SVG); err != nil {
			return err
		}
	}
	return nil
}
