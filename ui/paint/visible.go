package paint

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible is a text from outside as it can be shown: what a terminal would obey or hide, and
// bytes that are not UTF-8, are written as they are in Go, such as \x1b. Every message and
// every row of the screen passes through it, as do names of files, keys of a configuration
// and what libraries say of them.
func Visible(text string) string { return visible(text, "") }

// VisibleLines is Visible for a text of several lines.
func VisibleLines(text string) string { return visible(text, "\n") }

func visible(text, kept string) string {
	var b *strings.Builder
	from := 0 // up to there everything is written, once there is a builder
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if graphic(r, size) || kept != "" && strings.ContainsRune(kept, r) {
			at += size
			continue
		}
		if b == nil {
			b = &strings.Builder{}
		}
		b.WriteString(text[from:at])
		b.WriteString(escaped(text[at:at+size], r))
		at += size
		from = at
	}
	if b == nil {
		return text
	}
	b.WriteString(text[from:])
	return b.String()
}

// graphic reports whether a terminal shows a character as it is.
func graphic(r rune, size int) bool {
	if r < utf8.RuneSelf {
		return r >= ' ' && r != 0x7f
	}
	return !(r == utf8.RuneError && size == 1) && unicode.IsGraphic(r)
}

// escaped is a character as Go writes it, or a byte that is not one.
func escaped(text string, r rune) string {
	if r == utf8.RuneError {
		quoted := strconv.QuoteToASCII(text)
		return quoted[1 : len(quoted)-1]
	}
	quoted := strconv.QuoteRuneToASCII(r)
	return quoted[1 : len(quoted)-1]
}

// maxSentence bounds a message, in bytes.
const maxSentence = 2000

// Sentence is a message on one line, Visible and of bounded length. What is left out of a long
// one is its middle: its end says what was expected.
func Sentence(text string) string {
	if len(text) > maxSentence {
		head, tail := text[:maxSentence/2], text[len(text)-maxSentence/2:]
		text = strings.ToValidUTF8(head, "") + " … " + strings.ToValidUTF8(tail, "")
	}
	return Visible(text)
}

// shortened is the beginning of a text, more of it than fits into the given cells.
func shortened(text string, cells int) string {
	// Characters of no width may stand on others.
	const bytesPerCell, spare = 32, 64
	if limit := bytesPerCell*cells + spare; len(text) > limit {
		return strings.ToValidUTF8(text[:limit], "")
	}
	return text
}
