package app

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/ui/session"
)

// Files are read and written by commands of their own: they may take a while, and nothing
// waits for them.

// listed are the available scenario files.
type listed []string

// opened is a scenario file that was read, with the motion that it asks for, nil for none.
type opened struct {
	scenario scenarios.Scenario
	motion   *sim.Motion
	err      error
	// name is that of the file, hash its SHA-256 where a log is written.
	name, hash string
}

// saved is the name of a file that was written. Its weight is the typed one, which a file
// cannot hold, empty for none.
type saved struct {
	name, weight string
	err          error
	// figure is that of what was seen, nil where none was asked for.
	figure *drawnFigure
}

// savedModel is the name of a file with a trained sampler that was written.
type savedModel struct {
	name string
	err  error
}

// list looks for the scenario files, nil where there is nothing to read from.
func (o Options) list() tea.Cmd {
	if o.Files == nil {
		return nil
	}
	return func() tea.Msg { return listed(o.Files()) }
}

func (o Options) read(name string) tea.Cmd {
	return func() tea.Msg {
		s, motion, err := o.Open(name)
		file := opened{scenario: s, motion: motion, err: err, name: name}
		if o.Log != nil && o.Hash != nil && err == nil {
			file.hash = o.Hash(name)
		}
		return file
	}
}

// write writes the target of a frame as it is, nil where there is nothing to write to.
func (o Options) write(f *session.Frame) tea.Cmd {
	if o.Save == nil {
		return nil
	}
	s := f.Scenario
	if len(f.Edits) > 0 {
		s.ID += "-edited"
	}
	settings, weight := f.Settings, f.Settings.Drift.Family().Weight
	s.Particles, s.Bandwidth = settings.Particles, settings.Bandwidth
	if s.Divergence = ""; weight == "" {
		s.Divergence = settings.Motion().After(settings.Motion()).String()
	}
	return func() tea.Msg {
		name, err := o.Save(s)
		return saved{name: name, weight: weight, err: err}
	}
}

// text says what was saved, and how the program opens it.
func (s saved) text(program string) string {
	text, then := "saved as "+s.name, program+" --scenario "+s.name+" opens it"
	if s.weight != "" {
		text, then = text+" without the weight "+s.weight, "pass that in --weight"
	}
	if s.figure != nil && s.figure.err == nil {
		text += " and " + s.figure.name
	}
	text += "; " + then
	if s.figure != nil && s.figure.err != nil {
		text += "; no figure: " + s.figure.err.Error()
	}
	return text
}

// onOpened opens a scenario that was read from a file, or says why it cannot be.
func (a *App) onOpened(file opened) tea.Cmd {
	p, ok := a.overlay.(*palette)
	switch {
	case file.err == nil && file.motion == nil:
		a.link.must(func(d *session.Session) { d.Scene.OpenScenario(file.scenario) })
	case file.err == nil:
		a.link.must(func(d *session.Session) { d.Scene.OpenUnder(file.scenario, *file.motion) })
	case !ok || !p.reading:
		a.messages.warn(file.err)
	}
	return a.toOverlay(file)
}

// save writes the target as it is to a file, and what is seen as a figure to another.
func (a *App) save() tea.Cmd {
	if a.frame == nil || a.saving || a.options.Save == nil {
		return nil
	}
	a.saving = true
	write, draw := a.options.write(a.frame), a.options.Figure
	if draw == nil {
		return write
	}
	answer := a.askFigure()
	return func() tea.Msg {
		file, ok := write().(saved)
		if ok && file.err == nil {
			name, err := draw(answer(), "")
			file.figure = &drawnFigure{name, err}
		}
		return file
	}
}

// onSaved says what was saved. The files are listed again: who saves may name the file in a command
// at once.
func (a *App) onSaved(file saved) tea.Cmd {
	a.saving = false
	if file.err != nil {
		a.messages.warn(file.err)
		return nil
	}
	a.messages.say(file.text(a.options.Program))
	return a.options.list()
}

// writeModel writes the sampler of a frame; an empty name is made of it.
func (o Options) writeModel(f *session.Frame, name string) (tea.Cmd, error) {
	switch {
	case f == nil || f.Training == nil:
		return nil, errors.New("there is no sampler: g trains one")
	case f.Training.Progress.Iteration == 0:
		return nil, errors.New("the sampler is not trained yet")
	case o.SaveModel == nil:
		return nil, errors.New("there is nothing to save to")
	}
	model := f.Training.Model
	return func() tea.Msg {
		saved, err := o.SaveModel(model, name)
		return savedModel{saved, err}
	}, nil
}

// saveModel writes the sampler as it is shown to a file of its name.
func (a *App) saveModel() tea.Cmd {
	if a.saving {
		return nil
	}
	cmd, err := a.options.writeModel(a.frame, "")
	if err != nil {
		a.messages.say(err.Error())
		return nil
	}
	a.saving = true
	return cmd
}

// saveModelAs is saveModel with the name of the file.
func (a *App) saveModelAs(name string) (tea.Cmd, error) { return a.options.writeModel(a.frame, name) }

// onSavedModel says where the sampler was saved, or what went wrong, where it was asked for.
func (a *App) onSavedModel(file savedModel) tea.Cmd {
	a.saving = false
	p, ok := a.overlay.(*palette)
	switch {
	case file.err == nil:
		a.messages.say("saved as " + file.name + "; " + a.options.Program + " sample " + file.name + " draws from it")
	case !ok || !p.reading:
		a.messages.warn(file.err)
	}
	return a.toOverlay(file)
}
