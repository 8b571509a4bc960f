// Package cli is the command line: it turns flags into a flow and either opens
// the terminal program on it or runs it without a screen.
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
	"undercurrent/ui/output"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// version is what --version prints.
const version = "0.1.0"

// Exit statuses.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
	exitPipe    = 128 + int(syscall.SIGPIPE) // as a shell tells a death by it
)

// Main runs the command line args and returns the exit status: 0, 1 when the
// program failed, 2 when it was asked for something it cannot do, and that of a broken
// pipe when nobody reads its output any more.
func Main(args []string, in io.Reader, out, err io.Writer) int {
	// A closed pipe must come back as an error, so that nothing half-written stays.
	signal.Ignore(syscall.SIGPIPE)
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(err)
	tidy(root)
	v := &verdict{}
	v.hear(root)
	ctx, stop := interruptible()
	defer stop()
	if e := fang.Execute(ctx, root,
		fang.WithVersion(version),
		fang.WithErrorHandler(func(io.Writer, fang.Styles, error) {})); e != nil {
		v.note(e)
	}
	// Whoever closed the pipe has read what they wanted.
	if v.err != nil && !errors.Is(v.err, syscall.EPIPE) {
		printError(err, v.err)
	}
	return status(v.err)
}

// interruptible is a context that ends at the first signal to stop. The second has its
// usual effect: what does not look at the context must end as well.
func interruptible() (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// newRoot assembles the commands.
func newRoot() *cobra.Command {
	root := newShow().command()
	root.AddCommand(newRun().command(), newCompare().command(), newTrain().command(), newSample().command(), newWatch().command(), newBench().command(), newCheck(), newList(), newScenario())
	return root
}

// tidy has the commands that the library brings refuse what ours would refuse. They write
// to where the root does by then.
func tidy(root *cobra.Command) {
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

// group is a command that is nothing but those below it: alone it is helped with.
func group(cmd *cobra.Command) *cobra.Command {
	cmd.Args = noArguments
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	return cmd
}

// newHelp is the command that helps with another.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Help about any command",
		RunE: func(cmd *cobra.Command, args []string) error {
			// An error is of what is left over, which is looked at here.
			of, rest, _ := cmd.Root().Find(args)
			if err := noArguments(of, rest); err != nil {
				return err
			}
			of.InitDefaultHelpFlag()
			of.InitDefaultVersionFlag()
			return of.Help()
		},
	}
}

// verdict keeps the first error of a command line away from fang, which would ask
// the terminal for its colours before it lets us print a sentence without any.
type verdict struct{ err error }

func (v *verdict) note(err error) {
	if v.err == nil {
		v.err = err
	}
}

// hear makes a command and those below it leave their errors here.
func (v *verdict) hear(cmd *cobra.Command) {
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		v.note(flagError(err))
		return nil
	})
	if check := cmd.Args; check != nil {
		cmd.Args = func(c *cobra.Command, args []string) error {
			v.note(check(c, args))
			return nil
		}
	}
	if run := cmd.RunE; run != nil {
		cmd.RunE = func(c *cobra.Command, args []string) error {
			if v.err == nil {
				v.note(run(c, args))
			}
			return nil
		}
	}
	for _, c := range cmd.Commands() {
		v.hear(c)
	}
}

// usageError is a request that cannot be met as it was put.
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

// flagError is an error of a flag's value in the words of the others.
func flagError(err error) error {
	var bad *pflag.InvalidValueError
	if !errors.As(err, &bad) {
		return usage(err)
	}
	expected := expectedType(bad.GetFlag().Value)
	if expected == "" {
		return usage(err)
	}
	return usagef("--%s is %q, expected %s", bad.GetFlag().Name, bad.GetValue(), expected)
}

// expectedType says what a flag's value is read as, empty where that is any text.
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
	text, _, _ := strings.Cut(err.Error(), "\n")
	fmt.Fprintf(w, "undercurrent: %s\n", strings.TrimSuffix(text, "."))
}

// noArguments refuses arguments, and names the commands nearest to a mistyped one.
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
		return usagef("unexpected argument %q, expected flags only (see %s --help)", args[0], cmd.CommandPath())
	}
	return usagef("unknown command %q, expected %s", args[0], nearest(args[0], names))
}
