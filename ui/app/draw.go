package app

import (
	"fmt"
	"slices"
	"strings"

	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/panel"
)

// draw composes the screen row by row and keeps it for View.
func (a *App) draw() {
	switch {
	case a.board.screen.Width == 0:
		a.drawn = ""
	case a.board.screen.TooSmall:
		a.drawn = a.tooSmall()
	case a.frame == nil:
		a.drawn = strings.Join(panel.Nothing(a.board.screen.Width, a.board.screen.Height), "\n")
	default:
		lines := compose(a.blocks(), a.board.screen.Width, a.board.screen.Height)
		if a.frame.Probe != nil && a.probe != nil {
			lines = a.withProbe(lines)
		}
		if box := a.overlay(); box != nil {
			lines = overlay(lines, box, a.board.screen.Width)
		}
		a.drawn = strings.Join(lines, "\n")
	}
}

// tooSmall says which size is needed.
func (a *App) tooSmall() string {
	w, h := a.board.screen.Width, a.board.screen.Height
	text := []string{
		fmt.Sprintf("needs %d×%d, has %d×%d", layout.LeastWidth, layout.LeastHeight, w, h),
		"q quits",
	}
	var lines []string
	for range max((h-len(text))/2, 0) {
		lines = append(lines, "")
	}
	for _, s := range text {
		lines = append(lines, paint.NewRow(w).To((w-len([]rune(s)))/2).Text(s, a.theme.Text).String())
	}
	if len(lines) > h {
		lines = lines[:h]
	}
	return strings.Join(lines, "\n")
}

// blocks draws every part of the screen.
func (a *App) blocks() []block {
	l := a.board.screen
	status := panel.Status(a.frame, a.theme, l.Status.W, a.meter.rate)
	list := []block{{l.Status, []string{status}}}
	list = append(list, a.view().blocks(a.scene())...)
	return append(list, block{l.Keys, []string{a.keyLine(l.Keys.W)}})
}

// scene is what the panels are drawn from.
func (a *App) scene() *panel.Scene {
	s := &panel.Scene{Frame: a.frame, History: a.history(), Theme: a.theme}
	if a.comparing() {
		s.Histories = a.histories()
	}
	return s
}

// keyLine shows the last message, or the keys that fit.
func (a *App) keyLine(width int) string {
	r := paint.NewRow(width).Text(" ", "")
	if a.waiting {
		r.Text("⋯ after this step  ", a.theme.Key)
	}
	if a.ticks < a.noteUntil {
		style := a.theme.Accent
		if a.note.Alert {
			style = a.theme.Alert
		}
		return r.Text(a.note.Text, style).String()
	}
	if f := a.frame; f != nil && f.Now < f.Last {
		panel.Timeline(r, f, a.theme)
	}
	for _, k := range byRank(a.ranked(), r.Left()-1) {
		h := k.Help()
		r.Text(h.Key, a.theme.Key).Text(" "+h.Desc+"  ", a.theme.Dim)
	}
	return r.String()
}

// compose lays blocks into rows.
func compose(blocks []block, width, height int) []string {
	slices.SortStableFunc(blocks, func(a, b block) int { return a.X - b.X })
	rows := make([]strings.Builder, height)
	used := make([]int, height)
	for _, b := range blocks {
		for i, line := range b.lines {
			y := b.Y + i
			if y >= height {
				break
			}
			rows[y].WriteString(strings.Repeat(" ", max(b.X-used[y], 0)))
			rows[y].WriteString(line)
			used[y] = b.X + b.W
		}
	}
	lines := make([]string, height)
	for y := range rows {
		lines[y] = rows[y].String() + strings.Repeat(" ", max(width-used[y], 0))
	}
	return lines
}

// overlay puts a box in the middle of the screen.
func overlay(lines, box []string, width int) []string {
	w := paint.Width(box[0])
	x, y := max((width-w)/2, 0), max((len(lines)-len(box))/2, 0)
	for i, line := range box {
		if y+i < len(lines) {
			lines[y+i] = paint.Overlay(lines[y+i], x, line, "", width)
		}
	}
	return lines
}
