package cli

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"undercurrent/divergences"
	"undercurrent/sim/check"
)

// newCheck is the command that prints the correctness page of a scenario.
func newCheck() *cobra.Command {
	f := &flowFlags{}
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check a scenario and every formula on it, with numbers",
		Long: "Check a scenario (score, normalizing constant, window, resolution of the grid, tails, sampler, regions), power laws under a wrong " +
			"normalizing constant, the floors of the metrics and, on it, every divergence and reference: weight and velocity against numerical " +
			"variations, the objective against dense sums, E|V|² against the mean over the particles, the dissipation against its first order, the predicted changes of a step against the actual ones, " +
			"the compression–elasticity identity, the decrease under the blob velocity. The exit status is 1 if anything fails.",
		Example: "undercurrent check\nundercurrent check --scenario gmm40 --json",
		Args:    noArguments,
	}
	f.bindTarget(cmd)
	f.bindStart(cmd)
	asJSON := cmd.Flags().Bool("json", false, "print a JSON array")
	outputFlags.take(cmd.Flags())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		s, err := f.resolveScenario()
		if err != nil {
			return err
		}
		noteTaken(cmd.ErrOrStderr(), s.Taken)
		drifts, err := divergences.BuildAll(divergences.Standard().Members(nil))
		if err != nil {
			return err
		}
		bar := newProgress(cmd.ErrOrStderr(), check.Parts(drifts), "part")
		findings, err := check.Run(cmd.Context(), s, drifts, func(done, _ int) { bar.show(done) })
		bar.clear()
		if err != nil {
			return f.blame(err)
		}
		return printFindings(cmd.OutOrStdout(), findings, *asJSON)
	}
	return cmd
}

// printFindings prints findings and returns an error if any of them failed.
func printFindings(out io.Writer, findings []check.Finding, asJSON bool) error {
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

func writeFindings(out io.Writer, findings []check.Finding, failed int, asJSON bool) error {
	if asJSON {
		return printJSON(out, findings)
	}
	scenario, drifts := split(findings)
	t := newTable("", scenario[0].Subject, "figures", "expected")
	for _, f := range scenario {
		t.Row(outcome(f), f.Quantity, figures(f), f.Expected)
	}
	if err := printTable(out, t); err != nil {
		return err
	}
	if err := writeNotes(out, scenario); err != nil {
		return err
	}
	if len(drifts) > 0 {
		if err := writeDrifts(out, drifts); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "\n%d checks, %d failed\n", len(findings), failed)
	return err
}

// writeNotes prints the notes of findings that have figures too, each on a line.
func writeNotes(out io.Writer, findings []check.Finding) error {
	for _, f := range findings {
		if f.Note == "" || len(f.Figures) == 0 {
			continue
		}
		if _, err := fmt.Fprintf(out, "%s: %s\n", f.Quantity, f.Note); err != nil {
			return err
		}
	}
	return nil
}

// split separates the findings about the scenario from those about the drifts.
func split(findings []check.Finding) (scenario, drifts []check.Finding) {
	n := 0
	for n < len(findings) && findings[n].Subject == findings[0].Subject {
		n++
	}
	return findings[:n], findings[n:]
}

// driftChecks are the columns of the table of drifts.
var driftChecks = [...]struct{ check, head string }{
	{check.Weight, "w"}, {check.Velocity, "V"}, {check.Objective, "D"}, {check.MeanSquare, "E|V|²"}, {check.Dissipation, "rate"},
	{check.Forecast, "prediction"}, {check.ObjectiveForecast, "of D"}, {check.Identity, "identity"}, {check.Blob, "blob"},
}

// writeDrifts prints a row for each drift, and below it a legend of the columns.
func writeDrifts(out io.Writer, findings []check.Finding) error {
	heads := []string{"drift"}
	for _, c := range driftChecks {
		heads = append(heads, c.head)
	}
	t := newTable(heads...)
	legend := map[string]check.Finding{}
	for from := 0; from < len(findings); {
		subject, row := findings[from].Subject, map[string]string{}
		for ; from < len(findings) && findings[from].Subject == subject; from++ {
			f := findings[from]
			row[f.Check] = cell(f)
			if _, ok := legend[f.Check]; !ok || len(f.Figures) > 0 {
				legend[f.Check] = f
			}
		}
		cells := []string{subject}
		for _, c := range driftChecks {
			cells = append(cells, row[c.check])
		}
		if why := row[check.Flow]; why != "" {
			cells[3] = why
		}
		t.Row(cells...)
	}
	if _, err := fmt.Fprintln(out); err != nil {
		return err
	}
	if err := printTable(out, t); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out); err != nil {
		return err
	}
	for _, c := range driftChecks {
		if f, ok := legend[c.check]; ok {
			if _, err := fmt.Fprintf(out, "%-10s %s (%s)\n", c.head, f.Quantity, f.Expected); err != nil {
				return err
			}
		}
	}
	return nil
}

// cell is a finding in the table of drifts.
func cell(f check.Finding) string {
	text := figures(f)
	switch pair := len(f.Figures) == 2; {
	case pair && f.Check == check.Blob:
		text = fmt.Sprintf("%.0f at dt·%g", f.Figures[0], f.Figures[1])
	case pair && (f.Check == check.Objective || f.Check == check.MeanSquare || f.Check == check.Dissipation):
		text = fmt.Sprintf("%.1g", math.Abs(f.Figures[0]-f.Figures[1])/math.Abs(f.Figures[1]))
	case f.Order != 0:
		text = fmt.Sprintf("%.2g (%.2f)", f.Figures[len(f.Figures)-1], f.Order)
	}
	if f.Scale != 0 && f.Scale != 1 {
		text += fmt.Sprintf(" from dt/%g", 1/f.Scale)
	}
	if !f.Pass {
		text += " FAIL"
	}
	switch {
	case f.Refused:
		text = "refused: ρ vanishes"
	case len(f.Figures) == 0:
		text = "–"
	}
	return text
}

func outcome(f check.Finding) string {
	switch {
	case !f.Pass:
		return "FAIL"
	case len(f.Figures) == 0:
		return "–"
	}
	return "pass"
}

// figures are the numbers of a finding, or the reason why there are none.
func figures(f check.Finding) string {
	if len(f.Figures) == 0 {
		return f.Note
	}
	var texts []string
	for _, v := range f.Figures {
		texts = append(texts, fmt.Sprintf("%.2g", v))
	}
	return strings.Join(texts, " ")
}
