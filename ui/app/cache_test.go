package app

import (
	"fmt"
	"testing"

	"undercurrent/ui/layout"
)

// Where every frame has a report, as on a slow machine, every panel is drawn in its turn.
func TestNoPanelStaysStale(t *testing.T) {
	c, drawn := newCache(), map[layout.ID]int{}
	var shown []layout.ID
	for k := range 7 {
		shown = append(shown, layout.ID(fmt.Sprint("panel ", k)))
	}
	// One that is seen no more takes no turn.
	c.begin(3, []layout.ID{"hidden"})
	c.keep("hidden", 1, func() []string { return []string{""} })
	c.expire()
	frame := func() {
		c.begin(3, shown)
		for _, id := range shown {
			c.keep(id, 1, func() []string {
				drawn[id]++
				return []string{""}
			})
		}
	}
	frame()
	for range 30 {
		c.expire()
		frame()
	}
	for id, n := range drawn {
		if n < 10 || n > 17 {
			t.Errorf("%s was drawn %d times in 31 frames of 3 panels each, expected about 13", id, n)
		}
	}
}
