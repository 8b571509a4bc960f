package app

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/ui/engine"
	"undercurrent/ui/paint"
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
	return []command{
		{"scenario", "ID|FILE", "open a target of the list or a scenario file (.yaml)", scenarioNames, openScenario},
		{"start", "NAME", "restart from another cloud, such as narrow or uniform", fixed(scenarios.Scenario{}.StartNames()), startFrom},
		{"divergence", "ID[:PARAMETER]", "drive the flow by it, such as alpha:0.5 or lv:target", divergenceNames, takeDivergence},
		{"reference", "NAME", "density ρ of lv and lv-surrogate", fixed(divergences.References()), takeReference},
		{"alpha", "NUMBER", "the alpha family at this α", nil, real(func(d *engine.Driver, v float64) { takeParameter(d, "alpha", v) })},
		{"z", "NUMBER", "have the drift take Z so many times too large", nil, real((*engine.Driver).SetZFactor)},
		{"edit", "EDIT", "change by hand, such as move:3:4.5:1.2 or add:1:2:0.7", nil, editByHand},
		{"particles", "NUMBER", "restart with so many", nil, whole((*engine.Driver).SetParticles)},
		{"bandwidth", "NUMBER", "standard deviation h of the kernel", nil, real((*engine.Driver).SetBandwidth)},
		{"seed", "NUMBER", "restart with another seed", nil, whole(func(d *engine.Driver, n int) { d.SetSeed(uint64(n)) })},
		{"speed", "NUMBER", "steps a frame", nil, whole((*engine.Driver).SetSpeed)},
		{"step", "NUMBER", "go to a step on the tape", nil, whole((*engine.Driver).Seek)},
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
			f := a.frame.Functional
			a.order(func(d *engine.Driver) { d.MeasureBy(id, f.Tau, f.S) })
			return nil
		}},
		{"tau", "NUMBER", "threshold τ of the under-coverage", nil, func(a *App, text string) error {
			f := a.frame.Functional
			return real(func(d *engine.Driver, v float64) { d.MeasureBy(f.ID, v, f.S) })(a, text)
		}},
		{"softness", "NUMBER", "softness s of the functional", nil, func(a *App, text string) error {
			f := a.frame.Functional
			return real(func(d *engine.Driver, v float64) { d.MeasureBy(f.ID, f.Tau, v) })(a, text)
		}},
	}
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
func real(set func(*engine.Driver, float64)) func(*App, string) error {
	return func(a *App, text string) error {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return fmt.Errorf("%q, expected a number", text)
		}
		a.order(func(d *engine.Driver) { set(d, v) })
		return nil
	}
}

// whole is a command with a whole number for its argument.
func whole(set func(*engine.Driver, int)) func(*App, string) error {
	return func(a *App, text string) error {
		v, err := strconv.Atoi(text)
		if err != nil || v < 0 {
			return fmt.Errorf("%q, expected a whole number", text)
		}
		a.order(func(d *engine.Driver) { set(d, v) })
		return nil
	}
}

func scenarioNames(a *App) []string { return append(catalogue.IDs(), a.palette.files...) }

func openScenario(a *App, name string) error {
	if slices.Contains(catalogue.IDs(), name) {
		a.order(func(d *engine.Driver) { d.Open(name) })
		return nil
	}
	if a.options.Open == nil {
		return fmt.Errorf("unknown scenario %q, expected one of %s", name, strings.Join(catalogue.IDs(), ", "))
	}
	s, rule, err := a.options.Open(name)
	if err != nil {
		return err
	}
	a.order(func(d *engine.Driver) {
		if rule == nil {
			d.OpenScenario(s)
			return
		}
		d.OpenUnder(s, *rule)
	})
	return nil
}

func startFrom(a *App, name string) error {
	names := scenarios.Scenario{}.StartNames()
	if !slices.Contains(names, name) {
		return fmt.Errorf("unknown start %q, expected one of %s", name, strings.Join(names, ", "))
	}
	a.order(func(d *engine.Driver) { d.StartFrom(name) })
	return nil
}

func divergenceNames(a *App) []string { return a.frame.Choice.IDs() }

func takeDivergence(a *App, text string) error {
	rule, err := engine.ParseRule(text)
	if err != nil {
		return err
	}
	if !slices.Contains(a.frame.Choice.IDs(), rule.ID) {
		return fmt.Errorf("unknown divergence %q, expected one of %s", rule.ID, strings.Join(a.frame.Choice.IDs(), ", "))
	}
	rule.Custom = a.frame.Choice.Custom
	a.order(func(d *engine.Driver) { d.TakeRule(rule) })
	return nil
}

func takeReference(a *App, name string) error {
	c := a.frame.Choice
	c.Parameters.Reference = name
	if !strings.HasPrefix(c.ID, "lv") {
		c.ID = "lv"
	}
	a.order(func(d *engine.Driver) { d.Take(c) })
	return nil
}

// editByHand changes the target or the cloud.
func editByHand(a *App, text string) error {
	e, err := scenarios.ParseEdit(text)
	if err == nil {
		a.order(func(d *engine.Driver) { d.Edit(e) })
	}
	return err
}

// takeParameter switches to a divergence at its parameter.
func takeParameter(d *engine.Driver, id string, v float64) {
	rule, err := engine.ParseRule(fmt.Sprintf("%s:%g", id, v))
	if err == nil {
		d.Take(rule.Choice)
	}
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
