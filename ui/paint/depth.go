// Package paint turns numbers into cells: colours for every kind of terminal,
// rows of styled text of an exact width, and bitmaps of two pixels a cell.
package paint

import "github.com/charmbracelet/colorprofile"

// Depth is how many colours a terminal shows.
type Depth int

// The depths a screen is designed for.
const (
	None Depth = iota
	Sixteen
	Indexed
	True
)

// DepthOf is the depth of a colour profile.
func DepthOf(p colorprofile.Profile) Depth {
	switch p {
	case colorprofile.TrueColor:
		return True
	case colorprofile.ANSI256:
		return Indexed
	case colorprofile.ANSI:
		return Sixteen
	}
	return None
}
