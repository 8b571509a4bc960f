package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/target"
	"undercurrent/ui/output"
	"undercurrent/ui/session"
)

// run is the command that runs a flow without a screen.
type run struct {
	flow   flowFlags
	steps  int
	every  int
	asJSON bool
	out    string
}

func newRun() *run { return &run{} }

func (r *run) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Run a flow without a screen and print its measurements",
		Long: "Run a flow without a screen. Reports go to standard output, as a table or as one JSON object per line; " +
			"--out writes metrics, particles, velocities and fields to files.",
		Example: "undercurrent run --scenario gmm40 --divergence forward-kl --steps 300\n" +
			"undercurrent run --divergence alpha --alpha 0.3 --json --every 10\n" +
			"undercurrent run --weight 'r/(1+r)' --out results",
		Args: noArguments,
	}
	r.flow.bind(cmd)
	cmd.Flags().IntVar(&r.steps, "steps", 300, "number of steps")
	cmd.Flags().IntVar(&r.every, "every", 0, "report every K steps (default: twenty reports; with --json, every step)")
	runFlags.take(cmd.Flags())
	cmd.Flags().BoolVar(&r.asJSON, "json", false, "print one JSON object per line")
	cmd.Flags().StringVar(&r.out, "out", "", "directory for metrics.jsonl, particles.npy, velocities.npy, fields.npz (vx and vy are NaN where no particle is near)")
	outputFlags.take(cmd.Flags())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return r.execute(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
	}
	return cmd
}

// defaultReports is the number of reports of a table without --every.
const defaultReports = 20

// interval is the number of steps from one report to the next.
func (r *run) interval() int {
	switch {
	case r.every > 0:
		return r.every
	case r.asJSON:
		return 1
	}
	return max(r.steps/defaultReports, 1)
}

func (r *run) execute(ctx context.Context, out, stderr io.Writer) error {
	if err := positive("--steps", r.steps); err != nil {
		return err
	}
	if r.flow.set.Changed("every") {
		if err := positive("--every", r.every); err != nil {
			return err
		}
	}
	scenario, settings, err := r.flow.resolve()
	if err != nil {
		return err
	}
	flow, err := sim.New(scenario, settings)
	if err != nil {
		return usage(r.flow.blame(err))
	}
	objectives, err := r.flow.motion.objectives(settings.Drift)
	if err != nil {
		return err
	}
	functional, err := r.flow.resolveFunctional()
	if err != nil {
		return err
	}
	instruments := sim.Instruments{Objectives: density.NewObjectives(objectives), Functional: functional.Measure(), Response: true, Effort: true, Identity: true, NoTransport: true}
	var files *output.Results
	if r.out != "" {
		if files, err = output.CreateResults(r.out); err != nil {
			return usagef("--out %w", err)
		}
		defer files.Abandon()
	}
	notePoints(stderr, scenario, settings.Particles)
	warnTarget(stderr, flow)
	return r.drive(ctx, flow, functional, instruments, out, stderr, files)
}

// drive takes all steps and reports at every interval.
func (r *run) drive(ctx context.Context, flow *sim.Flow, functional session.Functional, instruments sim.Instruments, out, stderr io.Writer, files *output.Results) error {
	var table *stepTable
	if !r.asJSON {
		table = newStepTable(out, flow, functional)
	}
	bar := newProgress(stderr, r.steps, "step")
	report := &sim.Report{}
	for step := 1; step <= r.steps; step++ {
		if ctx.Err() != nil {
			bar.clear()
			return fmt.Errorf("interrupted at step %d of %d", step-1, r.steps)
		}
		if step%r.interval() != 0 && step != r.steps {
			flow.Step()
			bar.show(step)
			continue
		}
		flow.StepReport(report, instruments)
		bar.clear()
		if err := r.emit(flow, report, functional, table, out, files); err != nil {
			return err
		}
		bar.show(step)
	}
	bar.clear()
	if table != nil {
		if err := table.finish(report); err != nil {
			return err
		}
		if err := compareWithSamples(ctx, flow, maxCompared, out, stderr); err != nil {
			return err
		}
	}
	if files != nil {
		return files.Keep(flow)
	}
	return nil
}

// emit writes a report to the files and to the table or, with --json, to the output.
func (r *run) emit(flow *sim.Flow, report *sim.Report, functional session.Functional, table *stepTable, out io.Writer, files *output.Results) error {
	text, err := json.Marshal(newLine(flow, functional, report))
	if err != nil {
		return err
	}
	text = append(text, '\n')
	if files != nil {
		if err := files.AddReport(text); err != nil {
			return err
		}
	}
	if table != nil {
		return table.row(report)
	}
	_, err = out.Write(text)
	return err
}

// lowest is the region with the smallest mass ratio, of those with target mass, and that
// ratio.
func lowest(regions []sim.RegionReport) (region sim.RegionReport, ratio float64) {
	ratio = math.Inf(1)
	for _, r := range regions {
		if m := r.MassRatio(); m < ratio {
			region, ratio = r, m
		}
	}
	return region, ratio
}

// label is a region's number and name.
func label(r target.Region) string {
	return strings.TrimSuffix(fmt.Sprintf("%d %s", r.ID, r.Name), " ")
}

// ratioText is a region's particle mass in % of its target mass.
func ratioText(r sim.RegionReport) string {
	ratio := r.MassRatio()
	if math.IsNaN(ratio) {
		return "no target mass"
	}
	return fmt.Sprintf("%.0f%%", 100*ratio)
}
