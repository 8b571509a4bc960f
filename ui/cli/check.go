package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
)

// newCheck is the correctness page of a scenario.
func newCheck() *cobra.Command {
	f := &flowFlags{}
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check a scenario and every formula on it, with figures",
		Long: "Check a scenario (score, normalizing constant, window, sampler, regions) and, on it, every divergence and " +
			"reference: weight and velocity against numerical variations, the forecast of a step against what it does, the " +
			"compression–elasticity identity, the promise of the blob velocity. The exit status is 1 if anything fails.",
		Example: "undercurrent check\nundercurrent check --scenario gmm40 --json",
		Args:    noArguments,
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&f.scenario, "scenario", opening, "target, initial cloud and window, by id")
	asJSON := cmd.Flags().Bool("json", false, "print a JSON array")
	complete(cmd, "scenario", scenarios.IDs())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		s, err := f.resolveScenario()
		if err != nil {
			return err
		}
		drifts, err := divergences.AllDrifts(divergences.DefaultParameters())
		if err != nil {
			return err
		}
		bar := newProgress(cmd.ErrOrStderr(), 1+len(drifts), "part")
		findings, err := sim.Check(cmd.Context(), s, drifts, func(done, _ int) { bar.show(done) })
		bar.clear()
		if err != nil {
			return err
		}
		return printFindings(cmd.OutOrStdout(), findings, *asJSON)
	}
	return cmd
}

// printFindings prints what was found and fails if anything did.
func printFindings(out io.Writer, findings []sim.Finding, asJSON bool) error {
	failed := 0
	for _, f := range findings {
		if !f.Pass {
			failed++
		}
	}
	if err := writeFindings(out, findings, failed, asJSON); err != nil {
		return err
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d checks failed", failed, len(findings))
	}
	return nil
}

func writeFindings(out io.Writer, findings []sim.Finding, failed int, asJSON bool) error {
	if asJSON {
		return printJSON(out, findings)
	}
	t := newTable("", "subject", "quantity", "figures", "expected")
	subject := ""
	for _, f := range findings {
		shown := f.Subject
		if shown == subject {
			shown = ""
		}
		subject = f.Subject
		t.Row(verdictOf(f), shown, f.Quantity, figures(f), f.Expected)
	}
	if err := printTable(out, t); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\n%d checks, %d failed\n", len(findings), failed)
	return err
}

func verdictOf(f sim.Finding) string {
	switch {
	case !f.Pass:
		return "FAIL"
	case len(f.Figures) == 0:
		return "–"
	}
	return "pass"
}

// figures are the numbers of a finding, or why there are none.
func figures(f sim.Finding) string {
	if len(f.Figures) == 0 {
		return f.Note
	}
	var texts []string
	for _, v := range f.Figures {
		texts = append(texts, fmt.Sprintf("%.3g", v))
	}
	return strings.Join(texts, "  ")
}
