package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/divergences"
	"undercurrent/internal/suggest"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/data"
	"undercurrent/sim"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
	"undercurrent/ui/session"
)

// defaultScenario is the scenario without --scenario.
const defaultScenario = "uneven-ring"

// flowFlags are the flags of a flow, shared by every command that has one.
type flowFlags struct {
	scenario   string
	sources    map[string]*string // values of data.Sources, by flag
	kernel     float64
	points     pointsFlags
	start      string
	startName  string
	window     window
	regions    string
	motion     motionFlags
	particles  int
	seed       uint64
	time       string
	dt         float64
	smoothing  string
	functional string
	tau, soft  float64

	// ownTarget is the target of a command that has one where none is given, nil for the default scenario.
	ownTarget func() (scenarios.Scenario, error)

	set *pflag.FlagSet
}

func (f *flowFlags) bind(cmd *cobra.Command) {
	f.bindDrift(cmd)
	f.motion.bindBeyondTransport()
	f.set.IntVar(&f.particles, "particles", 0, "number of particles (default: the scenario's)")
	f.set.StringVar(&f.time, "time", "unit", "step length: unit (mean weight × dt = 0.4 h²; with a reference the weight is |a| + |b| of V = a∇log r + b∇log(ρ/q), under blob 4 K_h * that) or physical (--dt)")
	f.set.Float64Var(&f.dt, "dt", 0.01, "step length with --time physical")
	startFlags.take(f.set, "particles")
	timeFlags.take(f.set)
	f.bindFunctional(cmd)
	complete(cmd, "time", []string{"unit", "physical"})
}

// noFlags are the flags of a flow at their defaults.
func noFlags() *flowFlags {
	f := &flowFlags{}
	f.bind(&cobra.Command{})
	return f
}

// bindFunctional binds the flags of the coverage measure.
func (f *flowFlags) bindFunctional(cmd *cobra.Command) {
	f.set.StringVar(&f.functional, "functional", "under-coverage", "coverage measure: under-coverage (soft, by more than a factor τ) or deficit")
	f.set.Float64Var(&f.tau, "tau", 1, "threshold τ of the soft under-coverage, positive")
	f.set.Float64Var(&f.soft, "softness", 1, "softness s of the coverage measure, positive")
	coverageFlags.take(f.set)
	complete(cmd, "functional", divergences.FunctionalIDs())
}

// bindDrift binds the flags of a target, an initial cloud, a drift and the seed.
func (f *flowFlags) bindDrift(cmd *cobra.Command) {
	f.bindTarget(cmd)
	f.bindStart(cmd)
	f.bindMotion(cmd)
	f.set.Uint64Var(&f.seed, "seed", 1, "random seed")
	startFlags.take(f.set)
}

// bindMotion binds the flags of a motion, and how densities are estimated.
func (f *flowFlags) bindMotion(cmd *cobra.Command) {
	f.time, f.dt = "unit", 0.01
	f.motion.bind(cmd)
	f.set.StringVar(&f.smoothing, "smoothing", "matched", "compare particles, smoothed by the kernel, with the target smoothed alike (matched) or not (sharp)")
	densityFlags.take(f.set)
	complete(cmd, "smoothing", []string{"matched", "sharp"})
}

// bindTarget binds the flags of a target.
func (f *flowFlags) bindTarget(cmd *cobra.Command) {
	f.set = cmd.Flags()
	f.set.SortFlags = false
	f.set.StringVar(&f.scenario, "scenario", defaultScenario, "target, initial cloud and window: a built-in scenario or a scenario file (.yaml)")
	f.sources = map[string]*string{}
	for _, source := range data.Sources() {
		f.sources[source.Flag] = f.set.String(source.Flag, "", source.Help)
		switch {
		case !source.File:
			complete(cmd, source.Flag, nil)
		case source.Endings != nil:
			completeFiles(cmd, source.Flag, source.Endings)
		}
		if source.Kernel {
			f.set.Float64Var(&f.kernel, "kernel", 0, fmt.Sprintf("with --%s, the kernel's standard deviation (default: Scott's rule)", source.Flag))
		}
	}
	f.points.bind(cmd)
	f.set.Var(&f.window, "window", "window of a formula, an array without coordinates or a picture: xmin,xmax,ymin,ymax")
	f.set.StringVar(&f.regions, "regions", "", "how the target is divided: auto (basins of attraction, fewer than four into cells of equal mass), basins, or named (default: the scenario's)")
	targetFlags.take(f.set)
	complete(cmd, "scenario", catalogue.IDs())
	complete(cmd, "regions", scenarios.Divisions())
}

// bindStart binds the flags of an initial cloud.
func (f *flowFlags) bindStart(cmd *cobra.Command) {
	f.set.StringVar(&f.startName, "start", "", "initial cloud: default (the scenario's own), narrow, broad, one-mode, ring or uniform")
	complete(cmd, "start", scenarios.Scenario{}.StartNames())
	f.set.StringVar(&f.start, "start-samples", "", "initial cloud from points or draws, as --target-samples, cut or repeated to --particles")
	startFlags.take(f.set)
	completeFiles(cmd, "start-samples", data.PointEndings())
}

// resolve turns the flags into a scenario and settings. Every error is a usageError.
func (f *flowFlags) resolve() (scenarios.Scenario, sim.Settings, error) {
	s, err := f.resolveScenario()
	if err != nil {
		return s, sim.Settings{}, err
	}
	settings, err := f.settingsFor(s)
	return s, settings, err
}

// settingsFor are the settings of a scenario by the flags and its file.
func (f *flowFlags) settingsFor(s scenarios.Scenario) (sim.Settings, error) {
	m, err := f.motion.resolve(s)
	if err != nil {
		return sim.Settings{}, err
	}
	settings := sim.DefaultSettings(s, m.Drift)
	settings.Seed, settings.DT, settings.Velocity, settings.BirthDeath, settings.Coarse, settings.Mover, settings.Adaptive = f.seed, f.dt, m.Velocity, m.BirthDeath, m.Coarse, m.Mover, m.Adaptive
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
	return settings, usage(f.blame(settings.Validate()))
}

// changed are those of the flags that were given, with their dashes.
func (f *flowFlags) changed(names ...string) (given []string) {
	for _, n := range names {
		if f.set.Changed(n) {
			given = append(given, "--"+n)
		}
	}
	return given
}

// exclusive refuses two flags that say the same thing, each with its value. These checks
// stay our own: cobra's MarkFlagsMutuallyExclusive and MarkFlagsRequiredTogether name
// neither the values nor what was expected ("if any flags in the group [a b] are set none
// of the others can be"), and do not see that two flags agree.
func exclusive(a, b string) error { return usagef("%s and %s given, expected one of them", a, b) }

// named is a usageError with the flag or file that it is about.
func named(name string, err error) error {
	if err == nil {
		return nil
	}
	return usagef("%s: %w", name, err)
}

// resolveFunctional is the coverage measure.
func (f *flowFlags) resolveFunctional() (session.Functional, error) {
	u, err := session.NewFunctional(f.functional, f.tau, f.soft)
	var unknown divergences.UnknownFunctionalError
	if errors.As(err, &unknown) {
		return u, usagef("%w, expected %s", err, suggest.Nearest(f.functional, divergences.FunctionalIDs()))
	}
	return u, usage(f.blame(err))
}

// warnTarget says on standard error what is wrong with the target of a flow: mass outside
// the window, features that the grid does not resolve.
func warnTarget(stderr io.Writer, f *sim.Flow) {
	warn(stderr, target.Warnings(f.Scenario(), f.Target(), grid.NewWorkers()))
}

// warnScenario is warnTarget without a flow. Where there is no grid, or the target is no
// density on it, there are errors in place of warnings.
func warnScenario(stderr io.Writer, s scenarios.Scenario, settings sim.Settings) {
	g, err := grid.New(s.Window, settings.Bandwidth, settings.Spacing)
	if err != nil {
		return
	}
	w := grid.NewWorkers()
	if t, err := target.New(s, g, settings.Bandwidth, settings.Smoothing, w); err == nil {
		warn(stderr, target.Warnings(s, t, w))
	}
}

func warn(stderr io.Writer, list []target.Warning) {
	for _, w := range list {
		say(stderr, "warning: %s", w.Text)
	}
}

// choose is the value with the name that was typed.
func choose[T fmt.Stringer](flag, typed string, values ...T) (T, error) {
	var names []string
	for _, v := range values {
		names = append(names, v.String())
	}
	if i := slices.Index(names, typed); i >= 0 {
		return values[i], nil
	}
	return values[0], usagef("%s is %q, expected %s", flag, typed, suggest.Nearest(typed, names))
}

// positive refuses a flag that is not a positive whole number.
func positive(flag string, value int) error {
	if value < 1 || value > math.MaxInt32 {
		return usagef("%s is %d, expected a whole number from 1 to %d", flag, value, math.MaxInt32)
	}
	return nil
}

// scenario appends the flags of a scenario and its initial cloud.
func (w *commandWriter) scenario(s scenarios.Scenario) {
	w.args = append(w.args, origin(s)...)
	if s.File == "" {
		w.selection(cmp.Or(s.Origin.Selection, s.StartSelection))
	} else {
		w.selection(s.StartSelection)
	}
	w.regions(s)
	if s.StartFile != "" {
		w.add("start-samples", s.StartFile)
	}
	if s.StartName != "" {
		w.add("start", s.StartName)
	}
}

// regions appends the flag of how the target is divided.
func (w *commandWriter) regions(s scenarios.Scenario) {
	if s.ChosenDivision != "" {
		w.add("regions", string(s.ChosenDivision))
	}
}

// origin is the flags of a scenario.
func origin(s scenarios.Scenario) []string {
	source, ok := data.SourceOf(s.Origin)
	switch {
	case s.File != "":
		return []string{"--scenario", quoted(s.File)}
	case !ok:
		return []string{"--scenario", quoted(s.ID)}
	}
	args := []string{"--" + source.Flag, quoted(s.Origin.Text)}
	if k := s.Origin.Kernel; k != 0 {
		args = append(args, "--kernel", number(k))
	}
	if w := s.Window; !s.Origin.HasWindow {
		args = append(args, fmt.Sprintf("--window=%s,%s,%s,%s", number(w.XMin), number(w.XMax), number(w.YMin), number(w.YMax)))
	}
	return args
}
