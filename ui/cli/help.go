package cli

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/ui/paint"
)

// Widths of the help in columns: without a terminal, the least, and the most, beyond which lines are
// hard to read.
const (
	usualWidth = 80
	minWidth   = 40
	maxWidth   = 110
)

// widthOf is the width for text on an output: that of COLUMNS, else of the terminal, else the usual.
func widthOf(out any, env func(string) string) int {
	width := terminalWidth(out)
	if w, err := strconv.Atoi(env("COLUMNS")); err == nil && w > 0 {
		width = w
	}
	return max(min(width, maxWidth), minWidth)
}

// helpAsked is the command whose help --help asks for, nil if it does not. What a shell completes is not asked.
func helpAsked(root *cobra.Command, args []string) *cobra.Command {
	if len(args) == 0 || strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		return nil
	}
	for _, word := range args {
		switch word {
		case "--":
			return nil
		case "--help", "-h":
			// Find's error is that of an unknown command, for which the help of the one above it is right.
			cmd, _, _ := root.Find(args)
			return cmd
		}
	}
	return nil
}

// printHelp writes the help of a command. fang's own, which it sets for the root, has the flags in one list
// and breaks their texts within words.
func printHelp(cmd *cobra.Command) error {
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	out := cmd.OutOrStdout()
	_, err := io.WriteString(out, helpText(cmd, widthOf(out, os.Getenv)))
	return err
}

// called matches the program in the examples of a command.
var called = regexp.MustCompile(`(^|\| )` + programName + `\b`)

// helpText is the help of a command in lines of at most width columns.
func helpText(cmd *cobra.Command, width int) string {
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	text := indented(about, 0, width)
	usage := invoked(cmd.UseLine())
	if cmd.HasAvailableSubCommands() {
		usage = strings.TrimSuffix(usage, " [flags]") + " [command] [flags]"
	}
	text += "\nUsage:\n" + indented(usage, 2, width)
	if cmd.Example != "" {
		text += "\nExamples:\n"
		for example := range strings.Lines(cmd.Example) {
			text += folded(called.ReplaceAllString(strings.TrimSpace(example), "${1}"+strings.ReplaceAll(invocation(), "$", "$$")), 2, width)
		}
	}
	return text + commandsText(cmd, width) + flagsText(cmd.Flags(), width)
}

// commandsText has the commands below a command, each with a sentence.
func commandsText(cmd *cobra.Command, width int) string {
	if !cmd.HasAvailableSubCommands() {
		return ""
	}
	text := "\nCommands:\n"
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			name := fmt.Sprintf("  %-*s", cmd.NamePadding(), c.Name())
			text += name + indented(c.Short, len(name)+2, width)[len(name):]
		}
	}
	return text
}

// flagsText has the flags by subject.
func flagsText(flags *pflag.FlagSet, width int) (text string) {
	eachSubject(flags, func(s subject, usages string) {
		text += fmt.Sprintf("\n%s:\n", s)
		for line := range strings.Lines(usages) {
			text += flagText(line, width)
		}
	})
	return text
}

// eachSubject visits the subjects of flags in their order, with the library's list of their flags.
func eachSubject(flags *pflag.FlagSet, visit func(s subject, usages string)) {
	groups := map[subject]*pflag.FlagSet{}
	flags.VisitAll(func(f *pflag.Flag) {
		s := subjectOf(f)
		if groups[s] == nil {
			groups[s] = pflag.NewFlagSet(string(s), pflag.ContinueOnError)
			groups[s].SortFlags = false
		}
		groups[s].AddFlag(f)
	})
	for _, s := range subjects() {
		if g := groups[s]; g != nil && g.HasAvailableFlags() {
			visit(s, g.FlagUsages())
		}
	}
}

// flagColumn is where the texts of flags begin. A flag that reaches so far has its text below it.
const flagColumn = 26

// flagText is a line of the library's list, the flag, at least three blanks and its text, in lines of at most
// width columns. The library's own wrapping puts all texts behind the longest flag, which
// leaves a narrow terminal little.
func flagText(line string, width int) string {
	flag, text := flagAndText(line)
	if strings.HasPrefix(flag, "--") {
		flag = "    " + flag // where there may be a shorthand
	}
	flag = "  " + flag
	text = indented(text, flagColumn, width)
	if len(flag)+2 > flagColumn {
		return flag + "\n" + text
	}
	return flag + text[len(flag):]
}

// flagAndText are the parts of a line of the library's list.
func flagAndText(line string) (flag, text string) {
	flag, text, _ = strings.Cut(strings.TrimSpace(line), "   ")
	if before, list, ok := strings.Cut(text, "(default ["); ok {
		// A list in one word would not fit a narrow terminal.
		text = before + "(default " + strings.ReplaceAll(strings.TrimSuffix(strings.TrimSpace(list), "])"), ",", ", ") + ")"
	}
	return flag, strings.TrimSpace(text)
}

// indented is a text in lines of at most width columns, with as many blanks before each. Its own lines
// stay, with what they begin with.
func indented(text string, blanks, width int) (wrapped string) {
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		words := strings.TrimLeft(line, " \t")
		margin := strings.Repeat(" ", blanks+len(line)-len(words))
		for _, l := range paint.Wrap(words, width-len(margin)) {
			wrapped += strings.TrimRight(margin+l, " ") + "\n"
		}
	}
	return wrapped
}

// folded is indented for a command line: it goes on after a backslash, as a shell reads it.
func folded(command string, blanks, width int) string {
	margin := strings.Repeat(" ", blanks)
	return margin + strings.Join(paint.Wrap(command, width-blanks-2), " \\\n  "+margin) + "\n"
}
