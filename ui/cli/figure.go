package cli

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"gonum.org/v1/plot/vg"

	"undercurrent/divergences"
	"undercurrent/internal/suggest"
	"undercurrent/sim"
	"undercurrent/ui/figure"
	"undercurrent/ui/output"
	"undercurrent/ui/session"
)

// figureCommand is the command that draws figures without a screen.
type figureCommand struct {
	show      show
	kind      string
	out, data string
	size      string
	title     string
	noCaption bool
}

func newFigure() *figureCommand { return &figureCommand{} }

// figureStep is the step that is drawn without --steps: most of what there is to see happens before.
const figureStep = 60

func (c *figureCommand) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "figure",
		Short: "Draw a flow or a comparison for a paper or slides, as PNG, SVG or PDF",
		Long: "Draw a flow at a step for a paper or slides: maps (target, density of the particles and log r side by side), one of them alone (target, density, ratio), " +
			"the weight with the particles by log r (weight), or the masses of the regions over the steps (masses). With --compare, the coverage measure and TV of several flows over the steps (compare). " +
			"The caption names the drift, N, h, step and seed, and the command that makes the figure again. --data writes the numbers behind it.",
		Example: "undercurrent figure --scenario gmm40 --divergence forward-kl --steps 40 --out gmm40.pdf\n" +
			"undercurrent figure --kind masses --out masses.svg --data masses.csv\n" +
			"undercurrent figure --compare reverse-kl,forward-kl,hmc --out compare.png",
		Args: noArguments,
	}
	c.show.bindFlow(cmd)
	set := cmd.Flags()
	set.SetNormalizeFunc(figureFlags)
	at := set.Lookup("at")
	at.Usage, at.DefValue, c.show.at = "step that is drawn (also --steps)", strconv.Itoa(figureStep), figureStep
	set.Lookup("compare").Usage = "two to four flows from the same particles, as in compare --divergences: reverse-kl,reverse-kl+birth-death"
	set.StringVar(&c.kind, "kind", "", "what is drawn: "+strings.Join(figure.Kinds(), ", ")+" (default: maps, or compare with --compare)")
	set.StringVar(&c.out, "out", "", "file for the figure, "+strings.Join(figure.Formats(), ", ")+"; or of its data alone, "+strings.Join(output.TableEndings(), ", "))
	set.StringVar(&c.data, "data", "", "file for the data behind the figure too, "+strings.Join(output.TableEndings(), ", "))
	outputFlags.take(set)
	set.StringVar(&c.size, "size", "", "size of the figure with its caption, such as 160x100mm, 16x10cm or 6.3x4in (default: by its kind)")
	set.StringVar(&c.title, "title", "", "title above the figure")
	set.BoolVar(&c.noCaption, "no-caption", false, "leave the caption out")
	displayFlags.take(set)
	complete(cmd, "kind", figure.Kinds())
	completeFiles(cmd, "out", append(figure.Formats(), output.TableEndings()...))
	completeFiles(cmd, "data", output.TableEndings())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return c.execute(cmd) }
	return cmd
}

// figureFlags lets the names of run and compare stand for those of the screen.
func figureFlags(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	switch name {
	case "steps":
		name = "at"
	case "flows", "divergences":
		name = "compare"
	}
	return pflag.NormalizedName(name)
}

func (c *figureCommand) execute(cmd *cobra.Command) error {
	spec, err := c.resolve()
	if err != nil {
		return err
	}
	shown, err := c.show.resolveWith(c.resolveCompared)
	if err != nil {
		return err
	}
	if spec.Kind == "" {
		spec.Kind = figure.Maps
		if len(shown.compared) > 0 {
			spec.Kind = figure.Comparison
		}
	}
	if err := c.check(); err != nil {
		return err
	}
	noteTaken(cmd.ErrOrStderr(), shown.scenario.Taken)
	frame, recipe, err := c.play(cmd.Context(), shown)
	if err != nil {
		return err
	}
	for _, w := range frame.Warnings {
		say(cmd.ErrOrStderr(), "warning: %s", w.Text)
	}
	spec.Command = figureLine(cmd, spec.Kind, c.out, c.given(), recipe)
	drawn, err := figure.NewFlow(frame, spec)
	if err != nil {
		return usage(err)
	}
	return c.write(drawn)
}

// played is what a figure is drawn from, or why there is nothing.
type played struct {
	frame   *session.Frame
	recipe  session.Recipe
	err     error
	failure any // of a panic
}

// play takes the steps, unless the context ends before.
func (c *figureCommand) play(ctx context.Context, w shown) (*session.Frame, session.Recipe, error) {
	base := w.settings
	for k, m := range w.compared {
		settings := underMotion(base, m)
		if err := named("--compare", settings.Validate()); err != nil {
			return nil, session.Recipe{}, err
		}
		if k == 0 {
			w.settings = settings
			continue
		}
		w.across = append(w.across, settings)
	}
	done := make(chan played, 1)
	go func() { done <- c.playAll(w) }()
	select {
	case <-ctx.Done():
		return nil, session.Recipe{}, errors.New("interrupted before the figure was drawn")
	case p := <-done:
		if p.failure != nil {
			panic(p.failure)
		}
		if len(w.compared) > 0 {
			p.recipe.Settings, p.recipe.Compared = base, w.compared
		}
		return p.frame, p.recipe, p.err
	}
}

// playAll opens the session at its step.
func (c *figureCommand) playAll(w shown) (p played) {
	defer func() { p.failure = recover() }()
	opened, err := c.show.open(w, defaultConfig())
	if err != nil {
		return played{err: err}
	}
	return played{frame: opened.Whole(), recipe: opened.Recipe()}
}

// resolve reads the flags of the figure. Every error is a usageError.
func (c *figureCommand) resolve() (s figure.Spec, err error) {
	if c.kind != "" && !slices.Contains(figure.Kinds(), c.kind) {
		return s, usagef("--kind is %q, expected %s", c.kind, suggest.Nearest(c.kind, figure.Kinds()))
	}
	s = figure.Spec{Kind: figure.Kind(c.kind), Title: c.title, NoCaption: c.noCaption}
	if c.out == "" {
		return s, usagef("--out is not given, expected a file that ends in %s", strings.Join(figure.Formats(), ", "))
	}
	if _, err := figure.FormatOf(c.out); err != nil && !isTable(c.out) {
		return s, usagef("--out %w (%s for the data alone)", err, strings.Join(output.TableEndings(), ", "))
	}
	if c.data != "" && !isTable(c.data) {
		return s, usagef("--data %s does not end in %s, expected one of them", c.data, strings.Join(output.TableEndings(), ", "))
	}
	if c.size != "" {
		s.Width, s.Height, err = parseSize(c.size)
	}
	return s, err
}

// isTable reports whether a name is that of a file of data.
func isTable(name string) bool {
	return slices.Contains(output.TableEndings(), strings.ToLower(filepath.Ext(name)))
}

// parseSize reads WIDTHxHEIGHT and a unit.
func parseSize(text string) (width, height vg.Length, err error) {
	units := map[string]vg.Length{"mm": vg.Millimeter, "cm": vg.Centimeter, "in": vg.Inch, "pt": 1}
	number, unit := text, vg.Millimeter
	for name, length := range units {
		if n, ok := strings.CutSuffix(text, name); ok {
			number, unit = n, length
		}
	}
	first, second, _ := strings.Cut(number, "x")
	w, wrong := strconv.ParseFloat(first, 64)
	h, wrongToo := strconv.ParseFloat(second, 64)
	width, height = vg.Length(w)*unit, vg.Length(h)*unit
	fits := func(l vg.Length) bool { return l >= figure.MinSide && l <= figure.MaxSide } // NaN does not
	if wrong != nil || wrongToo != nil || !fits(width) || !fits(height) {
		return 0, 0, usagef("--size is %q, expected WIDTHxHEIGHT of %.0f to %.0f mm each, such as 160x100mm, 16x10cm or 6.3x4in", text, figure.MinSide/vg.Millimeter, figure.MaxSide/vg.Millimeter)
	}
	return width, height, nil
}

// resolveCompared parses the flows of --compare, which may have all that a motion has.
func (c *figureCommand) resolveCompared(all divergences.Catalogue) (list []sim.Motion, err error) {
	set := c.show.flow.set
	if !set.Changed("compare") {
		return nil, nil
	}
	if err := c.show.checkCompared(); err != nil {
		return nil, err
	}
	for _, text := range c.show.compare {
		m, err := c.show.flow.motion.read(all, "--compare", text)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}

// check says whether the files can be written, before anything is computed.
func (c *figureCommand) check() error {
	if err := output.Check(c.out); err != nil {
		return usagef("--out %w", err)
	}
	if c.data == "" {
		return nil
	}
	if err := output.Check(c.data); err != nil {
		return usagef("--data %w", err)
	}
	return nil
}

// given are the flags of the look that were given, as they are written.
func (c *figureCommand) given() (args []string) {
	if c.size != "" {
		args = append(args, "--size", c.size)
	}
	if c.title != "" {
		args = append(args, "--title", c.title)
	}
	return args
}

// write writes the figure and its data.
func (c *figureCommand) write(drawn *figure.Flow) error {
	if err := writeFigure(drawn, c.out, output.Write); err != nil || c.data == "" {
		return err
	}
	return writeFigure(drawn, c.data, output.Write)
}

// writeFigure writes a figure, or the data behind it, in the format of a file's name.
func writeFigure(drawn *figure.Flow, name string, write func(string, func(io.Writer) error) error) error {
	format, err := figure.FormatOf(name)
	if err == nil {
		return write(name, func(w io.Writer) error { return drawn.Write(w, format) })
	}
	table, wrong := drawn.Data().Writer(name)
	if wrong != nil {
		return usagef("%w (%s for the data)", err, strings.Join(output.TableEndings(), ", "))
	}
	return write(name, table)
}

// figureLine is the command line of a figure, with the flags of its look.
func figureLine(cmd *cobra.Command, kind figure.Kind, out string, look []string, r session.Recipe) string {
	args := append([]string{"figure", "--kind", string(kind)}, look...)
	if r.Step == 0 {
		args = append(args, "--at", "0") // which is the default of other commands
	}
	return commandLine(programName, append(args, "--out", filepath.Base(out)), cmd.Flags(), r)
}
