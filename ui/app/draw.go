package app

import (
	"fmt"
	"slices"
	"strings"

	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/panel"
)

// block is a drawn panel and where it stands.
type block struct {
	layout.Rect
	lines []string
}

// draw composes the screen row by row and keeps it for View.
func (a *App) draw() {
	switch {
	case a.screen.Width == 0:
		a.drawn = ""
	case a.screen.TooSmall:
		a.drawn = a.tooSmall()
	case a.frame == nil:
		a.drawn = strings.Join(panel.Nothing(a.screen.Width, a.screen.Height), "\n")
	default:
		lines := compose(a.blocks(), a.screen.Width, a.screen.Height)
		if a.frame.Probe != nil && a.probe != nil {
			lines = a.withProbe(lines)
		}
		if box := a.overlay(); box != nil {
			lines = overlay(lines, box, a.screen.Width)
		}
		a.drawn = strings.Join(lines, "\n")
	}
}

// tooSmall says which size is needed.
func (a *App) tooSmall() string {
	w, h := a.screen.Width, a.screen.Height
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

// blocks draws every panel of the layout.
func (a *App) blocks() []block {
	if a.comparing() {
		return a.comparedBlocks()
	}
	s, t, f := a.screen, a.theme, a.frame
	// The panels of a report are drawn in turn over the frames until the next one: all
	// at once they would cost a frame.
	every := max(f.ReportEvery, 1)
	a.turns = (len(a.slow) + every - 1) / every
	list := []block{
		{s.Status, []string{panel.Status(f, t, s.Status.W, a.meter.rate)}},
		{s.Stage, a.marked(stagePanel, a.stageMap().Render(f, t, s.Stage.W, s.Stage.H), s.Stage.W, a.stageMap().Name, a.stageMap().Caption(f, t))},
	}
	for p := layout.Regions; p <= layout.Response; p++ {
		if r, ok := s.Place[p]; ok {
			list = append(list, block{r, a.panel(p, r.W, r.H)})
		}
	}
	if !s.Tabbed.Empty() {
		list = append(list, block{s.Tabbed, a.tabbed(s.Tabbed)})
	}
	return append(list, block{s.Keys, []string{a.keyLine(s.Keys.W)}})
}

// stageMap is what has the stage: a sampler in training, else the particles.
func (a *App) stageMap() *panel.Map {
	if a.training() {
		return a.sampler
	}
	return a.stage
}

// secondMap is what stands beside the stage.
func (a *App) secondMap() *panel.Map {
	if a.training() {
		return a.stage
	}
	return a.coverage
}

// panel draws a panel with its title, texts and charts at their own pace.
func (a *App) panel(p layout.Panel, width, height int) []string {
	if p == layout.Coverage {
		m := a.secondMap()
		return a.marked(p, m.Render(a.frame, a.theme, width, height), width, a.name(p), m.Caption(a.frame, a.theme))
	}
	lines := a.kept(p, height, func() []string {
		return append([]string{panel.Title(width, a.theme, a.name(p), a.shows(p))}, a.content(p, width, height-1)...)
	})
	return a.marked(p, lines, width, a.name(p), a.shows(p))
}

// kept is a panel as it was drawn last, drawn anew where that is stale and it has its
// turn.
func (a *App) kept(p layout.Panel, height int, draw func() []string) []string {
	lines, ok := a.slow[p]
	if ok && len(lines) == height && (!a.stale[p] || a.turns <= 0) {
		return lines
	}
	if a.stale[p] {
		a.turns--
	}
	delete(a.stale, p)
	lines = draw()
	a.slow[p] = lines
	return lines
}

// content draws a panel without its title.
func (a *App) content(p layout.Panel, width, height int) []string {
	f, t := a.frame, a.theme
	switch p {
	case layout.Regions:
		return panel.Regions(f, t, width, height)
	case layout.Transport:
		return a.transport.Render(f, t, width, height)
	case layout.Weight:
		return panel.Weight(f, t, width, height)
	case layout.Distance:
		if a.training() {
			return panel.Training(f, t, width, height)
		}
		return panel.Distance(a.history(), f, t, width, height)
	case layout.Mass:
		return panel.Mass(a.history(), f, t, width, height)
	case layout.Response:
		if f.Watching != nil {
			return panel.Metrics(f, t, width, height)
		}
		return panel.Response(a.history(), f, t, width, height)
	}
	return panel.Nothing(width, height)
}

// shows says in a few words what is seen in a panel.
func (a *App) shows(p layout.Panel) string {
	switch p {
	case layout.Regions:
		return "who starves, who is fed"
	case layout.Transport:
		if w := a.frame.Watching; w != nil {
			return map[bool]string{true: "since the first frame", false: "since the frame before"}[w.FromFirst]
		}
		return "where particles came from"
	case layout.Weight:
		return "effort by log r"
	case layout.Distance:
		if a.training() {
			return "of the " + string(a.frame.Training.Route)
		}
		return "to the target"
	case layout.Mass:
		return "each region over its due"
	case layout.Response:
		if a.watching() {
			return "beside samples of the target"
		}
		return "foretold and measured"
	}
	return ""
}

// tabbed draws the panel whose tab is open.
func (a *App) tabbed(r layout.Rect) []string {
	tabs := a.screen.Tabs
	open := a.tab % len(tabs)
	names := make([]string, len(tabs))
	for i, p := range tabs {
		names[i] = a.name(p)
	}
	head := panel.Tabs(r.W, a.theme, names, open)
	if tabs[open] == layout.Coverage {
		lines := a.secondMap().Render(a.frame, a.theme, r.W, r.H)
		lines[0] = head
		return lines
	}
	return a.kept(tabs[open], r.H, func() []string {
		return append([]string{head}, a.content(tabs[open], r.W, r.H-1)...)
	})
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
