package app

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/key"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/sampler"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// action is a key with what it does. The one list of them drives the keys, the
// key line and the help.
type action struct {
	key.Binding
	group panel.Group
	// rank orders the key line: what is short of room goes from the end.
	rank int
	run  func(*App) tea.Cmd
	// ours reports whether it needs particles of our own, not those of a stream.
	ours bool
	// when reports whether there is what it needs in a frame, nil for always. A key may be bound to
	// several actions of which one has what it needs.
	when func(*session.Frame) bool
}

// ready reports whether an action has what it needs in a frame.
func (k action) ready(f *session.Frame) bool { return k.when == nil || f != nil && k.when(f) }

// ofColumns marks an action that needs a table with columns to choose from.
func ofColumns(a action) action {
	a.when = columned
	return a
}

// ours marks an action that needs particles of our own.
func ours(a action) action {
	a.ours = true
	return a
}

// order is an action that commands the session and leaves the clock alone.
func order(command func(*session.Session)) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		a.link.order(command)
		return nil
	}
}

// repeat is an action that commands the session, and may be carried out several times at once: a key
// that is held down costs no more than a press.
func repeat(kind string, command func(d *session.Session, times int)) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		a.link.repeat(kind, command)
		return nil
	}
}

// timed is order for a command of the clock.
func timed(command func(*session.Session)) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		a.link.timed(command)
		return nil
	}
}

// repeatTimed is repeat for a command of the clock.
func repeatTimed(kind string, command func(d *session.Session, times int)) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		a.link.repeatTimed(kind, command)
		return nil
	}
}

// pause is an action that pauses or resumes, before all commands that leave the clock alone.
func pause(command func(*session.Session)) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		a.link.pause(command)
		return nil
	}
}

// first is an action that commands the session before edits and other slow commands that wait.
func first(command func(*session.Session)) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		a.link.first(command)
		return nil
	}
}

// passable is repeat for a command that may take long, and that others may pass.
func passable(kind string, command func(d *session.Session, times int)) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		a.link.slow(kind, command)
		return nil
	}
}

// end is an action that commands the session to end something: it is never dropped.
func end(command func(*session.Session)) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		a.link.end(command)
		return nil
	}
}

// do is an action on the screen alone.
func do(change func(*App)) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		change(a)
		return nil
	}
}

// say is an action on the screen alone that says what it has changed.
func say(change func(*App) string) func(*App) tea.Cmd {
	return do(func(a *App) { a.messages.say(change(a)) })
}

// edit is an action at the probe.
func edit(change func(e *editor, on plane)) func(*App) tea.Cmd {
	return do(func(a *App) { change(&a.editor, a.plane()) })
}

func bind(group panel.Group, rank int, run func(*App) tea.Cmd, symbol, help string, keys ...string) action {
	return action{Binding: key.NewBinding(key.WithKeys(keys...), key.WithHelp(symbol, help)), group: group, rank: rank, run: run}
}

// available are the actions that do something with the particles of a frame. Where no drift is shown,
// the key of the divergences shows it, and the others are left out.
func available(keys []action, f *session.Frame) (list []action) {
	for _, k := range keys {
		switch {
		case !k.ready(f):
			continue
		case k.ours && f != nil && f.Watching != nil:
			continue
		case k.group == panel.DivergenceKeys && f != nil && f.Watching != nil && panel.Undriven(f):
			if k.Help().Desc != divergenceKey {
				continue
			}
			k.SetHelp(k.Help().Key, "show a drift")
		}
		list = append(list, k)
	}
	return list
}

// ranked are the actions with those of some groups before others.
func ranked(keys []action, first []panel.Group) []action {
	keys = slices.Clone(keys)
	for i := range keys {
		if k := slices.Index(first, keys[i].group); k >= 0 && keys[i].rank > k+1 {
			keys[i].rank = k + 1
		}
	}
	return keys
}

// numbered is how many divergences have a number key.
const numbered = 9

// divergenceKey is the help of the key of the next divergence.
const divergenceKey = "divergence"

// keymap is every key of the program.
func keymap() []action {
	list := []action{
		ofColumns(bind(panel.ViewKeys, 3, (*App).openColumns, "t", "columns", "t")),
		ofColumns(bind(panel.ViewKeys, 4, order(func(s *session.Session) { s.Scene.NextColumns(-1) }), "<", "previous columns", "<")),
		ofColumns(bind(panel.ViewKeys, 4, order(func(s *session.Session) { s.Scene.NextColumns(1) }), ">", "next columns", ">")),

		bind(panel.FlowKeys, 1, pause(func(s *session.Session) { s.Clock.TogglePause() }), "space", "pause", "space"),
		bind(panel.FlowKeys, 5, timed(func(s *session.Session) { s.Clock.SingleStep() }), ".", "step", "."),
		bind(panel.FlowKeys, 6, repeatTimed("back", func(d *session.Session, n int) { d.Clock.Back(n) }), ",", "step back", ","),
		bind(panel.FlowKeys, 16, repeatTimed("rewind", func(d *session.Session, n int) { d.Clock.Scrub(-n) }), "⇧←", "rewind", "shift+left"),
		bind(panel.FlowKeys, 16, repeatTimed("forward", func(d *session.Session, n int) { d.Clock.Scrub(n) }), "⇧→", "forward", "shift+right"),
		bind(panel.FlowKeys, 16, timed(func(s *session.Session) { s.Clock.First() }), "home", "first recorded step", "home"),
		bind(panel.FlowKeys, 16, timed(func(s *session.Session) { s.Clock.Last() }), "end", "last recorded step", "end"),
		ours(bind(panel.FlowKeys, 4, repeat("restart", func(d *session.Session, _ int) { d.Scene.Restart() }), "r", "restart", "r")),
		ours(bind(panel.FlowKeys, 9, repeat("reseed", func(d *session.Session, n int) { d.Scene.Reseed(n) }), "R", "reseed", "R")),
		ours(bind(panel.FlowKeys, 16, repeat("start", func(d *session.Session, n int) { d.Scene.NextStart(n) }), "S", "change initial cloud", "S")),
		bind(panel.FlowKeys, 7, order(func(d *session.Session) { d.Clock.Faster(true) }), "+", "faster", "+", "="),
		bind(panel.FlowKeys, 8, order(func(d *session.Session) { d.Clock.Faster(false) }), "-", "slower", "-"),
		bind(panel.FlowKeys, 10, passable("narrower", func(d *session.Session, n int) { d.Motion.ScaleBandwidth(-n) }), "[", "narrower kernel", "["),
		bind(panel.FlowKeys, 11, passable("wider", func(d *session.Session, n int) { d.Motion.ScaleBandwidth(n) }), "]", "wider kernel", "]"),

		ours(bind(panel.ComparisonKeys, 3, do((*App).compare), "c", "compare", "c")),
		ours(bind(panel.ComparisonKeys, 16, order(func(s *session.Session) { s.Comparison.Add() }), "a", "add a flow", "a")),
		ours(bind(panel.ComparisonKeys, 16, order(func(s *session.Session) { s.Comparison.Remove() }), "x", "remove the flow", "x")),
		ours(bind(panel.ComparisonKeys, 16, repeat("next flow", func(d *session.Session, n int) { d.Comparison.Focus(n) }), "n", "next flow", "n")),
		ours(bind(panel.ComparisonKeys, 16, repeat("previous flow", func(d *session.Session, n int) { d.Comparison.Focus(-n) }), "N", "previous flow", "N")),
		ours(bind(panel.ComparisonKeys, 16, do(func(a *App) { a.compared.single = !a.compared.single }), "enter", "flow full size", "enter")),
		ours(bind(panel.ComparisonKeys, 16, order(func(s *session.Session) { s.Comparison.Before() }), "B", "compare with before", "B")),

		ours(bind(panel.SamplerKeys, 3, end(func(s *session.Session) { s.Training.Toggle() }), "g", "one-step sampler", "g")),
		ours(bind(panel.SamplerKeys, 16, order(func(s *session.Session) { s.Training.Extend(sampler.DefaultIterations) }), "M", "train on", "M")),
		ours(bind(panel.SamplerKeys, 16, (*App).saveModel, "Y", "save sampler", "Y")),
		ours(bind(panel.SamplerKeys, 16, order(func(s *session.Session) { s.Training.NextRoute() }), "G", "generator or flow", "G")),

		bind(panel.DivergenceKeys, 2, first(func(d *session.Session) { d.Motion.Next(1) }), "d", divergenceKey, "d"),
		bind(panel.DivergenceKeys, 13, first(func(d *session.Session) { d.Motion.Next(-1) }), "D", "previous divergence", "D"),
		bind(panel.DivergenceKeys, 14, order(func(d *session.Session) { d.Motion.StepParameter(false) }), "<", "less α (or λ)", "<"),
		bind(panel.DivergenceKeys, 15, order(func(d *session.Session) { d.Motion.StepParameter(true) }), ">", "more α (or λ)", ">"),

		bind(panel.DivergenceKeys, 7, order(func(s *session.Session) { s.Motion.NextReference() }), "e", "reference ρ", "e"),
		ours(bind(panel.DivergenceKeys, 14, order(func(s *session.Session) { s.Motion.ToggleVelocity() }), "b", "gradient flow (blob)", "b")),
		ours(bind(panel.DivergenceKeys, 14, order(func(s *session.Session) { s.Motion.ToggleBirthDeath() }), "U", "birth–death", "U")),
		ours(bind(panel.DivergenceKeys, 14, order(func(s *session.Session) { s.Motion.ToggleCoarse() }), "H", "coarse to fine", "H")),
		ours(bind(panel.DivergenceKeys, 14, order(func(s *session.Session) { s.Motion.NextMover() }), "A", "Langevin, Stein …", "A")),

		bind(panel.DivergenceKeys, 16, order(func(d *session.Session) { d.Motion.ScaleZ(false) }), ";", "halve assumed Z", ";"),
		bind(panel.DivergenceKeys, 16, order(func(d *session.Session) { d.Motion.ScaleZ(true) }), "'", "double assumed Z", "'"),

		bind(panel.CoverageKeys, 15, order(func(s *session.Session) { s.Coverage.Next() }), "u", "coverage measure", "u"),
		bind(panel.CoverageKeys, 16, order(func(d *session.Session) { d.Coverage.ScaleTau(false) }), "{", "lower τ", "{"),
		bind(panel.CoverageKeys, 16, order(func(d *session.Session) { d.Coverage.ScaleTau(true) }), "}", "higher τ", "}"),
		bind(panel.CoverageKeys, 16, order(func(d *session.Session) { d.Coverage.ScaleSoftness(false) }), "(", "smaller s", "("),
		bind(panel.CoverageKeys, 16, order(func(d *session.Session) { d.Coverage.ScaleSoftness(true) }), ")", "larger s", ")"),

		ours(bind(panel.ViewKeys, 3, (*App).openPicker, "t", "target", "t")),
		bind(panel.ViewKeys, 6, do(func(a *App) { a.view().nextField(a.frame) }), "v", "left map: quantity", "v"),
		bind(panel.ViewKeys, 12, do(func(a *App) { a.view().nextOther(a.frame) }), "V", "right map: quantity", "V"),
		bind(panel.ViewKeys, 13, say(func(a *App) string { return a.board.nextOverlay(a.frame).String() }), "o", "arrows, trails", "o"),
		bind(panel.ViewKeys, 16, say(func(a *App) string { return a.look.nextTheme() }), "T", "theme", "T"),
		bind(panel.ViewKeys, 16, say(func(a *App) string { return a.look.nextPalette() }), "C", "palette", "C"),
		bind(panel.RegionKeys, 9, do(func(a *App) { a.nextRegion(1) }), "J", "next region", "J"),
		bind(panel.RegionKeys, 16, do(func(a *App) { a.nextRegion(-1) }), "K", "previous region", "K"),
		ours(bind(panel.RegionKeys, 16, do((*App).toggleRanking), "E", "rank divergences", "E")),
		ours(bind(panel.RegionKeys, 16, order(func(s *session.Session) { s.Motion.ChooseBest() }), "*", "best weight", "*")),
		ours(bind(panel.RegionKeys, 16, order(func(s *session.Session) { s.Aim.Toggle() }), "I", "aim: mass or U", "I")),
		bind(panel.RegionKeys, 16, say(func(a *App) string { return a.board.nextOrder().String() }), "O", "order of regions", "O"),
		bind(panel.ViewKeys, 16, do(func(a *App) { a.moveFocus(1) }), "tab", "next panel", "tab"),
		bind(panel.ViewKeys, 16, do(func(a *App) { a.moveFocus(-1) }), "⇧tab", "previous panel", "shift+tab"),

		bind(panel.ProbeKeys, 16, do(func(a *App) { a.moveProbe(-1, 0) }), "← h", "probe left", "left", "h"),
		bind(panel.ProbeKeys, 16, do(func(a *App) { a.moveProbe(1, 0) }), "→", "probe right", "right"),
		bind(panel.ProbeKeys, 16, do((*App).lessonsOrRight), "l", "lessons or right", "l"),
		bind(panel.ProbeKeys, 16, do(func(a *App) { a.vertical(-1) }), "↑ k", "probe up", "up", "k"),
		bind(panel.ProbeKeys, 16, do(func(a *App) { a.vertical(1) }), "↓ j", "probe down", "down", "j"),
		bind(panel.ProbeKeys, 16, do((*App).leave), "esc", "end probe, region", "esc"),
		bind(panel.ProbeKeys, 16, do(func(a *App) { a.mouse.on = !a.mouse.on }), "%", "mouse on or off", "%"),

		bind(panel.EditKeys, 16, edit(func(e *editor, on plane) { e.grab(on) }), "m", "grab mode", "m"),
		bind(panel.EditKeys, 16, edit(func(e *editor, on plane) { e.add(on) }), "i", "add a mode", "i"),
		bind(panel.EditKeys, 16, edit(func(e *editor, on plane) { e.remove(on) }), "X", "delete the mode", "X"),
		bind(panel.EditKeys, 16, edit(func(e *editor, on plane) { e.scale(on, scenarios.Weigh, 1/weightStep) }), "w", "lighter mode", "w"),
		bind(panel.EditKeys, 16, edit(func(e *editor, on plane) { e.scale(on, scenarios.Weigh, weightStep) }), "W", "heavier mode", "W"),
		bind(panel.EditKeys, 16, edit(func(e *editor, on plane) { e.scale(on, scenarios.Widen, 1/widthStep) }), "f", "narrower mode", "f"),
		bind(panel.EditKeys, 16, edit(func(e *editor, on plane) { e.scale(on, scenarios.Widen, widthStep) }), "F", "wider mode", "F"),
		ours(bind(panel.EditKeys, 16, edit(func(e *editor, on plane) { e.brush(on, scenarios.Pour) }), "p", "add particles", "p")),
		ours(bind(panel.EditKeys, 16, edit(func(e *editor, on plane) { e.brush(on, scenarios.Drain) }), "P", "remove particles", "P")),
		bind(panel.EditKeys, 16, passable("", func(d *session.Session, _ int) { d.Edits.Undo() }), "z", "undo", "z"),
		bind(panel.EditKeys, 16, passable("", func(d *session.Session, _ int) { d.Edits.Redo() }), "Z", "redo", "Z"),
		bind(panel.EditKeys, 16, (*App).save, "s", "save target, figure", "s"),

		ours(bind(panel.ProgramKeys, 15, do((*App).openLessons), "L", "lessons", "L")),
		bind(panel.ProgramKeys, 16, (*App).openPalette, ":", "command", ":"),
		bind(panel.ProgramKeys, 16, (*App).askCommand, "y", "copy the command", "y"),
		bind(panel.ProgramKeys, 16, (*App).toggleCast, "`", "record", "`"),
		bind(panel.ProgramKeys, 0, do((*App).openHelp), "?", "help", "?"),
		bind(panel.ProgramKeys, 0, func(a *App) tea.Cmd { return a.departure.leave() }, "q", "quit", "q"),
	}
	for n := range numbered {
		list = append(list, bind(panel.DivergenceKeys, 17+n, first(func(d *session.Session) { d.Motion.ChooseNumber(n) }),
			fmt.Sprint(n+1), divergenceName(n), fmt.Sprint(n+1)))
	}
	return list
}

// divergenceName is the n-th of the catalogue, as the help shows it.
func divergenceName(n int) string { return divergences.Standard().IDs()[n] }
