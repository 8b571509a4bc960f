package app

import (
	"slices"

	"undercurrent/ui/layout"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// block is a drawn panel and where it stands.
type block struct {
	layout.Rect
	lines []string
}

// view is what fills the screen between the status and the keys: the panels of one flow, or
// a comparison.
type view interface {
	// blocks draws it.
	blocks(s *panel.Scene) []block
	// maps are the rectangles of the panels that show the plane, that of the probe first.
	maps(f *session.Frame) []layout.Rect
	// axes reports whether these have axes.
	axes(f *session.Frame) bool
	// beside is where what is read at the probe stands.
	beside(f *session.Frame) layout.Rect
	// regionAt is the number of the region in the row of a table at a place, 0 without one.
	regionAt(x, y int, s *panel.Scene) int
	// needs are the instruments that are seen.
	needs(f *session.Frame) session.Shown
	// firstKeys are the groups of keys that come before others.
	firstKeys(f *session.Frame) []panel.Group
	// nextField changes what the largest maps show, nextOther what stands next to them.
	nextField(f *session.Frame)
	nextOther(f *session.Frame)
}

// board is the panels of one flow: where they stand, which is open and which has the focus.
type board struct {
	panels *panel.Registry
	screen layout.Layout
	placed []layout.ID // the panels with a rectangle of their own, in their order
	tab    int
	focus  layout.ID // the panel whose keys come first, empty for none
	cache  cache

	places        []layout.Panel
	width, height int
	below         int // rows that are left free above the keys

	overlays panel.Overlay
	trail    panel.Trail
	order    panel.Order  // of the regions
	rows     panel.Scroll // of their table
}

func newBoard(panels *panel.Registry) *board {
	b := &board{panels: panels, cache: newCache()}
	for _, m := range panels.Maps() {
		m.Trail = &b.trail
	}
	return b
}

// resize lays the panels of a frame out on a screen of another size.
func (b *board) resize(width, height int, f *session.Frame) {
	b.width, b.height = width, height
	b.lay(b.panels.Places(f))
}

// follow lays the panels out again if those of a frame are others, and keeps the open tab.
func (b *board) follow(f *session.Frame) {
	places := b.panels.Places(f)
	if slices.Equal(places, b.places) {
		return
	}
	open := b.open()
	b.lay(places)
	b.openTab(open)
	b.focus = ""
	b.cache.clear()
	for _, m := range b.panels.Maps() {
		m.Shows = m.Shows.In(f)
	}
}

func (b *board) lay(places []layout.Panel) {
	b.places = places
	b.screen, b.placed = layout.Above(b.width, b.height, b.below, places), nil
	for _, m := range b.panels.Maps() {
		m.Axes = b.screen.Axes
	}
	for _, p := range places {
		if _, ok := b.screen.Place[p.ID]; ok {
			b.placed = append(b.placed, p.ID)
		}
	}
}

// open is the panel whose tab is open, empty without tabs.
func (b *board) open() layout.ID {
	if n := len(b.screen.Tabs); n > 0 {
		return b.screen.Tabs[b.tab%n]
	}
	return ""
}

// openTab opens the tab of a panel, the first where it has none.
func (b *board) openTab(id layout.ID) { b.tab = max(slices.Index(b.screen.Tabs, id), 0) }

func (b *board) needs(f *session.Frame) session.Shown {
	return b.panels.Needs(f, append(slices.Clip(b.placed), b.open()))
}

func (b *board) maps(f *session.Frame) (list []layout.Rect) {
	for _, id := range b.placed {
		if b.panels.At(id, f).Map != nil {
			list = append(list, b.screen.Place[id])
		}
	}
	return list
}

// beside is the place of the transport, otherwise of the tabs.
func (b *board) beside(*session.Frame) layout.Rect {
	if r, apart := b.screen.Place[panel.Transport]; apart {
		return r
	}
	return b.screen.Tabbed
}

func (b *board) axes(*session.Frame) bool { return b.screen.Axes }

func (b *board) nextField(f *session.Frame) { b.nextFieldOf(panel.Stage, f) }
func (b *board) nextOther(f *session.Frame) { b.nextFieldOf(panel.Coverage, f) }

// nextFieldOf changes what the map of a panel shows.
func (b *board) nextFieldOf(id layout.ID, f *session.Frame) {
	m := b.panels.At(id, nil).Map
	m.Shows = m.Shows.Next(f)
}

// nextOverlay changes what is drawn over the maps.
func (b *board) nextOverlay(f *session.Frame) panel.Overlay {
	b.overlays = b.overlays.Next(f)
	for _, m := range b.panels.Maps() {
		m.Overlay = b.overlays
	}
	return b.overlays
}

// pointAt opens a panel and gives it the focus, if it is on the screen.
func (b *board) pointAt(id layout.ID) {
	b.focus = ""
	if slices.Contains(b.screen.Tabs, id) {
		b.openTab(id)
	}
	if b.open() == id || slices.Contains(b.placed, id) {
		b.focus = id
	}
}

// showMaps sets what the maps show.
func (b *board) showMaps(stage, coverage panel.Field, over panel.Overlay) {
	b.panels.At(panel.Stage, nil).Map.Shows = stage
	b.panels.At(panel.Coverage, nil).Map.Shows = coverage
	b.overlays = over
	for _, m := range b.panels.Maps() {
		m.Overlay = over
	}
}

// scene is what the panels of the board are drawn from.
func (b *board) scene(s *panel.Scene) *panel.Scene {
	one := *s
	_, apart := b.screen.Place[panel.Transport]
	one.Order, one.Rows, one.OneTable = b.order, &b.rows, !apart
	return &one
}

// moveFocus goes to another panel and returns its help, empty where there is none. The
// panels have their turn in the order of the screen, first the tabs.
func (b *board) moveFocus(by int, f *session.Frame) (help string) {
	list := slices.Concat(b.screen.Tabs, b.placed)
	n := len(list)
	if n == 0 {
		return ""
	}
	at := slices.Index(list, b.focus)
	if at < 0 && len(b.screen.Tabs) > 0 {
		at = b.tab % len(b.screen.Tabs)
	}
	b.focus = list[(at+by+n)%n]
	if k := slices.Index(b.screen.Tabs, b.focus); k >= 0 {
		b.tab = k
	}
	return b.panels.At(b.focus, f).Help
}

func (b *board) firstKeys(f *session.Frame) []panel.Group {
	if b.focus == "" {
		return nil
	}
	return b.panels.At(b.focus, f).Keys
}

func (b *board) blocks(s *panel.Scene) (list []block) {
	s = b.scene(s)
	b.cache.begin(max(s.ReportEvery, 1), append(slices.Clip(b.placed), b.open()))
	for _, id := range b.placed {
		r := b.screen.Place[id]
		list = append(list, block{r, b.panel(id, s, r)})
	}
	if id := b.open(); id != "" {
		list = append(list, block{b.screen.Tabbed, b.tabbed(id, s, b.screen.Tabbed)})
	}
	return list
}

// panel draws a panel with its title, which is marked where it has the focus.
func (b *board) panel(id layout.ID, s *panel.Scene, r layout.Rect) []string {
	p := b.panels.At(id, s.Frame)
	lines := b.draw(p, s, r, func() string { return panel.Title(r.W, s.Theme, p.Caption, p.Shows(s)...) })
	if b.focus == id {
		t := s.Theme
		t.Title = t.Selected
		lines = slices.Clone(lines)
		lines[0] = panel.Title(r.W, t, p.Caption, p.Shows(s)...)
	}
	return lines
}

// tabbed draws the panel whose tab is open.
func (b *board) tabbed(id layout.ID, s *panel.Scene, r layout.Rect) []string {
	return b.draw(b.panels.At(id, s.Frame), s, r, func() string {
		names := make([]string, len(b.screen.Tabs))
		for i, tab := range b.screen.Tabs {
			names[i] = b.panels.At(tab, s.Frame).Caption
		}
		return panel.Tabs(r.W, s.Theme, names, b.tab%len(names))
	})
}

// draw draws a panel below its first line: maps with every frame, texts and charts at
// their own pace.
func (b *board) draw(p *panel.Panel, s *panel.Scene, r layout.Rect, head func() string) []string {
	whole := func() []string { return append([]string{head()}, p.Render(s, r.W, r.H-1)...) }
	if p.Map != nil {
		return whole()
	}
	return b.cache.keep(p.ID, r.H, whole)
}
