package paint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Patch is a styled text that replaces the cells of a line from a column on.
type Patch struct {
	Column int
	Text   string
	Style  Style
}

// Overlay replaces the cells of a line from the given column on by a styled text.
func Overlay(line string, column int, text string, style Style, width int) string {
	return Patched(line, width, Patch{column, text, style})
}

// Patched replaces cells of a line by texts that do not overlap. One that does not fit in the width is
// left out. Half of a wide character that remains is a blank.
func Patched(line string, width int, patches ...Patch) string {
	p := patcher{left: slices.DeleteFunc(slices.Clone(patches), func(p Patch) bool {
		return p.Column < 0 || p.Column+ansi.StringWidth(p.Text) > width
	})}
	if len(p.left) == 0 {
		return line
	}
	slices.SortFunc(p.left, func(a, b Patch) int { return cmp.Compare(a.Column, b.Column) })
	p.text.Grow(2 * len(line))
	for state := byte(0); line != ""; {
		sequence, cells, n, next := ansi.DecodeSequence(line, state, nil)
		if line, state = line[n:], next; sequence[0] == ansi.ESC {
			p.escape(sequence)
		} else if p.at+cells <= width {
			p.cell(sequence, cells)
		}
	}
	p.finish()
	return p.text.String()
}

// patcher goes through a line from left to right.
type patcher struct {
	text  strings.Builder
	left  []Patch // those to come, by column
	at    int     // the column in the line
	end   int     // the column after the last patch
	style string  // the escape sequences since the last reset
	stale bool    // whether style is still to be written
}

// escape takes an escape sequence of the line.
func (p *patcher) escape(sequence string) {
	if sequence == reset || sequence == longReset {
		p.style = ""
	} else {
		p.style += sequence
	}
	if p.stale = p.stale || p.due(); !p.stale {
		p.text.WriteString(sequence)
	}
}

// longReset is reset as others write it.
const longReset = "\x1b[0m"

// due reports whether the next patch begins here.
func (p *patcher) due() bool { return len(p.left) > 0 && p.left[0].Column <= p.at }

// lay writes the patches that begin here.
func (p *patcher) lay() {
	for p.due() {
		next := p.left[0]
		p.left, p.end, p.stale = p.left[1:], max(p.end, next.Column+ansi.StringWidth(next.Text)), true
		p.text.WriteString(reset + string(next.Style) + next.Text + reset)
	}
}

// finish writes the patches beyond the end of the line, and what ends its style.
func (p *patcher) finish() {
	for p.lay(); len(p.left) > 0; p.lay() {
		p.show(" ")
		p.at++
	}
	p.show("")
}

// cell takes a character of the line.
func (p *patcher) cell(character string, cells int) {
	p.lay()
	if len(p.left) > 0 && p.left[0].Column < p.at+cells || p.at < p.end {
		for range cells { // which are covered, or half of a wide character
			p.lay()
			if p.at >= p.end {
				p.show(" ")
			}
			p.at++
		}
		return
	}
	p.show(character)
	p.at += cells
}

// show writes a character in the style of the line.
func (p *patcher) show(character string) {
	if p.stale {
		p.text.WriteString(p.style)
		p.stale = false
	}
	p.text.WriteString(character)
}
