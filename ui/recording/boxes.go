package recording

import (
	"math"
	"strings"
)

// The first and the last of Unicode's box drawing characters.
const firstBox, lastBox = '─', '╿'

// boxArms has the weights of the lines from the middle of a cell upwards, to the right, down and to the
// left: 0 for none, 1 light, 2 heavy. Source: the names of the characters in Unicode 15.
const boxArms = "─0101 ━0202 │1010 ┃2020 ┌0110 ┍0210 ┎0120 ┏0220 ┐0011 ┑0012 ┒0021 ┓0022 └1100 ┕1200 ┖2100 ┗2200 " +
	"┘1001 ┙1002 ┚2001 ┛2002 ├1110 ┝1210 ┞2110 ┟1120 ┠2120 ┡2210 ┢1220 ┣2220 ┤1011 ┥1012 ┦2011 ┧1021 ┨2021 ┩2012 " +
	"┪1022 ┫2022 ┬0111 ┭0112 ┮0211 ┯0212 ┰0121 ┱0122 ┲0221 ┳0222 ┴1101 ┵1102 ┶1201 ┷1202 ┸2101 ┹2102 ┺2201 ┻2202 " +
	"┼1111 ┽1112 ┾1211 ┿1212 ╀2111 ╁1121 ╂2121 ╃2112 ╄2211 ╅1122 ╆1221 ╇2212 ╈1222 ╉2122 ╊2221 ╋2222 ╴0001 ╵1000 " +
	"╶0100 ╷0010 ╸0002 ╹2000 ╺0200 ╻0020 ╼0201 ╽1020 ╾0102 ╿2010 "

// dashes are the broken lines, each with the line that it is without gaps and the number of its dashes.
const dashes = "┄─3 ┅━3 ┆│3 ┇┃3 ┈─4 ┉━4 ┊│4 ┋┃4 ╌─2 ╍━2 ╎│2 ╏┃2 "

// The pixels in the middle of a cell, through which lines go.
const (
	middleX = CellWidth / 2
	middleY = CellHeight / 2
)

// box draws a box drawing character, and reports whether it can: lines of neighbouring cells meet, which
// they do not in every font.
func (m *mask) box(r rune) bool {
	if after, ok := entry(boxArms, r); ok {
		m.arms([4]int{int(after[0] - '0'), int(after[1] - '0'), int(after[2] - '0'), int(after[3] - '0')})
		return true
	}
	if after, ok := entry(dashes, r); ok {
		whole := []rune(after)
		m.box(whole[0])
		m.gaps(int(whole[1]-'0'), strings.ContainsRune("─━", whole[0]))
		return true
	}
	if corner := strings.IndexRune("╭╮╯╰", r); corner >= 0 {
		corner /= len("╭")
		m.arc(corner == 0 || corner == 3, corner <= 1)
		return true
	}
	return false
}

// entry is what stands after a character in a table whose entries end with a blank.
func entry(table string, r rune) (after string, ok bool) {
	if _, after, ok = strings.Cut(table, string(r)); !ok || after[0] == ' ' {
		return "", false
	}
	after, _, ok = strings.Cut(after, " ")
	return after, ok
}

// arms draws lines from the middle to the edges, upwards, to the right, down and to the left. A light line is
// one pixel wide, a heavy one three.
func (m *mask) arms(weights [4]int) {
	up, right, down, left := weights[0], weights[1], weights[2], weights[3]
	// Lines go on to the far side of those that they meet.
	across, along := max(up, down, 1)-1, max(left, right, 1)-1
	line := func(weight, x0, y0, x1, y1 int, vertical bool) {
		if weight == 0 {
			return
		}
		if wide := weight - 1; vertical {
			x0, x1 = x0-wide, x1+wide
		} else {
			y0, y1 = y0-wide, y1+wide
		}
		m.fill(x0, y0, x1, y1, solid)
	}
	line(up, middleX, 0, middleX+1, middleY+1+along, true)
	line(down, middleX, middleY-along, middleX+1, CellHeight, true)
	line(left, 0, middleY, middleX+1+across, middleY+1, false)
	line(right, middleX-across, middleY, CellWidth, middleY+1, false)
}

// gaps leaves out the end of each of n parts of a line.
func (m *mask) gaps(n int, horizontal bool) {
	for k := 1; k <= n; k++ {
		if horizontal {
			x := k * CellWidth / n
			m.fill(x-1, 0, x, CellHeight, 0)
		} else {
			y := k * CellHeight / n
			m.fill(0, y-1, CellWidth, y, 0)
		}
	}
}

// arc draws a round corner between the line to the right or left and the one down or up.
func (m *mask) arc(right, down bool) {
	const radius = CellWidth / 2
	for y := range CellHeight {
		for x := range CellWidth {
			// Seen from the middle of the cell, towards the two lines.
			dx, dy := x-middleX, y-middleY
			if !right {
				dx = -dx
			}
			if !down {
				dy = -dy
			}
			switch {
			case dx == 0 && dy > radius, dy == 0 && dx > radius:
				m.tones[y][x] = solid
			case dx >= 0 && dy >= 0 && dx <= radius && dy <= radius:
				off := math.Abs(math.Hypot(float64(dx-radius), float64(dy-radius)) - radius)
				m.tones[y][x] = uint8(solid*max(1-off, 0) + 0.5)
			}
		}
	}
}
