package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"undercurrent/ui/app"
	"undercurrent/ui/journal"
)

// shellWords are the arguments that a line of a shell gives to our program, without what
// is piped to it and where its output goes.
func shellWords(t *testing.T, line string) (args []string) {
	t.Helper()
	_, rest, _ := strings.Cut(ours.ReplaceAllString(line, "${1}\x00${2}"), "\x00")
	rest = regexp.MustCompile(` > \S+$`).ReplaceAllString(rest, "")
	out, err := exec.Command("sh", "-c", "set -- "+rest+`; for a do printf '%s\0' "$a"; done`).Output()
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	for _, word := range bytes.Split(bytes.TrimSuffix(out, []byte{0}), []byte{0}) {
		args = append(args, string(word))
	}
	if len(out) == 0 {
		return nil
	}
	return args
}

// understands finds the command of the arguments and reads its flags.
func understands(args []string) error {
	root := newRoot()
	setUpLibraryCommands(root)
	cmd, rest, err := root.Find(args)
	if err != nil {
		return err
	}
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	return cmd.ParseFlags(rest)
}

// isScreen reports whether a command opens the screen on a flow.
func isScreen(args []string) bool { return len(args) == 0 || strings.HasPrefix(args[0], "-") }

// resolves reads all that a command is given and builds what it would run. The error is
// one of usage: whatever else a command ends with, it was understood. A screen with a target
// of one's own is built by the command run, which has the same flags for it.
func resolves(args ...string) error {
	if len(args) > 1 && args[0] == "lesson" {
		if err := ended(args...); err == nil || err.Error() != needTerminal(io.Discard, "lesson").Error() {
			return fmt.Errorf("the lesson is not opened: %w", err)
		}
		return nil
	}
	if !isScreen(args) {
		if args[0] == "train" {
			// Of the model that this leaves, untrained, later lines draw samples and a map.
			args = append(slices.Clip(args), "--hidden", "4")
		}
		return ended(args...)
	}
	// All flags are right where nothing but the terminal is missing.
	err := ended(args...)
	if err == nil || err.Error() != needTerminal(io.Discard, "run").Error() {
		return fmt.Errorf("the screen is not opened: %w", err)
	}
	if err := leavesLog(args); err != nil {
		return err
	}
	for _, flag := range sourceFlags() {
		if slices.Contains(args, "--"+flag) {
			return ended(append([]string{"run"}, args...)...)
		}
	}
	return nil
}

// leavesLog leaves the log of a screen that is opened and left, if it has one: later lines replay it.
func leavesLog(args []string) error {
	show := newShow()
	cmd := show.command()
	if err := cmd.ParseFlags(args); err != nil || show.log == "" {
		return err
	}
	log, err := beginLog(show.log, defaultConfig(), &app.Options{}, func() (journal.Head, error) { return journal.Head{Flags: flagsOf(cmd.Flags())}, nil })
	if err != nil {
		return err
	}
	log.writer.Input(journal.Input{Resize: &journal.Size{Columns: 80, Rows: 24}}, 0)
	return log.end(nil)
}

// ended executes a command in a context that has ended: it stops before the first step.
func ended(args ...string) error {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	root := newRoot()
	setUpLibraryCommands(root)
	v := &firstError{}
	v.collect(root)
	root.SetArgs(append([]string{}, args...)) // of none at all the library takes the test's own
	root.SetIn(strings.NewReader(""))
	root.SetOut(io.Discard)
	root.SetErr(io.Discard)
	if err := root.ExecuteContext(ctx); err != nil {
		v.add(err)
	}
	if status(v.err) == exitUsage {
		return v.err
	}
	return nil
}
