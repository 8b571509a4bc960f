package app

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// Files are read and written by the commands that Update returns, never in Update.
func TestFilesAreReadAndWrittenByCommands(t *testing.T) {
	a, player := screen(t, "uneven-ring", 120, 40, 1, colorprofile.ASCII)
	touched := ""
	a.options.Files = func() []string { touched += "list "; return []string{"hills.yaml"} }
	a.options.Open = func(string) (scenarios.Scenario, *sim.Motion, error) {
		touched += "open "
		return scenarios.Scenario{}, nil, errors.New("there is no such file")
	}
	a.options.Save = func(scenarios.Scenario) (string, error) { touched += "save "; return "ring.yaml", nil }
	_, list := a.Update(press(":"))
	for _, r := range "scenario" {
		send(a, press(string(r)))
	}
	send(a, press("space"))
	if touched != "" || strings.Contains(shows(a, player), "hills.yaml") {
		t.Errorf("a key has done %q", touched)
	}
	send(a, list())
	if touched != "list " || !strings.Contains(shows(a, player), "hills.yaml") {
		t.Errorf("the files are not listed, done is %q", touched)
	}
	send(a, press("h"), press("tab"))
	_, open := a.Update(press("enter"))
	if touched != "list " || opensPalette(a) == nil || open == nil {
		t.Fatalf("enter has done %q, the palette is %v", touched, opensPalette(a))
	}
	if _, again := a.Update(press("enter")); again != nil {
		t.Error("a file that is being read is read again")
	}
	send(a, press("esc"), open())
	if plain := shows(a, player); touched != "list open " || !strings.Contains(plain, "there is no such file") {
		t.Errorf("done is %q, why the file cannot be opened is not said:\n%s", touched, plain)
	}
	_, save := a.Update(press("s"))
	if _, again := a.Update(press("s")); again != nil {
		t.Error("a file that is being written is written again")
	}
	if send(a, save()); touched != "list open save " || !strings.Contains(shows(a, player), "saved as ring.yaml") {
		t.Errorf("done is %q", touched)
	}
	if _, again := a.Update(press("s")); again == nil {
		t.Error("a target cannot be saved twice")
	}
}

// What is opened from the list of keys stays open when that closes, and ctrl+c ends the
// program, also with an overlay open.
func TestOneOverlayOpensAnother(t *testing.T) {
	a, _ := screen(t, "uneven-ring", 120, 40, 1, colorprofile.ASCII)
	send(a, press("?"))
	for _, r := range "command" {
		send(a, press(string(r)))
	}
	send(a, press("enter"))
	if opensPalette(a) == nil {
		t.Fatalf("open is %T, expected the palette", a.overlay)
	}
	for _, key := range []string{"?", ":", "t"} {
		a.overlay = nil
		send(a, press(key))
		if _, cmd := a.Update(tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}); cmd == nil || cmd() != tea.Quit() {
			t.Errorf("ctrl+c does not quit from %T", a.overlay)
		}
	}
}
