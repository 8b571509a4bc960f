// Package cli is the command line: it turns flags into a scenario and settings, and opens
// the terminal program on them or computes without a screen.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/internal/suggest"
	"undercurrent/ui/app"
	"undercurrent/ui/output"
	"undercurrent/ui/session"
)

// version is what --version prints.
const version = "0.1.0"

// Exit statuses.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
	exitPipe    = 128 + int(syscall.SIGPIPE) // as a shell reports that signal
)

// Main runs the command line args and returns the exit status: 0, 1 for a failure, 2 for
// invalid usage, and 141 when the reader of its output has closed the pipe.
func Main(args []string, in io.Reader, out, err io.Writer) (exit int) {
	// A closed pipe is an error of the write, so that unfinished files are removed.
	signal.Ignore(syscall.SIGPIPE)
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(err)
	setUpLibraryCommands(root)
	offerCompletions(root, args)
	failed := &firstError{}
	failed.collect(root)
	ctx, stop := interruptible()
	defer stop()
	defer func() {
		if v := recover(); v != nil {
			printError(err, app.NewCrash(session.NewFailure(v), lineOf(args), nil))
			exit = exitFailure
		}
	}()
	if cmd := helpAsked(root, args); cmd != nil {
		failed.add(printHelp(cmd))
	} else if e := fang.Execute(ctx, root,
		fang.WithVersion(version),
		fang.WithoutManpage(), // newMan
		fang.WithErrorHandler(func(io.Writer, fang.Styles, error) {})); e != nil {
		failed.add(e)
	}
	// The reader that closed the pipe has what it wanted.
	if failed.err != nil && !errors.Is(failed.err, syscall.EPIPE) {
		printError(err, failed.err)
	}
	return status(failed.err)
}

// lineOf is the command line with some arguments.
func lineOf(args []string) string {
	line := invocation()
	for _, a := range args {
		line += " " + quoted(a)
	}
	return line
}

// interruptible is a context that is cancelled by the first signal to stop. The second has
// its usual effect, for code that does not check the context.
func interruptible() (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(context.Background(), app.StopSignals()...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// newRoot assembles the commands.
func newRoot() *cobra.Command {
	root := newShow().command()
	root.Version = version
	root.AddCommand(newRun().command(), newCompare().command(), newDesign().command(), newTrain().command(), newSample().command(), newWatch().command(), newDiagnose().command(), newRecord().command(), newReplay().command(), newFigure().command(), newTour().command(), newBench().command(), newCheck(), newList(), newMan(), newScenario())
	return root
}

// setUpLibraryCommands makes cobra's own commands, completion and help, refuse arguments as
// ours do. They write to the outputs that the root has when it is called.
func setUpLibraryCommands(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() != "completion" {
			continue
		}
		group(c)
		for _, shell := range c.Commands() {
			shell.Args = noArguments
		}
	}
	root.SetHelpCommand(newHelp())
}

// group makes a command that only has subcommands print its help.
func group(cmd *cobra.Command) *cobra.Command {
	cmd.Args = noArguments
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return printHelp(cmd) }
	return cmd
}

// newHelp is the command that prints the help of another.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Help about any command",
		RunE: func(cmd *cobra.Command, args []string) error {
			// Find fails on unknown commands, which noArguments reports better.
			of, rest, _ := cmd.Root().Find(args)
			if err := noArguments(of, rest); err != nil {
				return err
			}
			return printHelp(of)
		},
	}
}

// firstError collects the first error of a command line before fang sees it, which would
// query the terminal for its colours although errors are printed without any.
type firstError struct{ err error }

func (f *firstError) add(err error) {
	if f.err == nil {
		f.err = err
	}
}

// collect makes a command and its subcommands report their errors to f.
func (f *firstError) collect(cmd *cobra.Command) {
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		f.add(flagError(cmd, err))
		return nil
	})
	if check := cmd.Args; check != nil {
		cmd.Args = func(c *cobra.Command, args []string) error {
			f.add(check(c, args))
			return nil
		}
	}
	if run := cmd.RunE; run != nil {
		cmd.RunE = func(c *cobra.Command, args []string) error {
			if f.err == nil {
				f.add(run(c, args))
			}
			return nil
		}
	}
	for _, c := range cmd.Commands() {
		f.collect(c)
	}
}

// usageError is an error of the command line or of a file that it names.
type usageError struct{ err error }

func (u usageError) Error() string { return u.err.Error() }
func (u usageError) Unwrap() error { return u.err }

func usage(err error) error {
	if err == nil {
		return nil
	}
	return usageError{err}
}

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// flagError is an error of pflag in the form of our own: what is wrong, then expectation.
func flagError(cmd *cobra.Command, err error) error {
	var bad *pflag.InvalidValueError
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "" {
		return usagef("unknown flag --%s, expected %s (see %s --help)", unknown.GetSpecifiedName(),
			suggest.Nearest("--"+unknown.GetSpecifiedName(), flagNames(cmd)), invoked(cmd.CommandPath()))
	}
	if !errors.As(err, &bad) {
		return usage(err)
	}
	expected := expectedType(bad.GetFlag().Value)
	if expected == "" {
		return usage(err)
	}
	return usagef("--%s is %q, expected %s", bad.GetFlag().Name, bad.GetValue(), expected)
}

// flagNames are the flags of a command, with their dashes.
func flagNames(cmd *cobra.Command) (names []string) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, "--"+f.Name)
		}
	})
	return names
}

// expectedType describes the values of a flag's type, empty for any text.
func expectedType(v pflag.Value) string {
	return map[string]string{"float64": "a number", "int": "a whole number", "uint64": "a whole number of at least 0", "bool": "true or false",
		"intSlice": "whole numbers separated by commas", windowType: "four numbers xmin,xmax,ymin,ymax"}[v.Type()]
}

func status(err error) int {
	var u usageError
	var create output.CreateError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, syscall.EPIPE):
		return exitPipe
	case errors.As(err, &u), errors.As(err, &create):
		return exitUsage
	default:
		return exitFailure
	}
}

// printError writes one sentence to standard error.
func printError(w io.Writer, err error) {
	var crash *app.Crash
	if errors.As(err, &crash) {
		for _, line := range strings.Split(crash.Error(), "\n") {
			say(w, "%s", line)
		}
		return
	}
	var p *os.PathError
	if errors.As(err, &p) && p.Op == "write" && p.Path == os.Stdout.Name() {
		err = fmt.Errorf("standard output cannot be written (%w), expected one with space left", p.Err)
	}
	say(w, "%s", strings.TrimSuffix(err.Error(), "."))
}

// noArguments refuses arguments, and suggests the commands nearest to a mistyped one.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	if len(names) == 0 {
		return usagef("unexpected argument %q, expected flags only (see %s --help)", args[0], invoked(cmd.CommandPath()))
	}
	return usagef("unknown command %q, expected %s", args[0], suggest.Nearest(args[0], names))
}
