package app

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"undercurrent/ui/paint"
)

// Every action has a sentence, every sentence an action, and what the columns hold fits them.
func TestEveryActionHasASentence(t *testing.T) {
	t.Parallel()
	said := sentences()
	for _, k := range keymap() {
		text := said[k.name()]
		if text == "" {
			t.Errorf("%q has no sentence", k.name())
		}
		if !strings.HasSuffix(text, ".") || strings.Count(text, ".") > 6 || paint.Width(text) > 170 {
			t.Errorf("%q: %q is no sentence", k.name(), text)
		}
		if paint.Width(k.Help().Key) >= keyColumn {
			t.Errorf("%q does not fit its column", k.Help().Key)
		}
		delete(said, k.name())
	}
	for name := range said {
		t.Errorf("there is a sentence about %q, which is no action", name)
	}
	for _, topic := range newManual(keymap(), nil, "").all {
		if paint.Width(topic.name) >= nameColumn {
			t.Errorf("%q does not fit its column", topic.name)
		}
	}
}

// manualOf is the manual that is open.
func manualOf(t *testing.T, a *App) *manual {
	t.Helper()
	m, ok := a.overlay.(*manual)
	if !ok {
		t.Fatalf("the help is not open:\n%s", ansi.Strip(a.drawn))
	}
	return m
}

// On a screen of any size the help says how much of it is not seen, and all of it can be reached.
func TestTheHelpScrollsVisibly(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "uneven-ring", 80, 24, 1, colorprofile.ASCII)
	for _, size := range [][2]int{{60, 20}, {80, 24}, {200, 60}} {
		send(a, tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		send(a, press("?"))
		m := manualOf(t, a)
		var seen []string
		for range m.all {
			plain := shows(a, player)
			checkCells(t, a, size[0], size[1])
			above, below := strings.Contains(plain, "↑ "), strings.Contains(plain, "↓ ")
			if m.at == 0 && !below || m.at == len(m.all)-1 && !above || !strings.Contains(plain, "█ │") {
				t.Fatalf("%v: at %d of %d nothing says that there is more:\n%s", size, m.at, len(m.all), plain)
			}
			if !strings.Contains(plain, "▸ ") {
				t.Fatalf("%v: the chosen topic is not seen:\n%s", size, plain)
			}
			for _, topic := range m.all {
				if strings.Contains(plain, topic.name) && !slices.Contains(seen, topic.name) {
					seen = append(seen, topic.name)
				}
			}
			if m.at == len(m.all)-1 {
				break
			}
			send(a, tea.KeyPressMsg{Code: tea.KeyPgDown})
		}
		send(a, press("esc"))
		for _, topic := range m.all {
			if !slices.Contains(seen, topic.name) {
				t.Errorf("%v: %q is never seen", size, topic.name)
			}
		}
		for _, k := range available(a.keys, a.frame) {
			if !slices.Contains(seen, k.Help().Desc) {
				t.Errorf("%v: the key %s is not in the help", size, k.Help().Key)
			}
		}
	}
}

// Typing looks through keys, names and sentences, in that order; a word is read, a key is run.
func TestTheHelpIsFiltered(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "uneven-ring", 80, 24, 1, colorprofile.ASCII)
	for typed, want := range map[string]string{"c": "compare", "palette": "palette", "twentieth": "rewind", "zero-forcing": "mode-seeking",
		"repair threshold": "smaller s", "nrkern": "narrower kernel", "KL(q": "KL(q‖p)"} {
		send(a, press("?"))
		m := manualOf(t, a)
		for _, r := range typed {
			if r == ' ' {
				send(a, press("space"))
				continue
			}
			send(a, press(string(r)))
		}
		if topic, _ := m.chosen(); topic.name != want {
			t.Errorf("%q leads to %q, expected %q", typed, topic.name, want)
		}
		send(a, press("esc"))
	}
	types(a, "help mode-seeking")
	send(a, press("enter"))
	if topic, _ := manualOf(t, a).chosen(); topic.name != "mode-seeking" {
		t.Errorf(":help mode-seeking leads to %q", topic.name)
	}
	send(a, press("enter"))
	manualOf(t, a) // a word does nothing
	send(a, press("esc"))
	types(a, "help")
	send(a, press("enter"))
	if m := manualOf(t, a); len(m.found) != len(m.all) {
		t.Errorf(":help shows %d of %d topics", len(m.found), len(m.all))
	}
	send(a, press("esc"))
	types(a, "hlep")
	send(a, press("enter"))
	if plain := shows(a, player); !strings.Contains(plain, `unknown command "hlep", expected help`) {
		t.Errorf("a mistyped command is answered with\n%s", plain)
	}
}
