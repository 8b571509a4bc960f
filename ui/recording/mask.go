package recording

// Pixels of a cell.
const (
	CellWidth  = 8
	CellHeight = 16
)

// solid is the tone of a pixel that has the colour of the text, 0 that of one that has the colour
// behind it. Few tones leave the palette to the colours; more are not seen in letters of this size.
const solid = 4

// mask says how much of each pixel of a cell is covered by its character.
type mask struct {
	tones [CellHeight][CellWidth]uint8
	// count is the number of pixels of each tone.
	count [solid + 1]int
}

// fill gives a tone to the pixels from (x0, y0) up to but without (x1, y1).
func (m *mask) fill(x0, y0, x1, y1 int, tone uint8) {
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			m.tones[y][x] = tone
		}
	}
}

// counted is the mask with its count.
func (m mask) counted() mask {
	m.count = [solid + 1]int{}
	for _, row := range m.tones {
		for _, tone := range row {
			m.count[tone]++
		}
	}
	return m
}
