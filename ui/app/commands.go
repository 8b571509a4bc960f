package app

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"undercurrent/divergences"
	"undercurrent/internal/suggest"
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
	// optional reports whether it runs without an argument too.
	optional bool
}

// runFunc carries a command out with its argument; the error says in one sentence what is
// wrong with that. Where it has to read or write a file, reading does, and brings an opened or a savedModel.
type runFunc func(argument string) (reading tea.Cmd, err error)

// commands are those of the palette. Each changes what it names, in the state at the time
// when it is carried out.
func (a *App) commands() []command {
	l := &a.link
	return append(a.parameterCommands(), []command{
		{"help", "[WORD]", "all keys and words, or those about WORD", nil, a.helpAbout, true},
		{"scenario", "ID|FILE", "open a built-in scenario or a file", a.scenarioNames, a.openScenario, false},
		{"start", "NAME", "restart from another initial cloud", fixed(starts()), startFrom(l), false},
		{"regions", "auto|basins|named", "restart with the target divided in another way", fixed(scenarios.Divisions()), divideBy(l), false},
		{"divergence", "ID[:PARAMETER]", "switch, as to alpha:0.5 or lv:target", a.divergenceNames, a.takeDivergence, false},
		{"compare", "start|here|before", "compare divergences from there, or with the course before a change", fixed(origins()), a.compareFrom, false},
		{"drift", "show|hide", "show where the drift would move the particles of a stream", fixed(shown()), a.showDrift, false},
		{"z", "NUMBER", "assume Z this many times too large", nil, real(l, func(s *session.Session, v float64) { s.Motion.SetZFactor(v) }), false},
		{"edit", "EDIT", "edit, such as move:3:4.5:1.2", nil, edits(l), false},
		{"particles", "NUMBER", "restart with this number of particles", nil, whole(l, func(s *session.Session, n int) { s.Scene.SetParticles(n) }), false},
		{"bandwidth", "NUMBER", "standard deviation h of the kernel", nil, real(l, func(s *session.Session, v float64) { s.Motion.SetBandwidth(v) }), false},
		{"birth-death", "NUMBER", "rate of birth–death beside the drift, 0 for none", nil, real(l, func(s *session.Session, v float64) { s.Motion.SetBirthDeath(v) }), false},
		{"coarse", "NUMBER", "begin with a bandwidth of this many times h, which falls to h; 0 for none", nil, real(l, func(s *session.Session, v float64) { s.Motion.SetCoarseFactor(v) }), false},
		{"mover", "NAME", "let another sampler move the particles, such as ula, mala:0.5, svgd, or none", fixed(session.MoverNames()), moveBy(l), false},
		{"seed", "NUMBER", "restart with this random seed", nil, whole(l, func(d *session.Session, n int) { d.Scene.SetSeed(uint64(n)) }), false},
		{"speed", "NUMBER", "steps per frame, such as 4 or 0.25", nil, real(l, func(s *session.Session, v float64) { s.Clock.SetSpeed(v) }), false},
		{"step", "NUMBER", "go to a step of the history", nil, whole(l, func(s *session.Session, n int) { s.Clock.Seek(n) }), false},
		{"train", "NUMBER", "train the sampler for this many iterations more", nil, whole(l, func(s *session.Session, n int) { s.Training.Extend(n) }), false},
		{"save-model", "FILE", "save the sampler, as undercurrent train does", nil, a.saveModelAs, false},
		{"theme", "NAME", "colours of everything", fixed(paint.Themes()), a.tryLook(func(l *paint.Look, name string) { l.Theme = name }), false},
		{"palette", "NAME", "colours of densities", fixed(paint.Palettes()), a.tryLook(func(l *paint.Look, name string) { l.Palette = name }), false},
		{"functional", "NAME", "coverage measure", fixed(divergences.FunctionalIDs()), measureBy(l), false},
		{"tau", "NUMBER", "threshold τ of the under-coverage", nil, real(l, func(s *session.Session, v float64) { s.Coverage.SetTau(v) }), false},
		{"softness", "NUMBER", "softness s of the coverage measure", nil, real(l, func(s *session.Session, v float64) { s.Coverage.SetSoftness(v) }), false},
	}...)
}

// parameterCommands change the parameters of the drifts.
func (a *App) parameterCommands() (list []command) {
	l := &a.link
	for _, p := range divergences.Standard().Parameters() {
		if p.Choices != nil {
			set := func(s *session.Session, name string) { s.Motion.SetParameter(p.Name, divergences.Choice(name)) }
			list = append(list, command{p.Name, "NAME", p.Usage, fixed(p.Choices), name(l, set), false})
			continue
		}
		set := func(s *session.Session, v float64) { s.Motion.SetParameter(p.Name, divergences.Number(v)) }
		list = append(list, command{p.Name, "NUMBER", p.Usage, nil, real(l, set), false})
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

// shown are the states of a drift.
func shown() []string { return []string{"show", "hide"} }

// showDrift shows or hides the drift of a stream.
func (a *App) showDrift(state string) (tea.Cmd, error) {
	switch {
	case !slices.Contains(shown(), state):
		return nil, fmt.Errorf("%q, expected show or hide", state)
	case !a.watching():
		return nil, errors.New("the particles move by the drift, expected those of a stream")
	}
	a.link.must(func(s *session.Session) { s.Motion.ShowDrift(state == "show") })
	return nil, nil
}

// helpAbout opens the help at what has to do with a text, at all of it without one.
func (a *App) helpAbout(text string) (tea.Cmd, error) {
	a.help(text)
	return nil, nil
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

func divideBy(l *link) runFunc {
	return func(text string) (tea.Cmd, error) {
		if !slices.Contains(scenarios.Divisions(), text) {
			return nil, fmt.Errorf("unknown division %q, expected one of %s", text, strings.Join(scenarios.Divisions(), ", "))
		}
		return name(l, func(s *session.Session, name string) { s.Scene.Divide(name) })(text)
	}
}

func moveBy(l *link) runFunc {
	return name(l, func(s *session.Session, name string) { s.Motion.SetMover(name) })
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
		expected, ok := divergences.KnownAs(unknown.ID)
		if !ok {
			expected = suggest.Nearest(unknown.ID, a.divergenceNames())
		}
		return nil, fmt.Errorf("%w, expected %s", err, expected)
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
		return nil, fmt.Errorf("unknown scenario %q, expected %s", name, suggest.Nearest(name, catalogue.IDs()))
	}
	return a.options.read(name), nil
}
