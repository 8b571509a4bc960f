package recording

import (
	"image/color"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// Ground are the colours of cells that have none of their own: those of the terminal.
type Ground struct{ Text, Ground color.RGBA }

// Frame is the screen that is seen from a time on.
type Frame struct {
	// At is the time since the recording began. Times of frames must not decrease.
	At time.Duration
	// Screen is as the program draws it: lines of text, with escape sequences for styles and no others.
	Screen string
	Ground Ground
}

// same reports whether two frames show the same.
func (f Frame) same(other Frame) bool { return f.Screen == other.Screen && f.Ground == other.Ground }

// Cell is one cell as it is seen: reversed and faint colours are already what they look like.
type Cell struct {
	// Text is the character with the marks on it, a blank for nothing. The second cell of a wide
	// character has none.
	Text            string
	Fg, Bg          color.RGBA
	Bold, Underline bool
}

// Screen is a grid of cells, as a terminal shows what the program draws.
type Screen struct {
	Width, Height int

	buffer uv.ScreenBuffer
	ground Ground
}

// NewScreen is an empty screen of a size in cells.
func NewScreen(width, height int) *Screen {
	return &Screen{Width: width, Height: height, buffer: uv.NewScreenBuffer(width, height)}
}

// Draw shows a frame. What of it lies outside is cut, what is missing is blank.
func (s *Screen) Draw(f Frame) {
	uv.NewStyledString(f.Screen).Draw(s.buffer, s.buffer.Bounds())
	s.ground = f.Ground
}

// Cell is the one in a column and a row, which are counted from 0.
func (s *Screen) Cell(x, y int) Cell {
	c := s.buffer.CellAt(x, y)
	if c == nil {
		return Cell{Text: " ", Fg: s.ground.Text, Bg: s.ground.Ground}
	}
	style := c.Style
	seen := Cell{
		Text: c.Content, Fg: opaque(style.Fg, s.ground.Text), Bg: opaque(style.Bg, s.ground.Ground),
		Bold: style.Attrs&uv.AttrBold != 0, Underline: style.Underline != uv.UnderlineNone,
	}
	if style.Attrs&uv.AttrReverse != 0 {
		seen.Fg, seen.Bg = seen.Bg, seen.Fg
	}
	if style.Attrs&uv.AttrFaint != 0 {
		seen.Fg = mix(seen.Bg, seen.Fg, 1, 2)
	}
	return seen
}

// opaque is a colour of a cell, another one where it has none.
func opaque(c color.Color, otherwise color.RGBA) color.RGBA {
	if c == nil {
		return otherwise
	}
	r, g, b, _ := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}
}

// mix is the colour part/of of the way from one to another, rounded.
func mix(from, to color.RGBA, part, of int) color.RGBA {
	between := func(a, b uint8) uint8 { return uint8((int(a)*(of-part) + int(b)*part + of/2) / of) }
	return color.RGBA{between(from.R, to.R), between(from.G, to.G), between(from.B, to.B), 255}
}
