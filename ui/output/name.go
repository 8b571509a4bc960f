package output

import (
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName bounds the names that are made of texts, in bytes; endings and numbers come after.
const maxName = 100

// Name is a text from outside, such as the id of a scenario, as the name of a file: it stays
// in its directory, needs no quotes, and no system takes it for something else.
func Name(text string) string {
	var b strings.Builder
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.+^=@", r) || r == utf8.RuneError {
			r = '-'
		}
		if b.Len()+utf8.RuneLen(r) > maxName {
			break
		}
		b.WriteRune(r)
	}
	// A point hides a file, and a dash makes it a flag.
	name := strings.TrimRight(strings.TrimLeft(b.String(), ".-"), ".-")
	switch {
	case name == "":
		return "unnamed"
	case !filepath.IsLocal(name): // a device of Windows
		return "_" + name
	}
	return name
}
