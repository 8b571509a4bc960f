package app

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// spelled is a script as times and keys.
func spelled(s Script) string {
	var parts []string
	for _, k := range s.Keys {
		parts = append(parts, k.At.String()+" "+k.Key.String())
	}
	return strings.Join(parts, ", ")
}

func TestScriptsAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "",
		" ; ;; ":                      "",
		"d":                           "0s d",
		"d; D;é":                      "0s d, 0s D, 0s é",
		"wait 3; d; wait 0.5; space":  "3s d, 3.5s space",
		":z 10<enter>":                "0s :, 100ms z, 200ms space, 300ms 1, 400ms 0, 500ms enter",
		"type ab; c":                  "0s a, 100ms b, 200ms c",
		"type a  b":                   "0s a, 100ms space, 200ms space, 300ms b",
		"type <less><semicolon>>":     "0s <, 100ms ;, 200ms >",
		"shift+left;ctrl+p; alt+x":    "0s shift+left, 0s ctrl+p, 0s alt+x",
		"<;>;:;(;semicolon":           "0s <, 0s >, 0s :, 0s (, 0s ;",
		"ctrl+shift+up;shift+tab":     "0s ctrl+shift+up, 0s shift+tab",
		"pgup; home;esc ;enter\t;\td": "0s pgup, 0s home, 0s esc, 0s enter, 0s d",
	} {
		s, err := ParseScript(text)
		if got := spelled(s); err != nil || got != want {
			t.Errorf("%q is %q (%v), expected %q", text, got, err, want)
		}
	}
	// As a terminal sends it.
	if s, err := ParseScript("D"); err != nil || s.Keys[0].Key.Code != 'd' || s.Keys[0].Key.ShiftedCode != 'D' || s.Keys[0].Key.Mod != tea.ModShift {
		t.Errorf("D is %+v (%v)", s.Keys, err)
	}
	if s, err := ParseScript("wait 2; :a<enter>; wait 1"); err != nil || s.Length != 3300*time.Millisecond {
		t.Errorf("the script takes %v (%v)", s.Length, err)
	}
}

func TestScriptsThatCannotBeReadSayWhere(t *testing.T) {
	for text, want := range map[string]string{
		"spce":                  `column 1: unknown key "spce", expected wait SECONDS, type TEXT, :COMMAND<enter>, a character, or space`,
		"d; wait 2;\twiat 3":    `column 12: unknown key "wiat 3", expected`,
		"é; wait x":             `column 4: wait "x", expected a number of seconds from 0 to 3600`,
		"wait":                  `column 1: wait "", expected a number`,
		"wait -1":               `wait "-1", expected`,
		"wait NaN":              `wait "NaN", expected`,
		"wait 1e9":              `wait "1e9", expected`,
		"d; :z 10<entr>":        `column 9: unknown key <entr>, expected enter`,
		"type a<b":              `column 7: "<b" has no >, expected the name of a key in angle brackets`,
		"type a\x00":            `column 7: "\x00", expected a character that can be typed`,
		"type \xff":             `column 6: "\xff", expected a character that can be typed`,
		"\xff":                  `column 1: unknown key`,
		"shift+a":               `column 1: unknown key "shift+a"`,
		"ctrl+":                 `column 1: unknown key "ctrl+"`,
		"type":                  `column 1: unknown key "type"`,
		strings.Repeat("x", 99): `…", expected`,
	} {
		s, err := ParseScript(text)
		var wrong ScriptError
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), want) || len(s.Keys) > 0 {
			t.Errorf("%q: %v, expected %s", text, err, want)
		}
	}
}

// FuzzScript checks that whatever is read is in the order of time, and that errors point into the text.
func FuzzScript(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseScript(text)
		var wrong ScriptError
		if errors.As(err, &wrong) {
			if n := utf8.RuneCountInString(text); wrong.Column < 1 || wrong.Column > n || strings.Contains(wrong.Reason, "\n") {
				t.Errorf("%q: %v of %d columns", text, err, n)
			}
			return
		}
		if err != nil {
			t.Fatalf("%q: %v is not about a place", text, err)
		}
		last := time.Duration(0)
		for _, k := range s.Keys {
			if k.At < last || k.At > s.Length || k.Key.String() == "" {
				t.Errorf("%q: the key %q at %v comes after %v of %v", text, k.Key, k.At, last, s.Length)
			}
			last = k.At
		}
	})
}
