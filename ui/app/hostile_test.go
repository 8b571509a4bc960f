package app

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
)

// hostile are texts that terminals obey, and no text at all.
var hostile = strings.Join([]string{
	"\x1b]0;title\x07", "\x1b[2J", "\x1b]52;c;aGk=\x1b\\", "\u009b31m", "\u009d0;t\u009c", "\x9b2J", "\r", "\n", "\t", "\b", "\x00", "\x7f", "\u202e", "\xff",
}, "x")

// styles are the only escape sequences of our own in a screen.
var styles = regexp.MustCompile("\x1b\\[[0-9;:]*m")

// obeyed is the first character of a screen that a terminal would obey, besides styles.
func obeyed(screen string) string {
	for line := range strings.SplitSeq(styles.ReplaceAllString(screen, ""), "\n") {
		if at := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsGraphic(r) || r == unicode.ReplacementChar }); at >= 0 {
			return line[at:]
		}
	}
	return ""
}

// hostileScenario has hostile texts wherever a scenario has any.
func hostileScenario(t *testing.T, text string) scenarios.Scenario {
	t.Helper()
	s, err := catalogue.Named("banana")
	if err != nil {
		t.Fatal(err)
	}
	s.ID, s.Name, s.Story, s.Kind, s.Source, s.Notes, s.File, s.StartName, s.StartFile, s.Start.Text = text, text, text, text, text, text, text, text, text, text
	s.Regions = append([]scenarios.Region(nil), s.Regions...)
	for k := range s.Regions {
		s.Regions[k].Name = text
	}
	return s
}

// No escape sequence of a scenario, a file, a message or a paste is in a screen of any size,
// and long texts are cut.
func TestHostileTextsAreShown(t *testing.T) {
	t.Parallel()
	for _, text := range []string{hostile, strings.Repeat("long ", 200), strings.Repeat(hostile, 4)} {
		a, player := newStillOf(t, hostileScenario(t, text), "reverse-kl")
		a.options.Open = func(string) (s scenarios.Scenario, m *sim.Motion, err error) { return s, m, failure(text) }
		a.options.Files = func() []string { return []string{text} }
		send(a, tea.ColorProfileMsg{Profile: colorprofile.TrueColor})
		for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 160, Height: 50}, {Width: 20, Height: 6}} {
			send(a, size)
			for _, open := range []string{":", "t", "?", "c"} {
				send(a, press(open), listed{text}, tea.PasteMsg{Content: "scenario " + text})
				holdsNoSequence(t, a)
				send(a, opened{err: failure(strings.Repeat(text, 1000))})
				player.advance(1)
				send(a, tick(time.Time{}), press("esc"))
				holdsNoSequence(t, a)
			}
			send(a, saved{name: text, weight: text})
			holdsNoSequence(t, a)
		}
	}
}

func holdsNoSequence(t *testing.T, a *App) {
	t.Helper()
	if bad := obeyed(a.drawn); bad != "" {
		t.Fatalf("%.60q is in the screen", bad)
	}
}

// failure is an error of a library with a text from outside.
type failure string

func (f failure) Error() string { return string(f) }
