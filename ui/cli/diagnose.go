package cli

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/spf13/cobra"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data/draws"
	"undercurrent/sim"
	"undercurrent/sim/diagnosis"
	"undercurrent/sim/target"
	"undercurrent/ui/session"
)

// diagnose is the command that says what is wrong with the draws of a sampler.
type diagnose struct {
	flow   flowFlags
	roles  roleFlags
	asJSON bool
	// chained reports whether the particles of frames are chains.
	chained bool
}

func newDiagnose() *diagnose { return &diagnose{} }

func (d *diagnose) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "diagnose FILE…",
		Short: "Say what is wrong with the draws of a sampler",
		Long: "Read the draws that a sampler has written and print what speaks against it, the weightiest first: chains that stand still or never left a region, " +
			"proposals against the gradient, steps that are too short, chains that do not agree (R̂), effective sample sizes that are too small; against a target also " +
			"the masses of its regions in standard errors. Several files are chains. With --chains the file, or - for standard input, has frames of particles, as for watch, of which each is a chain. Exit status 1 if anything speaks against the sampler, 0 if nothing does.",
		Example: "undercurrent diagnose chain_1.csv chain_2.csv\n" +
			"undercurrent diagnose 'mcmc_*.csv' --columns mu,tau\n" +
			"undercurrent diagnose draws.npy --scenario three-modes --json\n" +
			"my_fifty_chains | undercurrent diagnose --chains --scenario ring8 -",
		Args: atLeastOneFile,
	}
	d.flow.bindTarget(cmd)
	d.flow.noDefaultScenario("none, chains against each other")
	set := cmd.Flags()
	d.roles.bind(cmd)
	bindChains(set, &d.chained)
	sampleFlags.take(set)
	set.BoolVar(&d.asJSON, "json", false, "print one JSON object")
	outputFlags.take(set)
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return d.execute(cmd, args) }
	return cmd
}

// atLeastOneFile accepts files.
func atLeastOneFile(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usagef("there is no file, expected the draws of a sampler (see %s --help)", invoked(cmd.CommandPath()))
	}
	return nil
}

func (d *diagnose) execute(cmd *cobra.Command, files []string) error {
	d.flow.points.argument = true
	if err := d.check(files); err != nil {
		return err
	}
	if d.chained {
		return d.ofFrames(cmd, files[0])
	}
	table, err := d.read(files)
	if err != nil {
		return usage(err)
	}
	noteTaken(cmd.ErrOrStderr(), table.Notes)
	sample, err := drawsOf(table)
	if err != nil {
		return usage(named(files[0], err))
	}
	var against *diagnosis.Target
	name := ""
	if d.flow.targeted() {
		s, err := d.flow.resolveScenario()
		if err != nil {
			return err
		}
		if against, err = d.regionsOf(s, &sample); err != nil {
			return err
		}
		name = s.ID
	}
	report, err := diagnosis.Diagnose(sample, against)
	if err != nil {
		return err
	}
	if report.Cut > 0 {
		say(cmd.ErrOrStderr(), "the chains have different lengths: the first %s of the longer ones are left out", counted(report.Cut, "draw"))
	}
	if err := d.print(cmd.OutOrStdout(), report, name); err != nil {
		return err
	}
	return speaksAgainst(report)
}

// check refuses what contradicts frames of chains.
func (d *diagnose) check(files []string) error {
	of := d.flow.points.selection
	switch {
	case !d.chained && slices.Contains(files, "-"):
		return usagef("standard input without --%s, expected it with frames of particles that are chains, or files of draws", chainsFlag)
	case !d.chained:
		return nil
	case len(files) > 1:
		return usagef("--%s of %s, expected one file of frames or - for standard input", chainsFlag, counted(len(files), "file"))
	case d.flow.set.Changed("target-samples"): // they are those of the target
	case of.Columns != "":
		return exclusive("--"+chainsFlag, "--columns "+of.Columns)
	case of.Weights != "":
		return exclusive("--"+chainsFlag, "--weights "+of.Weights)
	case of.Axes != "":
		return exclusive("--"+chainsFlag, "--axes "+of.Axes)
	}
	for _, c := range d.roles.given() {
		return exclusive("--"+chainsFlag, fmt.Sprintf("--%s %s", c.flag, *c.value))
	}
	return nil
}

// ofFrames diagnoses the particles of frames. Where the stream breaks off, or is interrupted, those before are diagnosed.
func (d *diagnose) ofFrames(cmd *cobra.Command, file string) error {
	var regions diagnosis.Regions
	name := ""
	if d.flow.targeted() {
		s, err := d.flow.resolveScenario()
		if err != nil {
			return err
		}
		on, err := d.onGrid(s)
		if err != nil {
			return err
		}
		if regions, err = session.RegionsOf(false, s, on); err != nil {
			return err
		}
		name = s.ID
	}
	frames := newWatch()
	frames.args, frames.chained, frames.roles = []string{file}, true, d.roles
	reader, in, err := frames.reader(cmd.InOrStdin(), cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	defer in.close()
	collected, broken := collect(cmd.Context(), reader, in.name, regions)
	switch {
	case collected == nil:
		return broken
	case broken == nil && collected.Frames() == 1:
		return usagef("%s has one frame, expected several: each is a draw of every chain", in.name)
	}
	report, err := diagnosis.Diagnose(collected.Draws())
	if err != nil {
		return err
	}
	say(cmd.ErrOrStderr(), "%s: %s", in.name, report.Gathered.Text(report.Chains))
	if err := d.print(cmd.OutOrStdout(), report, name); err != nil {
		return err
	}
	return cmp.Or(broken, speaksAgainst(report))
}

// speaksAgainst is an error where something is found.
func speaksAgainst(r *diagnosis.Report) error {
	if n := len(r.Findings); n > 0 {
		return fmt.Errorf("%s against this sampler", speaks(n))
	}
	return nil
}

// speaks says how many findings there are.
func speaks(n int) string {
	if n == 1 {
		return "1 finding speaks"
	}
	return fmt.Sprintf("%d findings speak", n)
}

// read reads the draws: all columns, or those that are named; with a target its two coordinates.
func (d *diagnose) read(files []string) (*draws.Table, error) {
	of := d.flow.points.selection
	o := draws.Options{Weights: of.Weights}
	d.roles.into(&o)
	if of.Columns != "" {
		o.Columns = draws.SplitColumns(of.Columns)
	}
	o.All = o.Columns == nil && !d.flow.targeted()
	if of.Axes != "" {
		axes, err := draws.ParseAxes(of.Axes)
		if err != nil {
			return nil, fmt.Errorf("--axes: %w", err)
		}
		o.Axes = axes
	}
	if d.flow.targeted() && o.Columns != nil && len(o.Columns) != 2 {
		return nil, fmt.Errorf("--columns names %s, expected two with a target", counted(len(o.Columns), "column"))
	}
	return draws.Read(files, o)
}

// maxMultiplicity bounds the number of draws that weights stand for.
const maxMultiplicity = 50_000_000

// rowsOf are the rows of a table, whatever their weights.
func rowsOf(t *draws.Table) diagnosis.Draws {
	lengths := t.ChainLengths()
	if lengths == nil {
		lengths = []int{t.Rows()}
	}
	return diagnosis.Draws{Names: t.Names, Columns: t.Columns, Lengths: lengths, LogDensity: t.LogDensity, Divergent: t.Divergent, Energy: t.Energy}
}

// drawsOf are the draws of a table. Whole weights are the numbers of draws at one place.
func drawsOf(t *draws.Table) (diagnosis.Draws, error) {
	d := rowsOf(t)
	if t.Weight == nil || equal(t.Weight) && !repeats(t.Weight) {
		return d, nil
	}
	times, all := make([]int, len(t.Weight)), 0.0
	for i, w := range t.Weight {
		if all += w; w != math.Trunc(w) || all > maxMultiplicity {
			return d, fmt.Errorf("the weight of draw %d is %g, expected whole numbers, of how often a chain stays, up to %d in all; --weights none takes all draws alike", i+1, w, maxMultiplicity)
		}
		times[i] = int(w)
	}
	row := 0
	for c, n := range d.Lengths {
		d.Lengths[c] = sumOf(times[row : row+n])
		row += n
	}
	for k, column := range d.Columns {
		d.Columns[k] = repeated(column, times)
	}
	d.LogDensity, d.Energy, d.Divergent = repeated(d.LogDensity, times), repeated(d.Energy, times), repeated(d.Divergent, times)
	return d, nil
}

// repeats reports whether weights, nil for equal ones, can be numbers of draws at one place.
func repeats(weights []float64) bool {
	all := 0.0
	for _, w := range weights {
		if all += w; w != math.Trunc(w) || all > sim.MaxParticles {
			return false
		}
	}
	return true
}

// equal reports whether all weights are equal, which then say nothing.
func equal(weights []float64) bool { return slices.Min(weights) == slices.Max(weights) }

func sumOf(list []int) (all int) {
	for _, n := range list {
		all += n
	}
	return all
}

// repeated has every value of a column as often as times says; nil stays nil.
func repeated[T any](column []T, times []int) (list []T) {
	for i, v := range column {
		for range times[i] {
			list = append(list, v)
		}
	}
	return list
}

// regionsOf are the regions of a scenario with those of the draws, and the log-density of the target where
// the draws have none.
func (d *diagnose) regionsOf(s scenarios.Scenario, sample *diagnosis.Draws) (*diagnosis.Target, error) {
	on, err := d.onGrid(s)
	if err != nil {
		return nil, err
	}
	x, y := sample.Columns[0], sample.Columns[1]
	if sample.LogDensity == nil && d.roles.logDensity != draws.None {
		sample.LogDensity = diagnosis.LogDensities(s.Target, x, y)
	}
	return diagnosis.Against(on, x, y), nil
}

// onGrid is the target on a grid, which has its regions.
func (d *diagnose) onGrid(s scenarios.Scenario) (*target.OnGrid, error) {
	on, err := session.SharpTarget(s)
	if err != nil {
		return nil, usage(d.flow.blame(err))
	}
	return on, nil
}

// print prints the report.
func (d *diagnose) print(out io.Writer, r *diagnosis.Report, scenario string) error {
	if d.asJSON {
		return printJSON(out, newDiagnosisLine(r, scenario))
	}
	return printDiagnosis(out, r, scenario)
}
