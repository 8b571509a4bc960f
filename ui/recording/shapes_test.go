package recording

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"codeberg.org/go-fonts/dejavu/dejavusans"
	"golang.org/x/image/math/fixed"
)

// inFont is a character as the font draws it, an oracle for what is drawn without the font.
func inFont(g *glyphs, r rune) (m mask) {
	g.regular.draw(&m, string(r))
	return m.counted()
}

// covered is how much of the pixels from (x0, y0) up to (x1, y1) a mask covers, from 0 to 1.
func (m mask) covered(x0, y0, x1, y1 int) float64 {
	sum := 0
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			sum += int(m.tones[y][x])
		}
	}
	return float64(sum) / float64(solid*(x1-x0)*(y1-y0))
}

// Unicode names of block elements say how much of the cell they fill, and where.
func TestBlocksFillWhatTheirNamesSay(t *testing.T) {
	g := newTestGlyphs(t)
	const w, h = CellWidth, CellHeight
	type rect [4]int
	cases := map[rune][]rect{
		'▀': {{0, 0, w, h / 2}}, '▄': {{0, h / 2, w, h}}, '█': {{0, 0, w, h}}, '▌': {{0, 0, w / 2, h}}, '▐': {{w / 2, 0, w, h}},
		'▔': {{0, 0, w, h / 8}}, '▕': {{w * 7 / 8, 0, w, h}},
		'▖': {{0, h / 2, w / 2, h}}, '▗': {{w / 2, h / 2, w, h}}, '▘': {{0, 0, w / 2, h / 2}}, '▝': {{w / 2, 0, w, h / 2}},
		'▙': {{0, 0, w / 2, h}, {w / 2, h / 2, w, h}}, '▛': {{0, 0, w / 2, h}, {w / 2, 0, w, h / 2}},
		'▜': {{w / 2, 0, w, h}, {0, 0, w / 2, h / 2}}, '▟': {{w / 2, 0, w, h}, {0, h / 2, w / 2, h}},
		'▚': {{0, 0, w / 2, h / 2}, {w / 2, h / 2, w, h}}, '▞': {{w / 2, 0, w, h / 2}, {0, h / 2, w / 2, h}},
	}
	for k, r := range []rune("▁▂▃▄▅▆▇█") {
		cases[r] = []rect{{0, h - (k+1)*h/8, w, h}}
	}
	for k, r := range []rune("▏▎▍▌▋▊▉█") {
		cases[r] = []rect{{0, 0, (k + 1) * w / 8, h}}
	}
	for r, rects := range cases {
		m, area := g.draw(glyph{text: string(r)}), 0
		for _, q := range rects {
			area += (q[2] - q[0]) * (q[3] - q[1])
			if m.covered(q[0], q[1], q[2], q[3]) != 1 {
				t.Errorf("%c leaves pixels out:\n%s", r, m.picture())
			}
		}
		if m.count[solid] != area || m.count[0] != w*h-area {
			t.Errorf("%c fills %d pixels, expected %d:\n%s", r, m.count[solid], area, m.picture())
		}
	}
	for k, r := range []rune("░▒▓") {
		if m := g.draw(glyph{text: string(r)}); m.covered(0, 0, w, h) != float64(k+1)/4 {
			t.Errorf("%c covers %g", r, m.covered(0, 0, w, h))
		}
	}
}

// Every dot of braille is where another font has it, of those that have any: in the left or the right
// column, and as high among the four of it.
func TestBrailleDotsAreWhereAFontHasThem(t *testing.T) {
	g := newTestGlyphs(t)
	sans, err := newTypeface(dejavusans.TTF)
	if err != nil {
		t.Fatal(err)
	}
	type place struct{ column, row int }
	var want [8]place
	var heights []fixed.Int26_6
	middle := func(dot int) (right bool, y fixed.Int26_6) {
		bounds, advance, _ := sans.face.GlyphBounds(firstBraille + rune(1)<<dot)
		return bounds.Min.X+bounds.Max.X > advance, bounds.Min.Y + bounds.Max.Y
	}
	for dot := range 8 {
		_, y := middle(dot)
		heights = append(heights, y)
	}
	slices.Sort(heights)
	heights = slices.Compact(heights)
	for dot := range 8 {
		right, y := middle(dot)
		want[dot].row = slices.Index(heights, y)
		if right {
			want[dot].column = 1
		}
	}
	for dot, at := range want {
		m := g.draw(glyph{text: string(firstBraille + rune(1)<<dot)})
		x, y := at.column*CellWidth/2, at.row*CellHeight/4
		if m.count[solid] != 4 || m.covered(x, y, x+CellWidth/2, y+CellHeight/4) != 0.25 {
			t.Errorf("dot %d is not in column %d, row %d:\n%s", dot+1, at.column, at.row, m.picture())
		}
	}
	if len(heights) != 4 {
		t.Errorf("the font has dots at the heights %v", heights)
	}
	// A pattern is its dots, none of which touches another, and is the union of their pixels.
	for pattern := range 256 {
		m, dots := g.draw(glyph{text: string(firstBraille + rune(pattern))}), 0
		for dot := range 8 {
			if pattern>>dot&1 != 0 {
				dots += g.draw(glyph{text: string(firstBraille + rune(1)<<dot)}).count[solid]
			}
		}
		if m.count[solid] != dots || m.covered(0, 0, CellWidth, 1) != 0 || m.covered(0, 0, 1, CellHeight) != 0 {
			t.Fatalf("pattern %08b has %d pixels, expected %d:\n%s", pattern, m.count[solid], dots, m.picture())
		}
	}
}

// edges are the sides of the cell that a mask reaches, up, right, down and left: 0 not at all, 1 by a light
// line, 2 by a heavy one. Up and down it is the row before the last: the font covers half of that.
func (m mask) edges() (e [4]int) {
	for k, covered := range [4]float64{
		m.covered(0, 1, CellWidth, 2) * CellWidth, m.covered(CellWidth-1, 0, CellWidth, CellHeight) * CellHeight,
		m.covered(0, CellHeight-2, CellWidth, CellHeight-1) * CellWidth, m.covered(0, 0, 1, CellHeight) * CellHeight,
	} {
		switch {
		case covered > 1.6:
			e[k] = 2
		case covered > 0.3:
			e[k] = 1
		}
	}
	return e
}

// Box drawing reaches the sides that the font's reaches, light or heavy, through the middle of each.
func TestBoxesReachTheSidesThatTheFontReaches(t *testing.T) {
	g, drawn := newTestGlyphs(t), 0
	for r := rune(firstBox); r <= lastBox; r++ {
		var m mask
		if !m.box(r) || strings.ContainsRune("┄┅┆┇┈┉┊┋╌╍╎╏", r) {
			continue
		}
		drawn++
		if got, want := m.edges(), inFont(g, r).edges(); got != want {
			t.Errorf("%c (%U) reaches %v, in the font %v:\n%s\n%s", r, r, got, want, m.picture(), inFont(g, r).picture())
		}
		for k, weight := range m.edges() {
			at := [4]uint8{m.tones[0][middleX], m.tones[middleY][CellWidth-1], m.tones[CellHeight-1][middleX], m.tones[middleY][0]}[k]
			if (weight > 0) != (at == solid) {
				t.Errorf("%c does not reach side %d in its middle:\n%s", r, k, m.picture())
			}
		}
	}
	if drawn != 84 {
		t.Errorf("%d characters are drawn, expected 80 of straight lines and 4 round corners", drawn)
	}
}

// A broken line has as many dashes in a cell as its name says, also across cells.
func TestBrokenLinesHaveTheirDashes(t *testing.T) {
	for r, want := range map[rune]int{'┄': 3, '┈': 4, '╌': 2, '┆': 3, '┊': 4, '╎': 2, '┅': 3, '┉': 4, '╍': 2, '┇': 3, '┋': 4, '╏': 2} {
		var m mask
		m.box(r)
		var line strings.Builder
		if strings.ContainsRune("┄┈╌┅┉╍", r) {
			for x := range CellWidth {
				fmt.Fprint(&line, m.tones[middleY][x])
			}
		} else {
			for y := range CellHeight {
				fmt.Fprint(&line, m.tones[y][middleX])
			}
		}
		cells := strings.Repeat(line.String(), 5)
		if got := len(strings.FieldsFunc(cells, func(r rune) bool { return r == '0' })); got != 5*want {
			t.Errorf("%c has %d dashes in five cells, expected %d: %s", r, got, 5*want, line.String())
		}
	}
	var m mask
	if m.box('═') {
		t.Error("a double line is drawn, which the font has")
	}
}
