package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"undercurrent/divergences"
	"undercurrent/internal/suggest"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/target"
	"undercurrent/ui/output"
	"undercurrent/ui/paint"
)

const (
	// massAim is the value of --functional for the mass of a region.
	massAim = "mass"
	// everyRegion is the value of --region for all together.
	everyRegion = "all"
)

// design is the command that says which divergence is best for a region.
type design struct {
	flow   flowFlags
	region string
	around string
	steps  int
	asJSON bool
	out    string
}

func newDesign() *design { return &design{} }

func (d *design) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "design",
		Short: "Rank divergences for a region, and find the best weight",
		Long: "Run a flow without a screen, then rank the f-divergences by their efficiency: how fast each brings the mass of a region to its target mass, " +
			"or lowers its under-coverage, in % of the best weight w(r) at the same kinetic energy. --out writes that weight, which run --weight-file takes.",
		Example: "undercurrent design --region 1 --steps 20\n" +
			"undercurrent design --region all --functional under-coverage --json\n" +
			"undercurrent design --region 3 --out best.txt\n" +
			"undercurrent design --around 1.5,-2",
		Args: noArguments,
	}
	d.flow.bind(cmd)
	set := cmd.Flags()
	functional := set.Lookup("functional")
	d.flow.functional, functional.DefValue = "", ""
	functional.Usage = "what is to improve: mass of the region, under-coverage or deficit (default: mass, of all regions under-coverage)"
	set.StringVar(&d.region, "region", everyRegion, "region by its number or name, or all")
	set.StringVar(&d.around, "around", "", "surroundings of a point in place of a region: X,Y or X,Y,RADIUS (without a radius two bandwidths)")
	targetFlags.take(set)
	set.IntVar(&d.steps, "steps", 20, "number of steps before")
	runFlags.take(set)
	set.BoolVar(&d.asJSON, "json", false, "print one JSON object")
	set.StringVar(&d.out, "out", "", "file for the best weight: log r and w in two columns")
	outputFlags.take(set)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return d.execute(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
	}
	return cmd
}

func (d *design) execute(ctx context.Context, out, stderr io.Writer) error {
	if d.steps < 0 || d.steps > math.MaxInt32 {
		return usagef("--steps is %d, expected a whole number from 0 to %d", d.steps, math.MaxInt32)
	}
	scenario, settings, err := d.flow.resolve()
	if err != nil {
		return err
	}
	flow, err := sim.New(scenario, settings)
	if err != nil {
		return usage(d.flow.blame(err))
	}
	aim, err := d.aim(flow)
	if err != nil {
		return err
	}
	var file *output.File
	if d.out != "" {
		if file, err = output.Create(d.out); err != nil {
			return usagef("--out %w", err)
		}
		defer file.Abandon()
	}
	notePoints(stderr, scenario, settings.Particles)
	warnTarget(stderr, flow)
	if err := takeSteps(ctx, flow, d.steps, stderr); err != nil {
		return err
	}
	c, err := d.flow.motion.catalogue()
	if err != nil {
		return err
	}
	result, err := flow.Design(aim, c)
	if none := (sim.NoDesignError{}); errors.As(err, &none) {
		return usage(err)
	} else if err != nil {
		return err
	}
	if file != nil {
		if err := writeWeight(file, result.Nodes); err != nil {
			return err
		}
	}
	return d.print(out, flow, result)
}

// takeSteps takes steps without reports.
func takeSteps(ctx context.Context, flow *sim.Flow, steps int, stderr io.Writer) error {
	bar := newProgress(stderr, steps, "step")
	defer bar.clear()
	for step := 1; step <= steps; step++ {
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted at step %d of %d", step-1, steps)
		}
		flow.Step()
		bar.show(step)
	}
	return nil
}

// aim is what the flags ask to improve.
func (d *design) aim(flow *sim.Flow) (a sim.Aim, err error) {
	if a.Region, err = regionNamed(d.region, flow.Target().Regions.List); err != nil {
		return a, err
	}
	if a.Around, err = d.disc(flow.Settings().Bandwidth); err != nil {
		return a, err
	}
	id, all := d.flow.functional, a.Region == sim.AllRegions && d.around == ""
	switch {
	case id == massAim && all:
		return a, usagef("--functional mass with --region all, expected one region: the mass of all never changes")
	case id == massAim, id == "" && !all:
		return a, nil
	case id == "":
		d.flow.functional = divergences.FunctionalIDs()[0]
	}
	u, err := d.flow.resolveFunctional()
	var unknown divergences.UnknownFunctionalError
	if errors.As(err, &unknown) {
		return a, usagef("--functional is %q, expected %s", id, suggest.Nearest(id, append([]string{massAim}, divergences.FunctionalIDs()...)))
	}
	if err == nil {
		a.Functional = u.Measure()
	}
	return a, err
}

// disc is --around, none without it.
func (d *design) disc(bandwidth float64) (disc sim.Disc, err error) {
	if d.around == "" {
		return disc, nil
	}
	if d.region != everyRegion {
		return disc, usagef("--around with --region %s, expected one of them", d.region)
	}
	numbers := []float64{0, 0, sim.SurroundingsRadius * bandwidth}
	fields := strings.Split(d.around, ",")
	for k, field := range fields {
		v, err := strconv.ParseFloat(strings.TrimSpace(field), 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || len(fields) < 2 || k == len(numbers) || k == 2 && !(v > 0) {
			return disc, usagef("--around is %q, expected X,Y or X,Y,RADIUS with a radius above 0", d.around)
		}
		numbers[k] = v
	}
	return sim.Disc{Centre: scenarios.Point{X: numbers[0], Y: numbers[1]}, Radius: numbers[2]}, nil
}

// regionNamed is the index of the region with a number or a name.
func regionNamed(text string, regions []target.Region) (int, error) {
	if text == everyRegion {
		return sim.AllRegions, nil
	}
	names := []string{everyRegion}
	for k, r := range regions {
		if text == strconv.Itoa(r.ID) || r.Name != "" && strings.EqualFold(text, r.Name) {
			return k, nil
		}
		if r.Name != "" {
			names = append(names, r.Name)
		}
	}
	if _, err := strconv.Atoi(text); err == nil || len(names) == 1 {
		return 0, usagef("--region is %q, expected a number from 1 to %d, or all", text, len(regions))
	}
	return 0, usagef("--region is %q, expected a number from 1 to %d, or a name such as %s", text, len(regions), suggest.Nearest(text, names))
}

// print prints a design.
func (d *design) print(out io.Writer, flow *sim.Flow, result sim.Design) error {
	if d.asJSON {
		return printJSON(out, newDesignLine(flow, d.quantity(), result))
	}
	regions := flow.Target().Regions.List
	of := "all regions"
	if result.Aim.Around.Radius > 0 {
		of = result.Aim.Around.String()
	} else if k := result.Aim.Region; k != sim.AllRegions {
		of = "region " + label(regions[k])
	}
	heading := fmt.Sprintf("%s after step %d\n\n", result.Purpose(of), flow.Progress().Step)
	if _, err := io.WriteString(visible{out}, heading); err != nil {
		return err
	}
	if err := printEfficiencies(out, result, flow.Settings().Label()); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out); err != nil {
		return err
	}
	if err := printBins(out, result); err != nil {
		return err
	}
	_, err := fmt.Fprint(out, "\nη: response squared, in % of that of the best weight at the same kinetic energy E‖V‖²\n"+
		"response: per unit of time at E‖V‖² = 1; by bins: error of √η from bins of log r\n"+
		"next step: "+stepNote(result.Aim)+", within the limits of a step\n"+
		"best weight: where 0.1 % of the particles or more are; all bins are in --json\n")
	return err
}

// quantity names what is to improve.
func (d *design) quantity() string {
	if d.flow.functional == "" {
		return massAim
	}
	return d.flow.functional
}

// stepNote says what the change in a step is.
func stepNote(a sim.Aim) string {
	if a.Functional == nil {
		return "change under it, in % of all mass"
	}
	return "change under it, as expected of infinitely many particles"
}

// printEfficiencies prints the divergences by η, with the best weight as it is and as a table, and the current drift with its
// name.
func printEfficiencies(out io.Writer, d sim.Design, current string) error {
	t := newTable("divergence", "η", "response", "by bins", "next step")
	row := func(name string, e sim.Efficiency) {
		if math.IsNaN(e.Value) {
			t.Row(name, "–", "–", "–", "–")
			return
		}
		t.Row(name, percent(e.Value), paint.Digits(e.AtUnitEnergy(), 3), fmt.Sprintf("%+.1f%%", 100*e.BinLoss), stepChange(d.Aim, e.Change))
	}
	row("best weight w*", d.Best())
	row("best weight, tabulated", d.Tabulated)
	for _, e := range d.Divergences {
		row(e.Drift.Label(), e)
	}
	row("current: "+current, d.Current)
	return printTable(out, t)
}

// stepChange is the change in the next step, of a mass in % of all mass.
func stepChange(a sim.Aim, change float64) string {
	switch {
	case math.IsNaN(change):
		return "–"
	case a.Functional == nil:
		return paint.SignedDigits(100*change, 2) + "%"
	}
	return paint.SignedDigits(change, 2)
}

// fewInBin is the share of the particles below which the table leaves a bin out.
const fewInBin = 0.001

// printBins prints the best weight by bins of log r.
func printBins(out io.Writer, d sim.Design) error {
	t := newTable("log r", "particles", "best weight")
	for _, b := range d.Bins {
		if b.Mass < fewInBin {
			continue
		}
		t.Row(fmt.Sprintf("%5.1f to %4.1f", b.Lo, b.Hi), percent(b.Mass), fmt.Sprintf("%.3g", b.Weight))
	}
	return printTable(out, t)
}
