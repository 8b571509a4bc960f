package app

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/x/ansi"
)

// leave asks the program to end, like the key q; resumed says that it was stopped and continued.
type (
	leave   struct{}
	resumed struct{}
)

// departure is the way out of the program. A terminal answers questions in their order, so once it
// has answered one that was asked last, no answer is left over that would stand in the shell after
// the end. One that has not answered anything for a while never does, and is not waited for.
type departure struct {
	now     func() time.Time
	began   time.Time // of the program
	asked   int       // questions whose answers end those to all before
	heard   int
	leaving bool
	until   time.Time // when the terminal is waited for no longer
}

// muteAfter is how long the terminal is waited for.
const muteAfter = 1500 * time.Millisecond

// question is one that every terminal answers.
func (d *departure) question() tea.Cmd {
	d.asked++
	return tea.Raw(ansi.RequestPrimaryDeviceAttributes)
}

// begin asks the first question, after those of the start.
func (d *departure) begin() tea.Cmd {
	d.began = d.now()
	return d.question()
}

// hurried is how long the terminal is waited for once the user has asked again: what was asked of it
// must be written before the screen is left.
const hurried = 100 * time.Millisecond

// leave begins to leave. The second time it hardly waits.
func (d *departure) leave() tea.Cmd {
	now := d.now()
	mute := d.heard == 0 && now.Sub(d.began) > muteAfter
	switch {
	case mute:
		return tea.Quit
	case d.leaving:
		if soon := now.Add(hurried); soon.Before(d.until) {
			d.until = soon
		}
		return nil
	}
	d.leaving, d.until = true, now.Add(muteAfter)
	if d.heard < d.asked {
		// The question of the start is answered first: what the library asks with its first screen
		// comes after that.
		return nil
	}
	return d.question()
}

// answered takes an answer. The last one ends the program.
func (d *departure) answered() tea.Cmd {
	switch d.heard++; {
	case !d.leaving || d.heard < d.asked:
		return nil
	case d.asked == 1:
		return d.question()
	}
	return tea.Quit
}

// late ends the program if the terminal has been waited for long enough.
func (d *departure) late() tea.Cmd {
	if d.leaving && d.now().After(d.until) {
		return tea.Quit
	}
	return nil
}
