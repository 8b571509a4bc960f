package paint

import (
	"math/rand/v2"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// cells are what a terminal shows of a line.
func cells(line string, width int) []uv.Cell {
	screen := uv.NewScreenBuffer(width, 1)
	uv.NewStyledString(line).Draw(screen, screen.Bounds())
	var list []uv.Cell
	for x := range width {
		c := *screen.CellAt(x, 0)
		list = append(list, c)
	}
	return list
}

// A line with patches shows the cells of the patches where they are, and its own elsewhere, with their styles.
func TestPatchesReplaceTheirCellsAlone(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	styles := []string{"", "\x1b[31m", "\x1b[48;2;9;8;7m", "\x1b[1m", reset, longReset}
	const width = 40
	for range 300 {
		var line strings.Builder
		for range width {
			line.WriteString(styles[rng.IntN(len(styles))] + string([]rune("a▀é")[rng.IntN(3)]))
		}
		text := line.String() + reset
		var patches []Patch
		for column := rng.IntN(6); column < width; column += 1 + rng.IntN(12) {
			p := Patch{column, strings.Repeat("#", rng.IntN(5)), Style(styles[rng.IntN(3)])}
			patches, column = append(patches, p), column+len(p.Text)
		}
		rng.Shuffle(len(patches), func(i, j int) { patches[i], patches[j] = patches[j], patches[i] })
		got, want := cells(Patched(text, width, patches...), width), cells(text, width)
		for _, p := range patches {
			if end := p.Column + len(p.Text); end <= width {
				copy(want[p.Column:end], cells(string(p.Style)+p.Text+reset, len(p.Text)))
			}
		}
		for x := range want {
			if !got[x].Equal(&want[x]) {
				t.Fatalf("%q with %v has the cell %v at %d, expected %v", text, patches, got[x], x, want[x])
			}
		}
	}
}

// A patch does not make what follows longer: escape sequences of covered cells are not kept.
func TestPatchesDoNotRepeatTheLine(t *testing.T) {
	line := strings.Repeat("\x1b[38;2;1;2;3m\x1b[48;2;3;2;1m▀"+reset, 60)
	patched := line
	for column := 0; column < 60; column += 5 {
		patched = Overlay(patched, column, "12", "\x1b[1m", 60)
	}
	if len(patched) > len(line) {
		t.Errorf("with 12 patches a line of %d bytes has %d", len(line), len(patched))
	}
}

func TestHalfOfAWideCharacterIsABlank(t *testing.T) {
	for column, want := range []string{"#漢字b", "a# 字b", "a #字b", "a漢# b", "a漢 #b", "a漢字#"} {
		if got := ansi.Strip(Overlay("a漢字b", column, "#", "", 6)); got != want {
			t.Errorf("with # at %d the line is %q, expected %q", column, got, want)
		}
	}
}

func TestAPatchBeyondTheLineIsAtItsColumn(t *testing.T) {
	if got := ansi.Strip(Overlay("ab", 4, "#", "", 6)); got != "ab  #" {
		t.Errorf("got %q", got)
	}
}
