package panel

import "strings"

// minBar is the width that the bar of the mass ratio keeps next to names, wholeHead that of
// its head in one line.
const (
	minBar    = 5
	wholeHead = 13
)

// barHead is the head of the bar of the mass ratio to the target, as long as there is room for, in the
// middle of its width.
func barHead(width int, target string) head {
	h := head{"", "q/p"}
	switch {
	case width >= wholeHead:
		h = head{"", "% of " + target}
	case width > len(target):
		h = head{"% of", target}
	case width > len("% of"):
		h = head{"% of", "p"}
	}
	middle := func(text string) string { return text + strings.Repeat(" ", (width-len(text))/2) }
	return head{middle(h.upper), middle(h.lower)}
}
