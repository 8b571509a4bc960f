package recording

// The first and the last of Unicode's block elements and braille patterns.
const (
	firstBlock, lastBlock     = '▀', '▟'
	firstBraille, lastBraille = '\u2800', '\u28ff'
)

// Eighths of a cell, in pixels.
const (
	eighthWidth  = CellWidth / 8
	eighthHeight = CellHeight / 8
)

// block draws a block element: halves and eighths of a cell fill it to the pixel, a shade is a tone.
func (m *mask) block(r rune) {
	switch {
	case r == '▀':
		m.fill(0, 0, CellWidth, CellHeight/2, solid)
	case r <= '█': // ▁ and so on, an eighth more each
		m.fill(0, CellHeight-int(r-'▀')*eighthHeight, CellWidth, CellHeight, solid)
	case r <= '▏': // ▉ and so on, an eighth less each
		m.fill(0, 0, CellWidth-int(r-'█')*eighthWidth, CellHeight, solid)
	case r == '▐':
		m.fill(CellWidth/2, 0, CellWidth, CellHeight, solid)
	case r <= '▓': // ░ ▒ ▓
		m.fill(0, 0, CellWidth, CellHeight, uint8(r-'▐'))
	case r == '▔':
		m.fill(0, 0, CellWidth, eighthHeight, solid)
	case r == '▕':
		m.fill(CellWidth-eighthWidth, 0, CellWidth, CellHeight, solid)
	default:
		m.quadrants(quadrants[r-'▖'])
	}
}

// quadrants are the filled quarters of the characters from ▖ on: 1 upper left, 2 upper right, 4 lower
// left, 8 lower right.
const quadrants = "\x04\x08\x01\x0d\x09\x07\x0b\x02\x06\x0e"

func (m *mask) quadrants(bits byte) {
	for k := range 4 {
		if bits>>k&1 != 0 {
			x, y := k%2*CellWidth/2, k/2*CellHeight/2
			m.fill(x, y, x+CellWidth/2, y+CellHeight/2, solid)
		}
	}
}

// braille draws a braille pattern: two by four dots, each in the middle of its eighth of the cell.
func (m *mask) braille(r rune) {
	const width, height = CellWidth / 2, CellHeight / 4
	for k := range 8 {
		if (r-firstBraille)>>k&1 == 0 {
			continue
		}
		// Dots 1 to 6 go down the left column and then the right, 7 and 8 are below them.
		column, row := k/3, k%3
		if k >= 6 {
			column, row = k-6, 3
		}
		x, y := column*width, row*height
		m.fill(x+1, y+1, x+width-1, y+height-1, solid)
	}
}
