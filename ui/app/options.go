package app

import (
	"undercurrent/scenarios"
	"undercurrent/ui/engine"
	"undercurrent/ui/paint"
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
	// Open reads a scenario file, and the rule that it asks for, nil for none; Files are
	// those that there are. Both are nil where there is nothing to read from.
	Open  func(name string) (scenarios.Scenario, *engine.Rule, error)
	Files func() []string
}

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
