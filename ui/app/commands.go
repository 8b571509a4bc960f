package app

import (
	"errors"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"undercurrent/internal/suggest"
	"undercurrent/scenarios/catalogue"
	"undercurrent/ui/command"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// line is one line of the palette.
type line struct {
	name, argument, help string
	// values are those that complete the argument, nil where it is free.
	values func() []string
	run    runFunc
	// optional reports whether it runs without an argument too.
	optional bool
}

// runFunc carries a line out with its argument; the error says in one sentence what is
// wrong with that. Where it has to read or write a file, reading does, and brings an opened, a savedModel or a drawnFigure.
type runFunc func(argument string) (reading tea.Cmd, err error)

// lines are those of the palette: the commands of the session, and those of the screen and of files. Of two with
// one name that of the screen holds.
func (a *App) lines() []line {
	list := []line{{"help", "[WORD]", "all keys and words, or those about WORD", nil, a.helpAbout, true}}
	own := a.ownLines()
	for _, c := range command.All(a.frame.Catalogue) {
		if k := slices.IndexFunc(own, func(l line) bool { return l.name == c.Name }); k >= 0 {
			list = append(list, own[k])
			own = slices.Delete(own, k, k+1)
			continue
		}
		list = append(list, line{c.Name, c.Argument, c.Help, c.Values, a.onSession(c), c.Alone})
	}
	return append(list, own...)
}

// ownLines are the commands of the screen and of files.
func (a *App) ownLines() []line {
	return []line{
		{"scenario", "ID|FILE", "open a built-in scenario or a file", a.scenarioNames, a.openScenario, false},
		{"drift", "show|hide", "show where the drift would move the particles of a stream", shown, a.showDrift, false},
		{"save-model", "FILE", "save the sampler, as undercurrent train does", nil, a.saveModelAs, false},
		{"figure", "FILE [KIND]", "save what is seen for a paper: .pdf, .svg or .png; or its data: .csv, .npy or .npz", nil, a.drawFigure, false},
		{"theme", "NAME", "colours of everything", paint.Themes, a.tryLook(func(l *paint.Look, name string) { l.Theme = name }), false},
		{"palette", "NAME", "colours of densities", paint.Palettes, a.tryLook(func(l *paint.Look, name string) { l.Palette = name }), false},
	}
}

// onSession carries a command out in the session.
func (a *App) onSession(c command.Command) runFunc {
	return func(argument string) (tea.Cmd, error) {
		effect, err := c.Read(argument)
		if err != nil {
			return nil, err
		}
		if c.Name == "compare" {
			a.compared.single = false
		}
		given := a.link.given
		a.link.must(effect)
		a.link.name(given, c.Name)
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
