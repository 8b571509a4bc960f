package app

import (
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/sampler"
	"undercurrent/ui/journal"
	"undercurrent/ui/lesson"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// Options are what the program is started with.
type Options struct {
	// FPS is the frames a second.
	FPS int
	// Look is the theme and the palette; a theme of AutoTheme follows the terminal's
	// background.
	Look paint.Look
	// Kitty makes the terminal draw the maps, if it answers that it can.
	Kitty bool
	// NoMouse leaves the mouse to the terminal.
	NoMouse bool
	// Keys are the keys of actions, by the action's name, in place of the usual ones.
	Keys map[string][]string
	// Save writes a scenario to a file and says how that is called; nil where there is
	// nothing to write to.
	Save func(scenarios.Scenario) (name string, err error)
	// SaveModel writes a trained sampler to a new file, of the given name or of one made of the model if
	// that is empty, and returns the name; nil where there is nothing to write to.
	SaveModel func(m *sampler.Model, name string) (saved string, err error)
	// Figure draws a figure into a new file, of the given name or of one made of the scenario if that is
	// empty, and returns the name; nil where there is nothing to write to.
	Figure func(f Figure, name string) (saved string, err error)
	// Open reads a scenario file, and the motion that it asks for, nil for none; Files are
	// those available. Both are nil where there is nothing to read from.
	Open  func(name string) (scenarios.Scenario, *sim.Motion, error)
	Files func() []string
	// Record begins a recording of a screen of a size in cells to a new file, whose name is made of that
	// of a scenario; nil where there is nothing to write to.
	Record func(scenario string, width, height int) (Recorder, error)
	// Log takes what is given to the program and what the session does, nil for nobody; Hash is the SHA-256 of a
	// file that was opened, empty where it cannot be read.
	Log  *journal.Writer
	Hash func(name string) string
	// ReplayLine is the command that repeats the session from its log, empty without one.
	ReplayLine string
	// Lesson is the lesson that the program opens with, nil for none.
	Lesson *lesson.Lesson
	// CommandLine writes the command that reproduces a session.
	CommandLine func(session.Recipe) string
	// Program is how the program is called, as a word of a shell.
	Program string
	// Clipboard puts a text into the clipboard by a tool of the system, nil where there is none.
	Clipboard func(text string) error
	// Tmux reports whether the terminal is tmux, which hands nothing on to a clipboard unless it is told to.
	Tmux bool
}

const (
	// pollsPerFrame is how often a new frame is looked for: the session's clock is another, and at its
	// own rate every few frames would be missed.
	pollsPerFrame = 2
	// minTicks is how often at least, so that keys show their effect at once also where frames are few.
	minTicks = 60
)

// ticks are those of the screen's clock in a second.
func (o Options) ticks() int { return max(pollsPerFrame*o.FPS, minTicks) }

// AutoTheme is dark or light, as the terminal's background is.
const AutoTheme = "auto"

// Check says what of the options cannot be used.
func (o Options) Check() error {
	look := o.Look
	if look.Theme == AutoTheme {
		look.Theme = ""
	}
	if err := look.Check(); err != nil {
		return err
	}
	_, err := rebound(keymap(), o.Keys)
	return err
}

// AllKeys are the keys of every action, by its name.
func (o Options) AllKeys() map[string][]string {
	keys, _ := rebound(keymap(), o.Keys)
	all := map[string][]string{}
	for _, k := range keys {
		all[k.name()] = k.Keys()
	}
	return all
}
