package scenarios

import (
	"strconv"
	"strings"
)

// OneLine returns the text on one line: if it has line ends or tabs, every run of white
// space becomes one space.
func OneLine(text string) string {
	if strings.ContainsAny(text, "\n\t") {
		return strings.Join(strings.Fields(text), " ")
	}
	return text
}

// Shortened returns the text, cut after n characters with an ellipsis if it has more.
func Shortened(text string, n int) string {
	if long := []rune(text); len(long) > n {
		return string(long[:n]) + "…"
	}
	return text
}

// Escaped is a text from elsewhere, such as a name in a file or the error of a library that
// repeats it, with what a terminal would obey written out.
func Escaped(text string) string {
	quoted := strconv.Quote(text)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}
