package app

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// palette is the line of commands with arguments.
type palette struct {
	input    textinput.Model
	commands []command
	files    []string // scenarios that may be opened
	failure  string
}

// command is one line of the palette. Its run is given the argument and says in one
// sentence what is wrong with it.
type command struct {
	name, argument, help string
	// values are those that complete the argument, nil where it is free.
	values func(*App) []string
	run    func(a *App, argument string) error
}

// commands are all that the palette knows.
func commands() []command {
	return append(parameterCommands(), []command{
		{"scenario", "ID|FILE", "open a target of the list or a scenario file (.yaml)", scenarioNames, openScenario},
		{"start", "NAME", "restart from another cloud, such as narrow or uniform", fixed(scenarios.Scenario{}.StartNames()), startFrom},
		{"divergence", "ID[:PARAMETER]", "drive the flow by it, such as alpha:0.5 or lv:target", divergenceNames, takeDivergence},
		{"z", "NUMBER", "have the drift take Z so many times too large", nil, real(func(s *session.Session, v float64) { s.Motion.SetZFactor(v) })},
		{"edit", "EDIT", "change by hand, such as move:3:4.5:1.2 or add:1:2:0.7", nil, editByHand},
		{"particles", "NUMBER", "restart with so many", nil, whole(func(s *session.Session, n int) { s.Scene.SetParticles(n) })},
		{"bandwidth", "NUMBER", "standard deviation h of the kernel", nil, real(func(s *session.Session, v float64) { s.Motion.SetBandwidth(v) })},
		{"seed", "NUMBER", "restart with another seed", nil, whole(func(d *session.Session, n int) { d.Scene.SetSeed(uint64(n)) })},
		{"speed", "NUMBER", "steps a frame", nil, whole(func(s *session.Session, n int) { s.Clock.SetSpeed(n) })},
		{"step", "NUMBER", "go to a step on the tape", nil, whole(func(s *session.Session, n int) { s.Clock.Seek(n) })},
		{"theme", "NAME", "colours of everything", fixed(paint.Themes()), func(a *App, name string) error {
			return a.tryLook(paint.Look{Theme: name, Palette: a.theme.Look().Palette})
		}},
		{"palette", "NAME", "colours of densities", fixed(paint.Palettes()), func(a *App, name string) error {
			return a.tryLook(paint.Look{Theme: a.theme.Look().Theme, Palette: name})
		}},
		{"functional", "NAME", "how coverage is measured", fixed(divergences.FunctionalIDs()), func(a *App, id string) error {
			if !slices.Contains(divergences.FunctionalIDs(), id) {
				return fmt.Errorf("functional %q, expected %s", id, strings.Join(divergences.FunctionalIDs(), " or "))
			}
			a.must(func(d *session.Session) { d.Coverage.SetFunctional(id) })
			return nil
		}},
		{"tau", "NUMBER", "threshold τ of the under-coverage", nil, real(func(s *session.Session, v float64) { s.Coverage.SetTau(v) })},
		{"softness", "NUMBER", "softness s of the functional", nil, real(func(s *session.Session, v float64) { s.Coverage.SetSoftness(v) })},
	}...)
}

// parameterCommands change the parameters of the drifts.
func parameterCommands() (list []command) {
	for _, p := range divergences.Standard().Parameters() {
		c := command{p.Name, "NUMBER", p.Usage, nil, real(func(s *session.Session, v float64) { s.Motion.SetParameter(p.Name, divergences.Number(v)) })}
		if p.Choices != nil {
			c.argument, c.values = "NAME", fixed(p.Choices)
			c.run = func(a *App, name string) error {
				a.must(func(s *session.Session) { s.Motion.SetParameter(p.Name, divergences.Choice(name)) })
				return nil
			}
		}
		list = append(list, c)
	}
	return list
}

// tryLook takes a look that there is.
func (a *App) tryLook(look paint.Look) error {
	checked := look
	if checked.Theme == AutoTheme {
		checked.Theme = ""
	}
	if err := checked.Check(); err != nil {
		return err
	}
	a.setLook(look)
	return nil
}

func fixed(values []string) func(*App) []string { return func(*App) []string { return values } }

// real is a command with a number for its argument.
func real(set func(*session.Session, float64)) func(*App, string) error {
	return func(a *App, text string) error {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return fmt.Errorf("%q, expected a number", text)
		}
		a.must(func(d *session.Session) { set(d, v) })
		return nil
	}
}

// whole is a command with a whole number for its argument.
func whole(set func(*session.Session, int)) func(*App, string) error {
	return func(a *App, text string) error {
		v, err := strconv.Atoi(text)
		if err != nil || v < 0 {
			return fmt.Errorf("%q, expected a whole number", text)
		}
		a.must(func(d *session.Session) { set(d, v) })
		return nil
	}
}

func scenarioNames(a *App) []string { return append(catalogue.IDs(), a.palette.files...) }

func openScenario(a *App, name string) error {
	if slices.Contains(catalogue.IDs(), name) {
		a.must(func(d *session.Session) { d.Scene.Open(name) })
		return nil
	}
	if a.options.Open == nil {
		return fmt.Errorf("unknown scenario %q, expected one of %s", name, strings.Join(catalogue.IDs(), ", "))
	}
	s, motion, err := a.options.Open(name)
	if err != nil {
		return err
	}
	a.must(func(d *session.Session) {
		if motion == nil {
			d.Scene.OpenScenario(s)
			return
		}
		d.Scene.OpenUnder(s, *motion)
	})
	return nil
}

func startFrom(a *App, name string) error {
	names := scenarios.Scenario{}.StartNames()
	if !slices.Contains(names, name) {
		return fmt.Errorf("unknown start %q, expected one of %s", name, strings.Join(names, ", "))
	}
	a.must(func(d *session.Session) { d.Scene.StartFrom(name) })
	return nil
}

func divergenceNames(a *App) []string { return a.frame.Catalogue.IDs() }

func takeDivergence(a *App, text string) error {
	var unknown divergences.UnknownError
	_, err := sim.ParseMotion(a.frame.Catalogue, text, nil)
	switch {
	case errors.As(err, &unknown):
		return fmt.Errorf("%w, expected one of %s", err, strings.Join(a.frame.Catalogue.IDs(), ", "))
	case err != nil:
		return err
	}
	a.must(func(d *session.Session) { d.Motion.SetText(text) })
	return nil
}

// editByHand changes the target or the cloud.
func editByHand(a *App, text string) error {
	e, err := scenarios.ParseEdit(text)
	if err == nil {
		a.must(func(d *session.Session) { d.Edits.Apply(e) })
	}
	return err
}

// openPalette shows the line.
func (a *App) openPalette() {
	if a.frame == nil {
		return
	}
	input := newFilter()
	input.CharLimit = 200
	a.palette = &palette{input: input, commands: commands()}
	if a.options.Files != nil {
		a.palette.files = a.options.Files()
	}
}

// paletteKey gives a key to the open palette.
func (a *App) paletteKey(msg tea.KeyPressMsg) tea.Cmd {
	p := a.palette
	p.failure = ""
	switch msg.String() {
	case "ctrl+c":
		return tea.Quit
	case "esc":
		a.palette = nil
	case "tab":
		p.complete(a)
	case "enter":
		if err := p.execute(a); err != nil {
			p.failure = err.Error()
			return nil
		}
		a.palette = nil
	default:
		var cmd tea.Cmd
		p.input, cmd = p.input.Update(msg)
		return cmd
	}
	return nil
}

// execute runs the typed line.
func (p *palette) execute(a *App) error {
	name, argument, _ := strings.Cut(strings.TrimSpace(p.input.Value()), " ")
	if name == "" {
		return nil
	}
	argument = strings.TrimSpace(argument)
	k := slices.IndexFunc(p.commands, func(c command) bool { return c.name == name })
	switch {
	case k < 0:
		return fmt.Errorf("unknown command %q, expected one of those below", name)
	case argument == "":
		return fmt.Errorf("%s has no argument, expected %s", name, p.commands[k].argument)
	}
	return p.commands[k].run(a, argument)
}

// matches are the commands that the typed text may become, and where one is typed
// the values of its argument.
func (p *palette) matches(a *App) (list []command, values []string) {
	name, argument, spaced := strings.Cut(strings.TrimLeft(p.input.Value(), " "), " ")
	for _, c := range p.commands {
		if spaced && c.name == name || !spaced && strings.HasPrefix(c.name, name) {
			list = append(list, c)
		}
	}
	if spaced && len(list) == 1 && list[0].values != nil {
		for _, v := range list[0].values(a) {
			if strings.HasPrefix(v, strings.TrimSpace(argument)) {
				values = append(values, v)
			}
		}
	}
	return list, values
}

// complete extends the typed text as far as all that matches agrees.
func (p *palette) complete(a *App) {
	list, values := p.matches(a)
	name, _, spaced := strings.Cut(strings.TrimLeft(p.input.Value(), " "), " ")
	switch {
	case !spaced && len(list) == 1:
		p.input.SetValue(list[0].name + " ")
	case !spaced && len(list) > 1:
		var names []string
		for _, c := range list {
			names = append(names, c.name)
		}
		p.input.SetValue(commonPrefix(names))
	case len(values) > 0:
		p.input.SetValue(name + " " + commonPrefix(values))
	}
	p.input.CursorEnd()
}

func commonPrefix(words []string) string {
	prefix := words[0]
	for _, w := range words[1:] {
		for !strings.HasPrefix(w, prefix) {
			prefix = prefix[:len(prefix)-1]
		}
	}
	return prefix
}

// render draws the line with what may follow.
func (p *palette) render(a *App, width, height int) []string {
	t, inner := a.theme, width-4
	lines := []string{paint.NewRow(inner).Text(":", t.Key).Text(p.input.Value(), t.Strong).Text("▏", t.Accent).String()}
	if p.failure != "" {
		lines = append(lines, paint.NewRow(inner).Text(p.failure, t.Alert).String())
	}
	list, values := p.matches(a)
	for _, c := range list {
		lines = append(lines, paint.NewRow(inner).Text("  "+c.name, t.Text).Text(" "+c.argument, t.Key).To(32).Text(c.help, t.Dim).String())
	}
	row := paint.NewRow(inner)
	for _, v := range values {
		if row.Left() < paint.Width(v)+4 {
			lines = append(lines, row.String())
			row = paint.NewRow(inner)
		}
		row.Text("    "+v, t.Text)
	}
	lines = append(lines, row.String())
	for len(lines) < len(p.commands)+2 {
		lines = append(lines, paint.NewRow(inner).String())
	}
	return frame(lines[:min(len(lines), height-2)], t, inner, "command", "tab completes · enter runs · esc closes")
}
