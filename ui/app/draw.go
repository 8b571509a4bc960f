package app

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/panel"
)

// redraw draws the screen where that is due, after a message, or a tick of the clock, that may have changed
// the state.
func (a *App) redraw(fresh, clock bool) tea.Cmd {
	if fresh && !clock {
		a.board.cache.clear()
	}
	if !a.pace.draws(fresh, clock) {
		return nil
	}
	return a.show()
}

// show draws the screen as the state has become.
func (a *App) show() tea.Cmd {
	a.askFor()
	a.draw()
	a.cast.add(a.drawn, a.look.theme)
	if refusal := a.pictures.decide(); refusal != "" {
		a.messages.say(refusal)
	}
	return a.pictures.draw()
}

// catchUp draws what a later tick would.
func (a *App) catchUp() {
	if a.pace.stale {
		a.pace.stale = false
		a.show()
	}
}

// draw composes the screen row by row and keeps it for View.
func (a *App) draw() {
	l := a.board.screen
	switch {
	case l.Width == 0:
		a.drawn = ""
	case l.TooSmall:
		a.drawn = tooSmall(l.Width, l.Height, a.look.theme)
	case a.frame == nil:
		a.drawn = strings.Join(panel.Nothing(l.Width, l.Height), "\n")
	default:
		lines := compose(a.blocks(), l.Width, l.Height)
		lines = a.probe.lay(lines, a.plane(), a.look.theme, l.Width)
		if a.overlay != nil {
			lines = lay(lines, a.overlay.render(a.look.theme, l.Width, l.Height), l.Width)
		}
		a.drawn = strings.Join(lines, "\n")
	}
}

// tooSmall says which size is needed.
func tooSmall(w, h int, t paint.Theme) string {
	text := []string{
		fmt.Sprintf("needs %d×%d, has %d×%d", layout.MinWidth, layout.MinHeight, w, h),
		"q quits",
	}
	var lines []string
	for range max((h-len(text))/2, 0) {
		lines = append(lines, "")
	}
	for _, s := range text {
		lines = append(lines, paint.NewRow(w).To((w-len([]rune(s)))/2).Text(s, t.Text).String())
	}
	if len(lines) > h {
		lines = lines[:h]
	}
	return strings.Join(lines, "\n")
}

// blocks draws every part of the screen.
func (a *App) blocks() []block {
	l, s := a.board.screen, a.histories.scene(a.frame)
	s.Theme = a.look.theme
	list := []block{{l.Status, []string{panel.Status(s.Frame, s.Theme, l.Status.W, a.clock())}}}
	list = append(list, a.view().blocks(s)...)
	if a.tour.on() {
		list = append(list, block{l.Below, a.tour.render(s.Theme, l.Below, s.Paused)})
	}
	return append(list, block{l.Keys, []string{a.lastLine(l.Keys.W)}})
}

// clock is what the status line says of time. A command that is carried out at once is not announced.
func (a *App) clock() panel.Clock {
	c := panel.Clock{}
	if a.link.notice != "" {
		c = a.link.clock(a.frame)
	}
	c.FPS = a.meter.rate
	return c
}

// lastLine shows the last message, or the keys that fit.
func (a *App) lastLine(width int) string {
	t := a.look.theme
	r := paint.NewRow(width).Text(" ", "")
	if said := a.link.notice; said != "" {
		r.Text(said+"  ", t.Key)
	}
	if a.messages.write(r, t) {
		return r.String()
	}
	if f := a.frame; f.Now < f.Last {
		panel.Timeline(r, f, t)
	}
	first := a.view().firstKeys(a.frame)
	if tr := a.frame.Training; tr != nil && tr.Done {
		first = append([]panel.Group{panel.SamplerKeys}, first...)
	}
	keys := ranked(available(a.keys, a.frame), first)
	for _, k := range byRank(keys, r.Left()-1) {
		h := k.Help()
		r.Text(h.Key, t.Key).Text(" "+h.Desc+"  ", t.Dim)
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
