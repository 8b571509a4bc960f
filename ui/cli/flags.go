package cli

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/data"
	"undercurrent/sim"
	"undercurrent/sim/target"
	"undercurrent/ui/session"
)

// opening is the scenario that a bare start shows.
const opening = "uneven-ring"

// flowFlags are the flags that choose a flow, shared by every command that runs one.
type flowFlags struct {
	scenario   string
	own        map[string]*string // of data.Sources, by their flags
	kernel     float64
	start      string
	startName  string
	window     window
	motion     motionFlags
	particles  int
	seed       uint64
	time       string
	dt         float64
	smoothing  string
	functional string
	tau, soft  float64

	set *pflag.FlagSet
}

func (f *flowFlags) bind(cmd *cobra.Command) {
	f.bindDrift(cmd)
	f.set.IntVar(&f.particles, "particles", 0, "number of particles (default: the scenario's)")
	f.set.StringVar(&f.time, "time", "unit", "time rule: unit (equal effort) or physical (fixed dt)")
	f.set.Float64Var(&f.dt, "dt", 0.01, "length of a step under --time physical")
	f.bindFunctional(cmd)
	complete(cmd, "time", []string{"unit", "physical"})
}

// noFlags are the flags of a flow where none was given.
func noFlags() *flowFlags {
	f := &flowFlags{}
	f.bind(&cobra.Command{})
	return f
}

// bindFunctional binds what coverage is measured by.
func (f *flowFlags) bindFunctional(cmd *cobra.Command) {
	f.set.StringVar(&f.functional, "functional", "under-coverage", "how coverage is measured: under-coverage (soft, by more than a factor τ) or deficit")
	f.set.Float64Var(&f.tau, "tau", 1, "threshold τ of the soft under-coverage, positive")
	f.set.Float64Var(&f.soft, "softness", 1, "softness s of the functional, positive")
	complete(cmd, "functional", divergences.FunctionalIDs())
}

// bindDrift binds what chooses a target, a start and a drift, whatever is moved by it.
func (f *flowFlags) bindDrift(cmd *cobra.Command) {
	f.bindTarget(cmd)
	f.bindStart(cmd)
	f.bindLaw(cmd)
	f.set.Uint64Var(&f.seed, "seed", 1, "seed of all that is random")
}

// bindLaw binds what chooses a drift, and how densities are estimated.
func (f *flowFlags) bindLaw(cmd *cobra.Command) {
	f.time, f.dt = "unit", 0.01
	f.motion.bind(cmd)
	f.set.StringVar(&f.smoothing, "smoothing", "matched", "compare with the smoothed target (matched) or the target itself (sharp)")
	complete(cmd, "smoothing", []string{"matched", "sharp"})
}

// bindTarget binds what chooses a target.
func (f *flowFlags) bindTarget(cmd *cobra.Command) {
	f.set = cmd.Flags()
	f.set.SortFlags = false
	f.set.StringVar(&f.scenario, "scenario", opening, "target, initial cloud and window: an id of the catalogue or a scenario file (.yaml)")
	f.own = map[string]*string{}
	for _, source := range data.Sources() {
		f.own[source.Flag] = f.set.String(source.Flag, "", source.Help)
		switch {
		case !source.File:
			complete(cmd, source.Flag, nil)
		case source.Endings != nil:
			completeFiles(cmd, source.Flag, source.Endings)
		}
		if source.Kernel {
			f.set.Float64Var(&f.kernel, "kernel", 0, fmt.Sprintf("with --%s, the kernel's standard deviation (default: by Scott's rule)", source.Flag))
		}
	}
	f.set.Var(&f.window, "window", "window of a formula, an array without coordinates or a picture: xmin,xmax,ymin,ymax")
	complete(cmd, "scenario", catalogue.IDs())
}

// bindStart binds what chooses an initial cloud.
func (f *flowFlags) bindStart(cmd *cobra.Command) {
	f.set.StringVar(&f.startName, "start", "", "initial cloud in place of the scenario's: story (its own), narrow, broad, one-mode, ring or uniform")
	complete(cmd, "start", scenarios.Scenario{}.StartNames())
	f.set.StringVar(&f.start, "start-samples", "", "initial cloud as points, .npy, .npz, .csv or .txt, in place of the scenario's; --particles takes the first of them, or all again from the first")
	completeFiles(cmd, "start-samples", data.ArrayEndings())
}

func complete(cmd *cobra.Command, flag string, names []string) {
	// The error says that the flag does not exist, which bind has just made.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
}

// completeFiles offers the files with one of the endings.
func completeFiles(cmd *cobra.Command, flag string, endings []string) {
	bare := make([]string, len(endings))
	for k, e := range endings {
		bare[k] = strings.TrimPrefix(e, ".")
	}
	_ = cmd.MarkFlagFilename(flag, bare...) // as above
}

// resolve turns the flags into a scenario and settings. Every error is one of usage.
func (f *flowFlags) resolve() (scenarios.Scenario, sim.Settings, error) {
	s, err := f.resolveScenario()
	if err != nil {
		return s, sim.Settings{}, err
	}
	settings, err := f.settingsFor(s)
	return s, settings, err
}

// settingsFor are the settings of a scenario, by the flags and by what its file says.
func (f *flowFlags) settingsFor(s scenarios.Scenario) (sim.Settings, error) {
	m, err := f.motion.resolve(s)
	if err != nil {
		return sim.Settings{}, err
	}
	settings := sim.DefaultSettings(s, m.Drift)
	settings.Seed, settings.DT, settings.Velocity = f.seed, f.dt, m.Velocity
	if f.set.Changed("particles") {
		settings.Particles = f.particles
	}
	if f.set.Changed("bandwidth") || m.Bandwidth != 0 {
		settings.Bandwidth = m.Bandwidth
	}
	if settings.Time, err = choose("--time", f.time, sim.UnitEffort, sim.Physical); err != nil {
		return settings, err
	}
	if settings.Smoothing, err = choose("--smoothing", f.smoothing, target.Matched, target.Sharp); err != nil {
		return settings, err
	}
	return settings, usage(settings.Validate())
}

func (f *flowFlags) resolveScenario() (scenarios.Scenario, error) {
	s, err := f.resolveTarget()
	switch {
	case err != nil:
		return s, err
	case f.start != "" && f.startName != "":
		return s, usagef("--start %s beside --start-samples, expected one of them", f.startName)
	case f.startName != "":
		s, err = s.WithStart(f.startName)
		return s, named("--start", err)
	case f.start == "":
		return s, nil
	}
	s.StartFile = f.start
	s.Start, s.Particles, err = data.NewStart(f.start, filesBeside(""))
	return s, named("--start-samples", err)
}

// ownTargets are the flags that bring a target along.
func ownTargets() (flags []string) {
	for _, source := range data.Sources() {
		flags = append(flags, source.Flag)
	}
	return flags
}

// resolveTarget is the scenario with its own initial cloud.
func (f *flowFlags) resolveTarget() (scenarios.Scenario, error) {
	for _, source := range data.Sources() {
		if source.Kernel && f.set.Changed("kernel") && !f.set.Changed(source.Flag) {
			return scenarios.Scenario{}, usagef("--kernel %g without --%s, expected both", f.kernel, source.Flag)
		}
	}
	if own := f.changed(ownTargets()...); len(own) > 0 || f.set.Changed("window") {
		return f.resolveOwn(own)
	}
	if isScenarioFile(f.scenario) {
		return readScenario(f.scenario)
	}
	s, err := catalogue.Named(f.scenario)
	if err != nil {
		return s, usagef("%w, expected %s (see undercurrent list scenarios)", err, nearest(f.scenario, catalogue.IDs()))
	}
	return s, nil
}

// changed are those of the flags that were given.
func (f *flowFlags) changed(names ...string) (given []string) {
	for _, n := range names {
		if f.set.Changed(n) {
			given = append(given, "--"+n)
		}
	}
	return given
}

// resolveOwn is the scenario of a formula, an array or a picture.
func (f *flowFlags) resolveOwn(own []string) (s scenarios.Scenario, err error) {
	switch {
	case f.set.Changed("scenario") && len(own) == 0:
		return s, usagef("--window beside --scenario %s, which has a window of its own, expected it beside a formula, an array, points or a picture", f.scenario)
	case f.set.Changed("scenario"):
		return s, usagef("--scenario %s beside %s, expected one of them", f.scenario, own[0])
	case len(own) == 0:
		return s, usagef("--window has no target beside it, expected one of --%s", strings.Join(ownTargets(), ", --"))
	case len(own) > 1:
		return s, usagef("%s beside %s, expected one of them", own[0], own[1])
	}
	s, err = f.resolveSource(strings.TrimPrefix(own[0], "--"))
	return s, named(own[0], err)
}

// resolveSource is the scenario of the source with a flag.
func (f *flowFlags) resolveSource(flag string) (s scenarios.Scenario, err error) {
	all := data.Sources()
	source := all[slices.IndexFunc(all, func(s data.Source) bool { return s.Flag == flag })]
	var w scenarios.Window
	switch {
	case f.set.Changed("window"):
		if w, err = f.ownWindow(); err != nil {
			return s, err
		}
	case source.NeedsWindow:
		return s, usagef("a formula has no window of its own, expected --window=xmin,xmax,ymin,ymax beside it")
	}
	return data.NewScenario(scenarios.Origin{Source: source.Key, Text: *f.own[flag], Kernel: f.kernel}, w, filesBeside(""))
}

// ownWindow is --window.
func (f *flowFlags) ownWindow() (scenarios.Window, error) {
	w := f.window
	if len(w) != 4 || !(w[0] < w[1] && w[2] < w[3]) || math.IsInf(w[1]-w[0], 0) || math.IsInf(w[3]-w[2], 0) {
		return scenarios.Window{}, usagef("--window is %s, expected xmin,xmax,ymin,ymax with xmin below xmax and ymin below ymax", w)
	}
	return scenarios.Window{XMin: w[0], XMax: w[1], YMin: w[2], YMax: w[3]}, nil
}

// blame has an error say which flag or file the target came from, where it is the
// target that is wrong. All others are left alone.
func (f *flowFlags) blame(err error) error {
	var density *target.DensityError
	if !errors.As(err, &density) {
		return err
	}
	if own := f.changed(ownTargets()...); len(own) == 1 {
		return named(own[0], err)
	}
	if isScenarioFile(f.scenario) {
		return named(f.scenario, err)
	}
	return usage(err)
}

// named is an error of usage that says which flag or file it is of.
func named(flag string, err error) error {
	if err == nil {
		return nil
	}
	return usagef("%s: %w", flag, err)
}

// resolveFunctional is how coverage is measured.
func (f *flowFlags) resolveFunctional() (session.Functional, error) {
	u, err := session.NewFunctional(f.functional, f.tau, f.soft)
	var unknown divergences.UnknownFunctionalError
	if errors.As(err, &unknown) {
		return u, usagef("%w, expected %s", err, nearest(f.functional, divergences.FunctionalIDs()))
	}
	return u, usage(err)
}

// tellPlaces says on standard error where the particles are not as many as the points
// that they begin at.
func tellPlaces(words io.Writer, s scenarios.Scenario, n int) {
	places, ok := s.Start.Sampler.(*scenarios.FixedPoints)
	if !ok {
		return
	}
	if text := places.Mismatch(n); text != "" {
		fmt.Fprintf(words, "undercurrent: %s\n", text)
	}
}

// choose is the value whose name was typed.
func choose[T fmt.Stringer](flag, typed string, values ...T) (T, error) {
	var names []string
	for _, v := range values {
		names = append(names, v.String())
	}
	if i := slices.Index(names, typed); i >= 0 {
		return values[i], nil
	}
	return values[0], usagef("%s is %q, expected %s", flag, typed, nearest(typed, names))
}

// positive refuses a flag that is not a positive whole number.
func positive(flag string, value int) error {
	if value < 1 || value > math.MaxInt32 {
		return usagef("%s is %d, expected a whole number from 1 to %d", flag, value, math.MaxInt32)
	}
	return nil
}
