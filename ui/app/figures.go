package app

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"undercurrent/sim/replay"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// Figure is what a figure is drawn from.
type Figure struct {
	// Frame has all fields, and in Past all samples that the charts have.
	Frame *session.Frame
	// Recipe reproduces the flow or the comparison of the frame where Reproducible is set.
	Recipe       session.Recipe
	Reproducible bool
	// Seen is the kind of figure that shows what the screen does, as the command figure has it.
	Seen string
}

// drawnFigure is the name of a file with a figure that was written.
type drawnFigure struct {
	name string
	err  error
}

// seen is the kind of figure of what is on the screen: the panel with the focus, or the maps.
func (a *App) seen() string {
	switch {
	case a.compares():
		return "compare"
	case a.board.focus == panel.Weight:
		return "weight"
	case a.board.focus == panel.Mass:
		return "masses"
	}
	return "maps"
}

// compares reports whether several flows are shown, not one of them alone.
func (a *App) compares() bool { return len(a.frame.Runs) > 0 && !a.compared.single }

// askFigure asks the session for what a figure is drawn from. It is complete when the answer is called, which
// must be outside of Update.
func (a *App) askFigure() (answer func() Figure) {
	seen, single := a.seen(), !a.compares()
	histories := a.histories.clone()
	asked := session.Ask(a.link.player, func(s *session.Session) Figure { return Figure{Frame: s.Whole(), Recipe: s.Recipe()} })
	return func() Figure {
		f := <-asked
		f.Seen = seen
		histories.complete(f.Frame)
		if single {
			f.Frame.Runs, f.Recipe.Compared = nil, nil
		}
		f.Reproducible = reproducible(f)
		return f
	}
}

// reproducible reports whether a command line makes the figure again: particles of a stream are another
// program's, and flows of a comparison may have been changed one by one.
func reproducible(f Figure) bool {
	edited := slices.ContainsFunc(f.Recipe.Events, func(e replay.Event) bool { return e.Edit != nil })
	return f.Recipe.Stream == nil && (len(f.Frame.Runs) == 0 || len(f.Recipe.Compared) == len(f.Frame.Runs) && !edited)
}

// clone is a copy of the histories of all flows.
func (all histories) clone() histories {
	c := histories{}
	for flow, h := range all {
		c[flow] = h.Clone()
	}
	return c
}

// complete gives the flows of a frame the samples of their histories up to their steps.
func (all histories) complete(f *session.Frame) {
	f.Past = all.upTo(f.Flow, f.Report.Step, f.Past)
	for k := range f.Runs {
		r := &f.Runs[k]
		r.Past = all.upTo(r.Flow, r.Report.Step, r.Past)
	}
}

// upTo are the samples of a flow up to a step, those of its past where there are no others.
func (all histories) upTo(flow, step int, past []session.Sample) []session.Sample {
	h := all[flow]
	if h == nil || len(h.Samples) == 0 {
		return past
	}
	end := slices.IndexFunc(h.Samples, func(s session.Sample) bool { return s.Step > step })
	if end < 0 {
		end = len(h.Samples)
	}
	return h.Samples[:end]
}

// drawFigure writes what is seen as a figure to the file of a command.
func (a *App) drawFigure(argument string) (tea.Cmd, error) {
	if a.options.Figure == nil || a.frame == nil {
		return nil, errors.New("there is nothing to draw to")
	}
	answer, draw := a.askFigure(), a.options.Figure
	return func() tea.Msg {
		name, err := draw(answer(), argument)
		return drawnFigure{name, err}
	}, nil
}

// onDrawn says where a figure was saved, or what went wrong, where it was asked for.
func (a *App) onDrawn(file drawnFigure) tea.Cmd {
	p, ok := a.overlay.(*palette)
	switch {
	case file.err == nil:
		a.messages.say("saved as " + file.name)
	case !ok || !p.reading:
		a.messages.warn(file.err)
	}
	return a.toOverlay(file)
}
