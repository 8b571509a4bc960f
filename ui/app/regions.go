package app

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// chooseAt chooses the region in the row of the table that was clicked, or none where it is the chosen
// one, and reports whether there is one.
func (a *App) chooseAt(at tea.Mouse) bool {
	if a.frame == nil || !a.mouse.on {
		return false
	}
	number := a.view().regionAt(at.X, at.Y, a.histories.scene(a.frame))
	if number == 0 {
		return false
	}
	if number == a.frame.Chosen() {
		number = 0
	}
	a.link.end(func(d *session.Session) { d.Regions.Choose(number) })
	return true
}

// vertical moves the probe up or down; where the focus is on a table of regions, it chooses another row.
func (a *App) vertical(by int) {
	if a.board.choosing() && !a.comparing() {
		a.nextRegion(by)
		return
	}
	a.moveProbe(0, by)
}

// nextRegion chooses a later region in the order of the table, and shows the table where tables share a
// rectangle.
func (a *App) nextRegion(by int) {
	if a.frame == nil {
		return
	}
	order := a.board.order.Numbers(a.frame)
	a.link.repeat(fmt.Sprint("region", by), func(d *session.Session, n int) { d.Regions.Next(order, n*by) })
	if slices.Contains(a.board.screen.Tabs, panel.Regions) {
		a.board.openTab(panel.Regions)
	}
}

// nextOrder changes the order of the regions.
func (b *board) nextOrder() panel.Order {
	b.order = b.order.Next()
	return b.order
}

// choosing reports whether the panel that has the focus has rows that can be chosen.
func (b *board) choosing() bool {
	return b.focus == panel.Regions || b.focus == panel.Transport || b.focus == panel.Mass
}

// regionAt is the region in the row of the table that a cell is in.
func (b *board) regionAt(x, y int, s *panel.Scene) int {
	r, apart := b.screen.Place[panel.Regions]
	if !apart && b.open() == panel.Regions {
		r = b.screen.Tabbed
	}
	line, ok := r.Line(x, y)
	if !ok {
		return 0
	}
	return panel.RegionAt(b.scene(s), r.H-1, line)
}

func (c *comparison) regionAt(x, y int, s *panel.Scene) int {
	r := c.layout(s.Frame).Table
	line, ok := r.Line(x, y)
	if !ok {
		return 0
	}
	return panel.RunRegionAt(s.Frame, &c.rows, r.H-1, line)
}
