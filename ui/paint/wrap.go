package paint

import "strings"

// Wrap is a text in lines of at most width cells. It breaks at blanks alone; a word that is longer than
// a line has one for itself.
func Wrap(text string, width int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && Width(line)+1+Width(word) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
