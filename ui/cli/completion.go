package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/ui/lesson"
)

// Annotations of flags, for shell completion.
const (
	namesKey   = "undercurrent_completed_by" // with the names
	lessonsKey = "undercurrent_completed_by_lessons"
)

// complete offers names in shell completion of a flag.
func complete(cmd *cobra.Command, flag string, names []string) {
	// The error is that of a flag which does not exist; this one was just bound.
	_ = cmd.Flags().SetAnnotation(flag, namesKey, names)
}

// completeLessons is complete with the lessons: reading them takes longer than all commands.
func completeLessons(cmd *cobra.Command, flag string) {
	_ = cmd.Flags().SetAnnotation(flag, lessonsKey, nil) // as above
}

// completeFiles offers files with one of the endings in shell completion of a flag.
func completeFiles(cmd *cobra.Command, flag string, endings []string) {
	bare := make([]string, len(endings))
	for k, e := range endings {
		bare[k] = strings.TrimPrefix(e, ".")
	}
	_ = cmd.MarkFlagFilename(flag, bare...) // as above
}

// offerCompletions tells cobra what the flags of a command and its subcommands are completed by, if a shell asks for
// it with args. Otherwise nobody reads it, and cobra keeps for ever what it is told of a flag, and with it the command.
func offerCompletions(cmd *cobra.Command, args []string) {
	if !slices.Contains(args, cobra.ShellCompRequestCmd) && !slices.Contains(args, cobra.ShellCompNoDescRequestCmd) {
		return
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		names, complete := f.Annotations[namesKey]
		if _, lessons := f.Annotations[lessonsKey]; lessons {
			names, complete = lesson.IDs(), true
		}
		if complete {
			_ = cmd.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
		}
	})
	for _, sub := range cmd.Commands() {
		offerCompletions(sub, args)
	}
}
