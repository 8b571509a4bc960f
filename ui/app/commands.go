package app

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// command is one line of the palette.
type command struct {
	name, argument, help string
	// values are those that complete the argument, nil where it is free.
	values func() []string
	run    runFunc
}

// runFunc carries a command out with its argument; the error says in one sentence what is
// wrong with that. Where it has to read a file first, reading does, and brings an opened.
type runFunc func(argument string) (reading tea.Cmd, err error)

// commands are those of the palette. Each changes what it names, in the state at the time
// when it is carried out.
func (a *App) commands() []command {
	l := &a.link
	return append(a.parameterCommands(), []command{
		{"scenario", "ID|FILE", "open a built-in scenario or a file", a.scenarioNames, a.openScenario},
		{"start", "NAME", "restart from another initial cloud", fixed(starts()), startFrom(l)},
		{"divergence", "ID[:PARAMETER]", "switch, as to alpha:0.5 or lv:target", a.divergenceNames, a.takeDivergence},
		{"compare", "start|here|before", "compare divergences from there, or with the course before a change", fixed(origins()), a.compareFrom},
		{"z", "NUMBER", "assume Z this many times too large", nil, real(l, func(s *session.Session, v float64) { s.Motion.SetZFactor(v) })},
		{"edit", "EDIT", "edit, such as move:3:4.5:1.2", nil, edits(l)},
		{"particles", "NUMBER", "restart with this number of particles", nil, whole(l, func(s *session.Session, n int) { s.Scene.SetParticles(n) })},
		{"bandwidth", "NUMBER", "standard deviation h of the kernel", nil, real(l, func(s *session.Session, v float64) { s.Motion.SetBandwidth(v) })},
		{"seed", "NUMBER", "restart with this random seed", nil, whole(l, func(d *session.Session, n int) { d.Scene.SetSeed(uint64(n)) })},
		{"speed", "NUMBER", "steps per frame, such as 4 or 0.25", nil, real(l, func(s *session.Session, v float64) { s.Clock.SetSpeed(v) })},
		{"step", "NUMBER", "go to a step of the history", nil, whole(l, func(s *session.Session, n int) { s.Clock.Seek(n) })},
		{"theme", "NAME", "colours of everything", fixed(paint.Themes()), a.tryLook(func(l *paint.Look, name string) { l.Theme = name })},
		{"palette", "NAME", "colours of densities", fixed(paint.Palettes()), a.tryLook(func(l *paint.Look, name string) { l.Palette = name })},
		{"functional", "NAME", "coverage measure", fixed(divergences.FunctionalIDs()), measureBy(l)},
		{"tau", "NUMBER", "threshold τ of the under-coverage", nil, real(l, func(s *session.Session, v float64) { s.Coverage.SetTau(v) })},
		{"softness", "NUMBER", "softness s of the coverage measure", nil, real(l, func(s *session.Session, v float64) { s.Coverage.SetSoftness(v) })},
	}...)
}

// parameterCommands change the parameters of the drifts.
func (a *App) parameterCommands() (list []command) {
	l := &a.link
	for _, p := range divergences.Standard().Parameters() {
		if p.Choices != nil {
			set := func(s *session.Session, name string) { s.Motion.SetParameter(p.Name, divergences.Choice(name)) }
			list = append(list, command{p.Name, "NAME", p.Usage, fixed(p.Choices), name(l, set)})
			continue
		}
		set := func(s *session.Session, v float64) { s.Motion.SetParameter(p.Name, divergences.Number(v)) }
		list = append(list, command{p.Name, "NUMBER", p.Usage, nil, real(l, set)})
	}
	return list
}

func fixed(values []string) func() []string { return func() []string { return values } }

// name is a command with a name for its argument.
func name(l *link, set func(*session.Session, string)) runFunc {
	return func(name string) (tea.Cmd, error) {
		l.must(func(d *session.Session) { set(d, name) })
		return nil, nil
	}
}

// real is a command with a number for its argument.
func real(l *link, set func(*session.Session, float64)) runFunc {
	return func(text string) (tea.Cmd, error) {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, fmt.Errorf("%q, expected a number", text)
		}
		l.must(func(d *session.Session) { set(d, v) })
		return nil, nil
	}
}

// whole is a command with a whole number for its argument.
func whole(l *link, set func(*session.Session, int)) runFunc {
	return func(text string) (tea.Cmd, error) {
		v, err := strconv.Atoi(text)
		if err != nil || v < 0 {
			return nil, fmt.Errorf("%q, expected a whole number", text)
		}
		l.must(func(d *session.Session) { set(d, v) })
		return nil, nil
	}
}

// origins are where a comparison begins, or the course that is added to it.
func origins() []string { return []string{"start", "here", "before"} }

// compareFrom begins a comparison, in place of one that there is, or adds a course to it.
func (a *App) compareFrom(origin string) (tea.Cmd, error) {
	if !slices.Contains(origins(), origin) {
		return nil, fmt.Errorf("%q, expected start, here or before", origin)
	}
	a.compared.single = false
	a.link.must(func(s *session.Session) {
		switch origin {
		case "here":
			s.Comparison.Here()
		case "before":
			s.Comparison.Before()
		default:
			s.Comparison.Start()
		}
	})
	return nil, nil
}

// starts are the names of the initial clouds.
func starts() []string { return scenarios.Scenario{}.StartNames() }

func startFrom(l *link) runFunc {
	return func(text string) (tea.Cmd, error) {
		if !slices.Contains(starts(), text) {
			return nil, fmt.Errorf("unknown initial cloud %q, expected one of %s", text, strings.Join(starts(), ", "))
		}
		return name(l, func(s *session.Session, name string) { s.Scene.StartFrom(name) })(text)
	}
}

func measureBy(l *link) runFunc {
	return func(id string) (tea.Cmd, error) {
		if ids := divergences.FunctionalIDs(); !slices.Contains(ids, id) {
			return nil, fmt.Errorf("unknown coverage measure %q, expected %s", id, strings.Join(ids, " or "))
		}
		return name(l, func(s *session.Session, name string) { s.Coverage.SetFunctional(name) })(id)
	}
}

// edits makes an edit of the target or the particles.
func edits(l *link) runFunc {
	return func(text string) (tea.Cmd, error) {
		e, err := scenarios.ParseEdit(text)
		if err == nil {
			l.must(func(d *session.Session) { d.Edits.Apply(e) })
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

func (a *App) divergenceNames() []string { return a.frame.Catalogue.IDs() }

func (a *App) takeDivergence(text string) (tea.Cmd, error) {
	var unknown divergences.UnknownError
	_, err := sim.ParseMotion(a.frame.Catalogue, text, nil)
	switch {
	case errors.As(err, &unknown):
		return nil, fmt.Errorf("%w, expected one of %s", err, strings.Join(a.divergenceNames(), ", "))
	case err != nil:
		return nil, err
	}
	a.link.must(func(s *session.Session) { s.Motion.SetText(text) })
	return nil, nil
}

func (a *App) scenarioNames() []string { return append(catalogue.IDs(), a.files...) }

func (a *App) openScenario(name string) (tea.Cmd, error) {
	if slices.Contains(catalogue.IDs(), name) {
		a.link.must(func(d *session.Session) { d.Scene.Open(name) })
		return nil, nil
	}
	if a.options.Open == nil {
		return nil, fmt.Errorf("unknown scenario %q, expected one of %s", name, strings.Join(catalogue.IDs(), ", "))
	}
	return a.options.read(name), nil
}
