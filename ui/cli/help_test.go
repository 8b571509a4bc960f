package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/ui/paint"
)

// everyCommand is a command with all below it.
func everyCommand(cmd *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{cmd}
	for _, c := range cmd.Commands() {
		list = append(list, everyCommand(c)...)
	}
	return list
}

// The help of no command has a line that is too long or a word that is broken; nothing of a text is lost.
func TestHelpFitsItsWidth(t *testing.T) {
	t.Parallel()
	root := newRoot()
	setUpLibraryCommands(root)
	for _, cmd := range everyCommand(root) {
		cmd.InitDefaultHelpFlag()
		cmd.InitDefaultVersionFlag()
		for _, width := range []int{40, 60, 80, 110} {
			text := helpText(cmd, width)
			for line := range strings.Lines(text) {
				line = strings.TrimSuffix(line, "\n")
				if paint.Width(line) > width && strings.Contains(strings.TrimSuffix(strings.TrimSpace(line), ` \`), " ") {
					t.Errorf("%s: at %d columns a line is %q", cmd.CommandPath(), width, line)
				}
				if width >= 60 && paint.Width(line) > width {
					t.Errorf("%s: at %d columns a word does not fit: %q", cmd.CommandPath(), width, line)
				}
			}
			words := strings.Fields(strings.ReplaceAll(text, " \\\n", " "))
			joined := strings.Join(words, " ")
			cmd.Flags().VisitAll(func(f *pflag.Flag) {
				_, usage := pflag.UnquoteUsage(f)
				if shown := strings.Contains(joined, strings.Join(strings.Fields(usage), " ")); shown == f.Hidden {
					t.Errorf("%s: at %d columns --%s is shown: %t", cmd.CommandPath(), width, f.Name, shown)
				}
			})
			if !strings.Contains(joined, strings.Join(strings.Fields(cmd.Example), " ")) {
				t.Errorf("%s: at %d columns an example is changed:\n%s", cmd.CommandPath(), width, text)
			}
		}
	}
}

// Every flag belongs to one subject, and the help has it once.
func TestEveryFlagHasOneSubject(t *testing.T) {
	t.Parallel()
	for _, cmd := range everyCommand(newRoot()) {
		cmd.InitDefaultHelpFlag()
		cmd.InitDefaultVersionFlag()
		text := helpText(cmd, 80)
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if s := f.Annotations[subjectKey]; len(s) != 1 && f.Name != "help" && f.Name != "version" {
				t.Errorf("%s: --%s is about %q", cmd.CommandPath(), f.Name, s)
			}
			if !slices.Contains(subjects(), subjectOf(f)) {
				t.Errorf("%s: --%s is about %s, which is no subject", cmd.CommandPath(), f.Name, subjectOf(f))
			}
			if n := strings.Count(text, " --"+f.Name+" ") + strings.Count(text, " --"+f.Name+"\n"); n < 1 && !f.Hidden {
				t.Errorf("%s: --%s is not in its help", cmd.CommandPath(), f.Name)
			}
		})
	}
}

// The width is that of COLUMNS, else of the terminal, else 80.
func TestTheWidthOfHelp(t *testing.T) {
	t.Parallel()
	for columns, want := range map[string]int{"": 80, "60": 60, "x": 80, "0": 80, "7": 40, "500": 110} {
		if got := widthOf(&strings.Builder{}, func(string) string { return columns }); got != want {
			t.Errorf("with COLUMNS=%q the width is %d, expected %d", columns, got, want)
		}
	}
}
