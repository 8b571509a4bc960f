package scenarios

import "strings"

// OneLine is a text on one line: ends of lines, tabs and the blanks around them become one
// blank.
func OneLine(text string) string {
	if strings.ContainsAny(text, "\n\t") {
		return strings.Join(strings.Fields(text), " ")
	}
	return text
}

// Shortened is a text, cut after n characters where it has more.
func Shortened(text string, n int) string {
	if long := []rune(text); len(long) > n {
		return string(long[:n]) + "…"
	}
	return text
}
