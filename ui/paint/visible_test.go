package paint

import (
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestTextsFromOutsideAreVisible(t *testing.T) {
	for text, want := range map[string]string{
		"plain – α²▏ text": "plain – α²▏ text",
		"\x1b[2J":          `\x1b[2J`,
		"a\nb\tc\r\x00":    `a\nb\tc\r\x00`,
		"\u009b31m":        `\u009b31m`,
		"\xff\x9b":         `\xff\x9b`,
		"\u202egpj.exe":    `\u202egpj.exe`,
	} {
		if got := Visible(text); got != want {
			t.Errorf("%q is shown as %s, expected %s", text, got, want)
		}
	}
	if got := VisibleLines("a\x1b\nb"); got != "a\\x1b\nb" {
		t.Errorf("lines are shown as %q", got)
	}
}

// The end of a long message says what was expected.
func TestALongSentenceKeepsItsEnds(t *testing.T) {
	text := Sentence("begin " + strings.Repeat("ä", 100_000) + " end")
	if len(text) > 2*maxSentence || !strings.HasPrefix(text, "begin ") || !strings.HasSuffix(text, " end") || !utf8.ValidString(text) {
		t.Errorf("the sentence is %.20q, of %d bytes", text, len(text))
	}
}

// What is shown has only characters that are seen, and is read back as what it was.
func FuzzVisible(f *testing.F) {
	for _, text := range []string{"", "plain", "\x1b]0;t\x07", "\xff\u202e\u009b", "ä\u0301▏", "\U000e0001"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.NewReplacer(`\`, "", `"`, "").Replace(text)
		shown := Visible(text)
		if at := strings.IndexFunc(shown, func(r rune) bool { return !unicode.IsGraphic(r) }); at >= 0 || !utf8.ValidString(shown) {
			t.Errorf("%q is shown as %q", text, shown)
		}
		if back, err := strconv.Unquote(`"` + shown + `"`); err != nil || back != text {
			t.Errorf("%q is read back as %q (%v)", text, back, err)
		}
	})
}
