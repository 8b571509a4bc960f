package app

import (
	"errors"
	"fmt"
	"image/color"

	tea "charm.land/bubbletea/v2"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/ui/journal"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// logged writes what is given to the program into a log, if there is one.
type logged struct {
	to   *journal.Writer // nil for none
	told bool            // whether it was said that the log cannot be written
}

// note writes a message, while the screen has a frame.
func (l *logged) note(msg tea.Msg, f *session.Frame) {
	if l.to == nil {
		return
	}
	in, ok := inputOf(msg)
	if !ok {
		return
	}
	step := 0
	if f != nil {
		in.Seen, step = f.Serial, f.Now
	}
	l.to.Input(in, step)
}

// failed is why the log cannot be written, once.
func (l *logged) failed() error {
	if l.to == nil || l.told {
		return nil
	}
	err := l.to.Err()
	l.told = err != nil
	return err
}

// inputOf is a message as a log has it; ok is false for one that a log has not.
func inputOf(msg tea.Msg) (in journal.Input, ok bool) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		in.Key = loggedKey(msg)
	case tea.PasteMsg:
		text := pasted(msg.Content)
		in.Paste = &text
	case tea.MouseMsg:
		in.Mouse = loggedMouse(msg)
	case tea.WindowSizeMsg:
		in.Resize = &journal.Size{Columns: msg.Width, Rows: msg.Height}
	case tea.BackgroundColorMsg:
		dark := msg.IsDark()
		in.Dark = &dark
	default:
		in.Answer = answerOf(msg)
	}
	return in, in != (journal.Input{})
}

// answerOf is a message about something that the system was asked for, nil for another.
func answerOf(msg tea.Msg) *journal.Answer {
	text := func(err error) string {
		if err == nil {
			return ""
		}
		return err.Error()
	}
	switch msg := msg.(type) {
	case listed:
		return &journal.Answer{Of: journal.Listed, Names: msg}
	case opened:
		return &journal.Answer{Of: journal.Opened, Name: msg.name, SHA256: msg.hash, Error: text(msg.err)}
	case saved:
		a := &journal.Answer{Of: journal.Saved, Name: msg.name, Weight: msg.weight, Error: text(msg.err)}
		if msg.figure != nil {
			a.Figure, a.NoFigure = msg.figure.name, text(msg.figure.err)
		}
		return a
	case drawnFigure:
		return &journal.Answer{Of: journal.Drawn, Name: msg.name, Error: text(msg.err)}
	case savedModel:
		return &journal.Answer{Of: journal.SavedModel, Name: msg.name, Error: text(msg.err)}
	case castBegun:
		name := ""
		if msg.to != nil {
			name = msg.to.Name()
		}
		return &journal.Answer{Of: journal.CastBegun, Name: name, Error: text(msg.err)}
	case castKept:
		return &journal.Answer{Of: journal.CastKept, Name: msg.name, Error: text(msg.err)}
	case recipeMsg:
		return &journal.Answer{Of: journal.Recipe, Command: string(msg)}
	case copied:
		return &journal.Answer{Of: journal.Copied, Command: msg.command, Error: text(msg.err)}
	}
	return nil
}

// messageOf is the message of an input. A file is read again by open.
func messageOf(in journal.Input, open func(*journal.Answer) (scenarios.Scenario, *sim.Motion, error)) (tea.Msg, error) {
	switch {
	case in.Key != nil:
		return keyOf(in.Key)
	case in.Paste != nil:
		return tea.PasteMsg{Content: *in.Paste}, nil
	case in.Mouse != nil:
		return mouseOf(in.Mouse), nil
	case in.Resize != nil:
		return tea.WindowSizeMsg{Width: in.Resize.Columns, Height: in.Resize.Rows}, nil
	case in.Dark != nil:
		ground := tea.BackgroundColorMsg{Color: color.White}
		if *in.Dark {
			ground.Color = color.Black
		}
		return ground, nil
	}
	return answered(in.Answer, open)
}

// answered is the message of an answer.
func answered(a *journal.Answer, open func(*journal.Answer) (scenarios.Scenario, *sim.Motion, error)) (tea.Msg, error) {
	var failure error
	if a.Error != "" {
		failure = errors.New(a.Error)
	}
	switch a.Of {
	case journal.Listed:
		return listed(a.Names), nil
	case journal.Opened:
		if failure != nil {
			return opened{name: a.Name, err: failure}, nil
		}
		s, motion, err := open(a)
		return opened{scenario: s, motion: motion, name: a.Name}, err
	case journal.Saved:
		return saved{a.Name, a.Weight, failure, figureOf(a)}, nil
	case journal.Drawn:
		return drawnFigure{a.Name, failure}, nil
	case journal.SavedModel:
		return savedModel{a.Name, failure}, nil
	case journal.CastBegun:
		return castBegun{unrecorded(a.Name), failure}, nil
	case journal.CastKept:
		return castKept{a.Name, failure}, nil
	case journal.Recipe:
		return recipeMsg(a.Command), nil
	}
	return copied{a.Command, failure}, nil
}

// figureOf is the figure that was saved with a target, nil where none was asked for.
func figureOf(a *journal.Answer) *drawnFigure {
	switch {
	case a.NoFigure != "":
		return &drawnFigure{err: errors.New(a.NoFigure)}
	case a.Figure != "":
		return &drawnFigure{name: a.Figure}
	}
	return nil
}

// loggedKey is a key by its name, and all that the name does not say.
func loggedKey(k tea.KeyPressMsg) *journal.Key {
	name := k.Keystroke()
	if k.Text != "" && k.Text != " " {
		name = k.Text
	}
	if named, ok := keyNamed(name); ok && named == k {
		return &journal.Key{Name: name}
	}
	return &journal.Key{Name: name, Exact: true, Code: k.Code, Shifted: k.ShiftedCode, Base: k.BaseCode, Mod: int(k.Mod), Text: k.Text, Repeat: k.IsRepeat}
}

// keyOf is the key that was logged.
func keyOf(k *journal.Key) (tea.KeyPressMsg, error) {
	if !k.Exact {
		named, ok := keyNamed(k.Name)
		if !ok {
			return named, fmt.Errorf("unknown key %q, expected one that a script has", paint.Cut(k.Name, maxQuoted))
		}
		return named, nil
	}
	return tea.KeyPressMsg{Code: k.Code, ShiftedCode: k.Shifted, BaseCode: k.Base, Mod: tea.KeyMod(k.Mod), Text: k.Text, IsRepeat: k.Repeat}, nil
}

// loggedMouse is what the mouse did.
func loggedMouse(msg tea.MouseMsg) *journal.Mouse {
	m := msg.Mouse()
	did := journal.Move
	switch msg.(type) {
	case tea.MouseClickMsg:
		did = journal.Press
	case tea.MouseReleaseMsg:
		did = journal.Release
	case tea.MouseWheelMsg:
		did = journal.Wheel
	}
	return &journal.Mouse{Did: did, X: m.X, Y: m.Y, Button: int(m.Button), Mod: int(m.Mod)}
}

func mouseOf(m *journal.Mouse) tea.Msg {
	at := tea.Mouse{X: m.X, Y: m.Y, Button: tea.MouseButton(m.Button), Mod: tea.KeyMod(m.Mod)}
	switch m.Did {
	case journal.Press:
		return tea.MouseClickMsg(at)
	case journal.Release:
		return tea.MouseReleaseMsg(at)
	case journal.Wheel:
		return tea.MouseWheelMsg(at)
	}
	return tea.MouseMotionMsg(at)
}
