package app

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/ui/engine"
	"undercurrent/ui/paint"
)

// command is one line of the palette.
type command struct {
	name, argument, help string
	// values are those that complete the argument, nil where it is free.
	values func() []string
	run    runFunc
}

// runFunc carries a command out with its argument, or says in one sentence what is wrong
// with that. Where it has to read a file first, reading does, and brings an opened.
type runFunc func(argument string) (reading tea.Cmd, err error)

// commands are all that the palette knows. Each changes what it names, on the state there
// is when it is carried out.
func (a *App) commands() []command {
	l := &a.link
	return []command{
		{"scenario", "ID|FILE", "open a target of the list or a scenario file (.yaml)", a.scenarioNames, a.openScenario},
		{"start", "NAME", "restart from another cloud, such as narrow or uniform", fixed(starts()), startFrom(l)},
		{"divergence", "ID[:PARAMETER]", "drive the flow by it, such as alpha:0.5 or lv:target", a.divergenceNames, a.takeDivergence},
		{"reference", "NAME", "density ρ of lv and lv-surrogate", fixed(divergences.References()), name(l, (*engine.Driver).SetReference)},
		{"alpha", "NUMBER", "the alpha family at this α", nil, real(l, (*engine.Driver).SetAlpha)},
		{"z", "NUMBER", "have the drift take Z so many times too large", nil, real(l, (*engine.Driver).SetZFactor)},
		{"edit", "EDIT", "change by hand, such as move:3:4.5:1.2 or add:1:2:0.7", nil, byHand(l)},
		{"particles", "NUMBER", "restart with so many", nil, whole(l, (*engine.Driver).SetParticles)},
		{"bandwidth", "NUMBER", "standard deviation h of the kernel", nil, real(l, (*engine.Driver).SetBandwidth)},
		{"seed", "NUMBER", "restart with another seed", nil, whole(l, func(d *engine.Driver, n int) { d.SetSeed(uint64(n)) })},
		{"speed", "NUMBER", "steps a frame", nil, whole(l, (*engine.Driver).SetSpeed)},
		{"step", "NUMBER", "go to a step on the tape", nil, whole(l, (*engine.Driver).Seek)},
		{"theme", "NAME", "colours of everything", fixed(paint.Themes()), a.tryLook(func(l *paint.Look, name string) { l.Theme = name })},
		{"palette", "NAME", "colours of densities", fixed(paint.Palettes()), a.tryLook(func(l *paint.Look, name string) { l.Palette = name })},
		{"functional", "NAME", "how coverage is measured", fixed(divergences.FunctionalIDs()), measureBy(l)},
		{"tau", "NUMBER", "threshold τ of the under-coverage", nil, real(l, (*engine.Driver).SetTau)},
		{"softness", "NUMBER", "softness s of the functional", nil, real(l, (*engine.Driver).SetSoftness)},
	}
}

func fixed(values []string) func() []string { return func() []string { return values } }

// name is a command with a name for its argument.
func name(l *link, set func(*engine.Driver, string)) runFunc {
	return func(name string) (tea.Cmd, error) {
		l.must(func(d *engine.Driver) { set(d, name) })
		return nil, nil
	}
}

// real is a command with a number for its argument.
func real(l *link, set func(*engine.Driver, float64)) runFunc {
	return func(text string) (tea.Cmd, error) {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, fmt.Errorf("%q, expected a number", text)
		}
		l.must(func(d *engine.Driver) { set(d, v) })
		return nil, nil
	}
}

// whole is a command with a whole number for its argument.
func whole(l *link, set func(*engine.Driver, int)) runFunc {
	return func(text string) (tea.Cmd, error) {
		v, err := strconv.Atoi(text)
		if err != nil || v < 0 {
			return nil, fmt.Errorf("%q, expected a whole number", text)
		}
		l.must(func(d *engine.Driver) { set(d, v) })
		return nil, nil
	}
}

// starts are the names of the initial clouds.
func starts() []string { return scenarios.Scenario{}.StartNames() }

func startFrom(l *link) runFunc {
	return func(text string) (tea.Cmd, error) {
		if !slices.Contains(starts(), text) {
			return nil, fmt.Errorf("unknown start %q, expected one of %s", text, strings.Join(starts(), ", "))
		}
		return name(l, (*engine.Driver).StartFrom)(text)
	}
}

func measureBy(l *link) runFunc {
	return func(id string) (tea.Cmd, error) {
		if ids := divergences.FunctionalIDs(); !slices.Contains(ids, id) {
			return nil, fmt.Errorf("functional %q, expected %s", id, strings.Join(ids, " or "))
		}
		return name(l, (*engine.Driver).SetFunctional)(id)
	}
}

// byHand changes the target or the cloud.
func byHand(l *link) runFunc {
	return func(text string) (tea.Cmd, error) {
		e, err := scenarios.ParseEdit(text)
		if err == nil {
			l.must(func(d *engine.Driver) { d.Edit(e) })
		}
		return nil, err
	}
}

// tryLook changes the look by a name.
func (a *App) tryLook(change func(l *paint.Look, name string)) runFunc {
	return func(name string) (tea.Cmd, error) {
		text, err := a.look.try(func(l *paint.Look) { change(l, name) })
		if err == nil {
			a.messages.say(text)
		}
		return nil, err
	}
}

func (a *App) divergenceNames() []string { return a.frame.Choice.IDs() }

func (a *App) takeDivergence(text string) (tea.Cmd, error) {
	rule, err := engine.ParseRule(text)
	if err != nil {
		return nil, err
	}
	if ids := a.divergenceNames(); !slices.Contains(ids, rule.ID) {
		return nil, fmt.Errorf("unknown divergence %q, expected one of %s", rule.ID, strings.Join(ids, ", "))
	}
	a.link.must(func(d *engine.Driver) { d.TakeRule(rule) })
	return nil, nil
}

func (a *App) scenarioNames() []string { return append(scenarios.IDs(), a.files...) }

func (a *App) openScenario(name string) (tea.Cmd, error) {
	if slices.Contains(scenarios.IDs(), name) {
		a.link.must(func(d *engine.Driver) { d.Open(name) })
		return nil, nil
	}
	if a.options.Open == nil {
		return nil, fmt.Errorf("unknown scenario %q, expected one of %s", name, strings.Join(scenarios.IDs(), ", "))
	}
	return a.options.read(name), nil
}
