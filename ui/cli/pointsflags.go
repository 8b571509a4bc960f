package cli

import (
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
)

// pointsFlags say which columns of files of points are read, of all that are named.
type pointsFlags struct {
	selection scenarios.Selection
	// argument reports whether a file of points is an argument of the command.
	argument bool
	set      *pflag.FlagSet
}

func (f *pointsFlags) bind(cmd *cobra.Command) {
	f.set = cmd.Flags()
	f.set.StringVar(&f.selection.Columns, "columns", "", "two columns of files of points: names, numbers from 1 or formulas, as in mu,log(tau) (default: x and y, or the only two)")
	f.set.StringVar(&f.selection.Weights, "weights", "", "column of the weights of points, none for none (default: detected)")
	f.set.StringVar(&f.selection.Axes, "axes", "", "what the dimensions of an array of draws are, such as draw,chain,variable (default: guessed)")
	complete(cmd, "columns", nil)
	complete(cmd, "weights", nil)
	complete(cmd, "axes", []string{"chain,draw,variable", "draw,chain,variable", "variable,draw"})
}

// check refuses the flags where no file of points is named by one of the others, or an argument.
func (f *pointsFlags) check() error {
	files := pointSources(f.set)
	if f.argument {
		return nil
	}
	for _, name := range files {
		if f.set.Changed(name) {
			return nil
		}
	}
	for _, name := range []string{"columns", "weights", "axes"} {
		if f.set.Changed(name) {
			return usagef("--%s %s without a file of points, expected --%s with it", name, f.set.Lookup(name).Value, strings.Join(files, " or --"))
		}
	}
	return nil
}

// pointSources are the flags of files of points that the flags may have.
func pointSources(set *pflag.FlagSet) (flags []string) {
	for _, source := range data.Sources() {
		if source.Kernel {
			flags = append(flags, source.Flag)
		}
	}
	if set.Lookup("start-samples") != nil {
		flags = append(flags, "start-samples")
	}
	return flags
}

// originOfSource is the origin of a target of a source, by the flags.
func (f *flowFlags) originOfSource(source data.Source) scenarios.Origin {
	o := scenarios.Origin{Source: source.Key, Text: *f.sources[source.Flag], Kernel: f.kernel}
	if source.Kernel {
		o.Selection = f.points.selection
	}
	return o
}

// selection appends the flags of the columns of points.
func (w *commandWriter) selection(of scenarios.Selection) {
	for _, f := range []struct{ flag, value string }{{"columns", of.Columns}, {"weights", of.Weights}, {"axes", of.Axes}} {
		if f.value != "" {
			w.add(f.flag, f.value)
		}
	}
}

// notePoints says on standard error what was taken for what in files of points, and how the
// particles are taken from those of --start-samples.
func notePoints(stderr io.Writer, s scenarios.Scenario, n int) {
	noteTaken(stderr, s.Taken)
	points, ok := s.Start.Sampler.(*scenarios.FixedPoints)
	if !ok {
		return
	}
	if text := points.Mismatch(n); text != "" {
		say(stderr, "%s", text)
	}
}

// noteTaken says on standard error what was taken for what in files of points.
func noteTaken(stderr io.Writer, taken []string) {
	for _, sentence := range taken {
		say(stderr, "%s", sentence)
	}
}
