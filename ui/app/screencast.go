package app

import (
	"errors"
	"image/color"
	"time"

	tea "charm.land/bubbletea/v2"

	"undercurrent/ui/paint"
)

// Recorder takes the screens of a recording to a file. It does not make its caller wait, but in Keep.
type Recorder interface {
	// Name is that of the file.
	Name() string
	// Add adds a screen of a size in cells that is seen from a time on, with the colours of text and ground
	// where it sets none, nil for those of the terminal.
	Add(at time.Duration, width, height int, screen string, text, ground color.Color)
	// Keep ends the recording at a time, and says which name the file has in the end. Called again it waits
	// for the first call, and says the same.
	Keep(at time.Duration) (name string, err error)
}

// screencast is the recording of the screen that is under way, if there is one.
type screencast struct {
	to            Recorder // nil for none
	ending        Recorder // one that is being kept, nil for none
	begins        bool     // whether one is about to begin
	began         time.Time
	width, height int // of the screen
	now           func() time.Time
}

// castBegun is a recording that begins; castKept one that has ended.
type (
	castBegun struct {
		to  Recorder
		err error
	}
	castKept struct {
		name string
		err  error
	}
)

// add adds the screen as it was drawn.
func (c *screencast) add(drawn string, t paint.Theme) {
	if c.to != nil {
		c.to.Add(c.now().Sub(c.began), c.width, c.height, drawn, t.Plain(), t.Ground())
	}
}

// end ends the recording where the program does, which may be before what the key began is done.
func (c *screencast) end() (err error) {
	for _, r := range []Recorder{c.ending, c.to} {
		if r != nil {
			_, failed := r.Keep(c.now().Sub(c.began))
			err = errors.Join(err, failed)
		}
	}
	c.ending, c.to = nil, nil
	return err
}

// toggleCast begins a recording of the screen, or ends it.
func (a *App) toggleCast() tea.Cmd {
	c := &a.cast
	switch {
	case c.ending != nil:
		return nil
	case c.to != nil:
		to, at := c.to, c.now().Sub(c.began)
		c.to, c.ending = nil, to
		return func() tea.Msg {
			name, err := to.Keep(at)
			return castKept{name, err}
		}
	case a.options.Record == nil || a.frame == nil || c.begins:
		return nil
	}
	c.begins = true
	scenario, width, height := a.frame.Scenario.ID, c.width, c.height
	return func() tea.Msg {
		to, err := a.options.Record(scenario, width, height)
		return castBegun{to, err}
	}
}

// onCastBegun records from here on.
func (a *App) onCastBegun(msg castBegun) {
	a.cast.begins = false
	if msg.err != nil {
		a.messages.warn(msg.err)
		return
	}
	a.cast.to, a.cast.began = msg.to, a.cast.now()
	a.messages.say("recording to " + msg.to.Name() + " until ` is pressed again")
}

// onCastKept says where the recording is.
func (a *App) onCastKept(msg castKept) {
	a.cast.ending = nil
	if msg.err != nil {
		a.messages.warn(msg.err)
		return
	}
	a.messages.say("recorded as " + msg.name + "; asciinema play " + msg.name + " shows it")
}
