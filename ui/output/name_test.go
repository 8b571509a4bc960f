package output

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestANameStaysInItsDirectory(t *testing.T) {
	for text, want := range map[string]string{
		"three-modes": "three-modes", "α-target.2": "α-target.2", "uneven-ring-edited": "uneven-ring-edited",
		"../../x": "x", "/etc/passwd": "etc-passwd", "..": "unnamed", "": "unnamed", ".hidden": "hidden", "--out": "out",
		"a b;c\nd": "a-b-c-d", "\x1b]0;title\x07": "0-title", `C:\x`: "C--x", "a\xffb": "a-b",
	} {
		if got := Name(text); got != want {
			t.Errorf("%q is called %q, expected %q", text, got, want)
		}
	}
}

func FuzzName(f *testing.F) {
	for _, text := range []string{"", "..", "a/b", strings.Repeat("ä", 300), "\xff\x00", "CON"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		name := Name(text)
		switch {
		case name == "" || len(name) > maxName+1 || !utf8.ValidString(name):
			t.Errorf("%q is called %q", text, name)
		case !filepath.IsLocal(name) || filepath.Base(name) != name || strings.ContainsAny(name, `/\:`):
			t.Errorf("%q leaves its directory as %q", text, name)
		case name[0] == '.' || name[0] == '-' || strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }):
			t.Errorf("%q is called %q", text, name)
		}
		if Name(name) != name {
			t.Errorf("%q becomes %q", name, Name(name))
		}
	})
}
