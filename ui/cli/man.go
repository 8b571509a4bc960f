package cli

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"undercurrent/ui/output"
)

// newMan is the command that prints manual pages, made of the help of the commands. Those of cobra's package doc pass it
// through Markdown, which takes names in angle brackets for HTML and an underscore for emphasis; those of fang have
// no values, no defaults and one page for all.
func newMan() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "man [COMMAND]",
		Short:   "Print the manual page of the program or of a command, or write all pages",
		Example: "undercurrent man\nundercurrent man run\nundercurrent man --out man1",
	}
	out := cmd.Flags().String("out", "", "directory for the pages of all commands, such as /usr/local/share/man/man1")
	outputFlags.take(cmd.Flags())
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		of, rest, _ := cmd.Root().Find(args) // its error is that of an unknown command, named better here
		if *out != "" && len(args) > 0 {
			return exclusive("--out "+*out, args[0])
		}
		return noArguments(of, rest)
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if *out != "" {
			return writePages(*out, cmd.Root())
		}
		of, _, _ := cmd.Root().Find(args)
		_, err := io.WriteString(cmd.OutOrStdout(), manPage(of))
		return err
	}
	return cmd
}

// writePages writes the pages of a command and of those below it.
func writePages(dir string, of *cobra.Command) error {
	if err := output.MakeFolder(dir); err != nil {
		return usagef("--out %w", err)
	}
	if err := output.Write(filepath.Join(dir, pageName(of)+".1"), asText([]byte(manPage(of)))); err != nil {
		return err
	}
	for _, c := range of.Commands() {
		if c.IsAvailableCommand() {
			if err := writePages(dir, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// pageName is the name of the page of a command.
func pageName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// page is a manual page in the macros of man(7).
type page struct{ strings.Builder }

// literal escapes a text. A point or a quote at the beginning of a line would be a request, and a minus
// a hyphen.
func literal(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}

// text adds lines of text.
func (p *page) text(text string) {
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		p.WriteString(literal(line) + "\n")
	}
}

func (p *page) section(name string) { fmt.Fprintf(p, ".SH %s\n", name) }

// item adds a term with its text.
func (p *page) item(term, text string) {
	fmt.Fprintf(p, ".TP\n.B %s\n", literal(term))
	p.text(text)
}

// manPage is the page of a command.
func manPage(cmd *cobra.Command) string {
	cmd.InitDefaultHelpFlag()
	p := &page{}
	fmt.Fprintf(p, ".TH \"%s\" 1 \"\" \"%s %s\" \"User Commands\"\n", strings.ToUpper(literal(pageName(cmd))), programName, version)
	p.section("NAME")
	p.text(pageName(cmd) + " - " + cmd.Short)
	p.section("SYNOPSIS")
	usage := strings.TrimSuffix(cmd.UseLine(), " [flags]")
	if cmd.HasAvailableSubCommands() {
		usage += " [command]"
	}
	fmt.Fprintf(p, ".B %s\n[flags]\n", literal(usage))
	if cmd.Long != "" {
		p.section("DESCRIPTION")
		p.text(cmd.Long)
	}
	p.commands(cmd)
	p.options(cmd)
	p.examples(cmd)
	p.common(cmd)
	return p.String()
}

// commands lists the commands below one.
func (p *page) commands(cmd *cobra.Command) {
	if !cmd.HasAvailableSubCommands() {
		return
	}
	p.section("COMMANDS")
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			p.item(c.Name(), c.Short+". See "+pageName(c)+"(1).")
		}
	}
}

// options lists the flags by subject.
func (p *page) options(cmd *cobra.Command) {
	p.section("OPTIONS")
	eachSubject(cmd.Flags(), func(s subject, usages string) {
		fmt.Fprintf(p, ".SS %s\n", s)
		for line := range strings.Lines(usages) {
			p.item(flagAndText(line))
		}
	})
}

func (p *page) examples(cmd *cobra.Command) {
	if cmd.Example == "" {
		return
	}
	p.section("EXAMPLES")
	p.WriteString(".nf\n")
	p.text(cmd.Example)
	p.WriteString(".fi\n")
}

// common is what the program has for all commands.
func (p *page) common(cmd *cobra.Command) {
	if !cmd.HasParent() {
		p.section("ENVIRONMENT")
		p.item("UNDERCURRENT_THEME, UNDERCURRENT_PALETTE, UNDERCURRENT_FPS, ...", "the configuration of the screen, by the names of its flags")
		p.item("NO_COLOR", "no colours, if it is not empty")
		p.section("FILES")
		p.item("$XDG_CONFIG_HOME/undercurrent/config.yaml", "the configuration of the screen and its keys; --print-config prints it")
	}
	p.section("EXIT STATUS")
	for _, status := range []struct {
		code    int
		meaning string
	}{
		{exitOK, "success"}, {exitFailure, "a failure"}, {exitUsage, "invalid usage, or a file that cannot be used"}, {exitPipe, "the reader of the output has closed it"},
	} {
		p.item(fmt.Sprint(status.code), status.meaning)
	}
	if cmd.HasParent() {
		p.section("SEE ALSO")
		p.text(pageName(cmd.Parent()) + "(1)")
	}
}
