package app

import (
	"undercurrent/ui/layout"
)

// cache keeps panels as they were drawn last. Those that a report has made stale are drawn
// in turn over the frames until the next one: all at once they would cost a frame.
type cache struct {
	drawn map[layout.ID][]string
	stale map[layout.ID]bool
	turns int // stale panels that may be drawn in this frame
	// news reports whether a watched stream has news for the panels, age is the ticks since
	// they were made stale for the last time.
	news bool
	age  int
}

func newCache() cache { return cache{drawn: map[layout.ID][]string{}, stale: map[layout.ID]bool{}} }

// clear makes every panel be drawn at once.
func (c *cache) clear() { clear(c.drawn) }

// expire makes every panel be drawn in its turn.
func (c *cache) expire() {
	for id := range c.drawn {
		c.stale[id] = true
	}
}

// renew makes the panels of a watched stream stale where their time has come, after a
// number of ticks, and reports whether some are left to be drawn: every frame has a report
// of its own, and frames may come faster than digits are read, or seldom.
func (c *cache) renew(ticks int) bool {
	if c.news && c.age >= ticks {
		c.news, c.age = false, 0
		c.expire()
	}
	return len(c.stale) > 0 || c.news
}

// begin starts a frame; frames is how many there are to a report.
func (c *cache) begin(frames int) { c.turns = (len(c.drawn) + frames - 1) / frames }

// keep is a panel as it was drawn last, drawn again where that is stale and it has its turn.
func (c *cache) keep(id layout.ID, height int, draw func() []string) []string {
	lines, ok := c.drawn[id]
	if ok && len(lines) == height && (!c.stale[id] || c.turns <= 0) {
		return lines
	}
	if c.stale[id] {
		c.turns--
	}
	delete(c.stale, id)
	lines = draw()
	c.drawn[id] = lines
	return lines
}
