package app

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/key"

	"undercurrent/scenarios"
	"undercurrent/ui/session"
)

// action is a key with what it does. The one list of them drives the keys, the
// key line and the help.
type action struct {
	key.Binding
	group string
	// rank orders the key line: what is short of room goes from the end.
	rank int
	run  func(*App) tea.Cmd
	// ours tells that it needs particles of our own, not those of a stream.
	ours bool
}

// ours marks an action that needs particles of our own.
func ours(a action) action {
	a.ours = true
	return a
}

// Groups of the help.
const (
	groupFlow       = "flow"
	groupDivergence = "divergence"
	groupMeasure    = "coverage"
	groupCompare    = "comparison"
	groupSampler    = "sampler"
	groupView       = "view"
	groupProbe      = "probe"
	groupEdit       = "edit"
	groupProgram    = "program"
)

// drive is an action that commands the session.
func drive(command func(*session.Session)) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		a.order(command)
		return nil
	}
}

// end is an action that commands the engine to end something: it is never dropped.
func end(command func(*session.Session)) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		a.must(command)
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

func bind(group string, rank int, run func(*App) tea.Cmd, symbol, help string, keys ...string) action {
	return action{Binding: key.NewBinding(key.WithKeys(keys...), key.WithHelp(symbol, help)), group: group, rank: rank, run: run}
}

// numbered is how many divergences have a number key.
const numbered = 9

// keymap is every key of the program.
func keymap() []action {
	list := []action{
		bind(groupFlow, 1, end(func(s *session.Session) { s.Clock.TogglePause() }), "space", "pause", "space"),
		bind(groupFlow, 5, drive(func(s *session.Session) { s.Clock.SingleStep() }), ".", "step", "."),
		bind(groupFlow, 6, drive(func(s *session.Session) { s.Clock.Back() }), ",", "step back", ","),
		bind(groupFlow, 16, drive(func(d *session.Session) { d.Clock.Scrub(false) }), "⇧←", "rewind", "shift+left"),
		bind(groupFlow, 16, drive(func(d *session.Session) { d.Clock.Scrub(true) }), "⇧→", "forward", "shift+right"),
		ours(bind(groupFlow, 4, end(func(s *session.Session) { s.Scene.Restart() }), "r", "restart", "r")),
		ours(bind(groupFlow, 9, drive(func(s *session.Session) { s.Scene.Reseed() }), "R", "reseed", "R")),
		ours(bind(groupFlow, 16, drive(func(s *session.Session) { s.Scene.NextStart() }), "S", "another start", "S")),
		bind(groupFlow, 7, drive(func(d *session.Session) { d.Clock.Faster(true) }), "+", "faster", "+", "="),
		bind(groupFlow, 8, drive(func(d *session.Session) { d.Clock.Faster(false) }), "-", "slower", "-"),
		bind(groupFlow, 10, drive(func(d *session.Session) { d.Motion.ScaleBandwidth(false) }), "[", "narrower kernel", "["),
		bind(groupFlow, 11, drive(func(d *session.Session) { d.Motion.ScaleBandwidth(true) }), "]", "wider kernel", "]"),

		ours(bind(groupCompare, 3, do((*App).compare), "c", "compare", "c")),
		ours(bind(groupCompare, 16, drive(func(s *session.Session) { s.Comparison.Add() }), "a", "add a flow", "a")),
		ours(bind(groupCompare, 16, drive(func(s *session.Session) { s.Comparison.Remove() }), "x", "remove the flow", "x")),
		ours(bind(groupCompare, 16, drive(func(d *session.Session) { d.Comparison.Focus(1) }), "n", "next flow", "n")),
		ours(bind(groupCompare, 16, drive(func(d *session.Session) { d.Comparison.Focus(-1) }), "N", "previous flow", "N")),
		ours(bind(groupCompare, 16, do((*App).openLane), "enter", "flow full size", "enter")),

		ours(bind(groupSampler, 3, end(func(s *session.Session) { s.Training.Toggle() }), "g", "one-step sampler", "g")),
		ours(bind(groupSampler, 16, drive(func(s *session.Session) { s.Training.NextRoute() }), "G", "generator or flow", "G")),

		bind(groupDivergence, 2, drive(func(d *session.Session) { d.Motion.Next(1) }), "d", "divergence", "d"),
		bind(groupDivergence, 13, drive(func(d *session.Session) { d.Motion.Next(-1) }), "D", "previous divergence", "D"),
		bind(groupDivergence, 14, drive(func(d *session.Session) { d.Motion.StepParameter(false) }), "<", "less α (or λ)", "<"),
		bind(groupDivergence, 15, drive(func(d *session.Session) { d.Motion.StepParameter(true) }), ">", "more α (or λ)", ">"),

		bind(groupDivergence, 7, drive(func(s *session.Session) { s.Motion.NextReference() }), "e", "reference ρ", "e"),
		ours(bind(groupDivergence, 14, drive(func(s *session.Session) { s.Motion.ToggleVelocity() }), "b", "blob velocity", "b")),

		bind(groupDivergence, 16, drive(func(d *session.Session) { d.Motion.ScaleZ(false) }), ";", "Z too small", ";"),
		bind(groupDivergence, 16, drive(func(d *session.Session) { d.Motion.ScaleZ(true) }), "'", "Z too large", "'"),

		bind(groupMeasure, 15, drive(func(s *session.Session) { s.Coverage.Next() }), "u", "functional", "u"),
		bind(groupMeasure, 16, drive(func(d *session.Session) { d.Coverage.ScaleTau(false) }), "{", "lower τ", "{"),
		bind(groupMeasure, 16, drive(func(d *session.Session) { d.Coverage.ScaleTau(true) }), "}", "higher τ", "}"),
		bind(groupMeasure, 16, drive(func(d *session.Session) { d.Coverage.ScaleSoftness(false) }), "(", "smaller s", "("),
		bind(groupMeasure, 16, drive(func(d *session.Session) { d.Coverage.ScaleSoftness(true) }), ")", "larger s", ")"),

		ours(bind(groupView, 3, (*App).openPicker, "t", "target", "t")),
		bind(groupView, 6, do((*App).showNextStage), "v", "stage shows", "v"),
		bind(groupView, 12, do(func(a *App) { a.showNext(a.coverage) }), "V", "map shows", "V"),
		bind(groupView, 13, do((*App).nextOverlay), "o", "arrows, trails", "o"),
		bind(groupView, 16, do((*App).nextTheme), "T", "theme", "T"),
		bind(groupView, 16, do((*App).nextPalette), "C", "palette", "C"),
		bind(groupView, 16, do(func(a *App) { a.moveFocus(1) }), "tab", "next panel", "tab"),
		bind(groupView, 16, do(func(a *App) { a.moveFocus(-1) }), "⇧tab", "previous panel", "shift+tab"),

		bind(groupProbe, 16, do(func(a *App) { a.moveProbe(-1, 0) }), "← h", "probe left", "left", "h"),
		bind(groupProbe, 16, do(func(a *App) { a.moveProbe(1, 0) }), "→ l", "probe right", "right", "l"),
		bind(groupProbe, 16, do(func(a *App) { a.moveProbe(0, -1) }), "↑ k", "probe up", "up", "k"),
		bind(groupProbe, 16, do(func(a *App) { a.moveProbe(0, 1) }), "↓ j", "probe down", "down", "j"),
		bind(groupProbe, 16, do((*App).leave), "esc", "end probe and focus", "esc"),
		bind(groupProbe, 16, do(func(a *App) { a.mouse = !a.mouse }), "%", "mouse on or off", "%"),

		bind(groupEdit, 16, do((*App).grab), "m", "take a mode along", "m"),
		bind(groupEdit, 16, do((*App).addMode), "i", "add a mode", "i"),
		bind(groupEdit, 16, do((*App).deleteMode), "X", "delete the mode", "X"),
		bind(groupEdit, 16, do(func(a *App) { a.nudge(scenarios.Weigh, 1/weightStep) }), "w", "lighter mode", "w"),
		bind(groupEdit, 16, do(func(a *App) { a.nudge(scenarios.Weigh, weightStep) }), "W", "heavier mode", "W"),
		bind(groupEdit, 16, do(func(a *App) { a.nudge(scenarios.Widen, 1/widthStep) }), "f", "narrower mode", "f"),
		bind(groupEdit, 16, do(func(a *App) { a.nudge(scenarios.Widen, widthStep) }), "F", "wider mode", "F"),
		ours(bind(groupEdit, 16, do(func(a *App) { a.dab(scenarios.Pour) }), "p", "pour particles", "p")),
		ours(bind(groupEdit, 16, do(func(a *App) { a.dab(scenarios.Drain) }), "P", "drain particles", "P")),
		bind(groupEdit, 16, drive(func(s *session.Session) { s.Edits.Undo() }), "z", "undo", "z"),
		bind(groupEdit, 16, drive(func(s *session.Session) { s.Edits.Redo() }), "Z", "redo", "Z"),
		bind(groupEdit, 16, do((*App).save), "s", "save the target", "s"),

		bind(groupProgram, 16, do((*App).openPalette), ":", "command", ":"),
		bind(groupProgram, 16, (*App).askCommand, "y", "copy the command", "y"),
		bind(groupProgram, 0, do((*App).toggleHelp), "?", "help", "?"),
		bind(groupProgram, 0, func(*App) tea.Cmd { return tea.Quit }, "q", "quit", "q", "ctrl+c"),
	}
	for n := range numbered {
		list = append(list, bind(groupDivergence, 17+n, drive(func(d *session.Session) { d.Motion.ChooseNumber(n) }),
			fmt.Sprint(n+1), divergenceName(n), fmt.Sprint(n+1)))
	}
	return list
}
