package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/metrics"
	"undercurrent/sim/target"
	"undercurrent/ui/output"
	"undercurrent/ui/session"
)

// compare is the command that runs flows from the same particles in lock-step.
type compare struct {
	flow   flowFlags
	drifts []string
	steps  int
	every  int
	asJSON bool
	out    string
	// evaluations is the number of evaluations of the target that a mover may have, 0 for any.
	evaluations int
}

func newCompare() *compare { return &compare{} }

func (c *compare) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "compare",
		Short: "Run two to four flows from the same particles in lock-step",
		Long: "Run two to four flows from the same particles in lock-step and print the mass of each region under each, and the step at which it first had 90 % of its target mass. A parameter follows " +
			"its divergence after a colon: alpha:0.5, skew-forward-kl:0.3, lv:target, lv:mixture:0.2; a bandwidth after an @: reverse-kl@0.4; birth–death after a +: reverse-kl+birth-death, or " +
			"reverse-kl+birth-death:2 with another rate; a bandwidth that falls from 8 times h: reverse-kl+coarse, or reverse-kl+coarse:4:100 from 4 times in 100 steps. In place of a divergence, a mover: " +
			strings.Join(session.MoverNames()[1:], ", ") + ".",
		Example: "undercurrent compare --divergences reverse-kl,forward-kl,alpha:0.5,lv:target\n" +
			"undercurrent compare --scenario gmm40 --divergences reverse-kl,reverse-kl+birth-death,reverse-kl+coarse --steps 250\n" +
			"undercurrent compare --divergences reverse-kl,reverse-kl@0.5 --steps 100 --json",
		Args: noArguments,
	}
	c.flow.bind(cmd)
	for _, name := range c.flow.motion.ofOneFlow() {
		// Each flow has its drift in --divergences; the flags belong to the other commands.
		_ = cmd.Flags().MarkHidden(name)
	}
	cmd.Flags().StringSliceVar(&c.drifts, "divergences", []string{"reverse-kl", "forward-kl", "neyman", "jensen-shannon"}, "two to four divergences with their parameters, or movers such as ula (also --flows)")
	cmd.Flags().SetNormalizeFunc(flowsAreDivergences)
	driftFlags.take(cmd.Flags())
	cmd.Flags().IntVar(&c.steps, "steps", 300, "number of steps")
	cmd.Flags().IntVar(&c.evaluations, "evaluations", 0, "stop a mover before it evaluates the target more often than this; a drift needs no more than its table")
	cmd.Flags().IntVar(&c.every, "every", 0, "report every K steps (default: only the last; with --json, twenty reports)")
	runFlags.take(cmd.Flags())
	cmd.Flags().BoolVar(&c.asJSON, "json", false, "print one JSON object per flow and report")
	cmd.Flags().StringVar(&c.out, "out", "", "directory for the files of run --out, in a directory per flow")
	outputFlags.take(cmd.Flags())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.execute(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
	}
	return cmd
}

// flowsAreDivergences lets --flows stand for --divergences: not all flows are those of one.
func flowsAreDivergences(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	if name == "flows" {
		name = "divergences"
	}
	return pflag.NormalizedName(name)
}

// comparedRun is one flow of a comparison.
type comparedRun struct {
	label  string
	flow   *sim.Flow
	report sim.Report
	exact  *session.Exact
	files  *output.Results
}

func (c *compare) execute(ctx context.Context, out, stderr io.Writer) error {
	for _, name := range c.flow.motion.ofOneFlow() {
		if c.flow.set.Changed(name) {
			return usagef("--%s is for one flow, expected it in --divergences, such as alpha:0.5", name)
		}
	}
	if err := positive("--steps", c.steps); err != nil {
		return err
	}
	if c.flow.set.Changed("evaluations") {
		if err := positive("--evaluations", c.evaluations); err != nil {
			return err
		}
	}
	if c.flow.set.Changed("every") {
		if err := positive("--every", c.every); err != nil {
			return err
		}
	}
	// The divergence of a scenario file does not apply.
	if err := c.flow.set.Set("divergence", "reverse-kl"); err != nil {
		return err
	}
	scenario, settings, err := c.flow.resolve()
	if err != nil {
		return err
	}
	functional, err := c.flow.resolveFunctional()
	if err != nil {
		return err
	}
	runs, err := c.newRuns(scenario, settings)
	if err != nil {
		return err
	}
	if c.out != "" {
		for k, r := range runs {
			// The number distinguishes equal divergences.
			name := fmt.Sprintf("%d-%s", k+1, output.Name(strings.ReplaceAll(r.label, "@", "-")))
			if r.files, err = output.CreateResults(filepath.Join(c.out, name)); err != nil {
				return usagef("--out %w", err)
			}
			defer r.files.Abandon()
		}
	}
	objectives, err := c.flow.motion.objectives(settings.Drift)
	if err != nil {
		return err
	}
	instruments := sim.Instruments{Objectives: density.NewObjectives(objectives), Functional: functional.Measure(), Response: true, Effort: true, Identity: true, NoTransport: true}
	for _, r := range runs {
		r.exact = session.DrawExact(scenario, r.flow.Settings(), functional)
	}
	notePoints(stderr, scenario, settings.Particles)
	warnTarget(stderr, runs[0].flow)
	return c.drive(ctx, runs, functional, instruments, out, stderr)
}

// newRuns are the flows of --divergences.
func (c *compare) newRuns(s scenarios.Scenario, settings sim.Settings) ([]*comparedRun, error) {
	if n := len(c.drifts); n < 2 || n > session.MaxRuns {
		return nil, usagef("--divergences names %s, expected 2 to %d", counted(n, "flow"), session.MaxRuns)
	}
	var list []*comparedRun
	targets := target.NewCache()
	for _, text := range c.drifts {
		one, err := c.settingsOf(text, settings)
		if err != nil {
			return nil, err
		}
		flow, err := sim.NewOn(targets, s, one)
		var density *target.DensityError
		switch {
		case errors.As(err, &density):
			return nil, c.flow.blame(err)
		case err != nil:
			return nil, usagef("--divergences: %s: %w", text, err)
		}
		list = append(list, &comparedRun{label: text, flow: flow})
	}
	return list, nil
}

// settingsOf are the settings of one flow.
func (c *compare) settingsOf(text string, settings sim.Settings) (sim.Settings, error) {
	m, err := readMotion(divergences.Standard(), "--divergences", text, c.flow.motion.zFactor)
	if err != nil {
		return settings, err
	}
	settings = underMotion(settings, m)
	return settings, named("--divergences", settings.Validate())
}

// underMotion are settings with what a motion of a list gives.
func underMotion(settings sim.Settings, m sim.Motion) sim.Settings {
	if m.Bandwidth != 0 {
		settings.Bandwidth = m.Bandwidth
	}
	if m.Velocity == sim.Blob {
		settings.Velocity = sim.Blob
	}
	if m.BirthDeath != 0 {
		settings.BirthDeath = m.BirthDeath
	}
	if m.Coarse.On() {
		settings.Coarse = m.Coarse
	}
	settings.Drift, settings.Mover, settings.Adaptive = m.Drift, m.Mover, m.Adaptive
	return settings
}

// isReported reports whether a report is made at a step.
func (c *compare) isReported(step int) bool {
	switch {
	case step == c.steps:
		return true
	case c.every > 0:
		return step%c.every == 0
	case c.asJSON || c.out != "":
		return step%max(c.steps/defaultReports, 1) == 0
	}
	return false
}

// drive steps all flows to the end.
func (c *compare) drive(ctx context.Context, runs []*comparedRun, u session.Functional, instruments sim.Instruments, out, stderr io.Writer) error {
	bar := newProgress(stderr, c.steps, "step")
	defer bar.clear()
	for step := 1; step <= c.steps; step++ {
		if ctx.Err() != nil {
			bar.clear()
			return fmt.Errorf("interrupted at step %d of %d", step-1, c.steps)
		}
		for _, r := range runs {
			if !c.isReported(step) {
				if !c.spent(r.flow) {
					r.flow.Step()
				}
				continue
			}
			if c.spent(r.flow) {
				r.flow.Report(&r.report, instruments)
			} else {
				r.flow.StepReport(&r.report, instruments)
			}
			if err := c.emit(r, u, out); err != nil {
				return err
			}
		}
		if c.isReported(step) && !c.asJSON {
			bar.clear()
			if err := printRuns(out, runs, u); err != nil {
				return err
			}
		}
		bar.show(step)
	}
	for _, r := range runs {
		if r.files != nil {
			if err := r.files.Keep(r.flow); err != nil {
				return err
			}
		}
	}
	return nil
}

// spent reports whether another step of a mover would exceed the evaluations of the target that it may have,
// by the mean of those so far. A drift needs none beyond its table.
func (c *compare) spent(f *sim.Flow) bool {
	p, next := f.Progress(), f.Settings().Particles
	if p.Step > 0 {
		next = p.Evaluations / p.Step
	}
	return c.evaluations > 0 && !f.Settings().Mover.IsZero() && p.Evaluations+next > c.evaluations
}

// comparedLine is the report of a flow as compare --json prints it.
type comparedLine struct {
	Flow string `json:"flow"`
	line
	// ExactTV and ExactUnderCoverage are what exact samples of as many points are measured at.
	ExactTV            metrics.Spread `json:"exact_tv"`
	ExactUnderCoverage metrics.Spread `json:"exact_under_coverage"`
}

// emit writes a report to the files and, with --json, to the output.
func (c *compare) emit(r *comparedRun, u session.Functional, out io.Writer) error {
	text, err := json.Marshal(comparedLine{r.label, newLine(r.flow, u, &r.report), r.exact.TV, r.exact.Coverage})
	if err != nil {
		return err
	}
	text = append(text, '\n')
	if r.files != nil {
		if err := r.files.AddReport(text); err != nil {
			return err
		}
	}
	if c.asJSON {
		_, err = out.Write(text)
	}
	return err
}
