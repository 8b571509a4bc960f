package cli

import (
	"math"
	"slices"
	"strings"

	"undercurrent/internal/suggest"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/data"
)

func (f *flowFlags) resolveScenario() (scenarios.Scenario, error) {
	s, err := f.resolveTarget()
	switch {
	case err != nil:
		return s, err
	case f.start != "" && f.startName != "":
		return s, exclusive("--start "+f.startName, "--start-samples "+f.start)
	case f.startName != "":
		s, err = s.WithStart(f.startName)
		return s, named("--start", err)
	case f.start == "":
		return s, nil
	}
	s.StartFile, s.StartSelection = f.start, f.points.selection
	s.Particles, err = data.StartFrom(&s, f.start, f.points.selection, filesIn(""))
	return s, named("--start-samples", err)
}

// sourceFlags are the flags of data.Sources.
func sourceFlags() (flags []string) {
	for _, source := range data.Sources() {
		flags = append(flags, source.Flag)
	}
	return flags
}

// resolveTarget is the scenario with its default initial cloud.
func (f *flowFlags) resolveTarget() (scenarios.Scenario, error) {
	s, err := f.resolveDensity()
	if err != nil || !f.set.Changed("regions") {
		return s, err
	}
	if !slices.Contains(scenarios.Divisions(), f.regions) {
		return s, usagef("--regions is %q, expected %s", f.regions, suggest.Nearest(f.regions, scenarios.Divisions()))
	}
	s, err = s.WithDivision(f.regions)
	return s, named("--regions", err)
}

// resolveDensity is the scenario with its own regions.
func (f *flowFlags) resolveDensity() (scenarios.Scenario, error) {
	for _, source := range data.Sources() {
		if source.Kernel && f.set.Changed("kernel") && !f.set.Changed(source.Flag) {
			return scenarios.Scenario{}, usagef("--kernel %g without --%s, expected both", f.kernel, source.Flag)
		}
	}
	if err := f.points.check(); err != nil {
		return scenarios.Scenario{}, err
	}
	if given := f.changed(sourceFlags()...); len(given) > 0 || f.set.Changed("window") {
		return f.resolveSources(given)
	}
	if f.ownTarget != nil && !f.targeted() {
		return f.ownTarget()
	}
	if isScenarioFile(f.scenario) {
		return readScenario(f.scenario)
	}
	s, err := catalogue.Named(f.scenario)
	if err != nil {
		return s, usagef("%w, expected %s (see %s list scenarios)", err, suggest.Nearest(f.scenario, catalogue.IDs()), invocation())
	}
	return s, nil
}

// targeted reports whether a target is given.
func (f *flowFlags) targeted() bool {
	return len(f.changed(append(sourceFlags(), "scenario", "window")...)) > 0
}

// noDefaultScenario makes the help say what is the target where none is given.
func (f *flowFlags) noDefaultScenario(otherwise string) {
	flag := f.set.Lookup("scenario")
	flag.DefValue, flag.Usage = "", flag.Usage+" (default: "+otherwise+")"
}

// resolveSources is the scenario of a formula, an array, points or a picture: of the one
// flag that must be given.
func (f *flowFlags) resolveSources(given []string) (s scenarios.Scenario, err error) {
	switch {
	case f.set.Changed("scenario") && len(given) == 0:
		return s, usagef("--window and --scenario %s given, expected --window only with a formula, an array, points or a picture", f.scenario)
	case f.set.Changed("scenario"):
		return s, exclusive("--scenario "+f.scenario, given[0])
	case len(given) == 0:
		return s, usagef("--window without a target, expected one of --%s", strings.Join(sourceFlags(), ", --"))
	case len(given) > 1:
		return s, exclusive(given[0], given[1])
	}
	s, err = f.resolveSource(strings.TrimPrefix(given[0], "--"))
	return s, named(given[0], err)
}

// resolveSource is the scenario of the source with a flag.
func (f *flowFlags) resolveSource(flag string) (s scenarios.Scenario, err error) {
	all := data.Sources()
	source := all[slices.IndexFunc(all, func(s data.Source) bool { return s.Flag == flag })]
	var w scenarios.Window
	switch {
	case f.set.Changed("window"):
		if w, err = f.resolveWindow(); err != nil {
			return s, err
		}
	case source.NeedsWindow:
		return s, usagef("a formula has no window, expected --window=xmin,xmax,ymin,ymax with it")
	}
	return data.NewScenario(f.originOfSource(source), w, filesIn(""))
}

// resolveWindow is --window.
func (f *flowFlags) resolveWindow() (scenarios.Window, error) {
	w := f.window
	if len(w) != 4 || !(w[0] < w[1] && w[2] < w[3]) || math.IsInf(w[1]-w[0], 0) || math.IsInf(w[3]-w[2], 0) {
		return scenarios.Window{}, usagef("--window is %s, expected xmin,xmax,ymin,ymax with xmin below xmax and ymin below ymax", w)
	}
	return scenarios.Window{XMin: w[0], XMax: w[1], YMin: w[2], YMax: w[3]}, nil
}
