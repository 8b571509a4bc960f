package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"undercurrent/divergences"
	"undercurrent/internal/suggest"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/file"
	"undercurrent/sim"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
	"undercurrent/ui/output"
	"undercurrent/ui/paint"
)

// newScenario is the command for scenario files.
func newScenario() *cobra.Command {
	cmd := &cobra.Command{Use: "scenario", Short: "Create, validate and show scenario files"}
	create := &cobra.Command{
		Use:     "new FILE",
		Short:   "Write a new scenario file, a copy of a built-in scenario",
		Example: "undercurrent scenario new hills.yaml\nundercurrent scenario new mine.yaml --from uneven-ring",
		Args:    oneFile,
	}
	from := create.Flags().String("from", "three-modes", "scenario of the catalogue to copy")
	targetFlags.take(create.Flags())
	complete(create, "from", catalogue.IDs())
	create.RunE = func(cmd *cobra.Command, args []string) error {
		return createScenario(args[0], *from, cmd.ErrOrStderr())
	}
	validate := &cobra.Command{
		Use:     "validate FILE",
		Short:   "Report whether a scenario file is valid, and where it is not",
		Example: "undercurrent scenario validate hills.yaml",
		Args:    oneFile,
		RunE:    func(cmd *cobra.Command, args []string) error { return validateScenario(args[0], cmd.OutOrStdout()) },
	}
	show := &cobra.Command{
		Use:     "show ID|FILE",
		Short:   "Print a scenario as a file",
		Example: "undercurrent scenario show gmm40",
		Args:    oneFile,
		RunE:    func(cmd *cobra.Command, args []string) error { return showScenario(args[0], cmd.OutOrStdout()) },
	}
	schema := &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of scenario files, for editors",
		Example: "undercurrent scenario schema > scenario.schema.json",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := io.WriteString(cmd.OutOrStdout(), file.Schema(driftPattern(divergences.Standard())))
			return err
		},
	}
	cmd.AddCommand(create, validate, show, schema)
	return group(cmd)
}

func oneFile(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usagef("%s, expected one file", counted(len(args), "argument"))
	}
	return nil
}

func createScenario(name, from string, stderr io.Writer) error {
	s, err := catalogue.Named(from)
	if err != nil {
		return usagef("--from: %w, expected %s", err, suggest.Nearest(from, catalogue.IDs()))
	}
	s.ID, s.Source = "", ""
	text, err := file.Encode(s)
	if err != nil {
		return err
	}
	err = output.WriteNew(name, asText(text))
	switch {
	case errors.Is(err, fs.ErrExist):
		return usagef("%s already exists, expected a new file", name)
	case err != nil:
		return err
	}
	fmt.Fprintf(visible{stderr}, "wrote %s; %s --scenario %s opens it\n", paint.Visible(name), invocation(), quoted(name))
	return nil
}

// validateScenario reads a file and creates its flow.
func validateScenario(name string, out io.Writer) error {
	s, err := readScenario(name)
	if err != nil {
		return err
	}
	settings, err := noFlags().settingsFor(s)
	if err != nil {
		return err
	}
	f, err := sim.New(s, settings)
	if err != nil {
		return usagef("%s: %w", name, err)
	}
	lines := fmt.Sprintf("%s: %s, %s, log Z %.6g in its window, %d particles, bandwidth %g: valid\n",
		paint.Visible(name), s.Kind, counted(len(f.Target().Regions.List), "region"), f.Target().LogZ, s.Particles, settings.Bandwidth)
	for _, warning := range target.Warnings(s, f.Target(), grid.NewWorkers()) {
		lines += fmt.Sprintf("%s: warning: %s\n", paint.Visible(name), warning.Text)
	}
	_, err = io.WriteString(visible{out}, lines)
	return err
}

func showScenario(name string, out io.Writer) error {
	s, err := catalogue.Named(name)
	if isScenarioFile(name) {
		s, err = readScenario(name)
	} else if err != nil {
		return usagef("%w, expected a file or %s", err, suggest.Nearest(name, catalogue.IDs()))
	}
	if err != nil {
		return err
	}
	text, err := file.Encode(s)
	if err != nil {
		return err
	}
	_, err = out.Write(text)
	return err
}

// driftPattern is the regular expression of the drifts in scenario files: an id with the
// parameters of its family, or a tabulated weight. The ranges of numbers are not in it.
func driftPattern(c divergences.Catalogue) string {
	var drifts []string
	for _, f := range c.Families() {
		drifts = append(drifts, regexp.QuoteMeta(f.ID)+valuesPattern(f.Parameters))
	}
	number := `[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?`
	drifts = append(drifts, divergences.TableID+"(:"+number+":"+number+")+")
	return "^((" + strings.Join(drifts, "|") + ")([@^+~].*)?)?$"
}

// valuesPattern is that of the values in a drift's text, each of which may be missing with
// those after it.
func valuesPattern(parameters []divergences.Parameter) string {
	if len(parameters) == 0 {
		return ""
	}
	first, rest := parameters[0], parameters[1:]
	if first.Choices == nil {
		return `(:[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?` + valuesPattern(rest) + ")?"
	}
	var values []string
	for _, choice := range first.Choices {
		var further []divergences.Parameter
		for _, p := range rest {
			if p.When == (divergences.Condition{}) || p.When == (divergences.Condition{Name: first.Name, Choice: choice}) {
				further = append(further, p)
			}
		}
		values = append(values, regexp.QuoteMeta(choice)+valuesPattern(further))
	}
	return "(:(" + strings.Join(values, "|") + "))?"
}
