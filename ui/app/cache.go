package app

import (
	"cmp"
	"maps"
	"slices"

	"undercurrent/ui/layout"
)

// cache keeps panels as they were drawn last. Those that a report has made stale are drawn
// in turn over the frames until the next one: all at once they would cost a frame. Where every
// frame has a report, those that have been stale for the longest time have the first turn.
type cache struct {
	drawn  map[layout.ID][]string
	stale  map[layout.ID]int // the frame since which each is
	due    map[layout.ID]bool
	frames int // so far
	// news reports whether a watched stream has news for the panels, age is the ticks since
	// they were made stale for the last time.
	news bool
	age  int
}

func newCache() cache {
	return cache{drawn: map[layout.ID][]string{}, stale: map[layout.ID]int{}, due: map[layout.ID]bool{}}
}

// clear makes every panel be drawn at once.
func (c *cache) clear() { clear(c.drawn) }

// expire makes every panel be drawn in its turn.
func (c *cache) expire() {
	for id := range c.drawn {
		if _, ok := c.stale[id]; !ok {
			c.stale[id] = c.frames
		}
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

// begin starts a frame of some panels and says which are drawn in it; frames is how many there are to a
// report.
func (c *cache) begin(frames int, shown []layout.ID) {
	c.frames++
	maps.DeleteFunc(c.drawn, func(id layout.ID, _ []string) bool { return !slices.Contains(shown, id) })
	maps.DeleteFunc(c.stale, func(id layout.ID, _ int) bool { return !slices.Contains(shown, id) })
	turns := (len(c.drawn) + frames - 1) / frames
	order := slices.SortedFunc(maps.Keys(c.stale), func(a, b layout.ID) int {
		return cmp.Or(cmp.Compare(c.stale[a], c.stale[b]), cmp.Compare(a, b))
	})
	clear(c.due)
	for _, id := range order[:min(turns, len(order))] {
		c.due[id] = true
	}
}

// keep is a panel as it was drawn last, drawn again where that is stale and it has its turn.
func (c *cache) keep(id layout.ID, height int, draw func() []string) []string {
	lines, ok := c.drawn[id]
	_, stale := c.stale[id]
	if ok && len(lines) == height && (!stale || !c.due[id]) {
		return lines
	}
	delete(c.stale, id)
	lines = draw()
	c.drawn[id] = lines
	return lines
}
